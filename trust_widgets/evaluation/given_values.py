"""What a person gives of a call, part by part: action, principal and condition keys."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from trust_widgets.aws.actions import names
from trust_widgets.aws.arns import account_id_of, is_account_id
from trust_widgets.aws.keys.spelling import complaint_about_key
from trust_widgets.evaluation.context import Value
from trust_widgets.names import level_of_reader, nearest

_ACTION = re.compile(r"[\w-]+:[\w*?]+")
_KNOWN = {name.lower(): name for name in names()}
USER = "arn:aws:iam::444455556666:user/ops"


def expect_action(given: object) -> str:
    """Return an action.

    Raises:
        TypeError: for what is no text. ValueError: for a text that is no action.

    Example:
        >>> expect_action("AssumeRole")
        Traceback (most recent call last):
        ...
        ValueError: action: 'AssumeRole' is not an action. Write sts:AssumeRole.
    """
    if isinstance(given, str) and _ACTION.fullmatch(given):
        _warn_of_action(given)
        return given
    if not isinstance(given, str):
        raise TypeError(f"action: {_shown(given)} is not a string. Write 'sts:AssumeRole'.")
    near = nearest(f"sts:{given}", names()) or "sts:AssumeRole"
    first = " The action comes first, then the principal." if given.startswith("arn:") else ""
    raise ValueError(f"action: {given[:80]!r} is not an action. Write {near}.{first}")


def _warn_of_action(action: str) -> None:
    """Warn the one who makes a call of an action that is nearly one: no policy would allow it."""
    if action.lower() in _KNOWN:
        return
    near = get_close_matches(action.lower(), _KNOWN, n=1, cutoff=0.85)
    level = level_of_reader()
    if near and level:
        message = f"{action!r} is not an action of STS. Write {_KNOWN[near[0]]!r}."
        warnings.warn(message, UserWarning, stacklevel=level)


def expect_principal(given: object) -> str:
    """Return the text that names who calls.

    Raises:
        TypeError: for what is no text. ValueError: for the ID of a whole account.
    """
    if isinstance(given, str) and ":" in given:
        return given  # an ARN: the usual case, and the search makes many requests
    account = account_id_of(str(given))
    if is_account_id(account):
        root = f"arn:aws:iam::{account}:root"
        raise ValueError(
            f"principal: {given!r} is an account, not a caller. Write {USER!r} for a user, or"
            f" {root!r} for some principal of the account."
        )
    if isinstance(given, str):
        return given
    raise TypeError(f"principal: {_shown(given)} is not a string. Write {USER!r}.")


def values_from_given(given: object) -> dict[str, Value]:
    """Return context as AWS compares it, all of it texts: `True` is `"true"`, a list is a tuple.

    Raises:
        TypeError: for what is no mapping, and for a value that is no text, number, truth value or
            list of them.

    Example:
        >>> values_from_given({"aws:MultiFactorAuthPresent": True, "aws:TagKeys": ["Team"]})
        {'aws:MultiFactorAuthPresent': 'true', 'aws:TagKeys': ('Team',)}
    """
    if not isinstance(given, Mapping):
        raise TypeError(
            f"context: {_shown(given)} is not a dict."
            " Write context={'sts:ExternalId': 'b2f6c3de'}."
        )
    return {_key("context", key): _value(key, value) for key, value in given.items()}


def keys_from_given(given: object) -> frozenset[str]:
    """Return the keys that are unknown; one text is one key.

    Raises:
        TypeError: for what is no key and no collection of keys.
    """
    if isinstance(given, frozenset) and not given:
        return given
    if isinstance(given, str):
        return frozenset((given,))
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise TypeError(
            f"unknown: {_shown(given)} is not a set of keys. Write unknown={{'aws:SourceIp'}}."
        )
    return frozenset(_key("unknown", key) for key in given)


def expect_known_or_not(context: Mapping[str, Value], unknown: frozenset[str]) -> None:
    """Refuse a key that a reader gives and calls unknown: the value would be dropped.

    Raises:
        ValueError: for such a key.
    """
    if not unknown or not context:
        return
    both = {key.lower() for key in context} & {key.lower() for key in unknown}
    if both and level_of_reader():
        raise ValueError(
            f"{min(both)} is given in context and in unknown. Leave out the one that is wrong."
        )


def _key(argument: str, key: object) -> str:
    if isinstance(key, str):
        return key
    raise TypeError(f"{argument}: {_shown(key)} is not a condition key. Write 'aws:SourceIp'.")


def _value(key: str, value: object) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        if value:
            return "true"
        return "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (tuple, list, set, frozenset)):
        return tuple(str(_value(key, inner)) for inner in value)
    raise TypeError(
        f"{key}: a string, or a tuple of strings for a key with several values, not "
        f"{type(value).__name__}"
    )


def warn_of_keys(keys: Iterable[str], issuer: str = "") -> None:
    """Warn the one who makes a call of keys that AWS does not have; this package is not warned."""
    level = level_of_reader()
    if not level:
        return
    for key in keys:
        message = complaint_about_key(key, issuer)
        if message:
            warnings.warn(message, UserWarning, stacklevel=level)


def _shown(given: object) -> str:
    """A short value as written; of a longer one its type."""
    if given is None:
        return "None"
    if isinstance(given, (bool, int, float)) and len(str(given)) < 60:
        return repr(given)
    return f"an object of type {type(given).__name__}"
