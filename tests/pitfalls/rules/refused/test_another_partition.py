"""Principals of two partitions: roles and resource policies delegate within one alone.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_compare-resource-policies.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict
from trust_widgets.policy import Home

NAME = "another_partition"
AWS = "arn:aws:iam::444455556666:role/a"
CHINA = "arn:aws-cn:iam::999988887777:role/b"
GOV = "arn:aws-us-gov:iam::111122223333:role/c"
SAML = "sts:AssumeRoleWithSAML"


def test_the_odd_one_out_is_named() -> None:
    """Two of three are of China, so the role is taken to be there."""
    finding = only(NAME, policy({"AWS": [CHINA, AWS, CHINA.replace("role/b", "role/c")]}))
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 1)
    assert finding.fix is None


def test_the_readers_account_tells_the_roles_partition() -> None:
    """111122223333 is the reader's and in GovCloud: the two others are elsewhere."""
    text = policy({"AWS": [AWS, AWS + "2", GOV]})
    assert places(NAME, text, HOME) == [("Statement", 0, "Principal", "AWS", n) for n in (0, 1)]
    assert places(NAME, text) == [("Statement", 0, "Principal", "AWS", 2)]
    assert places(NAME, text, Home(("444455556666",))) == [("Statement", 0, "Principal", "AWS", 2)]


def test_a_provider_tells_it_too() -> None:
    """A role's identity providers are where the role is, whatever most of the roles are."""
    provider = {"Federated": "arn:aws-cn:iam::111122223333:saml-provider/corp"}
    sign_in = {"StringEquals": {"SAML:aud": "https://signin.amazonaws.cn/saml"}}
    text = several(grant({"AWS": [AWS, AWS + "2"]}), grant(provider, SAML, sign_in))
    assert places(NAME, text) == [("Statement", 0, "Principal", "AWS", n) for n in (0, 1)]


def test_an_account_root_elsewhere_is_told_once() -> None:
    """It can't be trusted at all, so that its being a whole account does not matter."""
    text = policy({"AWS": [CHINA, CHINA + "2", "arn:aws:iam::444455556666:root"]})
    assert [finding.path[-1] for finding in (only(NAME, text),)] == [2]


@pytest.mark.parametrize(
    "principal",
    [
        {"AWS": [CHINA, "444455556666"]},
        {"AWS": [CHINA, "*"], "Service": "ec2.amazonaws.com.cn"},
        {"AWS": [GOV, "arn:aws-us-gov:sts::444455556666:assumed-role/a/session"]},
        {"AWS": [AWS, "arn:aws-gov:iam::444455556666:role/a"]},
        {"AWS": AWS},
    ],
)
def test_one_partition(principal: Any) -> None:
    """Numbers, everyone and services have none; one that does not exist is another pitfall's."""
    assert found(NAME, policy(principal)) == []
