"""A federated user as principal: its credentials can call nothing of STS but GetCallerIdentity.

https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.asking import found, grant, loud, places, policy, several
from trust_widgets.findings import Verdict

NAME = "federated_user_as_principal"
BOB = "arn:aws:sts::444455556666:federated-user/report"
ROLE = "arn:aws:iam::444455556666:role/deploy"


def test_it_is_said_that_it_can_assume_no_role() -> None:
    """Advice beside a role that works, since IAM takes such a principal."""
    text = policy({"AWS": [ROLE, BOB]})
    (finding,) = found(NAME, text)
    assert (finding.verdict, loud(text), finding.fix) == (Verdict.ADVICE, [], None)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 1)
    assert (
        "cannot assume roles" in finding.message
        and "arn:aws:iam::444455556666:role/name" in finding.message
    )


def test_the_others_can_assume_the_role() -> None:
    """The role that is named beside it, and no federated user."""
    classes = tw.who_gets_in(tw.parse(policy({"AWS": [ROLE, BOB]})))
    assert classes and not any("federated" in each.sentence for each in classes)


def test_each_has_its_place() -> None:
    """Among roles, and in each statement, in any partition."""
    china = "arn:aws-cn:sts::444455556666:federated-user/report"
    text = several(grant({"AWS": [ROLE, BOB]}), grant({"AWS": [china, ROLE]}))
    assert sorted(places(NAME, text)) == [
        ("Statement", 0, "Principal", "AWS", 1),
        ("Statement", 1, "Principal", "AWS", 0),
    ]
    assert any("arn:aws-cn:iam::" in finding.message for finding in found(NAME, text))


@pytest.mark.parametrize(
    "text",
    [
        policy({"AWS": BOB}),
        policy({"AWS": "arn:aws:sts::444455556666:assumed-role/federated-user/report"}),
        policy({"AWS": "arn:aws:iam::444455556666:user/federated-user/report"}),
        policy({"AWS": BOB}, Effect="Deny"),
        policy({"AWS": BOB}, "sts:TagSession"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """One alone, which is dead; a role and a user of that name, a Deny, session actions alone."""
    assert found(NAME, text) == []
