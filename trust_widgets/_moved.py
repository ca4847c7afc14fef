"""Import paths that the notebooks of version 0.1 taught and that have changed since.

They work for one more version, with a `DeprecationWarning` that names the new path.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def moved_module(old: str, new: str) -> Callable[[str], Any]:
    """The `__getattr__` of a module whose names are all in another one now."""

    def getter(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {old!r} has no attribute {name!r}")
        value = getattr(import_module(new), name)
        message = f"{old} has moved: import {name} from {new}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return value

    return getter


def moved_names(module: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a module that lost some names; `homes` gives the new module of each."""

    def getter(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name]), name)
        message = f"{module}.{name} has moved: import {name} from {homes[name]}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return value

    return getter
