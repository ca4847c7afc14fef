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
    return json.loads(files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8"))
