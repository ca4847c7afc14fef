"""Which question of a form gives the value of a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.records import key_record
from trust_widgets.callers import Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.evaluation import CALLER_PERMISSION
from trust_widgets.forms import Field, complete


def field_about(caller: Caller, answers: Mapping[str, Any], need: str) -> Field | None:
    """The question by which someone says what a decision needs; `None` where the form has none.

    Args:
        caller: whose form. answers: as far as they are given.
        need: as in `Decision.needs`: a key as the policy spells it, or `"caller permission"`.

    Example:
        >>> from trust_widgets.callers import CALLERS
        >>> field_about(CALLERS["iam_user"], {}, "sts:ExternalId").question.label
        'External ID passed'
    """
    claim = intended_claim(need).claim
    names = (claim,) if claim else _questions_for(need)
    every = complete(caller.fields, answers)
    asked = {field.name: field for field in caller.fields if field.is_asked(every)}
    return next((asked[name] for name in names if name in asked and _is_meant(asked[name])), None)


def _questions_for(need: str) -> tuple[str, ...]:
    if need == CALLER_PERMISSION:
        return ("permission",)
    return key_record(need).questions


def _is_meant(field: Field) -> bool:
    """An issuer's own organization has the same name in its form as the one of AWS."""
    return field.name != "organization" or field.question == asks.ORGANIZATION
