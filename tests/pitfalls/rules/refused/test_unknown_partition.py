"""A partition that AWS does not have.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

import pytest

from support.asking import found, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "unknown_partition"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("aws-gov", "aws-us-gov"),
        ("aws-usgov", "aws-us-gov"),
        ("aws-us-gvo", "aws-us-gov"),
        ("aws-china", "aws-cn"),
        ("aws-isob", "aws-iso-b"),
    ],
)
def test_the_near_one_is_offered(written: str, meant: str) -> None:
    """Nicknames and slips; the fix changes nothing but the partition."""
    text = policy({"AWS": f"arn:{written}:iam::444455556666:role/team/app"})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert finding.fix is not None
    assert finding.fix.apply(text) == policy(
        {"AWS": f"arn:{meant}:iam::444455556666:role/team/app"}
    )


def test_a_whole_account_has_no_fix() -> None:
    """What is behind the slip, a whole account, has to be judged by the author."""
    assert only(NAME, policy({"AWS": "arn:aws-gov:iam::444455556666:root"})).fix is None


@pytest.mark.parametrize(
    "partition",
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"],
)
def test_those_that_exist(partition: str) -> None:
    """AWS's partitions as of 2026."""
    assert found(NAME, policy({"AWS": f"arn:{partition}:iam::444455556666:role/app"})) == []


@pytest.mark.parametrize(
    "value",
    [
        "arn:aws-quantum:iam::444455556666:role/app",
        "arn:aws-x:iam::444455556666:role/app",
        "444455556666",
        "*",
        "AROAEXAMPLEID12345",
        "urn:aws-gov:iam::444455556666:role/app",
    ],
)
def test_what_may_be_new_and_what_is_no_arn(value: str) -> None:
    """A partition near to none that we know may be a new one."""
    assert found(NAME, policy({"AWS": value})) == []


def test_a_provider_of_an_unknown_partition() -> None:
    """Its ARN has one too; it is judged once it can be saved, and has no fix."""
    text = policy(
        {"Federated": "arn:aws-gov:iam::111122223333:saml-provider/corp"}, "sts:AssumeRoleWithSAML"
    )
    (finding,) = found(NAME, text)
    assert (finding.path, finding.fix) == (("Statement", 0, "Principal", "Federated", 0), None)
