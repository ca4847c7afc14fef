"""A condition meant to restrict a statement that is true of calls without its key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trust_widgets.access import (
    Answer,
    Formula,
    RequestEnvironment,
    StatementProbe,
    clause_of,
    probe_of,
    without_distinguishing_values,
)
from trust_widgets.aws.keys.condition_keys import CLAIMS_OF_EVERY_TOKEN
from trust_widgets.aws.keys.impossible_keys import why_impossible
from trust_widgets.aws.keys.records import key_record
from trust_widgets.explain import arn_or_words
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.account_conditions import account_restrictions
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.root_cause import (
    is_backwards,
    right_way_round,
    strict_operator,
    why_absent_passes,
    with_the_plain_operator,
)
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Fix,
    Home,
    Statement,
    TrustPolicy,
    conditions_on,
    each_principal,
    example,
    is_meant_to_assume,
    narrowing_conditions,
    normalized_key,
    statements,
)
from trust_widgets.providers import issuer_of
from trust_widgets.text.budget import remembered_search

_MFA = "aws:multifactorauthpresent"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        loose = [each for each in statement.conditions if _is_loose(each, statement)]
        if not loose or not is_meant_to_assume(statement):
            continue
        narrowing = set(narrowing_conditions(statement))
        opening = probe_of(policy, path, home)
        if opening is None:
            continue
        for condition in loose:
            if condition not in narrowing:
                continue
            hit = _hit(opening, condition, statement)
            if hit is not None:
                yield hit


def _is_loose(condition: Condition, statement: Statement) -> bool:
    """Whether a condition is true of calls that lack its key, and no other one requires that
    key.
    """
    view = ConditionView(condition)
    is_true_without = strict_operator(condition) or view.requires_absence or is_backwards(condition)
    if not is_true_without or not condition.values:
        return False
    if view.operator is None or key_record(view.key).optional:
        return False
    if why_impossible(condition.key):
        return False  # another rule reports that it decides nothing
    # Every token of its issuer has it, and no other caller does: it says what it seems to say.
    if view.issuer and view.claim in CLAIMS_OF_EVERY_TOKEN:
        return False
    others = (other for other in conditions_on(statement, view.key) if other is not condition)
    return all(strict_operator(other) or ConditionView(other).requires_absence for other in others)


@remembered_search(256)
def _hit(opening: StatementProbe, condition: Condition, statement: Statement) -> Hit | None:
    without = _without_what_is_loose(opening)
    for _, kind, value in each_principal(statement):
        if kind == "Service" or not _may_have(kind, value, condition):
            continue
        if not _is_the_guard(without, value):
            continue
        witness = _without(opening, value, condition).witness
        if witness is not None:
            caller = arn_or_words(witness.identity)
            return _told(opening, condition, caller, _severity(condition, value))
    return None


def _may_have(kind: str, value: str, condition: Condition) -> bool:
    """Whether a principal's calls can have the key: a claim restricts its issuer's tokens alone."""
    issuer = ConditionView(condition).issuer
    return not issuer or (kind == "Federated" and issuer_of(value).lower() == issuer)


def _without_what_is_loose(opening: StatementProbe) -> StatementProbe:
    statement = opening.policy.statements[0]
    return opening.changed(tuple(c for c in statement.conditions if not _is_loose(c, statement)))


def _is_the_guard(without: StatementProbe, value: str) -> bool:
    """Whether the statement chooses nobody without the conditions that are loose."""
    asked = partial(without_distinguishing_values, counts=_is_no_audience)
    return without.through(without.callers(value), asked).found is True


def _is_no_audience(key: str) -> bool:
    return not key.endswith((":aud", ":oaud"))


def _without(opening: StatementProbe, value: str, condition: Condition) -> Answer:
    """A call of someone without the key, or with MFA said to be absent."""
    # Users first: a session never has MFA.
    callers = sorted(opening.callers(value), key=lambda caller: caller.sort != "user")
    if is_backwards(condition):
        return opening.through(callers)
    return opening.through(callers, partial(_absent, condition.key))


def _absent(key: str, case: RequestEnvironment) -> Formula:
    return case.read(clause_of("Null", key, "true"))


def _severity(condition: Condition, value: str) -> Severity:
    """A named role or user is chosen already, unless the condition was meant to require MFA."""
    named = ":role/" in value or ":user/" in value or ":assumed-role/" in value
    if named and not normalized_key(condition.key).startswith("aws:multifactor"):
        return Severity.LOW
    return Severity.MEDIUM


def _told(opening: StatementProbe, condition: Condition, caller: str, severity: Severity) -> Hit:
    key = condition.key
    if is_backwards(condition):
        text = (
            f'{condition.operator} with "false" allows callers without MFA. This is the '
            "opposite of requiring MFA."
        )
    else:
        why = why_absent_passes(condition) or (
            f'Null with "true" allows every request without {key}.'
        )
        text = (
            f"{why} So it does not exclude requests without the key, and "
            f"{_others(opening, condition)}."
        )
    return Hit(
        (*opening.path, *condition.path),
        text,
        callers=(
            f"{caller}, {'without MFA' if normalized_key(key) == _MFA else f'without {key}'}",
        ),
        severity=severity,
        fix=_fix(opening, condition),
    )


def _others(opening: StatementProbe, condition: Condition) -> str:
    """What the other conditions do: at most they say of which account a caller is."""
    if account_restrictions(each for each in opening.statement.conditions if each is not condition):
        return "no other condition restricts callers beyond their account"
    return "no other condition restricts them"


def _fix(opening: StatementProbe, condition: Condition) -> Fix | None:
    """The operator that is false without the key; "true" for MFA that was required the wrong way
    round.
    """
    if is_backwards(condition):
        return right_way_round(opening.path, condition)
    return with_the_plain_operator(opening, opening.statement.conditions.index(condition))


_OWN = {"AWS": "arn:aws:iam::111122223333:root"}
_PRESENT = "aws:MultiFactorAuthPresent"

PRECEDENCE = Precedence(last=30)

PITFALL = Pitfall(
    code="TP309",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A condition that is true without its key",
    find=find,
    needs=CONDITIONS,
    fine=("When callers without the key are allowed too, and another condition restricts them."),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    bad=(
        example(_OWN, condition={"BoolIfExists": {_PRESENT: "true"}}),
        example(_OWN, condition={"Bool": {_PRESENT: "false"}}),
        example(_OWN, condition={"Null": {_PRESENT: "true"}}),
        example(_OWN, condition={"StringEqualsIfExists": {"aws:PrincipalTag/team": "octo"}}),
        example(_OWN, condition={"ForAllValues:StringEquals": {"aws:PrincipalTag/team": "octo"}}),
        example(_OWN, condition={"StringNotEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55"}}),
    ),
    good=(
        example(_OWN, condition={"Bool": {_PRESENT: "true"}}),
        example(
            _OWN,
            condition={
                "BoolIfExists": {_PRESENT: "true"},
                "StringEquals": {"aws:PrincipalTag/team": "octo"},
            },
        ),
        example(
            {"AWS": "arn:aws:iam::111122223333:role/app"},
            ["sts:AssumeRole", "sts:TagSession"],
            {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}},
        ),
        example(
            {"Service": "ec2.amazonaws.com"},
            condition={"StringEqualsIfExists": {"aws:SourceAccount": "1"}},
        ),
    ),
    home=Home(accounts=("111122223333",)),
)
