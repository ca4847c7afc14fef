"""A family is a package whose public modules define one constant each. No list is kept by hand.

`lazy_names` gives a package's face the names of modules that are loaded when one of them is first
asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, ItemsView, Iterator, Mapping
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from trust_widgets.names import about_attribute, nearest

Record = TypeVar("Record")


class Registry(Mapping[str, Record], Generic[Record]):
    """The members of one family, by module name, in alphabetical order.

    A member is a public module of the family's package, or of a folder in it. The modules are
    imported when the mapping is first used: importing a family's package loads none of its
    members. `pkgutil` finds modules in a zip file as well.

    Args:
        package: the package that holds the members, for example `"trust_widgets.pitfalls.rules"`.
        constant: the name that every public module of it defines, for example `"PITFALL"`.
        default: what is used for a module without the constant; `None` when each has to have it.

    Raises:
        AttributeError: when first looked at, if a public module lacks the constant and there is no
            default.
        ValueError: when first looked at, if two members have one name.
        KeyError: for a name that is not there; the message lists those that are.
    """

    def __init__(self, package: str, constant: str, default: Record | None = None) -> None:
        self._package = package
        self._constant = constant
        self._default = default

    @cached_property
    def _members(self) -> dict[str, Record]:
        homes = self._homes()
        return {name: self._member_in(importlib.import_module(homes[name])) for name in homes}

    def _homes(self) -> dict[str, str]:
        """The dotted name of each member's module, in alphabetical order of the members."""
        homes: dict[str, str] = {}
        for home in _modules_of_members(self._package):
            member = home.rpartition(".")[2]
            if member in homes:
                both = f"{homes[member]} and {home}"
                raise ValueError(f"two members have the name {member!r}: {both}")
            homes[member] = home
        return dict(sorted(homes.items()))

    def _member_in(self, module: ModuleType) -> Record:
        """The record that a module defines, or the default."""
        member: Record
        if self._default is None:
            member = getattr(module, self._constant)
        else:
            member = getattr(module, self._constant, self._default)
        return member

    def module_of(self, name: str) -> ModuleType:
        """The module that defines a member."""
        homes = self._homes()
        if name not in homes:
            raise KeyError(self.about(str(name)))
        return importlib.import_module(homes[name])

    def __getitem__(self, name: str) -> Record:
        if not isinstance(name, str) or name not in self._members:
            raise KeyError(self.about(str(name)))
        return self._members[name]

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def about(self, name: str) -> str:
        """What to say of a name that is not there."""
        by_code = {getattr(record, "code", ""): member for member, record in self.items()}
        near = (by_code.get(name) if name else None) or nearest(name, self)
        hint = f"did you mean {near!r}? There" if near else "there"
        return f"no {self._constant.lower()} {name!r}; {hint} are {', '.join(self)}"

    if not TYPE_CHECKING:  # a type checker is to find a wrong attribute by itself

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                return object.__getattribute__(self, name)  # raises what its property raised
            member = nearest(name, self)
            if member is None:
                raise AttributeError(about_attribute(type(self), name))
            members = f"{self._constant}S"
            message = f"{members} has no attribute {name!r}; write {members}[{member!r}]"
            raise AttributeError(message)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def items(self) -> ItemsView[str, Record]:
        """All members by name. It is the dict's own view, since each key press uses it."""
        return self._members.items()

    def __len__(self) -> int:
        return len(self._members)

    def __repr__(self) -> str:
        return f"<{self._constant}s: {', '.join(self)}>"


def _modules_of_members(package: str) -> Iterator[str]:
    """The dotted names of the public modules in a package and in its public folders."""
    for name, is_folder in _public_modules(package):
        home = f"{package}.{name}"
        if is_folder:
            yield from (f"{home}.{member}" for member, _ in _public_modules(home))
        else:
            yield home


def _public_modules(package: str) -> list[tuple[str, bool]]:
    """The public modules of a package, each with whether it is a package itself."""
    path = importlib.import_module(package).__path__
    modules = [(found.name, found.ispkg) for found in pkgutil.iter_modules(path)]
    return [(name, is_folder) for name, is_folder in modules if not name.startswith("_")]


def lazy_names(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a package's `__getattr__`: names from modules that are loaded when needed.

    For modules that need Jupyter, that take long to load, or that import their own package.

    Args:
        package: the package's `__name__`.
        homes: for each name, the module in the package that defines it.
    """

    def attribute(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{homes[name]}"), name)

    return attribute
