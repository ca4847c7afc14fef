"""What the exercises are written with: texts of policies, and requests of their stories."""

from __future__ import annotations

import json
from typing import Any

from trust_widgets.callers import CALLERS
from trust_widgets.exercises.task import NamedRequest
from trust_widgets.providers import PROVIDERS

OWN = "111122223333"
PARTNER = "444455556666"
VENDOR = "999988887777"
ROLE = f"arn:aws:iam::{OWN}:role/app"
GITHUB = PROVIDERS["github_actions"].issuer
GITHUB_PROVIDER = f"arn:aws:iam::{OWN}:oidc-provider/{GITHUB}"


def statement(principal: Any, action: Any = "sts:AssumeRole", **elements: Any) -> dict[str, Any]:
    """An Allow statement as a document.

    Args:
        principal: of it. action: of it.
        elements: further elements, `Condition=...`; `Effect="Deny"` makes it a Deny statement.
    """
    return {"Effect": "Allow", "Principal": principal, "Action": action, **elements}


def policy(*statements: dict[str, Any]) -> str:
    """The text of a policy."""
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    return json.dumps(document, indent=2)


def github_policy(condition: dict[str, Any], *more: dict[str, Any]) -> str:
    """The text of a policy that trusts GitHub Actions under a condition.

    Args:
        condition: the Condition element. more: further statements.
    """
    return policy(github_statement(condition), *more)


def github_statement(condition: dict[str, Any]) -> dict[str, Any]:
    """An Allow statement that trusts GitHub Actions.

    Args:
        condition: the Condition element.
    """
    action = "sts:AssumeRoleWithWebIdentity"
    return statement({"Federated": GITHUB_PROVIDER}, action, Condition=condition)


def github_claims(subject: str, **claims: str) -> dict[str, Any]:
    """A Condition element on claims of a GitHub token with AWS's audience.

    Args:
        subject: a pattern for its subject.
        claims: `environment="production"`.
    """
    equal = {f"{GITHUB}:{claim}": value for claim, value in claims.items()}
    audience = {f"{GITHUB}:aud": "sts.amazonaws.com"}
    return {"StringEquals": {**audience, **equal}, "StringLike": {f"{GITHUB}:sub": subject}}


def permission(action: Any, resource: Any, **elements: Any) -> str:
    """The text of a permissions policy with one Allow statement.

    Args:
        action: of it. resource: of it. elements: further elements, `Condition=...`.
    """
    return policy({"Effect": "Allow", "Action": action, "Resource": resource, **elements})


def calls(caller: str, kind: str, /, **answers: Any) -> NamedRequest:
    """A request of a story.

    Args:
        caller: who makes it, as a noun phrase.
        kind: a name in `CALLERS`.
        answers: to that kind's questions. Who signs with AWS credentials has the permission to
            assume the role, unless the answers say otherwise.
    """
    if kind in _SIGNS:
        answers.setdefault("permission", "yes")
    return NamedRequest(caller, CALLERS[kind].make(ROLE, answers))


_SIGNS = ("iam_user", "role_session", "identity_center_session")
