"""The role as AWS CLI commands for a POSIX shell.

Sources: https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html,
https://docs.aws.amazon.com/cli/latest/reference/iam/create-open-id-connect-provider.html
"""

from __future__ import annotations

import json

from trust_widgets.exporters import Exporter, beside, companions_to_make
from trust_widgets.policy import Companion, Role
from trust_widgets.text.quoting.shell import command, comment, list_of_one

ONCE = "Once per account: omit this if the account already has this identity provider."


def render(role: Role) -> str:
    """The commands that make the role: identity providers first, then the role.

    What belongs elsewhere, a caller's permission for example, is pointed at in a comment.

    Example:
        >>> print(render(Role("app", path="/ci/")), end="")
        aws iam create-role \\
          --role-name app \\
          --assume-role-policy-document '{
          "Version": "2012-10-17",
          "Statement": []
        }' \\
          --path /ci/
    """
    parts = [
        *(_companion(it) for it in companions_to_make(role)),
        _command("create-role", _role(role)),
    ]
    return "\n".join(parts)


def _companion(companion: Companion) -> str:
    if companion.kind != "oidc_provider":
        return comment(beside(companion))
    data = dict(companion.data)
    options = {"--url": data["url"], "--client-id-list": list_of_one(data["client_id"])}
    return comment(ONCE) + _command("create-open-id-connect-provider", options)


def _role(role: Role) -> dict[str, str]:
    """The options of create-role, those that are not the usual ones only."""
    tags = [{"Key": key, "Value": value} for key, value in role.tags]
    document = json.dumps(
        role.trust.to_dict(), indent=2
    )  # in ASCII, whatever the terminal's encoding is
    return {
        "--role-name": role.name,
        "--assume-role-policy-document": document,
        **({"--path": role.path} if role.path != "/" else {}),
        **({"--max-session-duration": str(role.max_session)} if role.max_session != 3600 else {}),
        **({"--description": role.description} if role.description else {}),
        **({"--tags": json.dumps(tags)} if tags else {}),
    }


def _command(operation: str, options: dict[str, str]) -> str:
    """A command of `aws iam`. No argument can hold NUL, and IAM takes none: it is left out."""
    said = {name: value.replace("\0", "") for name, value in options.items()}
    return command(("aws", "iam", operation), said) + "\n"


EXPORTER = Exporter(
    title="AWS CLI",
    filename="create-role.sh",
    language="shell",
    render=render,
    note="Run it in a POSIX shell with credentials of the role's account.",
    source="https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html",
)
