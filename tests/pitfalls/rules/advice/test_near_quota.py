"""A policy that fills at least 80 % of the quota.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

import json

import pytest

from support.asking import found, only
from trust_widgets.findings import Severity, Verdict

NAME = "near_quota"
BARE = (
    '{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow",'
    '"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
)


def of_size(size: int) -> str:
    """A policy of so many characters without white space, which its Sid fills up."""
    return BARE.replace('"Sid":""', f'"Sid":"{"a" * (size - len(BARE))}"')


@pytest.mark.parametrize("size", [1639, 2048])
def test_from_eighty_percent_to_the_quota(size: int) -> None:
    """Of 2048 characters 80 % are 1638.4, so that 1639 is the first and 2048 the last; it is
    advice.
    """
    assert len(of_size(size)) == size
    finding = only(NAME, of_size(size))
    assert (finding.verdict, finding.severity) == (Verdict.ADVICE, Severity.INFO)
    assert finding.path == ()
    assert f"about {size} of" in finding.message
    assert finding.fix is None


@pytest.mark.parametrize("size", [len(BARE), 1638, 2049])
def test_below_and_above_it_is_silent(size: int) -> None:
    """Short ones have nothing to say, and longer than the quota is another pitfall's."""
    assert found(NAME, of_size(size)) == []


def test_white_space_does_not_count() -> None:
    """However the text is laid out, the same characters are counted."""
    laid_out = json.dumps(json.loads(of_size(1638)), indent=8)
    assert len(laid_out) > 1800
    assert found(NAME, laid_out) == []
