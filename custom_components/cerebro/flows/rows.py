"""Ordered lists of rows, each with the same fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, override

from homeassistant.helpers.selector import ObjectSelector, ObjectSelectorConfig, ObjectSelectorField, Selector
import voluptuous as vol


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
    fields: Mapping[str, Selector[Any]],
    *,
    required: frozenset[str],
    label_field: str,
    description_field: str,
    translation_key: str,
) -> RowsSelector:
    """Return the selector of rows with these fields."""
    return RowsSelector(
        ObjectSelectorConfig(
            fields={
                name: ObjectSelectorField(selector=one, required=name in required)
                for name, one in fields.items()
            },
            multiple=True,
            label_field=label_field,
            description_field=description_field,
            translation_key=translation_key,
        )
    )
