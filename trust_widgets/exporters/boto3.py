"""The role as a Python script with boto3.

Its page is the exporter's source below.
"""

from __future__ import annotations

from trust_widgets.exporters import Exporter
from trust_widgets.exporters._programs import AWS_NAMES, arguments, notes
from trust_widgets.policy import Role
from trust_widgets.text.quoting.python import Code, call, literal


def render(role: Role) -> str:
    """A script that makes the role.

    Example:
        >>> print(render(Role("app")), end="")
        import json
        <BLANKLINE>
        import boto3
        <BLANKLINE>
        trust_policy = {"Version": "2012-10-17", "Statement": []}
        <BLANKLINE>
        iam = boto3.client("iam")
        iam.create_role(RoleName="app", AssumeRolePolicyDocument=json.dumps(trust_policy))
    """
    said = arguments(role, AWS_NAMES)
    said["AssumeRolePolicyDocument"] = Code("json.dumps(trust_policy)")
    if role.tags:
        said["Tags"] = [{"Key": key, "Value": value} for key, value in role.tags]
    policy = f"trust_policy = {literal(role.trust.to_dict())}"
    made = call("iam.create_role", (), said)
    return (
        f"{notes(role, '#')}import json\n\nimport boto3\n\n{policy}\n\n"
        f'iam = boto3.client("iam")\n{made}\n'
    )


EXPORTER = Exporter(
    title="boto3",
    filename="create_role.py",
    language="python",
    render=render,
    note="Run it with credentials of the role's account.",
    source="https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/iam/client/create_role.html",
)
