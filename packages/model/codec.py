"""Frozen dataclasses to JSON and back: what is at its default is left out, so that a stored model says only what its package says."""

from collections.abc import Hashable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def write(value: Any) -> Any:
    """Write a value of the model as a JSON value."""
    if isinstance(value, tuple):
        return [write(one) for one in value]
    if not is_dataclass(value):
        return value
    held = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: write(one) for field, one in held if field.default is MISSING or one != field.default}


def read(kind: type[T], value: dict[str, Any]) -> T:
    """Read a dataclass from a JSON value that `write` wrote."""
    asked: Any = kind  # mypy holds the type of a type variable for unhashable
    types = _types(asked)
    return kind(**{name: _value(types[name], one) for name, one in value.items()})


def _value(kind: Any, value: Any) -> Any:
    if isinstance(kind, UnionType):
        return None if value is None else _value(next(one for one in get_args(kind) if one is not NoneType), value)
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        each = [kinds[0]] * len(value) if kinds[-1] is Ellipsis else kinds
        return tuple(_value(one, held) for one, held in zip(each, value, strict=True))
    return read(kind, value) if is_dataclass(kind) and isinstance(kind, type) else value


@cache
def _types(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)
