"""Wrong answers to the exercise `team_tag`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import PARTNER, policy, statement

ORG, TAG, OURS = "aws:PrincipalOrgID", "aws:PrincipalTag/team", "o-a1b2c3d4e5"


def everyone(**condition: Any) -> str:
    """A policy for everyone under a condition."""
    return policy(statement({"AWS": "*"}, Condition=condition))


SHOP, PLAIN = "A user of the team shop", "A user of your organization without a tag"
FOREIGN = "A user of another organization with the tag"
WRONG = (
    WrongAnswer("the tag alone", everyone(StringEquals={TAG: "payments"}), "let_in", FOREIGN),
    WrongAnswer("the organization alone", everyone(StringEquals={ORG: OURS}), "let_in", SHOP),
    WrongAnswer(
        "that there is a tag",
        everyone(StringEquals={ORG: OURS}, Null={TAG: "false"}),
        "let_in",
        SHOP,
    ),
    WrongAnswer(
        "the tag, if there is one",
        everyone(StringEquals={ORG: OURS}, StringEqualsIfExists={TAG: "payments"}),
        "let_in",
        PLAIN,
    ),
    WrongAnswer(
        "the tag compared with itself",
        everyone(StringEquals={ORG: OURS, TAG: "${aws:PrincipalTag/team}"}),
        "let_in",
        SHOP,
    ),
    WrongAnswer(
        "a tag of the session, which the caller writes",
        everyone(StringEquals={ORG: OURS, "aws:RequestTag/team": "payments"}),
        "locked_out",
        "A user of the team payments",
    ),
    WrongAnswer(
        "teams that begin so",
        everyone(StringEquals={ORG: OURS}, StringLike={TAG: "payments*"}),
        "too_wide",
        f"{TAG} = payments",
    ),
    WrongAnswer(
        "the one account you know",
        policy(
            statement(
                {"AWS": f"arn:aws:iam::{PARTNER}:root"},
                Condition={"StringEquals": {ORG: OURS, TAG: "payments"}},
            )
        ),
        "too_narrow",
        ORG,
    ),
    WrongAnswer(
        "every other team",
        everyone(StringEquals={ORG: OURS}, StringNotEquals={TAG: "payments"}),
        "locked_out",
        "A user of the team payments",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("team_tag", wrong)
