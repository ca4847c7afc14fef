"""A role as its source describes it, whatever the source is."""

from __future__ import annotations

from typing import Any, NamedTuple

from trust_widgets.inventory.normal_form import OwnRole, own_role
from trust_widgets.readers import ExportedRole, RoleRecord

Tags = tuple[tuple[str, str], ...]


class SeenRole(NamedTuple):
    """A role as its source describes it.

    Args:
        name: its name, or what the file knows it by. own: its ARN and account.
        created, last_used: as IAM gives them; else `""`.
        tags: pairs of key and value.
        text: its trust policy as JSON; `""` where it is not known whole.
        file, line, column: where its trust policy begins.
        record: where its source is no export.
    """

    name: str
    own: OwnRole
    created: str
    last_used: str
    tags: Tags
    text: str
    file: str
    line: int
    column: int
    record: RoleRecord | None = None


def seen_in_export(file: str, role: ExportedRole) -> SeenRole:
    """A role of an export. What has another type than IAM gives is passed over."""
    plain = role.plain
    arn = plain.get("Arn")
    if isinstance(arn, str):
        own = own_role(arn, "")
    else:
        own = own_role("", "")
    return SeenRole(
        _text(plain.get("RoleName")),
        own,
        _text(plain.get("CreateDate")),
        _last_used(plain.get("RoleLastUsed")),
        _tags(plain.get("Tags")),
        role.text,
        file,
        role.line,
        role.column,
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ""


def _last_used(value: Any) -> str:
    if isinstance(value, dict):
        return _text(value.get("LastUsedDate"))
    return ""


def _tags(value: Any) -> Tags:
    if not value or not isinstance(value, list):
        return ()
    return tuple(
        [(_text(tag.get("Key")), _text(tag.get("Value"))) for tag in value if isinstance(tag, dict)]
    )


def seen_in_record(record: RoleRecord) -> SeenRole:
    own = own_role(record.arn, record.account)
    file, line, column, _ = record.place
    return SeenRole(
        record.name,
        own,
        record.created,
        record.last_used,
        record.tags,
        record.text,
        file,
        line,
        column,
        record,
    )
