"""Wrong answers to the exercise `split_in_two`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, policy, statement

SAML = {"Federated": f"arn:aws:iam::{OWN}:saml-provider/corp"}
EC2 = {"Service": "ec2.amazonaws.com"}
INSTANCES = statement(EC2)
ENDPOINT = "https://signin.aws.amazon.com/saml"


def people(condition: Any, principal: Any = SAML, action: str = "sts:AssumeRoleWithSAML") -> Any:
    """A statement for people of a SAML provider."""
    return statement(principal, action, Condition=condition)


AUDIENCE = {"StringEquals": {"SAML:aud": ENDPOINT}}
PERSON, MACHINES = "A person of corp", "Your EC2 instances"
WRONG = (
    WrongAnswer("the people forgotten", policy(INSTANCES), "locked_out", PERSON),
    WrongAnswer("the instances forgotten", policy(people(AUDIENCE)), "locked_out", MACHINES),
    WrongAnswer(
        "the action of signed requests for the people",
        policy(INSTANCES, people(AUDIENCE, action="sts:AssumeRole")),
        "refused",
        "sts:AssumeRole",
    ),
    WrongAnswer(
        "the condition for the instances as well",
        policy(statement(EC2, Condition=AUDIENCE), people(AUDIENCE)),
        "locked_out",
        MACHINES,
    ),
    WrongAnswer(
        "another provider",
        policy(
            INSTANCES, people(AUDIENCE, {"Federated": f"arn:aws:iam::{OWN}:saml-provider/partner"})
        ),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "both providers",
        policy(
            INSTANCES,
            people(
                AUDIENCE,
                {
                    "Federated": [
                        f"arn:aws:iam::{OWN}:saml-provider/{n}" for n in ("corp", "partner")
                    ]
                },
            ),
        ),
        "let_in",
        "A person of the provider partner",
    ),
    WrongAnswer(
        "the audience of a web identity",
        policy(INSTANCES, people({"StringEquals": {"SAML:aud": "sts.amazonaws.com"}})),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "a second service",
        policy(statement({"Service": [EC2["Service"], "lambda.amazonaws.com"]}), people(AUDIENCE)),
        "let_in",
        "AWS Lambda",
    ),
    WrongAnswer(
        "the account besides",
        policy(INSTANCES, people(AUDIENCE), statement({"AWS": f"arn:aws:iam::{OWN}:root"})),
        "let_in",
        "A user of your account",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("split_in_two", wrong)
