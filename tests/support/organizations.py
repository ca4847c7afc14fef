"""Small organizations in a short notation, as exports of accounts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

ACCOUNT = "222233334444"
GITHUB = "token.actions.githubusercontent.com"
Notation = Mapping[str, Any]


def place(name: str) -> tuple[str, str, str]:
    """Path, name and account of `teams/b@555566667777`."""
    whole, _, account = name.partition("@")
    path, _, last = whole.rpartition("/")
    return (f"/{path}/" if path else "/"), last, account or ACCOUNT


def arn(kind: str, name: str) -> str:
    """The ARN of a user or role."""
    path, last, account = place(name)
    return f"arn:aws:iam::{account}:{kind}{path}{last}"


def principal(who: str, account: str) -> tuple[Any, str]:
    """The Principal of a trust policy, and its action."""
    kind, _, name = who.partition("/")
    if who == "*":
        return {"AWS": "*"}, "sts:AssumeRole"
    if who == "github":
        provider = f"arn:aws:iam::{account}:oidc-provider/{GITHUB}"
        return {"Federated": provider}, "sts:AssumeRoleWithWebIdentity"
    if kind == "service":
        return {"Service": f"{name}.amazonaws.com"}, "sts:AssumeRole"
    if kind.startswith("root"):
        other = kind.partition("@")[2] or account
        return {"AWS": f"arn:aws:iam::{other}:root"}, "sts:AssumeRole"
    return {"AWS": arn(kind, name)}, "sts:AssumeRole"


def trust(items: Iterable[Any], account: str) -> dict[str, Any]:
    """A trust policy."""
    statements = []
    for item in items:
        entry = {"who": item} if isinstance(item, str) else item
        named, action = principal(entry["who"], account)
        statement = {
            "Effect": "Deny" if entry.get("deny") else "Allow",
            "Principal": named,
            "Action": [action, *entry.get("also", ())],
        }
        if "if" in entry:
            statement["Condition"] = entry["if"]
        statements.append(statement)
    return {"Version": "2012-10-17", "Statement": statements}


def permissions(items: Iterable[Any]) -> dict[str, Any]:
    """A permissions policy."""
    statements = []
    for item in items:
        entry = item
        if isinstance(item, str):
            actions, _, target = item.partition(" ")
            entry = {"do": actions, "on": target}
        statement = {
            "Effect": "Deny" if entry.get("deny") else "Allow",
            "Action": ["*" if each == "*:*" else each for each in entry["do"].split(",")],
            "Resource": "*" if entry["on"] == "*" else arn("role", entry["on"]),
        }
        if "if" in entry:
            statement["Condition"] = entry["if"]
        statements.append(statement)
    return {"Version": "2012-10-17", "Statement": statements}


def managed_arn(name: str, account: str = ACCOUNT) -> str:
    """The ARN of a managed policy."""
    return f"arn:aws:iam::{account}:policy/{name}"


def holder(kind: str, name: str, given: Any) -> dict[str, Any]:
    """A user, role or group with its permissions."""
    entry = {"can": given} if not isinstance(given, Mapping) else given
    path, last, account = place(name)
    title = kind.capitalize()
    made: dict[str, Any] = {"Path": path, f"{title}Name": last, "Arn": arn(kind, name)}
    can = entry.get("can", [])
    if can is not None:
        inline = [{"PolicyName": "own", "PolicyDocument": permissions(can)}] if can else []
        made[f"{title}PolicyList"] = inline
        attached = [{"PolicyArn": managed_arn(each)} for each in entry.get("attached", ())]
        made["AttachedManagedPolicies"] = attached
    if "boundary" in entry:
        made["PermissionsBoundary"] = {
            "PermissionsBoundaryArn": managed_arn(f"boundary-{last}", account)
        }
    if "tags" in entry:
        made["Tags"] = [{"Key": key, "Value": value} for key, value in entry["tags"].items()]
    if "groups" in entry:
        made["GroupList"] = entry["groups"]
    if kind == "role":
        made["AssumeRolePolicyDocument"] = trust(entry["trust"], account)
        if "profile" in entry:
            made["InstanceProfileList"] = (
                [{"InstanceProfileName": last}] if entry["profile"] else []
            )
    return made


def managed(name: str, items: Iterable[Any], account: str = ACCOUNT) -> dict[str, Any]:
    """A managed policy with one version."""
    version = {"IsDefaultVersion": True, "Document": permissions(items)}
    return {"Arn": managed_arn(name, account), "PolicyVersionList": [version]}


def export(case: Notation) -> str:
    """An organization as what `get-account-authorization-details` prints."""
    users, roles = case.get("users", {}), case.get("roles", {})
    policies = [managed(name, items) for name, items in case.get("managed", {}).items()]
    for name, given in (*users.items(), *roles.items()):
        if isinstance(given, Mapping) and "boundary" in given:
            _, last, account = place(name)
            policies.append(managed(f"boundary-{last}", given["boundary"], account))
    return json.dumps(
        {
            "UserDetailList": [holder("user", *each) for each in users.items()],
            "GroupDetailList": [holder("group", *each) for each in case.get("groups", {}).items()],
            "RoleDetailList": [holder("role", *each) for each in roles.items()],
            "Policies": policies,
        }
    )
