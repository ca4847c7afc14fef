"""A service that says for whose resource it comes, and is not asked.

https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, loud, only, policy, statement
from trust_widgets.findings import Severity, Verdict
from trust_widgets.policy import Home

NAME = "service_without_its_source"
MACHINE = {"Service": "states.amazonaws.com"}
PRINCIPAL = ("Principal", "Service", 0)


@pytest.mark.parametrize(
    "service",
    [
        *("states", "events", "firehose", "datasync", "glue", "bedrock", "fis", "ssm-incidents"),
        *("scheduler", "iot", "config", "ses", "sms-voice"),
    ],
)
def test_services_known_to_say_it(service: str) -> None:
    """Each with a page or a sample of AWS's own; low, for it depends on what the service takes."""
    finding = only(NAME, policy({"Service": f"{service}.amazonaws.com"}))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.LOW)
    assert finding.path == ("Statement", 0, *PRINCIPAL)
    assert finding.callers == (
        f"the AWS service {service}.amazonaws.com, acting for account 999988887777",
    )
    assert finding.fix is None


@pytest.mark.parametrize(
    "service",
    [
        *(
            "ec2",
            "lambda",
            "ecs-tasks",
            "transcribe",
            "elastictranscoder",
            "pods.eks",
            "codebuild",
            "rolesanywhere",
        ),
        *("sns", "cloudtrail", "apigateway"),
    ],
)
def test_silent_where_passing_the_role_decides_and_where_nothing_is_known(service: str) -> None:
    """A condition on a key that a service does not send breaks the role; of CloudTrail's such
    breakage is reported.
    """
    assert found(NAME, policy({"Service": f"{service}.amazonaws.com"}), HOME) == []


def test_the_fix_asks_for_the_readers_account() -> None:
    """The role's account is known where the reader has one; of several it might be any."""
    text = policy(MACHINE)
    wanted = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    assert statement(fixed(only(NAME, text, HOME), text))["Condition"] == wanted
    assert only(NAME, text, Home(accounts=("111122223333", "444455556666"))).fix is None
    both = policy({"Service": ["states.amazonaws.com", "ec2.amazonaws.com"]})
    assert only(NAME, both, HOME).fix is None  # EC2 does not send it


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        (
            {"StringNotEquals": {"aws:SourceAccount": "111122223333"}},
            ("Condition", "StringNotEquals", "aws:SourceAccount"),
        ),
        (
            {"ArnLike": {"aws:SourceArn": "arn:aws:states:*:*:stateMachine:*"}},
            ("Condition", "ArnLike", "aws:SourceArn", 0),
        ),
        (
            {"StringLike": {"aws:SourceAccount": ["111122223333", "*"]}},
            ("Condition", "StringLike", "aws:SourceAccount", 1),
        ),
        (
            {"ArnLike": {"aws:SourceArn": "arn:aws:states:*:????????????:stateMachine:*"}},
            ("Condition", "ArnLike", "aws:SourceArn", 0),
        ),
        (
            {
                "BoolIfExists": {"aws:SecureTransport": "true"},
                "StringNotEquals": {"aws:SourceAccount": "111122223333"},
            },
            ("Condition", "StringNotEquals", "aws:SourceAccount"),
        ),
        ({"Bool": {"aws:SecureTransport": "true"}}, PRINCIPAL),
    ],
)
def test_conditions_that_choose_no_account(condition: Any, path: tuple[str | int, ...]) -> None:
    """Another account's state machine fits them; told at what is at fault."""
    assert only(NAME, policy(MACHINE, condition=condition)).path == ("Statement", 0, *path)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:SourceAccount": "111122223333"}},
        {
            "StringEqualsIfExists": {"aws:SourceAccount": "111122223333"},
            "Null": {"aws:SourceAccount": "false"},
        },
        {
            "StringEqualsIfExists": {"aws:SourceAccount": "111122223333"},
            "ArnLike": {"aws:SourceArn": "arn:aws:states:*:111122223333:*"},
        },
        {"ArnLike": {"aws:SourceArn": "arn:aws:states:*:111122223333:stateMachine:*"}},
        {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}},
    ],
)
def test_an_account_an_arn_or_an_organisation(condition: Any) -> None:
    """One of them is enough, also with IfExists where the key, or another, has to be there."""
    assert found(NAME, policy(MACHINE, condition=condition)) == []


@pytest.mark.parametrize("service", ["states", "bedrock"])
def test_a_guard_that_is_true_of_a_call_that_does_not_say(service: str) -> None:
    """IfExists is true without the key, and the service is known to send it: the plain operator
    costs nothing.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    text = policy(
        {"Service": f"{service}.amazonaws.com"},
        condition={"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}},
    )
    finding = only(NAME, text, HOME)
    assert (finding.severity, finding.path[2:]) == (
        Severity.LOW,
        ("Condition", "StringEqualsIfExists", "aws:SourceAccount"),
    )
    assert finding.callers == (
        f"the AWS service {service}.amazonaws.com, without saying for which account",
    )
    assert statement(fixed(finding, text))["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "111122223333"}
    }


def test_the_loose_guard_is_told_and_not_one_beside_it() -> None:
    """Every call comes with aws:SecureTransport: asking for it plainly would shut nobody out."""
    loose = {
        "BoolIfExists": {"aws:SecureTransport": "true"},
        "StringEqualsIfExists": {"aws:SourceAccount": "111122223333"},
    }
    finding = only(NAME, policy(MACHINE, condition=loose), HOME)
    assert finding.path[2:] == ("Condition", "StringEqualsIfExists", "aws:SourceAccount")


def test_the_same_guard_where_nothing_is_known_of_the_service() -> None:
    """There IfExists is the careful way to ask."""
    for service in ("cloudtrail", "transcribe", "ec2"):
        condition = {"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}}
        assert (
            loud(policy({"Service": f"{service}.amazonaws.com"}, condition=condition), HOME) == []
        )


def test_an_older_domain_and_a_deny() -> None:
    """S3 sends its source by whichever name it is trusted; a Deny lets no service in."""
    (finding,) = loud(policy({"Service": "s3.c2s.ic.gov"}))
    assert finding.name == NAME
    assert found(NAME, policy(MACHINE, Effect="Deny")) == []
