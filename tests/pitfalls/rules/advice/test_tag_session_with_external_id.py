"""`sts:TagSession` in a statement guarded by `sts:ExternalId`, against AWS's own layout.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, grant, loud, only, policy, several
from trust_widgets.findings import Verdict

NAME = "tag_session_with_external_id"
VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}
ID = {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}
TEAM = {"StringLike": {"aws:RequestTag/team": "*"}}
BOTH = ["sts:AssumeRole", "sts:TagSession"]


def test_the_statement_is_split() -> None:
    """The second keeps what is asked of tags; it needs no external ID, nor a Sid, and lets in
    nobody.
    """
    text = policy(VENDOR, BOTH, {"StringEquals": ID} | TEAM, Sid="Vendor")
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (Verdict.ADVICE, ("Statement", 0, "Action", 1))
    after = fixed(finding, text)
    assert after["Statement"] == [
        grant(VENDOR, ["sts:AssumeRole"], {"StringEquals": ID} | TEAM, Sid="Vendor"),
        grant(VENDOR, "sts:TagSession", TEAM),
    ]


def test_a_second_statement_without_conditions() -> None:
    """With nothing left to ask there is no Condition, and the vendor's account is no open door."""
    text = several(
        grant({"Service": "ec2.amazonaws.com"}), grant(VENDOR, BOTH, {"StringEquals": ID})
    )
    (finding,) = found(NAME, text)
    after = fixed(finding, text)["Statement"]
    assert after[2] == grant(VENDOR, "sts:TagSession")
    assert finding.fix is not None
    assert loud(finding.fix.apply(text)) == loud(finding.fix.apply(text), HOME) == []


@pytest.mark.parametrize(
    "statements",
    [
        [grant(VENDOR, "sts:AssumeRole", {"StringEquals": ID}), grant(VENDOR, "sts:TagSession")],
        [grant({"AWS": "arn:aws:iam::111122223333:role/a"}, BOTH, TEAM)],
        [grant(VENDOR, "sts:AssumeRole", {"StringEquals": ID})],
        [grant(VENDOR, BOTH, {"StringEquals": ID}, Effect="Deny")],
    ],
)
def test_other_layouts(statements: list[dict[str, Any]]) -> None:
    """AWS's own, no external ID, no tags, and a Deny."""
    assert found(NAME, several(*statements)) == []
