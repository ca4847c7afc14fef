"""JSON values that cannot change, for the elements of a policy that AWS does not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class JsonObject:
    """A JSON object that cannot change: `freeze({"a": [1]}) == JsonObject((("a", (1,)),))`."""

    members: tuple[tuple[str, Any], ...]


def freeze(value: Any) -> Any:
    """A plain JSON value as one that cannot change; `thaw` is its inverse."""
    if isinstance(value, Mapping):
        return JsonObject(tuple((key, freeze(inner)) for key, inner in value.items()))
    if isinstance(value, (list, tuple)):
        return tuple(freeze(inner) for inner in value)
    return value


def thaw(value: Any) -> Any:
    """A frozen JSON value as plain dicts and lists."""
    if isinstance(value, JsonObject):
        return {key: thaw(inner) for key, inner in value.members}
    if isinstance(value, tuple):
        return [thaw(inner) for inner in value]
    return value
