"""A `Sid` with other characters than letters and digits.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
"""

from __future__ import annotations

import json

import pytest

from support.asking import found, grant, only, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "bad_sid"
EC2 = {"Service": "ec2.amazonaws.com"}


@pytest.mark.parametrize(
    ("sid", "tidy"),
    [("allow-ec2", "allowec2"), ("Allow EC2", "AllowEC2"), ("allow_ec2", "allowec2"), ("é1", "1")],
)
def test_other_characters_are_left_out(sid: str, tidy: str) -> None:
    """Dashes, spaces, underscores and accents are refused, and the fix leaves them out."""
    text = policy(EC2, Sid=sid)
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Sid")
    assert finding.fix is not None
    assert json.loads(finding.fix.apply(text)) == json.loads(policy(EC2, Sid=tidy))


def test_no_fix_where_nothing_is_left_or_the_name_is_taken() -> None:
    """A Sid of dashes has no tidy form, and a tidy form that another statement has would be a
    second mistake.
    """
    assert only(NAME, policy(EC2, Sid="--")).fix is None
    finding = only(
        NAME, several(grant(EC2, Sid="Web"), grant({"Service": "lambda.amazonaws.com"}, Sid="W eb"))
    )
    assert (finding.path, finding.fix) == (("Statement", 1, "Sid"), None)


def test_a_deny_has_a_sid_too() -> None:
    """The effect of a statement has no part in what its Sid may be."""
    assert only(NAME, policy(EC2, Effect="Deny", Sid="no way")).path == ("Statement", 0, "Sid")


@pytest.mark.parametrize("sid", ["", "AllowEc2", "2024", None])
def test_good_sids(sid: str | None) -> None:
    """Letters and digits, an empty Sid as AWS's own examples write it, or none."""
    assert found(NAME, policy(EC2, Sid=sid)) == []
