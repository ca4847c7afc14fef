"""The role as a CDK stack in Python, by the resource that takes a policy as it is.

Source: https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_iam/CfnRole.html
"""

from __future__ import annotations

from trust_widgets.exporters import Exporter
from trust_widgets.exporters._programs import arguments, identifier, notes
from trust_widgets.policy import Role
from trust_widgets.text.quoting.python import Code, call, literal

_NAMES = {
    "name": "role_name",
    "path": "path",
    "description": "description",
    "max_session": "max_session_duration",
}


def render(role: Role) -> str:
    """A stack with the role.

    Example:
        >>> print(render(Role("app")).splitlines()[-1])
                iam.CfnRole(self, "App", role_name="app", assume_role_policy_document=TRUST_POLICY)
    """
    said = arguments(role, _NAMES)
    said["assume_role_policy_document"] = Code("TRUST_POLICY")
    if role.tags:
        said["tags"] = [
            Code(call("CfnTag", (), {"key": key, "value": value})) for key, value in role.tags
        ]
    made = call("iam.CfnRole", (Code("self"), identifier(role.name, "Role")), said)
    indented = made.replace("\n", "\n        ")
    return (
        f"{notes(role, '#')}from aws_cdk import CfnTag, Stack\nfrom aws_cdk import aws_iam as iam\n"
        "from constructs import Construct\n\n"
        f"TRUST_POLICY = {literal(role.trust.to_dict())}\n\n\n"
        "class RoleStack(Stack):\n"
        "    def __init__(self, scope: Construct, id: str, **kwargs) -> None:\n"
        "        super().__init__(scope, id, **kwargs)\n"
        f"        {indented}\n"
    )


EXPORTER = Exporter(
    title="CDK (Python)",
    filename="role_stack.py",
    language="python",
    render=render,
    note="Add the stack to an app: RoleStack(app, 'Roles').",
    source="https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_iam/CfnRole.html",
)
