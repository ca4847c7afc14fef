"""Several JSON documents one behind the other, or in a list: a role a line, or pages of an answer.

A loop over the pages of `get-account-authorization-details` writes the latter.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.readers._config_items import is_item, item_roles
from trust_widgets.readers._json import (
    CONFIG_FIELDS,
    IAM_FIELDS,
    is_role,
    looks_like_json,
    role_of,
)
from trust_widgets.readers._records import (
    UPDATE_ROLE,
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
)
from trust_widgets.text.json.strict import Value, value_at

TITLE = "JSON documents, one after the other"
_LISTS = ("Roles", "RoleDetailList")
_PAGES = (*_LISTS, "UserDetailList", "GroupDetailList", "Policies")


def read(request: FileRequest) -> FileContents | None:
    """The roles of two or more documents; `None` if one of them is of another kind."""
    records: list[RoleRecord] = []
    count = 0
    try:
        for value in _values(request.source.clean):
            count += 1
            found = _roles(request, value)
            if found is None:
                return None
            records += found
    except (ValueError, RecursionError):
        return None
    if count > 1 or records:
        return FileContents(tuple(records))
    return None


def _values(text: str) -> Iterator[Value]:
    """The documents of a text, or the items of the only one, a list."""
    documents = list(_documents(text))
    if len(documents) == 1:
        if isinstance(documents[0].plain, list):
            documents = list(documents[0].items())
        else:
            documents = []
    yield from documents


def _documents(text: str) -> Iterator[Value]:
    at = 0
    while text[at:].strip():
        value = value_at(text, at)
        yield value
        at = value.end
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1


def _roles(request: FileRequest, value: Value) -> list[RoleRecord] | None:
    plain = value.plain
    if not isinstance(plain, dict):
        return None
    for fields in (IAM_FIELDS, CONFIG_FIELDS):
        if is_role(value, fields):
            return [role_of(request, TITLE, value, fields)]
    if isinstance(plain.get("Role"), dict):
        return _roles(request, value.members()["Role"])
    if is_item(plain):
        return list(item_roles(request, value))
    lists = [name for name in _PAGES if isinstance(plain.get(name), list)]
    if not lists:
        return None
    found = []
    for name in lists:
        if name in _LISTS:
            for role in value.members()[name].items():
                if is_role(role):
                    found.append(role_of(request, TITLE, role))
    return found


READER = Reader(
    title=TITLE,
    looks=looks_like_json,
    read=read,
    example='{"Roles": []}\n{"RoleName": "app", "AssumeRolePolicyDocument":'
    ' {"Version": "2012-10-17", "Statement": []}}\n',
    file="roles.jsonl",
    source="https://docs.aws.amazon.com/cli/latest/reference/iam/get-account-authorization-details.html",
    order=60,
    edit_instead=UPDATE_ROLE,
)
