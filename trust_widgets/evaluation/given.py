"""A call as a person gives it: the one place where a `Request` is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trust_widgets.evaluation.given_role import EXAMPLE
from trust_widgets.evaluation.request import Request

_MAKE = f'tw.Request("sts:AssumeRole", "arn:aws:iam::444455556666:user/ops", "{EXAMPLE}")'


def request_from_given(given: object, role: str = "") -> Request:
    """Return the call that a person gave: a `Request`, or a dict of what makes one.

    Args:
        given: anything at all.
        role: the ARN of the role that the policy came with; `""` when that is not known.

    Raises:
        TypeError: for anything else, with what to write.
        ValueError: for what makes no call.

    Example:
        >>> call = {"action": "sts:AssumeRole", "principal": "ec2.amazonaws.com"}
        >>> request_from_given(call).principal
        'ec2.amazonaws.com'
    """
    if isinstance(given, Request):
        return given
    if isinstance(given, Mapping):
        _expect_arguments(given)
        arguments: dict[str, Any] = {str(name): value for name, value in given.items()}
        if role:
            arguments.setdefault("role", role)
        return Request(**arguments)
    raise TypeError(f"a tw.Request is needed, not {_named(given)}: write {_instead_of(given)}")


def _expect_arguments(given: Mapping[object, object]) -> None:
    """Name the way to a call for a policy, for a record of a call and for the claims of a token."""
    callers = {"userIdentity": "cloudtrail_event", "eventName": "cloudtrail_event", "iss": "token"}
    if "Statement" in given:
        raise TypeError(
            f"a tw.Request is needed, not a policy: write {_MAKE}. Two policies are compared by"
            " tw.compare(old, new)."
        )
    for name, caller in callers.items():
        if name in given:
            raise TypeError(
                f"a tw.Request is needed, not a dict with {name!r}: write"
                f" tw.CALLERS[{caller!r}].make(role, text=...), which makes a Request"
            )


def _named(given: object) -> str:
    if given is None:
        return "None"
    if isinstance(given, str):
        return repr(given[:80])
    return type(given).__name__


def _instead_of(given: object) -> str:
    """What to write for a value that is no call, though it may lead to one."""
    if isinstance(getattr(given, "witness", None), Request):
        return "its .witness, which is a Request"
    if callable(getattr(given, "make", None)):
        return "caller.make(role, answers), which makes a Request"
    return _MAKE
