"""MFA required by the presence of its key alone, which sessions without MFA have as well."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.absent_keys import MFA_AGE, MFA_PRESENT
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Home,
    Statement,
    TrustPolicy,
    example,
    is_meant_to_assume,
    requires_match,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        if not is_meant_to_assume(statement) or _asks_for_mfa(statement):
            continue
        for condition in statement.conditions:
            if _asks_for_presence(condition):
                yield Hit(
                    (*path, *condition.path),
                    f'{condition.operator} "false" requires only that {condition.key} is in '
                    "the request. Sessions without MFA have the key too, with the value "
                    '"false", so this does not require MFA. Write "Bool": '
                    f'{{"{condition.key}": "true"}}.',
                    callers=("a user who signed in to the console without MFA",),
                )


def _asks_for_presence(condition: Condition) -> bool:
    view = ConditionView(condition)
    return view.is_plain_null and view.key == MFA_PRESENT and view.truth_values == {"false"}


def _asks_for_mfa(statement: Statement) -> bool:
    """Whether another condition is met with MFA alone."""
    for condition in statement.conditions:
        view = ConditionView(condition)
        if view.key == MFA_AGE and requires_match(condition):
            return True
        if view.key == MFA_PRESENT and view.base == "Bool" and "false" not in view.truth_values:
            return True
    return False


_USER = {"AWS": "arn:aws:iam::111122223333:user/ops"}
_PRESENT = "aws:MultiFactorAuthPresent"

PITFALL = Pitfall(
    code="TP325",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="Only the presence of the MFA key",
    find=find,
    needs=condition_on(MFA_PRESENT),
    fine="When you want to exclude only requests with a long-term access key, with or without MFA.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(
        example(_USER, condition={"Null": {_PRESENT: "false"}}),
        example({"AWS": "111122223333"}, condition={"Null": {_PRESENT: False}}),
    ),
    good=(
        example(_USER, condition={"Null": {_PRESENT: "false"}, "Bool": {_PRESENT: "true"}}),
        example(_USER, condition={"Bool": {_PRESENT: "true"}}),
        example(
            _USER,
            condition={
                "Null": {_PRESENT: "false"},
                "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"},
            },
        ),
        example(_USER, Effect="Deny", condition={"Null": {_PRESENT: "false"}}),
    ),
    home=Home(accounts=("111122223333",)),
)
