"""Roles of a live account, read through boto3: only `Get*` and `List*` calls of IAM are made.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from typing import Any

from trust_widgets.readers import Exported, ExportedRole

INSTALL = "pip install 'trust-widgets[aws]'"
DETAILS, ROLES = "get_account_authorization_details", "list_roles"
_ACTIONS = {DETAILS: "iam:GetAccountAuthorizationDetails", ROLES: "iam:ListRoles"}
_LISTS = ("UserDetailList", "GroupDetailList", "Policies")
_DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")
ATTEMPTS = 10


def is_live(source: object) -> bool:
    """Whether a source is a session of boto3, or its client of IAM."""
    return hasattr(source, "get_paginator") or (
        hasattr(source, "client") and hasattr(source, "get_credentials")
    )


def live_items(
    source: Any, not_allowed: Callable[[str], None]
) -> Iterator[ExportedRole | Exported]:
    """The roles of an account with its users, groups and managed policies.

    Without the permission to read all of it, only the roles are listed. Throttled calls are
    repeated by botocore, in its own mode.

    Args:
        source: a session of boto3, or its client of IAM.
        not_allowed: is called with a permission that is missing, in one line.
    """
    client = _client(source)
    for operation in (DETAILS, ROLES):
        error = yield from _items(client, operation)
        if error is None:
            return
        not_allowed(_advice(operation, error))


def _client(source: Any) -> Any:
    if hasattr(source, "get_paginator"):
        return source
    from botocore.config import Config

    retries = {"mode": "standard", "max_attempts": ATTEMPTS}
    return source.client("iam", config=Config(retries=retries))


def _items(client: Any, operation: str) -> Generator[ExportedRole | Exported, None, str | None]:
    """The items of all pages; returns the error where the call is not allowed."""
    pages = client.get_paginator(operation).paginate()
    try:
        for page in pages:
            for role in page.get("RoleDetailList", page.get("Roles", ())):
                yield _role(role)
            for kind in _LISTS:
                for item in page.get(kind, ()):
                    yield Exported(kind, item)
    except client.exceptions.ClientError as error:
        if error.response.get("Error", {}).get("Code") not in _DENIED:
            raise
        return str(error)
    return None


def _role(role: dict[str, Any]) -> ExportedRole:
    """A role as an export has it: boto3 gives days as datetimes."""
    plain: dict[str, Any] = json.loads(json.dumps(role, default=_day))
    document = plain.get("AssumeRolePolicyDocument")
    if isinstance(document, str):
        text = document
    else:
        text = json.dumps(document)
    return ExportedRole(plain, text, 1, 1)


def _day(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)


def _advice(operation: str, error: str) -> str:
    """What is missing, and the policy to attach."""
    action = _ACTIONS[operation]
    policy = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}],
        }
    )
    return f"{action} is not allowed ({error}). Attach this policy to the caller: {policy}"
