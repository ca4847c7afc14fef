"""A statement that lets in without a condition whom another one lets in with conditions.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

import pytest

from support.asking import HOME, found, grant, only, several
from trust_widgets.findings import Severity, Verdict

NAME = "open_beside_a_guarded_one"
USER = "arn:aws:iam::111122223333:user/octo"
ROLE = "arn:aws:iam::444455556666:role/deploy"
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def test_the_open_one_is_told_at_the_caller() -> None:
    """Statements are alternatives; the place is the caller that stands in both."""
    text = several(grant({"AWS": [ROLE, USER]}), grant({"AWS": USER}, condition=MFA))
    finding = only(NAME, text, HOME)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.MEDIUM)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 1)
    assert finding.callers == (f"{USER}, without aws:MultiFactorAuthPresent",)


def test_a_deny_makes_up_for_it() -> None:
    """Where a Deny stops who comes without, nothing is open."""
    deny = grant(
        {"AWS": "*"},
        Effect="Deny",
        condition={"StringNotEquals": {"aws:PrincipalTag/team": "octo"}},
    )
    both = (grant({"AWS": USER}), grant({"AWS": USER}, condition=MFA))
    assert found(NAME, several(*both), HOME)
    deny_all = grant({"AWS": "*"}, Effect="Deny")
    assert found(NAME, several(*both, deny_all), HOME) == []
    assert found(NAME, several(*both, deny), HOME)  # those of the team still need no MFA


@pytest.mark.parametrize(
    "text",
    [
        several(grant({"AWS": USER}, condition=MFA), grant({"AWS": ROLE})),
        several(
            grant({"AWS": USER}, condition=MFA),
            grant({"AWS": USER}, condition={"StringEquals": {"sts:ExternalId": "b2f6c3de"}}),
        ),
        several(
            grant({"AWS": ROLE}),
            grant(
                {"AWS": ROLE}, "sts:TagSession", {"StringEquals": {"aws:RequestTag/team": "octo"}}
            ),
        ),
        several(
            grant({"AWS": ROLE}),
            grant(
                {"AWS": ROLE},
                ["sts:AssumeRole", "sts:TagSession"],
                {"StringEquals": {"aws:RequestTag/team": "octo"}},
            ),
        ),
        several(grant({"AWS": USER}), grant({"AWS": USER}, condition=MFA, Effect="Deny")),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Other callers, two guarded ones, calls with tags, which are calls of another kind, and a
    Deny.
    """
    assert found(NAME, text, HOME) == []
