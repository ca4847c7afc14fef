"""An AWS service: EC2, Lambda, ECS tasks, or any other.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from trust_widgets.aws import service_calls
from trust_widgets.aws import services as known
from trust_widgets.forms import Question
from trust_widgets.patterns import Pattern
from trust_widgets.policy import (
    GUARD_KINDS,
    Companion,
    Condition,
    Principal,
    Role,
    Statement,
    TrustPolicy,
)

_SERVICES = Question(
    "AWS services",
    "Type to search; choose one or more. Lambda@Edge needs edgelambda.amazonaws.com in "
    "addition to lambda.amazonaws.com.",
    "ec2.amazonaws.com",
    r"[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal|api\.aws)",
    "Write a service principal in lower case, like ec2.amazonaws.com.",
    suggestions=known.suggestions,
    named=known.title_in,
    tidy=known.full_name,
)


def statements(services: Annotated[tuple[str, ...], _SERVICES]) -> tuple[Statement, ...]:
    return (Statement(principal=Principal(service=services), action=("sts:AssumeRole",)),)


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    principal = statements[0].principal
    if len(statements) != 1 or principal is None or not principal.service:
        return None
    return {"services": principal.service}


def label(answers: Mapping[str, Any]) -> str:
    names = [known.title_in(name.strip()) for name in answers["services"] if name.strip()]
    if names:
        return f"AWS service · {', '.join(names)}"
    return "AWS service"


def recommends(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Conditions whose keys each of the services sends: one that did not would be locked out."""
    sent = [service_calls.source_keys(name.strip()) for name in answers["services"] if name.strip()]
    if sent:
        sent_by_each = set.intersection(*map(set, sent))
    else:
        sent_by_each = set()
    return tuple(kind.name for kind in GUARD_KINDS if kind.key in sent_by_each)


def companions(role: Role, services: tuple[str, ...]) -> tuple[Companion, ...]:
    """Handing a role to a service is a permission by itself.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"""
    asked = Condition("StringEquals", "iam:PassedToService", services)
    allow = Statement(action=("iam:PassRole",), resource=(role.arn,), conditions=(asked,))
    note = "The person who configures the service needs the permission iam:PassRole for this role."
    if "ec2.amazonaws.com" in services:
        note += (
            " An EC2 instance uses the role through an instance profile. The console creates "
            "it automatically."
        )
    policy = str(TrustPolicy((allow,)))
    return (Companion("permission_policy", "iam:PassRole", note, "allow-pass-role.json", policy),)


PATTERN = Pattern(
    title="AWS service",
    group="AWS itself",
    about=(
        "An AWS service acts in your account, for example an EC2 instance, a Lambda function "
        "or an ECS task."
    ),
    callers=frozenset({"service"}),
    example={"services": ("ec2.amazonaws.com",)},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
    recommends=recommends,
)
