"""Words under Bool and numbers as Java writes them: AWS's pages do not say how they are read.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, policy, statement
from trust_widgets.access import can_let_in, who_gets_in
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import parse

NAME = "value_that_aws_does_not_describe"
USER = {"AWS": "arn:aws:iam::111122223333:user/ops"}
MFA, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"


@pytest.mark.parametrize(
    ("operator", "key", "value", "right"),
    [
        ("Bool", MFA, "yes", "true"),
        ("BoolIfExists", MFA, " true", "true"),
        ("Bool", MFA, "1", ""),
        ("Bool", MFA, "no", ""),
        ("Bool", MFA, "", ""),
        ("NumericLessThan", AGE, "3.6e3", "3600"),
        ("NumericLessThanEquals", AGE, "36E+2", "3600"),
        ("NumericLessThan", AGE, ".5", "0.5"),
        ("NumericNotEquals", AGE, "3600.", "3600"),
    ],
)
def test_nothing_is_certain(operator: str, key: str, value: str, right: str) -> None:
    text = policy(USER, condition={operator: {key: value}})
    (finding,) = found(NAME, text)
    assert finding.verdict is Verdict.ADVICE and finding.assumptions
    assert not any(each.verdict is Verdict.DEAD for each in check(text))
    assert can_let_in(parse(text), 0).found is not False and who_gets_in(parse(text))
    assert bool(finding.fix) is bool(right)  # least of all is a no turned into MFA
    if right:
        assert statement(fixed(finding, text))["Condition"] == {operator: {key: right}}


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("Bool", MFA, "True"),
        ("Bool", MFA, "false"),
        ("NumericLessThan", AGE, "3600"),
        ("NumericLessThan", AGE, "60.5"),
        ("NumericLessThan", AGE, "an hour"),
        ("StringEquals", "aws:PrincipalTag/mfa", "yes"),
    ],
)
def test_other_values_are_silent(operator: str, key: str, value: str) -> None:
    """What AWS describes, and what is no number at all."""
    assert found(NAME, policy(USER, condition={operator: {key: value}})) == []
