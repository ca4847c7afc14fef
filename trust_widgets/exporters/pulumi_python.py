"""The role as a Pulumi program in Python.

Source: https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/
"""

from __future__ import annotations

from trust_widgets.exporters import Exporter
from trust_widgets.exporters._programs import arguments, notes
from trust_widgets.policy import Role
from trust_widgets.text.quoting.python import Code, call, literal

_NAMES = {
    "name": "name",
    "path": "path",
    "description": "description",
    "max_session": "max_session_duration",
}


def render(role: Role) -> str:
    """A program with the role.

    Example:
        >>> print(render(Role("app")).splitlines()[-1])
        aws.iam.Role("app", name="app", assume_role_policy=json.dumps(trust_policy))
    """
    said = arguments(role, _NAMES)
    said["assume_role_policy"] = Code("json.dumps(trust_policy)")
    if role.tags:
        said["tags"] = dict(role.tags)
    made = call("aws.iam.Role", (role.name,), said)
    policy = f"trust_policy = {literal(role.trust.to_dict())}"
    head = f"{notes(role, '#')}import json\n\nimport pulumi_aws as aws\n"
    return f"{head}\n{policy}\n\n{made}\n"


EXPORTER = Exporter(
    title="Pulumi (Python)",
    filename="__main__.py",
    language="python",
    render=render,
    note="Add it to a project that has the package pulumi-aws.",
    source="https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/",
)
