"""A policy longer than the quota.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

import json

import pytest

from support.asking import found, grant, only, several
from trust_widgets.findings import Severity, Verdict

NAME = "over_quota"
BARE = (
    '{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow",'
    '"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
)


def of_size(size: int) -> str:
    """A policy of so many characters without white space, which its Sid fills up."""
    return BARE.replace('"Sid":""', f'"Sid":"{"a" * (size - len(BARE))}"')


@pytest.mark.parametrize("size", [2049, 5000])
def test_longer_than_the_default(size: int) -> None:
    """One character too many is refused, at the whole document, and says that the quota can be
    raised.
    """
    finding = only(NAME, of_size(size))
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ()
    assert f"{size} characters" in finding.message
    assert "raised" in finding.message
    assert finding.fix is None


def test_exactly_the_default_is_saved() -> None:
    """2048 characters are what the quota allows."""
    assert found(NAME, of_size(2048)) == []


def test_white_space_does_not_count() -> None:
    """Indentation makes no policy too long; spaces inside a value may count or not, so they are not
    held against it.
    """
    assert found(NAME, json.dumps(json.loads(of_size(2048)), indent=8)) == []
    spaced = json.loads(of_size(1900))
    spaced["Statement"][0]["Condition"] = {"StringEquals": {"aws:PrincipalTag/a": " " * 500}}
    assert len(json.dumps(spaced, separators=(",", ":"))) > 2400
    assert found(NAME, json.dumps(spaced)) == []


def test_denies_count_and_hide_nothing() -> None:
    """Every statement counts, and what is wrong inside a long policy is still told."""
    long = grant(
        {"AWS": [f"arn:aws:iam::111122223333:role/worker-{number:04}" for number in range(50)]},
        Effect="Deny",
    )
    text = several(grant({"AWS": "*"}), long)
    assert [finding.path for finding in found(NAME, text)] == [()]
    assert len(found("anyone", text)) == 1
