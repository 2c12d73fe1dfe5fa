"""Ordered lists of rows, each with the same fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, override

from homeassistant.helpers.selector import (
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    SelectOptionDict,
    Selector,
    SelectSelector,
)
import voluptuous as vol

from ..managers.texts import Texts


class RowsSelector(ObjectSelector):
    """Home Assistant's selector of objects, which takes a list of them and nothing else."""

    @override
    def __call__(self, data: Any) -> list[dict[str, Any]]:
        """Return the rows, each value as its own selector reads it.

        The object selector itself fails on a row that is none, and hands numbers on as the text they came in.

        Raises:
            Invalid: with the place in its message: a path into the rows would hide which field they are of.
        """
        row = {
            (vol.Required if field["required"] else vol.Optional)(name): field["selector"]
            for name, field in self.config["fields"].items()
        }
        try:
            rows: list[dict[str, Any]] = vol.Schema([row])(data)
        except vol.Invalid as error:
            raise vol.Invalid(str(error)) from error
        return rows


def rows_selector(
    texts: Texts,
    fields: Mapping[str, Selector[Any]],
    *,
    required: frozenset[str],
    label_field: str,
    description_field: str | None = None,
    translation_key: str,
) -> RowsSelector:
    """Return the selector of rows with these fields, of which the list shows one or two."""
    config = ObjectSelectorConfig(
        fields={
            name: ObjectSelectorField(selector=_named(texts, one), required=name in required)
            for name, one in fields.items()
        },
        multiple=True,
        label_field=label_field,
        translation_key=translation_key,
    )
    if description_field is not None:
        config["description_field"] = description_field
    return RowsSelector(config)


def _named(texts: Texts, selector: Selector[Any]) -> Selector[Any]:
    """Return a selector whose options carry their names: a row's own dialog translates none."""
    if not isinstance(selector, SelectSelector):
        return selector
    key = selector.config["translation_key"]
    options = [
        SelectOptionDict(value=str(one), label=texts.option(key, str(one)))
        for one in selector.config["options"]
    ]
    return SelectSelector({**selector.config, "options": options})
