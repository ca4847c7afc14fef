"""The role as a CDK stack in TypeScript, by the resource that takes a policy as it is.

Source: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.CfnRole.html
"""

from __future__ import annotations

from typing import Any

from trust_widgets.exporters import Exporter
from trust_widgets.exporters._programs import arguments, identifier, notes, script_literal
from trust_widgets.policy import Role

_NAMES = {
    "name": "roleName",
    "path": "path",
    "description": "description",
    "max_session": "maxSessionDuration",
}


def render(role: Role) -> str:
    """A stack with the role.

    Example:
        >>> print(render(Role("app")).splitlines()[7])
            new iam.CfnRole(this, "App", {
    """
    said: dict[str, Any] = arguments(role, _NAMES)
    said["assumeRolePolicyDocument"] = role.trust.to_dict()
    if role.tags:
        said["tags"] = [{"key": key, "value": value} for key, value in role.tags]
    name = script_literal(identifier(role.name, "Role"))
    return (
        f"{notes(role, '//')}"
        'import { Stack, type StackProps } from "aws-cdk-lib";\n'
        'import * as iam from "aws-cdk-lib/aws-iam";\n'
        'import type { Construct } from "constructs";\n\n'
        "export class RoleStack extends Stack {\n"
        "  constructor(scope?: Construct, id?: string, props?: StackProps) {\n"
        "    super(scope, id, props);\n"
        f"    new iam.CfnRole(this, {name}, {script_literal(said, 4)});\n  }}\n}}\n"
    )


EXPORTER = Exporter(
    title="CDK (TypeScript)",
    filename="role-stack.ts",
    language="typescript",
    render=render,
    note='Add the stack to an app: new RoleStack(app, "Roles").',
    source="https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.CfnRole.html",
)
