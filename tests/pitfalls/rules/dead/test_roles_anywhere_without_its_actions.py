"""IAM Roles Anywhere needs three actions.

https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, grant, only, policy, several, statement
from trust_widgets.findings import Verdict

NAME = "roles_anywhere_without_its_actions"
SERVICE = {"Service": "rolesanywhere.amazonaws.com"}
MINE = {
    "ArnEquals": {"aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta"},
    "StringEquals": {"aws:PrincipalTag/x509Subject/CN": "octo-workload"},
}
ALL = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]


@pytest.mark.parametrize("given", [ALL[:1], ALL[:2], [ALL[0], ALL[2]]])
def test_what_is_missing_is_added(given: list[str]) -> None:
    """One or two of them; the others stay where they are."""
    text = policy(SERVICE, given, MINE)
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (Verdict.DEAD, ("Statement", 0, "Action"))
    after = statement(fixed(finding, text))["Action"]
    assert sorted(after) == sorted(ALL) and after[: len(given)] == given


def test_no_fix_that_opens() -> None:
    """With all its actions, and no trust anchor asked for, the statement would take any
    certificate.
    """
    assert found(NAME, policy(SERVICE, "sts:AssumeRole"))[0].fix is None


def test_a_source_identity_that_is_asked_is_the_same_mistake() -> None:
    """Told once."""
    only(
        NAME,
        policy(
            SERVICE,
            ALL[:2],
            {
                "StringEquals": {"sts:SourceIdentity": "octo-workload"},
                "ArnEquals": {
                    "aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta"
                },
            },
        ),
    )


def test_what_others_may_do_is_not_its_own() -> None:
    """The other actions stand there, but for a role."""
    role = {"AWS": "arn:aws:iam::111122223333:role/deploy"}
    assert found(NAME, several(grant(SERVICE, condition=MINE), grant(role, ALL[1:])))


@pytest.mark.parametrize(
    "text",
    [
        policy(SERVICE, ALL),
        several(grant(SERVICE), grant(SERVICE, ALL[1:])),
        policy({"Service": "ec2.amazonaws.com"}),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """All three in one statement or in two, and other services."""
    assert found(NAME, text) == []
