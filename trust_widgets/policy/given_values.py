"""The values of a policy as a person gives them in code: one for a list of one, a list for a tuple.

What cannot be meant in one way is refused with what to write. Numbers are: as an account ID one
loses its leading zeros.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from trust_widgets.aws.operators import BASES, is_operator, split_quantifier
from trust_widgets.names import level_of_reader

Value = TypeVar("Value")


def strings_from_given(name: str, given: Any) -> tuple[str, ...] | None:
    """Return one string or several as a tuple; `None` for an element that is not written.

    Args:
        name: of the argument, for the message.

    Raises:
        TypeError: for anything else.

    Example:
        >>> strings_from_given("action", "sts:AssumeRole"), strings_from_given("aws", ["*"])
        (('sts:AssumeRole',), ('*',))
        >>> strings_from_given("aws", 444455556666)
        Traceback (most recent call last):
        ...
        TypeError: aws: 444455556666 is not a string. Write aws='444455556666'.
    """
    if given is None or (type(given) is tuple and all(map(_is_string, given))):
        return given
    if isinstance(given, str):
        return (given,)
    values = items_from_given(name, given, (str, int), "'...'")
    wrong = [value for value in values if not isinstance(value, str)]
    if wrong:
        raise TypeError(f"{name}: {wrong[0]!r} is not a string. Write {name}='{wrong[0]}'.")
    return values


def _is_string(value: object) -> bool:
    return isinstance(value, str)


def items_from_given(
    name: str, given: Any, kind: type[Value] | tuple[type[Value], ...], example: str
) -> tuple[Any, ...]:
    """Return one thing of a kind, or several, as a tuple; a set in its order.

    Args:
        name: of the argument, for the message.
        given: anything at all.
        kind: what each of them is.
        example: a right one, as a reader writes it.

    Raises:
        TypeError: for anything else, with a right one.
    """
    if isinstance(given, kind):
        return (given,)
    if given == ():
        return ()
    values = _several(given)
    for value in values:
        if not isinstance(value, kind):
            raise TypeError(
                f"{name}: {_shown(value)} is given. Write {name}={example}, or a list of them."
            )
    return values


def _several(given: Any) -> tuple[Any, ...]:
    """The members of a list; what is no list alone."""
    if isinstance(given, (set, frozenset)):
        return tuple(sorted(given, key=str))
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        return (given,)
    return tuple(given)


def _shown(value: object) -> str:
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, str) and len(value) < 60:
        return repr(value)
    return f"an object of type {type(value).__name__}"


def warn_of_effect(given: object) -> None:
    """Warn the one who makes a statement with an effect in another case, which IAM rejects."""
    if given in (None, "Allow", "Deny") or str(given).capitalize() not in ("Allow", "Deny"):
        return
    level = level_of_reader()
    if level:
        message = f"{given!r} is not an effect, so IAM rejects the policy. Write "
        warnings.warn(f"{message}{str(given).capitalize()!r}.", UserWarning, stacklevel=level)


def warn_of_operator(given: object) -> None:
    """Warn the one who makes a condition with an operator that is nearly one of AWS's."""
    if not isinstance(given, str) or is_operator(given):
        return
    quantifier, colon, base = split_quantifier(given)
    near = get_close_matches(base, BASES, n=1, cutoff=0.9)
    level = level_of_reader()
    if near and level:
        right = f"{quantifier}{colon}{near[0]}"
        message = f"{given!r} is not a condition operator. Write {right!r}."
        warnings.warn(message, UserWarning, stacklevel=level)
