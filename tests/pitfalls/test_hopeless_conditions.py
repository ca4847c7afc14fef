"""Conditions that none of a statement's callers can meet, asked before they are added."""

from __future__ import annotations

import pytest

from trust_widgets.pitfalls.hopeless_conditions import why_never_met
from trust_widgets.policy import Condition, Principal, Statement

ID = Condition("StringEquals", "sts:ExternalId", ("b2f6c3de",))
MFA = Condition("Bool", "aws:MultiFactorAuthPresent", ("true",))
ROLE = Principal(aws=("arn:aws:iam::444455556666:role/deploy",))
EC2 = Principal(service=("ec2.amazonaws.com",))

# Whether the callers can never meet the condition.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
CASES = [(ROLE, ID, False), (ROLE, MFA, True), (EC2, ID, True), (EC2, MFA, True)]


@pytest.mark.parametrize(("principal", "condition", "never"), CASES)
@pytest.mark.parametrize("is_there", [False, True])
def test_a_condition_that_is_there_already_is_asked_about_too(
    principal: Principal, condition: Condition, never: bool, is_there: bool
) -> None:
    conditions = (condition,) if is_there else ()
    statement = Statement(principal=principal, action=("sts:AssumeRole",), conditions=conditions)
    assert bool(why_never_met(statement, condition)) is never
