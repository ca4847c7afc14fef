"""The data files of this folder, and tables of them: each is made once, on its first use."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from functools import wraps
from importlib.resources import files
from typing import Any, TypeVar

T = TypeVar("T")

_MADE: dict[Hashable, Any] = {}


def load(name: str) -> Any:
    """What `data/<name>.json` holds. Works inside a zip too.

    Example:
        >>> load("shared_issuers")["date"]
        '2026-09-07'
    """
    if name not in _MADE:
        _MADE[name] = json.loads(_file(f"{name}.json").read_text(encoding="utf-8"))
    return _MADE[name]


def load_folder(name: str) -> tuple[Any, ...]:
    """What each file of `data/<name>/` holds, in the order of their names. Works inside a zip too.

    Example:
        >>> load_folder("keys")[0]["name"]
        'aws:AssumedRoot'
    """
    found = sorted(_file(name).iterdir(), key=lambda file: file.name)
    return tuple(json.loads(file.read_bytes()) for file in found if file.name.endswith(".json"))


def table(make: Callable[[], T]) -> Callable[[], T]:
    """A function that makes a table once; later calls give the same one.

    Example:
        >>> @table
        ... def squares() -> dict[int, int]:
        ...     print("made")
        ...     return {number: number**2 for number in range(4)}
        >>> squares()[3], squares()[2]
        made
        (9, 4)
    """

    @wraps(make)
    def table_once() -> T:
        if make not in _MADE:
            _MADE[make] = make()
        made: T = _MADE[make]
        return made

    return table_once


def _file(name: str) -> Any:
    return files(__package__).joinpath("data", name)
