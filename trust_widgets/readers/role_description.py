"""One role, as `aws iam get-role` and `create-role` print it, or that role alone."""

from __future__ import annotations

from trust_widgets.policy import POLICY_DOCUMENT
from trust_widgets.readers._json import looks_like_json, roles_of, root_of
from trust_widgets.readers._records import UPDATE_ROLE, FileContents, FileRequest, Reader

TITLE = "A role as IAM describes it"


def read(request: FileRequest) -> FileContents | None:
    """The role; `None` for any other document."""
    root = root_of(request)
    if root is None or not isinstance(root.plain, dict) or "Statement" in root.plain:
        return None
    roles = None
    if POLICY_DOCUMENT in root.plain:
        roles = roles_of(request, TITLE, (root,))
    elif isinstance(root.plain.get("Role"), dict):
        roles = roles_of(request, TITLE, (root.members()["Role"],))
    if roles is None:
        return None
    return FileContents(roles)


READER = Reader(
    title=TITLE,
    looks=looks_like_json,
    read=read,
    example='{"Role": {"RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app",'
    ' "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}}',
    file="role.json",
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html",
    edit_instead=UPDATE_ROLE,
)
