"""JSON documents with places, and the roles in them as IAM describes a role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trust_widgets.aws.arns import arn_of, is_account_id
from trust_widgets.policy import POLICY_DOCUMENT, unquoted
from trust_widgets.readers._document import Document
from trust_widgets.readers._records import FileRequest, RoleRecord, record_of
from trust_widgets.readers._sources import SourceText
from trust_widgets.text.json.strict import Value, read_strictly


def looks_like_json(file: str, text: str) -> bool:
    """Whether a text begins as a JSON object or list does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def root_of(request: FileRequest) -> Value | None:
    """The document in a file; `None` when the file is not JSON."""
    kept = request.folder.last_json
    if kept is None or kept[0] != request.source.base:
        text = request.source.text
        start = len(text) - len(text.lstrip("\ufeff \t\r\n"))  # as some editors save it
        kept = request.source.base, read_strictly(text, start)
        request.folder.last_json = kept
    return kept[1]


def document_in(source: SourceText, value: Value) -> Document:
    """The policy that a value is: an object, or a string that may be URL-encoded."""
    if isinstance(value.plain, str):
        inner = unquoted(value)
        return Document(inner.text, _moved(inner.places, source.base))
    start, end = source.base + value.start, source.base + value.end
    return Document(value.source, range(start, end + 1))


def _moved(places: Sequence[int], base: int) -> Sequence[int]:
    if base:
        return [base + place for place in places]
    return places


def account_in(arn: Any) -> str:
    """The account in an ARN; `""` without one."""
    parts = arn_of(str(arn))
    if parts and is_account_id(parts.account):
        return parts.account
    return ""


def own_account(value: Any) -> str:
    """An account ID; `""` for anything else."""
    found = text(value)
    if is_account_id(found):
        return found
    return ""


def text(value: Any) -> str:
    """A text; `""` for anything else."""
    if isinstance(value, str):
        return value
    return ""


def is_policy(value: Any) -> bool:
    """Whether a value may be a policy."""
    return isinstance(value, (dict, str))


_ELEMENTS = {"statement", "statements", "effect", "principal", "action", "condition"}
_AROUND = {"role", "roles", "resources", "rolename"}  # what may hold a policy that is not read


def is_other_document(plain: Any) -> bool:
    """Whether a JSON value is an object that has nothing of a policy, such as `package.json`."""
    if not isinstance(plain, dict) or not plain or "Version" in plain:
        return False
    return not (_ELEMENTS | _AROUND) & {str(name).lower() for name in plain}


def is_trust_policy(text: str) -> bool:
    """Whether a text is a policy, and none of what a role may do; one that is no JSON may be it."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    root = read_strictly(text, start)
    if root is None:
        return True
    if isinstance(root.plain, dict):
        statements = root.plain.get("Statement")
    else:
        statements = None
    listed = statements if isinstance(statements, list) else [statements]
    of_resources = [one for one in listed if _is_of_resources(one)]
    return statements is not None and (not listed or len(of_resources) < len(listed))


def _is_of_resources(statement: Any) -> bool:
    """Whether a statement says what may be done with resources, and by nobody in particular."""
    if not isinstance(statement, dict):
        return False
    has_resource = "Resource" in statement or "NotResource" in statement
    return has_resource and not {"Principal", "NotPrincipal"} & set(statement)


Fields = dict[str, str]
# The members of a role under their names in IAM's API and in AWS Config.
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
IAM_FIELDS: Fields = {
    "name": "RoleName",
    "document": POLICY_DOCUMENT,
    "arn": "Arn",
    "path": "Path",
    "created": "CreateDate",
    "tags": "Tags",
    "key": "Key",
    "value": "Value",
    "boundary": "PermissionsBoundary",
    "boundary_arn": "PermissionsBoundaryArn",
    "attached": "AttachedManagedPolicies",
    "policy_arn": "PolicyArn",
    "inline": "RolePolicyList",
    "policy_name": "PolicyName",
    "last_used": "RoleLastUsed",
    "last_used_date": "LastUsedDate",
    "session": "MaxSessionDuration",
}
CONFIG_FIELDS: Fields = {key: name[0].lower() + name[1:] for key, name in IAM_FIELDS.items()}


def is_role(role: Value, fields: Fields = IAM_FIELDS) -> bool:
    """Whether a value is a role with a trust policy."""
    return isinstance(role.plain, dict) and is_policy(role.plain.get(fields["document"]))


def roles_of(
    request: FileRequest, reader: str, roles: Sequence[Value], fields: Fields = IAM_FIELDS
) -> tuple[RoleRecord, ...] | None:
    """The roles in a list; `None` if one of them is no role with a trust policy."""
    if not all(is_role(role, fields) for role in roles):
        return None
    return tuple(role_of(request, reader, role, fields) for role in roles)


def role_of(
    request: FileRequest, reader: str, role: Value, fields: Fields = IAM_FIELDS
) -> RoleRecord:
    """One role."""
    plain = role.plain
    document = document_in(request.source, role.members()[fields["document"]])
    arn = text(plain.get(fields["arn"]))
    boundary = plain.get(fields["boundary"])
    used = plain.get(fields["last_used"])
    return record_of(
        request,
        reader,
        text(plain.get(fields["name"])),
        document,
        arn=arn,
        account=account_in(arn),
        path=text(plain.get(fields["path"])),
        created=text(plain.get(fields["created"])),
        last_used=_member(used, fields["last_used_date"]),
        tags=_pairs(plain.get(fields["tags"]), fields),
        permissions=_permissions(plain, fields),
        boundary=_member(boundary, fields["boundary_arn"]),
        role_name=text(plain.get(fields["name"])),
        max_session=_seconds(plain.get(fields["session"])),
    )


def _seconds(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return 0


def _member(value: Any, name: str) -> str:
    if isinstance(value, dict):
        return text(value.get(name))
    return ""


def _dicts(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict)]
    return []


def _pairs(tags: Any, fields: Fields) -> tuple[tuple[str, str], ...]:
    key, value = fields["key"], fields["value"]
    pairs: list[tuple[str, str]] = []
    for tag in _dicts(tags):
        pairs.append((text(tag.get(key)), text(tag.get(value))))
    return tuple(pairs)


def _permissions(plain: dict[str, Any], fields: Fields) -> tuple[str, ...]:
    attached = _dicts(plain.get(fields["attached"]))
    inline = _dicts(plain.get(fields["inline"]))
    arns = [text(policy.get(fields["policy_arn"])) for policy in attached]
    names = [text(policy.get(fields["policy_name"])) for policy in inline]
    return tuple(filter(None, [*arns, *names]))
