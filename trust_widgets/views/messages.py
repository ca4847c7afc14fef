"""Messages from the browser: which ones a view accepts, with which arguments.

A message is `{"do": "select", "index": 2, "typed": {...}}`: the newest typing, and what to do.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import UnionType
from typing import Any, Literal, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

PREFIX = "do_"
GREATEST_REVISION = 2**53 - 1  # the greatest whole number that a browser counts to
_MARK = "_is_message"
Handler: TypeAlias = Callable[..., None]
_Marked = TypeVar("_Marked", bound=Handler)


class MessageError(ValueError):
    """A message that a view does not accept."""


def message(handler: _Marked) -> _Marked:
    """Let the browser call a method named `do_NAME`, by the message NAME with its arguments."""
    setattr(handler, _MARK, handler)
    return handler


def message_about(kind: type) -> Callable[[_Marked], _Marked]:
    """Like `message`, for a method with `**` arguments: they are those that make a `kind`."""

    def mark(handler: _Marked) -> _Marked:
        setattr(handler, _MARK, kind)
        return handler

    return mark


def messages_of(view: type) -> dict[str, Handler]:
    """The methods of a view that its messages call, by the message's name."""
    methods = {name: getattr(view, name) for name in dir(view) if name.startswith(PREFIX)}
    return {
        name.removeprefix(PREFIX): method
        for name, method in methods.items()
        if hasattr(method, _MARK)
    }


def typed_in(content: object) -> dict[str, Any]:
    """The newest typing that a message carries.

    Raises:
        MessageError: for a message, or typing, that is no object.
    """
    if not isinstance(content, dict):
        raise MessageError(f"a message must be an object, not {_kind(content)}")
    typed = content.get("typed") or {}
    if not isinstance(typed, dict):
        raise MessageError(f"the typed values must be an object, not {_kind(typed)}")
    return typed


def revision_of(typed: dict[str, Any]) -> int:
    """How often a browser has sent what was typed; 0 where it does not say.

    Raises:
        MessageError: for what is no count, such as `Infinity`: no later one would be greater.
    """
    revision = typed.get("revision", 0)
    if type(revision) is not int or not 0 <= revision <= GREATEST_REVISION:
        raise MessageError(f"revision must be a count, not {revision}"[:200])
    return revision


def call_handler(view: object, content: dict[str, Any]) -> None:
    """Do what a message says.

    Raises:
        MessageError: for a message that the view does not accept, or with other arguments.
    """
    do = content.get("do")
    handlers = messages_of(type(view))
    if not isinstance(do, str) or do not in handlers:
        name, known = type(view).__name__, ", ".join(handlers) or "none"
        raise MessageError(f"{name} has no message {do!r}; its messages: {known}")
    arguments = {name: value for name, value in content.items() if name not in ("do", "typed")}
    _expect_arguments(do, handlers[do], arguments)
    handlers[do](view, **arguments)


def _expect_arguments(do: str, handler: Handler, arguments: dict[str, Any]) -> None:
    parameters = parameters_of(handler)
    unknown = [name for name in arguments if name not in parameters]
    if unknown:
        raise MessageError(f"message {do!r} has no argument {unknown[0]!r}")
    for name, (kind, is_optional) in parameters.items():
        if name not in arguments:
            if not is_optional:
                raise MessageError(f"message {do!r} needs the argument {name!r}")
        elif not is_of_kind(arguments[name], kind):
            raise MessageError(f"message {do!r}: {name} cannot be {_kind(arguments[name])}")


def parameters_of(handler: Handler) -> dict[str, tuple[Any, bool]]:
    """Each argument of a message, with its type and whether it may be left out."""
    declared = getattr(handler, _MARK)
    kinds = get_type_hints(declared)
    parameters = inspect.signature(declared).parameters.values()
    return {
        each.name: (kinds[each.name], each.default is not inspect.Parameter.empty)
        for each in parameters
        if each.name != "self"
    }


def is_of_kind(value: object, kind: Any) -> bool:
    """Whether a value from JSON is of a type, as far as messages have types.

    Example:
        >>> is_of_kind(["Statement", 0], list[str | int]), is_of_kind(True, int)
        (True, False)
    """
    origin = get_origin(kind)
    if origin is list:
        (item,) = get_args(kind)
        return isinstance(value, list) and all(is_of_kind(each, item) for each in value)
    if origin is UnionType:
        return any(is_of_kind(value, each) for each in get_args(kind))
    if origin is Literal:
        return value in get_args(kind)
    return type(value) is kind


def _kind(value: object) -> str:
    """What a value from JSON is, for a message."""
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false"}
    if value is None:
        return "null"
    return names.get(type(value), "a number")
