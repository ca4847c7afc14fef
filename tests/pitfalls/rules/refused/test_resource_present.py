"""`Resource` or `NotResource`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import fixed, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "resource_present"
EC2 = {"Service": "ec2.amazonaws.com"}


@pytest.mark.parametrize("element", ["Resource", "NotResource"])
@pytest.mark.parametrize(
    "value", ["*", ["*"], ["arn:aws:iam::111122223333:role/app", "arn:aws:s3:::octo"]]
)
def test_it_is_refused_and_taken_out(element: str, value: Any) -> None:
    """Whatever it names, the fix leaves the rest of the statement as it was."""
    text = policy(EC2, Sid="Web", **{element: value})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, element)
    assert fixed(finding, text) == {"Version": "2012-10-17", "Statement": [grant(EC2, Sid="Web")]}


def test_both_and_in_a_deny() -> None:
    """Each element of each statement is told, also of one that denies."""
    text = several(grant(EC2), grant(EC2, Effect="Deny", Resource="*", NotResource="*"))
    assert sorted(places(NAME, text)) == [
        ("Statement", 1, "NotResource"),
        ("Statement", 1, "Resource"),
    ]


def test_near_cases_are_silent() -> None:
    """A statement without one, and a key that only sounds so."""
    assert found(NAME, policy(EC2)) == []
    condition = {"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}}
    assert found(NAME, policy({"AWS": "*"}, condition=condition)) == []


def test_another_spelling_is_an_unknown_element() -> None:
    """Elements are spelled exactly so."""
    text = policy(EC2, resource="*")
    assert found(NAME, text) == []
    only("unknown_element", text)
