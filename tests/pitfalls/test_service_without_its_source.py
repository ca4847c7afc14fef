"""A service that says for whose resource it comes, and is not asked.

https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from __future__ import annotations

from typing import Any

import pytest

from asking import HOME, fixed, found, loud, only, policy, statement
from trust_widgets.findings import Severity, Verdict
from trust_widgets.home import Home

NAME = "service_without_its_source"
SCHEDULER = {"Service": "scheduler.amazonaws.com"}
PRINCIPAL = ("Principal", "Service", 0)


@pytest.mark.parametrize("service", ["scheduler", "states", "events", "glue", "bedrock", "fis", "ssm-incidents"])
def test_services_known_to_say_it(service: str) -> None:
    """Each with a page or a sample of AWS's own; low, for it depends on what the service takes."""
    finding = only(NAME, policy({"Service": f"{service}.amazonaws.com"}))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.LOW)
    assert finding.path == ("Statement", 0, *PRINCIPAL)
    assert finding.callers == (f"the AWS service {service}.amazonaws.com, acting for account 999988887777",)
    assert finding.fix is None


@pytest.mark.parametrize(
    "service",
    ["ec2", "lambda", "ecs-tasks", "transcribe", "elastictranscoder", "pods.eks", "codebuild", "rolesanywhere"],
)
def test_silent_where_passing_the_role_decides_and_where_nothing_is_known(service: str) -> None:
    """A condition on a key that a service does not send breaks the role."""
    assert found(NAME, policy({"Service": f"{service}.amazonaws.com"}), HOME) == []


def test_the_fix_asks_for_the_readers_account() -> None:
    """The role's account is known where the reader has one; of several it might be any."""
    text = policy(SCHEDULER)
    wanted = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    assert statement(fixed(only(NAME, text, HOME), text))["Condition"] == wanted
    assert only(NAME, text, Home(accounts=("111122223333", "444455556666"))).fix is None
    both = policy({"Service": ["scheduler.amazonaws.com", "ec2.amazonaws.com"]})
    assert only(NAME, both, HOME).fix is None  # EC2 does not send it


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        (
            {"StringNotEquals": {"aws:SourceAccount": "111122223333"}},
            ("Condition", "StringNotEquals", "aws:SourceAccount"),
        ),
        (
            {"ArnLike": {"aws:SourceArn": "arn:aws:scheduler:*:*:schedule/*"}},
            ("Condition", "ArnLike", "aws:SourceArn", 0),
        ),
        (
            {"StringLike": {"aws:SourceAccount": ["111122223333", "*"]}},
            ("Condition", "StringLike", "aws:SourceAccount", 1),
        ),
        ({"Bool": {"aws:SecureTransport": "true"}}, PRINCIPAL),
    ],
)
def test_conditions_that_choose_no_account(condition: Any, path: tuple[str | int, ...]) -> None:
    """Another account's schedule fits them; told at what is at fault."""
    assert only(NAME, policy(SCHEDULER, condition=condition)).path == ("Statement", 0, *path)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:SourceAccount": "111122223333"}},
        {"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:scheduler:*:111122223333:schedule/*"}},
        {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}},
    ],
)
def test_an_account_an_arn_or_an_organisation(condition: Any) -> None:
    """One of them is enough, also with IfExists, since the service sends the key."""
    assert found(NAME, policy(SCHEDULER, condition=condition)) == []


def test_an_older_domain_and_a_deny() -> None:
    """A name that nobody calls by, and a Deny, let nobody in."""
    assert loud(policy({"Service": "s3.c2s.ic.gov"})) == []
    assert found(NAME, policy(SCHEDULER, Effect="Deny")) == []
