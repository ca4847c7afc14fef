"""Roles as `aws iam get-role --output yaml` and `list-roles --output yaml` print them.

https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.policy import POLICY_DOCUMENT
from trust_widgets.readers._document import document_of
from trust_widgets.readers._json import account_in
from trust_widgets.readers._records import (
    UPDATE_ROLE,
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
    record_of,
    seconds_of,
)
from trust_widgets.readers._tree import Tree
from trust_widgets.readers._yaml import documents_of
from trust_widgets.readers._yaml_trees import NotYaml

TITLE = "Roles in the YAML output of the AWS CLI"
_LOOKS = re.compile(r"^(?:Role|Roles|RoleDetailList|- Arn|Arn):", re.MULTILINE)
_LISTS = ("Roles", "RoleDetailList")


def looks(file: str, text: str) -> bool:
    """Whether a text may be such an output."""
    return POLICY_DOCUMENT in text and "RoleName" in text and bool(_LOOKS.search(text))


def read(request: FileRequest) -> FileContents | None:
    """The roles; `None` for any other document."""
    try:
        documents = documents_of(request)
    except NotYaml:
        return None
    roles = [role for document in documents for role in _roles(document)]
    records = [_record(request, role) for role in roles]
    if records:
        return FileContents(tuple(records))
    return None


def _roles(document: Tree) -> Iterator[Tree]:
    if document.kind == "list":
        yield from filter(_is_role, document.items)
        return
    one = document.member("Role") or document
    if _is_role(one):
        yield one
    for name in _LISTS:
        found = document.member(name)
        yield from filter(_is_role, found.items if found is not None else ())


def _is_role(tree: Tree) -> bool:
    return tree.member(POLICY_DOCUMENT) is not None and bool(tree.text_at("RoleName"))


def _record(request: FileRequest, role: Tree) -> RoleRecord:
    arn = role.text_at("Arn")
    document = role.member(POLICY_DOCUMENT)
    assert document is not None
    return record_of(
        request,
        TITLE,
        role.text_at("RoleName"),
        document_of(document),
        arn=arn,
        account=account_in(arn),
        path=role.text_at("Path"),
        created=role.text_at("CreateDate"),
        role_name=role.text_at("RoleName"),
        max_session=seconds_of(role.member("MaxSessionDuration")),
    )


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="Role:\n  Arn: arn:aws:iam::111122223333:role/app\n  AssumeRolePolicyDocument:\n"
    "    Statement: []\n    Version: '2012-10-17'\n  RoleName: app\n",
    file="role.yaml",
    source="https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html",
    order=45,
    edit_instead=UPDATE_ROLE,
)
