"""Any other statement: every principal, every action, every condition.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from trust_widgets.aws import actions as known_actions
from trust_widgets.aws import services as known_services
from trust_widgets.aws.keys.claims import last_part
from trust_widgets.forms import Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import oidc_statements as _tokens
from trust_widgets.policy import Companion, Principal, Role, Statement

_EFFECT = Question("Effect", choices={"Allow": "Allow", "Deny": "Deny"})
_AWS = Question(
    "AWS principals",
    "Account IDs, and ARNs of roles, users or sessions.",
    "arn:aws:iam::444455556666:role/deployer",
    r"\S+",
    "Write one principal without spaces, like arn:aws:iam::444455556666:role/deployer.",
    optional=True,
)
_SERVICE = Question(
    "Services",
    "Service principals.",
    "ec2.amazonaws.com",
    r"\S+",
    "Write one service without spaces, like ec2.amazonaws.com.",
    optional=True,
    suggestions=known_services.suggestions,
)
_FEDERATED = Question(
    "Identity providers",
    "ARNs of SAML and OIDC identity providers.",
    "arn:aws:iam::111122223333:saml-provider/corp",
    r"\S+",
    "Write one provider without spaces, like arn:aws:iam::111122223333:saml-provider/corp.",
    optional=True,
)
_ACTIONS = Question(
    "Actions",
    "AWS STS actions that the caller can use to assume the role.",
    "sts:AssumeRole",
    r"[\w*?-]+:[\w*?]+|\*",
    "Write an action like sts:AssumeRole.",
    suggestions=known_actions.names,
)


def statements(
    effect: Annotated[Literal["Allow", "Deny"], _EFFECT] = "Allow",
    aws: Annotated[tuple[str, ...], _AWS] = (),
    service: Annotated[tuple[str, ...], _SERVICE] = (),
    federated: Annotated[tuple[str, ...], _FEDERATED] = (),
    actions: Annotated[tuple[str, ...], _ACTIONS] = ("sts:AssumeRole",),
) -> tuple[Statement, ...]:
    principal = Principal(aws=aws or None, service=service or None, federated=federated or None)
    return (Statement(effect, principal, actions),)


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    if len(statements) != 1 or statements[0].principal is None or statements[0].principal.star:
        return None
    principal, effect, action = statements[0].principal, statements[0].effect, statements[0].action
    return {
        "effect": effect,
        "aws": principal.aws or (),
        "service": principal.service or (),
        "federated": principal.federated or (),
        "actions": action or (),
    }


def complaints(answers: Mapping[str, Any]) -> dict[str, str]:
    if answers["aws"] or answers["service"] or answers["federated"]:
        return {}
    return {"aws": "Enter at least one caller: here, or a service or an identity provider below."}


def label(answers: Mapping[str, Any]) -> str:
    named = [
        value
        for kind in ("aws", "service", "federated")
        for value in answers[kind]
        if value.strip()
    ]
    short = last_part(named[0]) if named else ""
    more = f" and {len(named) - 1} more" if len(named) > 1 else ""
    effect = "Deny" if answers["effect"] == "Deny" else "Custom"
    if short:
        return f"{effect} · {short}{more}"
    return f"{effect} statement"


def companions(
    role: Role, effect: str, federated: tuple[str, ...], **answers: Any
) -> tuple[Companion, ...]:
    if effect == "Allow":
        return _tokens.providers(role, federated)
    return ()


PATTERN = Pattern(
    title="Custom statement",
    group="Anything else",
    about="Edit every element of the statement.",
    callers=frozenset({"aws", "service", "saml", "oidc"}),
    example={
        "aws": (
            "arn:aws:iam::444455556666:role/deployer",
            "arn:aws:iam::999988887777:role/deployer",
        )
    },
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
    complaints=complaints,
    general=True,
)
