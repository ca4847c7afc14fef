"""Puts changed code in the place of code that was imported already, or imports everything again
with it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

_OPTIMIZED = 1  # the flag of a function's code, which a module's and a class's don't have
Functions = dict[CodeType, list[FunctionType]]


def import_anew(file: Path, source: str, folders: tuple[Path, ...]) -> None:
    """Forgets the modules of some folders; when they are imported again, the file has this
    source.
    """
    path, original = str(file), SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        return compile(source, path, "exec") if loader.path == path else original(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(tuple(map(str, folders))):
            del sys.modules[name]


def functions_of(folder: Path) -> Functions:
    """The functions that there are of a folder's modules, by their code."""
    found: Functions = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(folder)):
            found.setdefault(each.__code__, []).append(each)
    return found


def changed(
    file: Path, before: str, after: str, functions: Functions
) -> Iterator[tuple[FunctionType, CodeType]]:
    """Functions with their new code; none if the change is not in functions alone."""
    pairs = list(_differing(*(compile(source, str(file), "exec") for source in (before, after))))
    if all(new is not None and old.co_freevars == new.co_freevars for old, new in pairs):
        yield from (
            (function, new) for old, new in pairs for function in functions.get(old, ()) if new
        )


def _differing(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType | None]]:
    """The functions that differ, those within others too; with `None` what differs outside of
    them.
    """
    inner, other = _nested(old), _nested(new)
    if old.co_flags & _OPTIMIZED:
        if old == new:
            return
        yield old, new
    elif _own(old) != _own(new) or len(inner) != len(other):
        yield old, None
    for pair in zip(inner, other, strict=False):
        yield from _differing(*pair)


def _nested(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _own(code: CodeType) -> tuple[Any, ...]:
    return (
        code.co_code,
        code.co_names,
        [each for each in code.co_consts if not isinstance(each, CodeType)],
    )
