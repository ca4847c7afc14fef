"""Wrong answers to the exercise `a_wall`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import PARTNER, policy, statement

ORGANIZATION, ID = "o-a1b2c3d4e5", "octo-backup-2026"
ORG, EXT = "aws:PrincipalOrgID", "sts:ExternalId"


def everyone(condition: Any, *more: dict[str, Any]) -> str:
    """A policy for everyone under a condition."""
    return policy(statement({"AWS": "*"}, Condition=condition), *more)


WITHOUT = "A role of your organization without an external ID"
LAST_YEAR = "A role of your organization with an external ID of last year"
FOREIGN = "A role of another organization with the external ID"
WRONG = (
    WrongAnswer(
        "the pattern under StringLike",
        everyone({"StringEquals": {ORG: ORGANIZATION}, "StringLike": {EXT: "octo-backup-*"}}),
        "let_in",
        LAST_YEAR,
    ),
    WrongAnswer(
        "the external ID removed",
        everyone({"StringEquals": {ORG: ORGANIZATION}}),
        "let_in",
        WITHOUT,
    ),
    WrongAnswer(
        "the organization removed", everyone({"StringEquals": {EXT: ID}}), "let_in", FOREIGN
    ),
    WrongAnswer(
        "the external ID, if there is one",
        everyone({"StringEquals": {ORG: ORGANIZATION}, "StringEqualsIfExists": {EXT: ID}}),
        "let_in",
        WITHOUT,
    ),
    WrongAnswer(
        "the organization, if there is one",
        everyone({"StringEqualsIfExists": {ORG: ORGANIZATION}, "StringEquals": {EXT: ID}}),
        "too_wide",
        EXT,
    ),
    WrongAnswer(
        "either of the two",
        everyone(
            {"StringEquals": {ORG: ORGANIZATION}},
            statement({"AWS": "*"}, Condition={"StringEquals": {EXT: ID}}),
        ),
        "let_in",
        WITHOUT,
    ),
    WrongAnswer(
        "one account in place of the organization",
        policy(
            statement(
                {"AWS": f"arn:aws:iam::{PARTNER}:root"}, Condition={"StringEquals": {EXT: ID}}
            )
        ),
        "locked_out",
        "A user of your own account",
    ),
    WrongAnswer(
        "organizations that begin so",
        everyone({"StringLike": {ORG: "o-a1*"}, "StringEquals": {EXT: ID}}),
        "too_wide",
        ORG,
    ),
    WrongAnswer(
        "the organization of the resource",
        everyone({"StringEquals": {"aws:ResourceOrgID": ORGANIZATION, EXT: ID}}),
        "not_decided",
        "is not decided",
    ),
    WrongAnswer(
        "both years",
        everyone({"StringEquals": {ORG: ORGANIZATION, EXT: [ID, "octo-backup-2025"]}}),
        "let_in",
        LAST_YEAR,
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("a_wall", wrong)
