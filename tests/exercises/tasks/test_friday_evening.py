"""Wrong answers to the exercise `friday_evening`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import (
    GITHUB,
    GITHUB_PROVIDER,
    OWN,
    PARTNER,
    VENDOR,
    policy,
    statement,
)

ORGANIZATION = "o-a1b2c3d4e5"
ID = "b2f6c3de-7a41-4f0e-9c55-1d2e3f4a5b6c"
BACKUP = statement({"AWS": f"arn:aws:iam::{OWN}:role/backup"})
ACCOUNT = statement({"AWS": f"arn:aws:iam::{PARTNER}:root"})


def job(subject: str = "repo:octo-org/app:ref:refs/heads/main") -> dict[str, Any]:
    """A statement for jobs of GitHub Actions."""
    return statement(
        {"Federated": GITHUB_PROVIDER},
        "sts:AssumeRoleWithWebIdentity",
        Condition={
            "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"},
            "StringLike": {f"{GITHUB}:sub": subject},
        },
    )


def vendor(operator: str = "StringEquals", value: str = ID) -> dict[str, Any]:
    """A statement for the vendor."""
    return statement(
        {"AWS": f"arn:aws:iam::{VENDOR}:root"}, Condition={operator: {"sts:ExternalId": value}}
    )


def organization(operator: str, **elements: Any) -> dict[str, Any]:
    """A statement for everyone, by organization."""
    condition = {operator: {"aws:PrincipalOrgID": ORGANIZATION}}
    return statement({"AWS": "*"}, Condition=condition, **elements)


WRONG = (
    WrongAnswer(
        "a Deny for everyone outside the organization",
        policy(job(), BACKUP, vendor(), organization("StringNotEquals", Effect="Deny")),
        "locked_out",
        "The vendor with your ID",
    ),
    WrongAnswer(
        "a Deny for AWS principals outside the organization",
        policy(job(), BACKUP, vendor(), organization("StringNotEqualsIfExists", Effect="Deny")),
        "locked_out",
        "The vendor with your ID",
    ),
    WrongAnswer(
        "the whole organization",
        policy(job(), vendor(), organization("StringEquals")),
        "too_wide",
        ORGANIZATION,
    ),
    WrongAnswer(
        "the organization, if there is one",
        policy(job(), vendor(), organization("StringEqualsIfExists")),
        "let_in",
        "A user of an account that is in no organization",
    ),
    WrongAnswer(
        "owners that start like yours",
        policy(job("repo:octo-org*/app:ref:refs/heads/main"), BACKUP, vendor()),
        "let_in",
        "A job of octo-org-evil/app",
    ),
    WrongAnswer(
        "any branch",
        policy(job("repo:octo-org/app:*"), BACKUP, vendor()),
        "too_wide",
        "octo-org/app",
    ),
    WrongAnswer(
        "IDs that start like yours",
        policy(job(), BACKUP, vendor("StringLike", "b2f6*")),
        "let_in",
        "The vendor with an ID that begins like yours",
    ),
    WrongAnswer(
        "the temporary statement kept",
        policy(job(), BACKUP, vendor(), ACCOUNT),
        "let_in",
        "A user of an account that is in no organization",
    ),
    WrongAnswer("the vendor forgotten", policy(job(), BACKUP), "locked_out", "The vendor"),
    WrongAnswer("the backup forgotten", policy(job(), vendor()), "locked_out", "Your role backup"),
    WrongAnswer(
        "the whole own account",
        policy(job(), vendor(), statement({"AWS": f"arn:aws:iam::{OWN}:root"})),
        "too_wide",
        OWN,
    ),
    WrongAnswer("nothing left", policy(), "refused", "at least one statement"),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("friday_evening", wrong)
