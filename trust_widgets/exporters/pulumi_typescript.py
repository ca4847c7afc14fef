"""The role as a Pulumi program in TypeScript.

Source: https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/
"""

from __future__ import annotations

from trust_widgets.exporters import Exporter
from trust_widgets.exporters._programs import arguments, notes, script_literal
from trust_widgets.policy import Role

_NAMES = {
    "name": "name",
    "path": "path",
    "description": "description",
    "max_session": "maxSessionDuration",
}


def render(role: Role) -> str:
    """A program with the role.

    Example:
        >>> print(render(Role("app")).splitlines()[-4])
        export const role = new aws.iam.Role("app", {
    """
    said = arguments(role, _NAMES)
    if role.tags:
        said["tags"] = dict(role.tags)
    more = script_literal(said).removeprefix("{\n").removesuffix("\n}")
    return (
        f'{notes(role, "//")}import * as aws from "@pulumi/aws";\n\n'
        f"const trustPolicy = {script_literal(role.trust.to_dict())};\n\n"
        f"export const role = new aws.iam.Role({script_literal(role.name)}, {{\n"
        f"{more},\n  assumeRolePolicy: JSON.stringify(trustPolicy),\n}});\n"
    )


EXPORTER = Exporter(
    title="Pulumi (TypeScript)",
    filename="index.ts",
    language="typescript",
    render=render,
    note="Add it to a project that has the package @pulumi/aws.",
    source="https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/",
)
