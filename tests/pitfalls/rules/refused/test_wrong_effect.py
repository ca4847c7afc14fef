"""An `Effect` that is neither `Allow` nor `Deny`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "wrong_effect"
EC2 = {"Service": "ec2.amazonaws.com"}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("allow", "Allow"),
        ("ALLOW", "Allow"),
        ("Allows", "Allow"),
        (" Allow", "Allow"),
        ("deny", "Deny"),
        ("Denny", "Deny"),
    ],
)
def test_another_case_or_a_slip(wrong: str, right: str) -> None:
    """Effects are case-sensitive; the fix writes the one that was meant and never its opposite."""
    text = policy(EC2, Effect=wrong)
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Effect")
    assert fixed(finding, text)["Statement"] == [grant(EC2, Effect=right)]


@pytest.mark.parametrize("wrong", ["Permit", "Block", "", "true"])
def test_other_words_are_left_to_the_author(wrong: str) -> None:
    """Whether to let in or to keep out is no guess for a machine."""
    assert only(NAME, policy(EC2, Effect=wrong)).fix is None


def test_statements_are_counted() -> None:
    """Each wrong effect is told at its own statement."""
    text = several(
        grant(EC2), grant(EC2, Effect="deny"), grant(EC2, Effect="Deny"), grant(EC2, Effect="allow")
    )
    assert places(NAME, text) == [("Statement", 1, "Effect"), ("Statement", 3, "Effect")]


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_the_two_that_exist(effect: str) -> None:
    """Spelled exactly so."""
    assert found(NAME, policy(EC2, Effect=effect)) == []


def test_a_missing_effect_is_another_mistake() -> None:
    """What is not written is not wrong but missing."""
    assert found(NAME, policy(EC2, Effect=None)) == []
    only("missing_element", policy(EC2, Effect=None))
