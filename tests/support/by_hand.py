"""Policies of one Allow and calls for it, for tests that are written by hand."""

from __future__ import annotations

import json
from typing import Any

import trust_widgets as tw

OPS, DESK = (f"arn:aws:iam::111122223333:user/{name}" for name in ("ops", "desk"))
SESSION = "arn:aws:sts::444455556666:assumed-role/deploy/run-1"
ISSUER = "token.actions.githubusercontent.com"
GITHUB = f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
MAIN = "repo:octo-org/app:ref:refs/heads/main"


def written(
    condition: Any = None, principal: Any = "111122223333", action: Any = "sts:AssumeRole"
) -> str:
    """A policy of one Allow, as its author writes it."""
    named = principal if isinstance(principal, dict) else {"AWS": principal}
    more = {"Condition": condition} if condition else {}
    statement = {"Effect": "Allow", "Principal": named, "Action": action, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def policy(
    condition: Any = None, principal: Any = "111122223333", action: Any = "sts:AssumeRole"
) -> tw.TrustPolicy:
    """The same, read."""
    return tw.parse(written(condition, principal, action))


def decided(condition: Any, context: dict[str, Any], principal: str = OPS) -> tw.Decision:
    """A call by somebody of a named account."""
    request = tw.Request("sts:AssumeRole", principal, context=context, caller_permission="yes")
    return tw.evaluate(policy(condition, [OPS.split(":")[4], SESSION.split(":")[4]]), request)
