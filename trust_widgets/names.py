"""Which name was meant: what to say of an attribute, an argument or a member that is not there.

`hint` finds the nearest name; `helps_with_names` makes a class say it of its attributes and
arguments.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import wraps
from typing import Any, TypeVar, cast

Class = TypeVar("Class", bound=type)
Function = TypeVar("Function", bound=Callable[..., Any])
PACKAGE = __name__.partition(".")[0]
SHORTEST = 3  # letters of a name that is looked for in longer ones
MOST_LISTED = 20


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that was most likely meant; `None` when none is near.

    Case and underscores do not count; a part of a longer name is near to it.

    Example:
        >>> nearest("brnach", ["branch", "tag"]), nearest("Statement", ["statements", "version"])
        ('branch', 'statements')
        >>> nearest("github", ["aws_service", "github_oidc"]), nearest("xyz", ["branch"])
        ('github_oidc', None)
    """
    by_plain = {_plain(each): each for each in known}
    plain = _plain(name)
    if plain in by_plain:
        return by_plain[plain]
    longer = [each for each in by_plain if len(plain) >= SHORTEST and plain in each]
    near = longer[:1] or get_close_matches(plain, by_plain, n=1)
    if near:
        return by_plain[near[0]]
    return None


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def hint(name: str, known: Iterable[str], also: Mapping[str, str] | None = None) -> str:
    """Return what to write instead of a name: the one that was meant, or those that there are.

    Args:
        name: as written.
        known: the names that there are.
        also: other words for something, in lower case, with what to write for it.

    Example:
        >>> hint("brnach", ["branch", "tag"])
        "did you mean 'branch'?"
        >>> hint("colour", ["branch", "tag"])
        'there are branch, tag'
        >>> hint("policy", ["name", "trust"], {"policy": "trust"})
        "did you mean 'trust'?"
    """
    names = list(known)
    meant = (also or {}).get(name.lower()) or nearest(name, names)
    if meant:
        is_name = meant.isidentifier()
        if is_name:
            return f"did you mean {meant!r}?"
        return f"did you mean {meant}?"
    listed = ", ".join(names[:MOST_LISTED])
    if names:
        return f"there are {listed}"
    return "there are none"


def helps_with_names(**also: str) -> Callable[[Class], Class]:
    """Return a class decorator: errors about unknown attributes and arguments name the right one.

    Args:
        also: other words for an attribute, with what to write for it.

    Example:
        >>> from dataclasses import dataclass
        >>> @helps_with_names(shade="colour")
        ... @dataclass(frozen=True)
        ... class Paint:
        ...     colour: str
        >>> Paint("red").shade
        Traceback (most recent call last):
        ...
        AttributeError: Paint has no attribute 'shade'; did you mean 'colour'?
        >>> Paint(color="red")
        Traceback (most recent call last):
        ...
        TypeError: Paint has no argument 'color'; did you mean 'colour'?
    """

    def decorate(cls: Class) -> Class:
        def __getattr__(self: object, name: str) -> Any:
            if hasattr(type(self), name):
                return object.__getattribute__(self, name)  # raises what its property raised
            raise AttributeError(about_attribute(type(self), name, also))

        methods: dict[str, Any] = {"__getattr__": __getattr__}
        if "__dataclass_fields__" in vars(cls):
            methods["__init__"] = _telling(cls, also)
            methods["__getitem__"] = _no_items
        for name, method in methods.items():  # a type checker is not to see them
            setattr(cls, name, method)
        return cls

    return decorate


def _no_items(self: object, name: object) -> Any:
    """What `value["name"]` and a loop over a value come to, which has attributes instead."""
    cls = type(self)
    said = hint(str(name), attributes_of(cls))
    raise TypeError(f"{cls.__name__} has no items, only attributes; {said}")


def about_attribute(cls: type, name: str, also: Mapping[str, str] | None = None) -> str:
    """Return the message about an attribute that a class does not have."""
    if name.startswith("_"):  # asked by programs, which do not read the message
        return f"{cls.__name__!r} object has no attribute {name!r}"
    return f"{cls.__name__} has no attribute {name!r}; {hint(name, attributes_of(cls), also)}"


def attributes_of(cls: type) -> list[str]:
    """Return the public attributes of a class that this package defines, its fields first."""
    fields = list(getattr(cls, "__dataclass_fields__", ()))
    ours = [each for each in cls.__mro__ if each.__module__.partition(".")[0] == PACKAGE]
    every = dict.fromkeys([*fields, *(name for each in ours for name in vars(each))])
    return [name for name in every if not name.startswith("_") and not name.isupper()]


def _telling(cls: type, also: Mapping[str, str]) -> Callable[..., None]:
    """The `__init__` of a class, which names the right argument next to a wrong one."""
    init: Callable[..., None] = vars(cls)["__init__"]
    known = tuple(inspect.signature(init).parameters)[1:]
    names = frozenset(known)

    @wraps(init)
    def __init__(self: object, *values: Any, **named: Any) -> None:
        if named and not names.issuperset(named):
            wrong = next(name for name in named if name not in names)
            said = hint(wrong, known, also)
            raise TypeError(f"{cls.__name__} has no argument {wrong!r}; {said}")
        init(self, *values, **named)

    return __init__


def helps_with_arguments(**also: str) -> Callable[[Function], Function]:
    """Return a decorator of a function: an unknown argument is reported with the one meant.

    Args:
        also: other words for an argument, with what to write for it.

    Example:
        >>> @helps_with_arguments()
        ... def paint(colour): ...
        >>> paint(color="red")
        Traceback (most recent call last):
        ...
        TypeError: paint has no argument 'color'; did you mean 'colour'?
    """

    def decorate(function: Function) -> Function:
        known = tuple(inspect.signature(function).parameters)
        names = frozenset(known)

        @wraps(function)
        def call(*values: Any, **named: Any) -> Any:
            if named and not names.issuperset(named):
                wrong = next(name for name in named if name not in names)
                said = hint(wrong, known, also)
                raise TypeError(f"{function.__name__} has no argument {wrong!r}; {said}")
            return function(*values, **named)

        return cast(Function, call)

    return decorate


_MAKING = (
    *("warn_of_keys", "expect_action", "_warn_of_action", "expect_known_or_not"),
    *("warn_of_effect", "warn_of_operator", "__eq__", "__ne__"),
    *("__init__", "__post_init__", "replace", "_replace"),
    *("request_from_given", "_read", "evaluate", "call"),
)


def level_of_reader() -> int:
    """How far up the stack the reader's code is that makes a value, as `warnings.warn` counts.

    0 where this package makes it: a mistake is reported to the reader who made it, and never for
    what this package makes itself.
    """
    frame, level = sys._getframe(1), 1
    while frame.f_code.co_name in _MAKING and frame.f_back is not None:
        frame, level = frame.f_back, level + 1
    is_ours = str(frame.f_globals.get("__name__")).partition(".")[0] == PACKAGE
    if is_ours:
        return 0
    return level
