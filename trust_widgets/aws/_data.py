"""The data files of this folder, each read once and only when something asks for it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> Any:
    """What `data/<name>.json` holds. Works inside a zip too.

    Example:
        >>> load("shared_issuers")["date"]
        '2026-09-07'
    """
    return json.loads(
        files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    )


def load_folder(name: str) -> tuple[Any, ...]:
    """What each file of `data/<name>/` holds, in the order of their names. Works inside a zip too.

    Example:
        >>> load_folder("keys")[0]["name"]
        'aws:AssumedRoot'
    """
    found = sorted(files(__package__).joinpath("data", name).iterdir(), key=lambda file: file.name)
    return tuple(json.loads(file.read_bytes()) for file in found if file.name.endswith(".json"))
