"""Several roles: what `aws iam list-roles` and `get-account-authorization-details` print, or the
list alone.
"""

from __future__ import annotations

from trust_widgets.policy import Inner
from trust_widgets.readers import Reader
from trust_widgets.readers._roles import policies_of
from trust_widgets.text.json.strict import Value

_LISTS = ("Roles", "RoleDetailList")


def read(root: Value) -> tuple[Inner, ...] | None:
    """The policies of the roles; `None` for any other document, and for an empty list without a
    name.

    Example:
        >>> from trust_widgets.text.json.strict import read_strictly
        >>> [policy.role for policy in read(read_strictly(READER.example))]
        ['app']
    """
    if isinstance(root.plain, list):
        return policies_of(root.items()) if root.plain else None
    if not isinstance(root.plain, dict) or "Statement" in root.plain:
        return None
    for name in _LISTS:
        if isinstance(root.plain.get(name), list):
            return policies_of(root.members()[name].items())
    return None


READER = Reader(
    title="A list of roles, or an export of an account",
    read=read,
    example='{"Roles": [{"RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app",'
    ' "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}]}',
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html",
)
