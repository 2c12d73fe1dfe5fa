"""Going through Home Assistant's forms as a user does who accepts what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from .api import Api, ApiError, Json

ENTRIES: Final = "/api/config/config_entries/flow"
SUBENTRIES: Final = "/api/config/config_entries/subentries/flow"
MOST_STEPS: Final = 20

type Fill = Callable[[str, Json], Json]
"""Takes a step's id and what the form proposes; returns what is entered."""


def proposed(schema: Sequence[Mapping[str, Any]]) -> Json:
    """Return what a form proposes: the suggested values, else the defaults, in sections too."""
    found: Json = {}
    for one in schema:
        name = one["name"]
        if one.get("type") == "expandable":
            found[name] = proposed(one.get("schema", ()))
            continue
        description = one.get("description") or {}
        if "suggested_value" in description and description["suggested_value"] is not None:
            found[name] = description["suggested_value"]
        elif "default" in one:
            found[name] = one["default"]
    return found


def as_proposed(step_id: str, values: Json) -> Json:  # noqa: ARG001
    """Accept everything."""
    return values


async def go_through(
    api: Api, handler: object, *, fill: Fill = as_proposed, path: str = ENTRIES, flow_id: str | None = None
) -> Json:
    """Go through a flow, from its start or from where it waits, and return its last result.

    Raises:
        ApiError: when a form is refused or the flow is aborted.
    """
    if flow_id is None:
        step: Json = await api.post(path, {"handler": handler})
    else:
        step = await api.get(f"{path}/{flow_id}")
    for _ in range(MOST_STEPS):
        match step["type"]:
            case "create_entry":
                return step
            case "form":
                if step.get("errors"):
                    raise ApiError(f"{handler}, {step['step_id']}: {step['errors']}")
                answer = fill(step["step_id"], proposed(step["data_schema"]))
            case "menu":
                options = list(step["menu_options"])
                answer = {"next_step_id": fill(step["step_id"], {"next_step_id": options[0]})["next_step_id"]}
            case kind:
                raise ApiError(f"{handler}: {kind} {step.get('reason', '')}")
        step = await api.post(f"{path}/{step['flow_id']}", answer)
    raise ApiError(f"{handler}: no end of forms")
