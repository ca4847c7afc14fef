"""`aws:SourceAccount` and `aws:SourceArn` asked of services of which people report that they do not
send them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html: which services send them,
each service's own pages say, if any. https://github.com/prowler-cloud/prowler/issues/2810 and /4714
report some that do not.
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import found, loud, policy
from trust_widgets.findings import Verdict

NAME = "source_that_may_not_be_sent"
ACCOUNT = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
INSTANCE = {"ArnLike": {"AWS:sourcearn": "arn:aws:ec2:us-east-1:111122223333:instance/*"}}
FUNCTION = {"ArnLike": {"aws:SourceArn": "arn:aws:lambda:us-east-1:111122223333:function:app"}}


@pytest.mark.parametrize(
    ("service", "condition"),
    [
        ("ec2", ACCOUNT),
        ("ec2", INSTANCE),
        ("transcribe", ACCOUNT),
        ("elastictranscoder", ACCOUNT),
        ("lambda", FUNCTION),
    ],
)
def test_it_is_advice_that_says_may(service: str, condition: Any) -> None:
    """Nobody at AWS says so: one finding at the condition, with the assumption, and nothing above
    advice.
    """
    text = policy({"Service": f"{service}.amazonaws.com"}, condition=condition)
    (finding,) = found(NAME, text)
    (operator, keys), *_ = condition.items()
    assert (
        finding.verdict is Verdict.ADVICE
        and finding.assumptions
        and " may not send " in finding.message
    )
    assert finding.path == ("Statement", 0, "Condition", operator, *keys)
    assert loud(text) == []


def test_both_keys_are_one_finding() -> None:
    """At the first of them, with the names of both."""
    (finding,) = found(NAME, policy({"Service": "ec2.amazonaws.com"}, condition=ACCOUNT | INSTANCE))
    assert (
        finding.path[-1] == "aws:SourceAccount"
        and "aws:SourceAccount or AWS:sourcearn" in finding.message
    )


def test_the_service_at_fault_is_named() -> None:
    """Of several services the one that is doubted."""
    (finding,) = found(
        NAME, policy({"Service": ["states.amazonaws.com", "ec2.amazonaws.com"]}, condition=ACCOUNT)
    )
    assert finding.message.startswith("EC2 ")


@pytest.mark.parametrize(
    ("principal", "condition", "effect"),
    [
        ({"Service": "states.amazonaws.com"}, ACCOUNT, "Allow"),
        ({"Service": "lambda.amazonaws.com"}, ACCOUNT, "Allow"),
        (
            {"Service": "ec2.amazonaws.com"},
            {"StringEqualsIfExists": ACCOUNT["StringEquals"]},
            "Allow",
        ),
        (
            {"Service": "ec2.amazonaws.com"},
            {"StringEquals": {"aws:PrincipalIsAWSService": "true"}},
            "Allow",
        ),
        ({"Service": "ec2.amazonaws.com"}, ACCOUNT, "Deny"),
        ({"AWS": "arn:aws:iam::444455556666:role/deploy"}, ACCOUNT, "Allow"),
    ],
)
def test_near_cases_are_silent(principal: Any, condition: Any, effect: str) -> None:
    """Services that send it, conditions that are true without it, and those of other callers."""
    assert found(NAME, policy(principal, condition=condition, Effect=effect)) == []
