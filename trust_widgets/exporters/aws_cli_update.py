"""The trust policy of a role that exists, as an AWS CLI command for a POSIX shell.

Source: https://docs.aws.amazon.com/cli/latest/reference/iam/update-assume-role-policy.html
"""

from __future__ import annotations

import json

from trust_widgets.exporters import Exporter
from trust_widgets.policy import Role
from trust_widgets.text.quoting.shell import command


def render(role: Role) -> str:
    """The command that replaces the policy.

    Example:
        >>> print(render(Role("app")), end="")
        aws iam update-assume-role-policy \\
          --role-name app \\
          --policy-document '{
          "Version": "2012-10-17",
          "Statement": []
        }'
    """
    document = json.dumps(role.trust.to_dict(), indent=2)
    options = {"--role-name": role.name, "--policy-document": document}
    said = {name: value.replace("\0", "") for name, value in options.items()}
    return command(("aws", "iam", "update-assume-role-policy"), said) + "\n"


EXPORTER = Exporter(
    title="AWS CLI (update)",
    filename="update-trust-policy.sh",
    language="shell",
    render=render,
    note="Replaces the trust policy of an existing role. Existing sessions stay valid.",
    source="https://docs.aws.amazon.com/cli/latest/reference/iam/update-assume-role-policy.html",
)
