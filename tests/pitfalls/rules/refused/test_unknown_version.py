"""A `Version` that is neither of the two that IAM knows.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, grant, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "unknown_version"
EC2 = {"Service": "ec2.amazonaws.com"}
GOOD = policy(EC2)


@pytest.mark.parametrize(
    "version",
    ["2023-09-27", "2012-10-18", "2012-10-17 ", "2012-10-17T00:00:00Z", "2012/10/17", "1", ""],
)
def test_any_other_version(version: str) -> None:
    """Today's date, another way to write the date, a stray space: the fix writes the current
    version.
    """
    text = GOOD.replace("2012-10-17", version)
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Version",)
    assert fixed(finding, text) == {"Version": "2012-10-17", "Statement": [grant(EC2)]}


@pytest.mark.parametrize("version", ["2012-10-17", "2008-10-17"])
def test_the_two_that_exist(version: str) -> None:
    """The current one, and the one before it."""
    assert found(NAME, GOOD.replace("2012-10-17", version)) == []


def test_none_at_all_is_only_advice() -> None:
    """A policy without a version is read as one of 2008, which is another pitfall's to tell."""
    text = GOOD.replace('"Version": "2012-10-17",', "")
    assert found(NAME, text) == []
    only("version_old_or_missing", text)


def test_it_does_not_hide_what_else_is_wrong() -> None:
    """A wrong version says nothing about the statements."""
    text = policy({"AWS": "*"}).replace("2012-10-17", "2023-09-27")
    assert len(found(NAME, text)) == len(found("anyone", text)) == 1
