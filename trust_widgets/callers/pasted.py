"""What a pasted text is, so that each box for pasted text takes any of them.

A box that gets another kind of text than its own hands it over to the caller of that kind, and
says so.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trust_widgets.callers import CALLERS, Caller, Refusal
from trust_widgets.callers.cloudtrail import is_record
from trust_widgets.callers.jwt import is_jwt, jwt_in
from trust_widgets.callers.other_refusals import cause_in
from trust_widgets.callers.pasted_json import dicts_within, documents_in
from trust_widgets.callers.refused_message import messages_in
from trust_widgets.evaluation import Request

DETAILS, RECORD, TOKEN, MESSAGE = (
    "access_troubleshooter",
    "cloudtrail_event",
    "token",
    "error_message",
)
_NAMES = {
    DETAILS: "output of Access Troubleshooter",
    RECORD: "a CloudTrail record",
    TOKEN: "an OIDC token or its claims",
    MESSAGE: "an AWS error message",
}


def kind_of(text: str) -> str:
    """The name of the caller that reads a text; `""` for a text that none reads.

    Example:
        >>> kind_of('{"iss": "https://idp.octo.example", "sub": "app"}')
        'token'
        >>> kind_of("Roles may not be assumed by root accounts."), kind_of("Hello")
        ('error_message', '')
    """
    if is_jwt(text):
        return TOKEN
    kind = _kind_of_json(text)
    if kind:
        return kind
    if messages_in(text) or cause_in(text):
        return MESSAGE
    if jwt_in(text):
        return TOKEN
    return ""


def _kind_of_json(text: str) -> str:
    if "{" not in text:
        return ""
    try:
        documents = documents_in(text, "JSON")
    except ValueError:
        return ""
    for found in (each for document in documents for each in dicts_within(document)):
        if is_details(found):
            return DETAILS
        if is_record(found):
            return RECORD
        if isinstance(found.get("iss"), str) and "sub" in found:
            return TOKEN
    return ""


def is_details(found: Mapping[str, Any]) -> bool:
    """Whether a JSON object is what Access Troubleshooter says of a request."""
    return isinstance(found.get("evaluations"), list) and bool(
        {"requestContext", "policies"} & set(found)
    )


def for_any_text(caller: Caller, own: str) -> Caller:
    """The same caller, which hands over a text that is of another kind.

    Args:
        caller: with a question `text`. own: its name in the family.
    """

    def other_for(answers: Mapping[str, Any]) -> Caller | None:
        kind = kind_of(str(answers.get("text", "")))
        if kind not in ("", own):
            return CALLERS[kind]
        return None

    @functools.wraps(caller.request)
    def request(*args: Any, **kwargs: Any) -> Request:
        answers = inspect.signature(caller.request).bind(*args, **kwargs).arguments
        other = other_for(answers)
        if other is None:
            return caller.request(**answers)
        asked = {"role", *(field.name for field in other.fields)}
        return other.request(**{name: answers[name] for name in answers if name in asked})

    def to_keep(answers: Mapping[str, Any]) -> dict[str, Any]:
        return (other_for(answers) or caller).to_keep(answers)

    def remarks(answers: Mapping[str, Any]) -> tuple[str, ...]:
        other = other_for(answers)
        if other is not None:
            return other.remarks(answers)
        return (f"Recognized in the text: {_NAMES[own]}.", *caller.remarks(answers))

    def refusal(answers: Mapping[str, Any]) -> Refusal | None:
        return (other_for(answers) or caller).refusal(answers)

    return replace(caller, request=request, to_keep=to_keep, remarks=remarks, refusal=refusal)
