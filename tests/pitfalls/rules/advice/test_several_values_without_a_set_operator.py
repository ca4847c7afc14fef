"""Keys with several values need `ForAnyValue` or `ForAllValues`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, loud, policy, statement
from trust_widgets.findings import Verdict

NAME = "several_values_without_a_set_operator"
OWN = {"AWS": "111122223333"}
UNIT = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"


def test_any_of_them_was_meant() -> None:
    """What AWS makes of it is not said: advice, with the operator that was meant."""
    text = policy(OWN, condition={"StringLike": {"aws:PrincipalOrgPaths": UNIT}})
    (finding,) = found(NAME, text, HOME)
    assert finding.verdict is Verdict.ADVICE and finding.assumptions and " may " in finding.message
    assert loud(text, HOME) == []
    after = statement(fixed(finding, text))["Condition"]
    assert after == {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": UNIT}}


@pytest.mark.parametrize(
    "condition",
    [
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": UNIT}},
        {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}},
        {"Null": {"aws:TagKeys": "true"}},
        {"StringNotLike": {"aws:PrincipalOrgPaths": UNIT}},
        {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """With a set operator, about presence, negated ones, whose meaning is not plain, and keys with
    one value.
    """
    assert found(NAME, policy(OWN, condition=condition), HOME) == []
