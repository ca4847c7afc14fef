"""A family is a package in which every public module defines one constant; nothing is listed by hand."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import ItemsView, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Generic, TypeVar

Record = TypeVar("Record")


class Registry(Mapping[str, Record], Generic[Record]):
    """The members of one family, by module name, in alphabetical order.

    The modules are imported when the mapping is first looked at, so that importing a family's
    package loads none of its members. `pkgutil` finds modules in a zip file as well.

    Args:
        package: the family's package, for example `"trust_widgets.pitfalls"`.
        constant: the name that every public module of it defines, for example `"PITFALL"`.

    Raises:
        AttributeError: when first looked at, if a public module lacks the constant.
        KeyError: for a name that is not there; the message lists those that are.
    """

    def __init__(self, package: str, constant: str) -> None:
        self._package = package
        self._constant = constant

    @cached_property
    def _members(self) -> dict[str, Record]:
        path = importlib.import_module(self._package).__path__
        names = sorted(found.name for found in pkgutil.iter_modules(path))
        public = [name for name in names if not name.startswith("_")]
        return {name: getattr(importlib.import_module(f"{self._package}.{name}"), self._constant) for name in public}

    def __getitem__(self, name: str) -> Record:
        if name not in self._members:
            raise KeyError(self._about(str(name)))
        return self._members[name]

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def _about(self, name: str) -> str:
        """What to say of a name that is not there."""
        longer = [known for known in self if name and name in known]
        near = longer[:1] or get_close_matches(name, self, n=1)
        hint = f"did you mean {near[0]!r}? There" if near else "there"
        return f"no {self._constant.lower()} {name!r}; {hint} are {', '.join(self)}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def items(self) -> ItemsView[str, Record]:
        """All members by name: the dict's own view, since every key that somebody presses walks through a family."""
        return self._members.items()

    def __len__(self) -> int:
        return len(self._members)

    def __repr__(self) -> str:
        return f"<{self._constant}s: {', '.join(self)}>"
