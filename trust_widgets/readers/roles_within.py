"""Roles somewhere in a JSON document of another tool: a stack of Pulumi, Cloud Control, Steampipe,
CloudTrail; and lists of roles whose members have other names, as `--query` makes them.

https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-filter.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trust_widgets.policy import unquoted
from trust_widgets.readers._document import Document
from trust_widgets.readers._json import account_in, document_in, looks_like_json, root_of, text
from trust_widgets.readers._records import (
    UPDATE_ROLE,
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
    record_of,
)
from trust_widgets.text.json.strict import Value, read_strictly

TITLE = "Roles in a JSON document"
_DOCUMENTS = (
    *("AssumeRolePolicyDocument", "assumeRolePolicyDocument"),
    *("assumeRolePolicy", "assume_role_policy", "assume_role_policy_document"),
)
_NAMES = ("RoleName", "roleName", "role_name", "Name", "name", "Role", "role")
_ARNS = ("Arn", "arn", "ARN", "RoleArn", "roleArn")
_DEEPEST = 12
# What other readers read, or what another file of the same tool says as well.
_OTHER = (
    *("Statement", "Roles", "RoleDetailList", "Resources"),
    *("tree", "planned_values", "resource_changes"),
)


def looks(file: str, text: str) -> bool:
    """Whether a text is JSON that names the action of a trust policy."""
    return looks_like_json(file, text) and "sts:AssumeRole" in text.replace("%3A", ":")


def read(request: FileRequest) -> FileContents | None:
    """The roles; `None` where there are none."""
    root = root_of(request)
    if root is None:
        return None
    if isinstance(root.plain, dict) and set(_OTHER) & set(root.plain):
        return None
    records = tuple(_roles(request, root, _DEEPEST)) or tuple(_renamed(request, root))
    return FileContents(records) if records else None


def _roles(request: FileRequest, value: Value, depth: int) -> Iterator[RoleRecord]:
    """The objects with a trust policy, the outermost ones."""
    if not depth:
        return
    if isinstance(value.plain, list):
        for item in value.items():
            yield from _roles(request, item, depth - 1)
    elif isinstance(value.plain, dict):
        yield from _roles_of_object(request, value, depth)
    elif isinstance(value.plain, str) and any(name in value.plain for name in _DOCUMENTS):
        yield from _written_out(request, value)


def _roles_of_object(request: FileRequest, value: Value, depth: int) -> Iterator[RoleRecord]:
    members = value.members()
    document = _first(members, _DOCUMENTS)
    if document is not None and _is_policy(document.plain):
        yield _record(request, value, document_in(request.source, document))
        return
    has_both = isinstance(value.plain.get("outputs"), dict) and "inputs" in members
    for name, member in members.items():
        if not (has_both and name == "inputs"):  # a resource of Pulumi, before and after
            yield from _roles(request, member, depth - 1)


def _written_out(request: FileRequest, value: Value) -> Iterator[RoleRecord]:
    """A role that is the text of a JSON object."""
    outer = unquoted(value)
    root = read_strictly(outer.text)
    document = None
    if root is not None and isinstance(root.plain, dict):
        document = _first(root.members(), _DOCUMENTS)
    if root is None or document is None or not _is_policy(document.plain):
        return
    inner = document_in(request.source, document)
    base = request.source.base
    places = [base + outer.places[place - base] for place in inner.places]
    yield _record(request, root, Document(inner.text, places))


def _renamed(request: FileRequest, root: Value) -> Iterator[RoleRecord]:
    """Objects of a list of which one member is a trust policy, whatever it is called."""
    if not isinstance(root.plain, list):
        return
    for item in root.items():
        members = item.members() if isinstance(item.plain, dict) else {}
        policies = [member for member in members.values() if _is_trust_policy(member.plain)]
        if len(policies) == 1:
            yield _record(request, item, document_in(request.source, policies[0]))


def _record(request: FileRequest, role: Value, document: Document) -> RoleRecord:
    plain = role.plain
    arn = text(_first(plain, _ARNS))
    name = text(_first(plain, _NAMES)) or arn.rpartition("/")[2]
    account = account_in(arn)
    return record_of(request, TITLE, name, document, arn=arn, account=account, role_name=name)


def _first(members: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((members[name] for name in names if name in members), None)


def _is_policy(plain: Any) -> bool:
    if isinstance(plain, str):
        return "Statement" in plain
    return isinstance(plain, dict) and "Statement" in plain


def _is_trust_policy(plain: Any) -> bool:
    """Whether a value is a policy whose statements name principals."""
    if not isinstance(plain, dict):
        return False
    statements = plain.get("Statement")
    if not isinstance(statements, list):
        statements = [statements]
    return any(isinstance(one, dict) and "Principal" in one for one in statements)


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example='{"ResourceDescription": {"Properties": {"RoleName": "app", '
    '"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}}, '
    '"Action": "sts:AssumeRole"}',
    file="resource.json",
    source="https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-read.html",
    order=90,
    edit_instead=UPDATE_ROLE,
)
