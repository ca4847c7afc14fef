"""`{"Service": "*"}`: every AWS service, whoever makes it act.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import json

import pytest

from support.asking import found, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "any_service"
ALL = {"Service": "*"}


def test_every_service_for_anyone() -> None:
    """A service that acts for another account is the caller shown."""
    finding = only(NAME, policy(ALL))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.HIGH)
    assert finding.path == ("Statement", 0, "Principal", "Service", 0)
    assert finding.callers == ("the AWS service CloudFormation, acting for account 999988887777",)


def test_a_service_that_says_nothing_of_its_source_is_less() -> None:
    """A condition on the account that a service need not send keeps those out that act for
    another.
    """
    text = policy(ALL, condition={"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}})
    assert found(NAME, text)[0].severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        policy({"Service": "ec2.amazonaws.com"}),
        policy(ALL, Effect="Deny"),
        policy(ALL, "sts:TagSession"),
        policy(ALL, condition={"StringEquals": {"aws:SourceAccount": "111122223333"}}),
        policy({"AWS": "*"}),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """One service, a Deny, tags alone, those that act for one account, and anyone, who is another
    rule's.
    """
    assert found(NAME, text) == []


@pytest.mark.parametrize(("effect", "told"), [("Deny", False), ("Allow", True)])
def test_a_deny_beside_it_can_shut_it(effect: str, told: bool) -> None:
    """One that denies every service; an Allow there denies nobody."""
    beside = {"Effect": effect, "Principal": ALL, "Action": "sts:AssumeRole"}
    document = json.loads(policy(ALL))
    document["Statement"].append(beside)
    assert bool([f for f in found(NAME, json.dumps(document)) if f.path[1] == 0]) is told
