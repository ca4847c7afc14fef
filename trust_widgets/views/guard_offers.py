"""The conditions that a form offers, and those that were added, with why one can never be met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trust_widgets.aws.keys.claims import last_part
from trust_widgets.forms import complete
from trust_widgets.model import Grant
from trust_widgets.patterns import Pattern
from trust_widgets.pitfalls import why_never_met
from trust_widgets.policy import (
    GUARD_KINDS,
    Condition,
    Guard,
    GuardKind,
    Statement,
    why_not,
)
from trust_widgets.policy import kind_of as kind_of_guard

if TYPE_CHECKING:
    from trust_widgets.views.state.policy import GuardOffer, GuardState

SENT = "This service sends this key."
OF_KEY = "key "  # what a condition on a key is called among the offers, before the key


def new_guard(name: str) -> Guard:
    """A condition of a named kind with nothing typed yet; one of a key; a free one for another
    name."""
    for kind in GUARD_KINDS:
        if kind.name == name:
            return Guard(kind.key, kind.operator, (kind.start,) if kind.start else ())
    return Guard(name.removeprefix(OF_KEY) if name.startswith(OF_KEY) else "")


def guard_state(
    guard: Guard, complaint: str, pattern: Pattern, built: Sequence[Statement]
) -> GuardState:
    kind = kind_of_guard(guard)
    if kind is not None:
        warning = _why_never(kind, pattern, built)
    else:
        warning = why_not(guard.key, pattern.callers)
    return {
        "label": kind.question.label if kind else guard.key or "Any key",
        "key": guard.key,
        "operator": guard.operator,
        "values": list(guard.values),
        "complaint": complaint if guard.values else "",
        "help": kind.question.help if kind else "",
        "named": kind is not None,
        "fixed": kind is not None and bool(kind.start) and guard.values == (kind.start,),
        "generates": kind is not None and kind.question.generate is not None,
        "warning": warning,
    }


def offers(pattern: Pattern, grant: Grant, built: Sequence[Statement]) -> list[GuardOffer]:
    """The conditions to choose from, those first that the pattern recommends for these answers."""
    every = complete(pattern.fields_for(grant.answers), grant.answers)
    recommended = pattern.recommends(every)
    first = sorted(GUARD_KINDS, key=lambda kind: kind.name not in recommended)
    named = [
        _offer(kind, kind.name in recommended, _why_never(kind, pattern, built)) for kind in first
    ]
    return [
        *named,
        *(_offer_of_key(OF_KEY + key, last_part(key), key) for key in pattern.keys(every)),
        _offer_of_key("any", "Any other key", ""),
    ]


def _why_never(kind: GuardKind, pattern: Pattern, built: Sequence[Statement]) -> str:
    """Why none of the callers can have a key: those of the pattern, or those that were chosen."""
    value = kind.start or kind.question.example
    condition = Condition(kind.operator, kind.key, (value,))
    reasons = [why_never_met(statement, condition) for statement in built]
    if reasons and all(reasons):
        return reasons[0]
    return why_not(kind.key, pattern.callers)


def _offer(kind: GuardKind, recommended: bool, never: str) -> GuardOffer:
    offer = _offer_of_key(kind.name, kind.question.label, kind.key)
    return {**offer, "reason": SENT if recommended else never, "recommended": recommended}


def _offer_of_key(name: str, label: str, key: str) -> GuardOffer:
    return {"name": name, "label": label, "key": key, "reason": "", "recommended": False}
