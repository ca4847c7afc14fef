"""One role, as `aws iam get-role` and `create-role` print it, or that role alone."""

from __future__ import annotations

from trust_widgets.policy import POLICY_DOCUMENT, Inner
from trust_widgets.readers import Reader
from trust_widgets.readers._roles import policies_of
from trust_widgets.text.json.strict import Value


def read(root: Value) -> tuple[Inner, ...] | None:
    """The policy of the role; `None` for any other document.

    Example:
        >>> from trust_widgets.text.json.strict import read_strictly
        >>> [policy.role for policy in read(read_strictly(READER.example))]
        ['app']
    """
    if not isinstance(root.plain, dict) or "Statement" in root.plain:
        return None
    if POLICY_DOCUMENT in root.plain:
        return policies_of((root,))
    if isinstance(root.plain.get("Role"), dict):
        return policies_of((root.members()["Role"],))
    return None


READER = Reader(
    title="A role as IAM describes it",
    read=read,
    example='{"Role": {"RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app",'
    ' "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}}',
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html",
)
