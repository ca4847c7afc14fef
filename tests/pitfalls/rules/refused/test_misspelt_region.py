"""A region that does not exist in a service principal.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import pytest

from support.asking import found, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "misspelt_region"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("logs.eu-cental-1.amazonaws.com", "logs.eu-central-1.amazonaws.com"),
        ("lambda.us-east-1a.amazonaws.com", "lambda.us-east-1.amazonaws.com"),
        ("lambda.us-east1.amazonaws.com", "lambda.us-east-1.amazonaws.com"),
        ("ec2.cn-nroth-1.amazonaws.com.cn", "ec2.cn-north-1.amazonaws.com.cn"),
        ("monitoring.rds.af-suoth-1.amazonaws.com", "monitoring.rds.af-south-1.amazonaws.com"),
    ],
)
def test_the_region_that_was_meant(written: str, meant: str) -> None:
    """A slip in the point of the compass, a dash too few, an availability zone; nothing else says
    so too.
    """
    text = policy({"Service": ["ec2.amazonaws.com", written]})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "Service", 1)
    assert finding.fix is not None
    assert finding.fix.apply(text) == policy({"Service": ["ec2.amazonaws.com", meant]})
    assert found("unknown_service", text) == []


@pytest.mark.parametrize(
    "value",
    [
        "logs.eu-central-1.amazonaws.com",
        "lambda.ap-southeast-9.amazonaws.com",
        "lambda.us-gov-west-1.amazonaws.com",
        "ec2.amazonaws.com",
        "quantum-teapots.eu-cental-1.amazonaws.com",
        "logs.ap-southest-1.amazonaws.com",
        "monitoring.rds.amazonaws.com",
    ],
)
def test_regions_that_may_exist(value: str) -> None:
    """Right ones, a new number, none; an unknown service; and a slip of which two regions were
    equally near.
    """
    assert found(NAME, policy({"Service": value})) == []
