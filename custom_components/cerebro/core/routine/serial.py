"""The plain, faithful form of a run, of what it asks and of what happens to it, for the journal.

A dataclass becomes an object with its name under ``type``; times are ISO 8601, durations seconds. Fields
that are missing take their defaults and unknown ones are passed over, so that a journal outlives an update.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
import types
import typing
from typing import Any, Final, NewType

from . import model, state

AT: Final = "$at"
"""Marks a time where its type alone would not tell it from text."""

_CLASSES: Final[Mapping[str, type]] = {
    name: value
    for module in (model, state)
    for name, value in vars(module).items()
    if isinstance(value, type) and is_dataclass(value)
}


class BrokenData(ValueError):  # noqa: N818 - the data is what is broken
    """What was read is no faithful form of anything."""


def to_json(value: Any) -> Any:
    """Return the plain form of a dataclass of :mod:`.model` or :mod:`.state`, or of a value in one."""
    if is_dataclass(value) and not isinstance(value, type):
        plain = {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
        return {"type": type(value).__name__} | plain
    if isinstance(value, Mapping):
        return {str(to_json(key)): to_json(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(to_json(one) for one in value)
    return _plain_of(value)


def _plain_of(value: Any) -> Any:
    """Return the plain form of a value that holds no others."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return {AT: value.isoformat()}
        case timedelta():
            return value.total_seconds()
    return value


def from_json(data: Any) -> Any:
    """Return the dataclass of a plain form.

    Raises:
        BrokenData: when it is none.
    """
    try:
        return _object(data)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise BrokenData(str(error)) from error


def _object(data: Any) -> Any:
    cls = _CLASSES[data["type"]]
    hints = _hints(cls)
    values = {}
    for field in fields(cls):
        if field.name in data:
            values[field.name] = _value(hints[field.name], data[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BrokenData(f"{cls.__name__}.{field.name}")
    return cls(**values)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _value(hint: Any, data: Any) -> Any:
    """Return a plain value as its type wants it."""
    if isinstance(hint, typing.TypeAliasType):
        return _value(hint.__value__, data)
    if isinstance(hint, NewType):
        return _value(hint.__supertype__, data)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _one_of(typing.get_args(hint), data)
    if origin is not None:
        return _collection(origin, typing.get_args(hint), data)
    return _plain(hint, data)


def _one_of(hints: tuple[Any, ...], data: Any) -> Any:
    if data is None and type(None) in hints:
        return None
    if isinstance(data, dict) and "type" in data:
        return _object_of(data, hints)
    # By what it derives from: a clock that is replaced replaces the class, too.
    times = [hint for hint in hints if isinstance(hint, type) and issubclass(hint, datetime)]
    if isinstance(data, dict) and AT in data and times:
        return _plain(times[0], data)
    left = [hint for hint in hints if hint is not type(None) and hint not in times]
    if len(left) == 1:
        return _value(left[0], data)
    if type(data) in left:
        return data
    raise BrokenData(f"{data!r} is none of {hints}")


def _object_of(data: Any, classes: tuple[Any, ...]) -> Any:
    """Return the dataclass of a plain form, which must be one of some."""
    found = _object(data)
    if type(found) not in classes:
        raise BrokenData(f"{type(found).__name__} is none of {classes}")
    return found


def _collection(origin: Any, args: tuple[Any, ...], data: Any) -> Any:
    if origin in (tuple, frozenset) and not isinstance(data, list):
        raise BrokenData(f"{data!r} is no list")
    if origin is frozenset:
        return frozenset(_value(args[0], one) for one in data)
    if origin is tuple:
        if args[-1] is Ellipsis:
            return tuple(_value(args[0], one) for one in data)
        return tuple(_value(hint, one) for hint, one in zip(args, data, strict=True))
    if not isinstance(data, dict):
        raise BrokenData(f"{data!r} is no object")
    return {_value(args[0], key): _value(args[1], one) for key, one in data.items()}


def _plain(hint: Any, data: Any) -> Any:
    for wanted, read in _READERS.items():
        if isinstance(hint, type) and issubclass(hint, wanted):
            return read(hint, data)
    if is_dataclass(hint):
        return _object_of(data, (hint,))
    if hint is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if type(data) is not hint:
        raise BrokenData(f"{data!r} is no {hint}")
    return data


def _time(_: type, data: Any) -> datetime:
    found = datetime.fromisoformat(data[AT])
    if found.tzinfo is None:
        raise BrokenData(f"{data!r} has no zone")
    return found


_READERS: Final[Mapping[type, Callable[[Any, Any], Any]]] = {
    Enum: lambda hint, data: hint(data),
    datetime: _time,
    timedelta: lambda _, data: timedelta(seconds=data),
}


__all__ = ["BrokenData", "from_json", "to_json"]
