"""ARNs whose Region is in another partition than the one that they name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, only, policy, statement
from trust_widgets.access import who_gets_in
from trust_widgets.findings import Verdict
from trust_widgets.policy import parse

NAME = "region_of_another_partition"
SERVICE = {"Service": "datasync.amazonaws.com"}


@pytest.mark.parametrize("operator", ["ArnLike", "ArnEquals", "StringLike", "StringEquals"])
@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "arn:aws:datasync:cn-northwest-1:111122223333:task/a",
            "arn:aws-cn:datasync:cn-northwest-1:111122223333:task/a",
        ),
        (
            "arn:aws:datasync:us-gov-east-1:111122223333:task/a",
            "arn:aws-us-gov:datasync:us-gov-east-1:111122223333:task/a",
        ),
        (
            "arn:aws:datasync:eusc-de-east-1:111122223333:task/a",
            "arn:aws-eusc:datasync:eusc-de-east-1:111122223333:task/a",
        ),
        (
            "arn:aws-us-gov:datasync:us-west-2:111122223333:task/a",
            "arn:aws:datasync:us-west-2:111122223333:task/a",
        ),
    ],
)
def test_the_partition_of_the_region_is_offered(operator: str, wrong: str, right: str) -> None:
    """Nobody gets in, and with the fix somebody does."""
    text = policy(SERVICE, condition={operator: {"aws:SourceArn": wrong}})
    finding = only(NAME, text)
    assert finding.verdict is Verdict.DEAD
    assert finding.path == ("Statement", 0, "Condition", operator, "aws:SourceArn", 0)
    assert not who_gets_in(parse(text))
    after = fixed(finding, text)
    assert statement(after)["Condition"] == {operator: {"aws:SourceArn": right}}
    assert who_gets_in(parse(after))


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:datasync:ap-east-2:111122223333:*",
        "arn:aws:datasync:nz-central-1:111122223333:*",
        "arn:aws*:datasync:cn-north-1:111122223333:*",
        "arn:aws:datasync:*:111122223333:*",
        "arn:aws:s3:::octo-org-logs",
        "arn:aws-cn:datasync:cn-*:111122223333:*",
    ],
)
def test_right_and_unknown_ones_are_left_alone(arn: str) -> None:
    """Regions that are newer than the data, wildcards, ARNs without a Region."""
    text = policy(SERVICE, condition={"ArnLike": {"aws:SourceArn": arn}})
    assert found(NAME, text) == []
    assert who_gets_in(parse(text))


def test_a_negated_operator_is_no_dead_statement() -> None:
    block = {"ArnNotLike": {"aws:SourceArn": "arn:aws:datasync:cn-north-1:111122223333:*"}}
    assert found(NAME, policy(SERVICE, condition=block)) == []
