"""Trust a service and the people of a SAML provider, each with the action it uses."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import OWN, calls, policy, statement

_SAML = {"Federated": f"arn:aws:iam::{OWN}:saml-provider/corp"}
_EC2 = {"Service": "ec2.amazonaws.com"}
_ENDPOINT = "https://signin.aws.amazon.com/saml"
_AUDIENCE = {"StringEquals": {"SAML:aud": _ENDPOINT}}
_WITH_SAML = "sts:AssumeRoleWithSAML"
_instances = statement(_EC2)
_people = statement(_SAML, _WITH_SAML, Condition=_AUDIENCE)

EXERCISE = Exercise(
    name="split_in_two",
    title="One statement for two",
    minutes=6,
    brief=(
        "Amazon EC2 instances and the people who sign in to the console at the SAML "
        "provider corp use the same role. One statement was written for both, and IAM "
        "rejects it. Write a policy that works for both and for nobody else."
    ),
    start=policy(statement({**_EC2, **_SAML}, ["sts:AssumeRole", _WITH_SAML], Condition=_AUDIENCE)),
    must_allow=(
        calls("your EC2 instances", "aws_service", service=_EC2["Service"], source="none"),
        calls("a person of corp", "saml_user", provider="corp", endpoint=_ENDPOINT),
    ),
    must_deny=(
        calls("a person of the provider partner", "saml_user", provider="partner"),
        calls("AWS Lambda", "aws_service", service="lambda.amazonaws.com", source="none"),
        calls("a user of your account", "iam_user", arn=f"arn:aws:iam::{OWN}:user/developer"),
    ),
    narrowest=policy(_instances, _people),
    widest=policy(_instances, _people),
    hints=(
        "Which of the two callers can meet the condition about SAML?",
        "Each kind of principal has its own action; put each into its own statement.",
        'One statement has EC2 and "sts:AssumeRole", the other the provider, its action and the'
        " condition.",
    ),
    solutions=(
        policy(_instances, _people),
        policy(
            statement(
                _SAML,
                [_WITH_SAML],
                Condition={"StringLike": {"saml:aud": _ENDPOINT}},
            ),
            _instances,
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-saml.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html",
    ),
)
