"""Service principals with the domain of a partition.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import pytest

from support.asking import found, loud, only, policy
from trust_widgets.findings import Verdict

NAME = "service_with_an_older_domain"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("ec2.amazonaws.com.cn", "ec2.amazonaws.com"),
        ("elasticmapreduce.amazonaws.com.cn", "elasticmapreduce.amazonaws.com"),
        ("s3.c2s.ic.gov", "s3.amazonaws.com"),
    ],
)
def test_the_plain_name_is_told(value: str, plain: str) -> None:
    """It may be right where it is, so that it is advice, with its assumption and without a fix."""
    source = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    text = policy({"Service": value}, condition=source)
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (
        Verdict.ADVICE,
        ("Statement", 0, "Principal", "Service", 0),
    )
    assert f'"{plain}"' in finding.message
    assert (finding.assumptions != (), finding.fix) == (True, None)
    assert loud(text) == []


@pytest.mark.parametrize(
    "value",
    [
        "ec2.amazonaws.com",
        "lambda.af-south-1.amazonaws.com",
        "quantum-teapots.amazonaws.com.cn",
        "ec2.amazonaws.cn",
    ],
)
def test_others(value: str) -> None:
    """The plain name, a region's, an unknown service, and a wrong domain are not older ones."""
    assert found(NAME, policy({"Service": value})) == []
