"""A statement that allows without a condition whom another one allows with conditions."""

from __future__ import annotations

import json
from collections.abc import Iterator

from trust_widgets.access import probe_of
from trust_widgets.aws.actions import SESSION_ACTIONS
from trust_widgets.explain import arn_or_words
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import (
    Condition,
    Home,
    Path,
    Statement,
    TrustPolicy,
    each_principal,
    guarding_conditions,
    is_meant_to_assume,
    known_action,
    narrowing_conditions,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    allows = [
        (path, each)
        for path, each in statements(policy, "Allow")
        if is_meant_to_assume(each) and each.principal
    ]
    if len(allows) < 2:
        return
    guarded = [each for _, each in allows if any(_guards_of(each))]
    for path, statement in allows:
        for below, _, value in each_principal(statement):
            others = [each for each in guarded if _guards_the_same(each, statement, value)]
            if not others:
                continue
            hit = _hit(policy, (*path, "Principal", *below), value, others, home)
            if hit is not None:
                yield hit


def _guards_of(statement: Statement) -> Iterator[Condition]:
    """The conditions that keep out a caller who has nothing of what they require."""
    narrowing = list(narrowing_conditions(statement))
    return (guard for guard in guarding_conditions(statement) if guard in narrowing)


def _guards_the_same(guarded: Statement, bare: Statement, value: str) -> bool:
    """Whether a statement restricts a principal that another allows bare, for the same calls."""
    if all(value != other for _, _, other in each_principal(guarded)):
        return False
    if any(narrowing_conditions(bare)):
        return False
    return _beside(guarded) <= _beside(bare)


def _beside(statement: Statement) -> set[str]:
    """What else a call may do: with tags it is another call, with other conditions."""
    return {
        action
        for word in statement.action or ()
        if (action := known_action(word)) in SESSION_ACTIONS
    }


def _hit(
    policy: TrustPolicy, place: Path, value: str, guarded: list[Statement], home: Home
) -> Hit | None:
    opening = probe_of(policy, place, home)
    if opening is None:
        return None
    witness = opening.through(opening.callers(value)).witness
    if witness is None:
        return None
    keys = " or ".join(
        sorted({guard.key for statement in guarded for guard in _guards_of(statement)})
    )
    return Hit(
        place,
        f"Another statement requires {keys} from this caller, and this statement allows the "
        "same caller without it. One matching statement is enough, so the other statement's "
        "conditions exclude no one.",
        callers=(f"{arn_or_words(witness.identity)}, without {keys}",),
    )


def _two(
    principal: dict[str, str],
    condition: dict[str, dict[str, str]],
    other: dict[str, str] | None = None,
) -> str:
    both = [
        {
            "Effect": "Allow",
            "Principal": principal,
            "Action": "sts:AssumeRole",
            "Condition": condition,
        },
        {"Effect": "Allow", "Principal": other or principal, "Action": "sts:AssumeRole"},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": both})


_USER = {"AWS": "arn:aws:iam::111122223333:user/octo"}
_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}

PRECEDENCE = Precedence(last=50)

PITFALL = Pitfall(
    code="TP317",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A statement without the conditions of another one",
    find=find,
    needs=CONDITIONS,
    fine="When the conditions are obsolete, and the caller is allowed without them.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"
    ),
    bad=(_two(_USER, _MFA),),
    good=(_two(_USER, _MFA, {"AWS": "arn:aws:iam::111122223333:user/other"}),),
)
