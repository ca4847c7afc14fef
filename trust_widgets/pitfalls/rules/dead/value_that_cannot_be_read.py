"""A value that its operator cannot read: no truth value, number, date, address, ARN or base64."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws import operators
from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.evaluation import operator_named
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, outcome, values
from trust_widgets.policy import (
    ConditionView,
    Fix,
    Home,
    Path,
    Replace,
    TrustPolicy,
    example,
    statements,
)
from trust_widgets.text.globs import has_wildcard

_KINDS = {
    "Bool": '"true" or "false"',
    "Null": '"true" or "false"',
    "Numeric": 'a number, such as "3600"',
    "Date": 'a date, such as "2027-01-31T00:00:00Z"',
    "IPAddress": 'an address or a range, such as "203.0.113.0/24"',
    "ARN": 'an ARN, such as "arn:aws:iam::111122223333:role/deploy"',
    "Binary": "base64",
}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in (*values(policy), *_of_null(policy)):
        kind = operators.type_of(each.base)
        if kind in _KINDS and _is_unreadable(each.base, kind, text):
            yield Hit(
                place,
                f'{each.condition.operator} needs {_KINDS[kind]}. "{text}" is not one, so no '
                f"request matches it. {outcome(each, place)}",
                fix=_fix(place, each, kind, text),
            )


def _of_null(policy: TrustPolicy) -> Iterator[tuple[RequiredCondition, Path, str]]:
    """What `Null` checks, which is whether a key is missing, never its value."""
    for path, statement in statements(policy):
        for condition in statement.conditions:
            view = ConditionView(condition)
            if view.is_plain_null:
                each = RequiredCondition(path, statement, condition, view.base)
                for index, text in enumerate(view.values):
                    yield each, (*each.place, index), text


def _is_unreadable(base: str, kind: str, text: str) -> bool:
    """Variables may become anything; what AWS makes of `*` in place of a whole ARN is not in its
    pages.
    """
    if "${" in text or (kind == "ARN" and has_wildcard(text)):
        return False
    operator = operator_named(base)
    return operator.read((text,)) is None and operator.as_measured(text) is None


def _fix(place: Path, each: RequiredCondition, kind: str, text: str) -> Fix | None:
    """What was plainly meant."""
    right = None
    if kind == "ARN":
        right = re.sub(rf"^(arn:aws[a-z-]*:(?:iam|sts)):(?={ACCOUNT_ID}:)", r"\1::", text)
    elif kind == "Date":
        right = re.sub(r"^(\d{4})/(\d\d)/(\d\d)$", r"\1-\2-\3", text)
    elif each.key == "aws:multifactorauthage":
        right = re.sub(r"^([0-9]+) ?s(?:ec(?:ond)?s?)?$", r"\1", text)
    if right is None or right == text or _is_unreadable(each.base, kind, right):
        return None
    return Fix(f'Write "{right}"', (Replace(place, right),))


_ROOT = {"AWS": "111122223333"}

PITFALL = Pitfall(
    code="TP212",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A value that its operator cannot read",
    find=find,
    needs=CONDITIONS,
    fine=(
        "Never. IAM may reject some of these values. It accepts the others, and nothing "
        "matches them."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    bad=(
        example(_ROOT, condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "one hour"}}),
        example(_ROOT, condition={"DateLessThan": {"aws:CurrentTime": "31.01.2027"}}),
        example(
            _ROOT, condition={"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "203.0.113.0/33"]}}
        ),
        example(_ROOT, condition={"ArnLike": {"aws:PrincipalArn": "deploy"}}),
        example(_ROOT, condition={"Null": {"aws:MultiFactorAuthAge": "no"}}),
    ),
    good=(
        example(_ROOT, condition={"Bool": {"aws:MultiFactorAuthPresent": True}}),
        example(_ROOT, condition={"NumericLessThan": {"aws:MultiFactorAuthAge": 3600}}),
        example(_ROOT, condition={"DateLessThan": {"aws:CurrentTime": "2027-01-31"}}),
        example(_ROOT, condition={"DateGreaterThan": {"aws:EpochTime": "1800000000"}}),
        example(
            _ROOT,
            condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/deploy-*"}},
        ),
        example(_ROOT, condition={"NotIpAddress": {"aws:SourceIp": "somewhere"}}),
    ),
)
