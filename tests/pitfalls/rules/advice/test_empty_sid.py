"""A `Sid` that says nothing.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
"""

from __future__ import annotations

from support.asking import found, grant, only, places, policy, several
from trust_widgets.findings import Verdict

NAME = "empty_sid"
EC2 = {"Service": "ec2.amazonaws.com"}
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}


def test_it_can_go() -> None:
    """Advice, and the fix takes out the Sid alone."""
    text = several(grant(EC2, Sid=""), grant(ROLE, Sid="Deploy"))
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (Verdict.ADVICE, ("Statement", 0, "Sid"))
    assert finding.fix is not None
    assert finding.fix.apply(text) == several(grant(EC2), grant(ROLE, Sid="Deploy"))


def test_only_the_empty_ones() -> None:
    """The second of three; a blank is another mistake."""
    assert places(NAME, several(grant(EC2), grant(EC2, Sid=""), grant(EC2, Sid="Web"))) == [
        ("Statement", 1, "Sid")
    ]
    assert places(NAME, several(grant(EC2), grant(ROLE, Sid=" "))) == []


def test_a_single_statement_needs_no_name() -> None:
    """Many tutorials write it so."""
    assert found(NAME, policy(EC2, Sid="")) == []
