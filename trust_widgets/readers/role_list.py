"""Several roles: what `aws iam list-roles` and `get-account-authorization-details` print, or the
list alone.
"""

from __future__ import annotations

from trust_widgets.readers._json import looks_like_json, roles_of, root_of
from trust_widgets.readers._records import UPDATE_ROLE, FileContents, FileRequest, Reader

TITLE = "A list of roles, or an export of an account"
_LISTS = ("Roles", "RoleDetailList")


def read(request: FileRequest) -> FileContents | None:
    """The roles; `None` for any other document, and for an empty list without a name."""
    root = root_of(request)
    if root is None:
        return None
    roles = None
    if isinstance(root.plain, list):
        if root.plain:
            roles = roles_of(request, TITLE, root.items())
        else:
            roles = None
    elif isinstance(root.plain, dict) and "Statement" not in root.plain:
        name = next(
            (name for name in _LISTS if isinstance(root.plain.get(name), list)),
            "",
        )
        if name:
            roles = roles_of(request, TITLE, root.members()[name].items())
    if roles is None:
        return None
    return FileContents(roles)


READER = Reader(
    title=TITLE,
    looks=looks_like_json,
    read=read,
    example='{"Roles": [{"RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app",'
    ' "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}]}',
    file="roles.json",
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html",
    edit_instead=UPDATE_ROLE,
)
