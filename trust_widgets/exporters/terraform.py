"""The role as Terraform configuration.

Sources: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role,
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_openid_connect_provider
"""

from __future__ import annotations

from typing import Any

from trust_widgets.exporters import Exporter, beside, companions_to_make
from trust_widgets.policy import Companion, Role, TrustPolicy
from trust_widgets.text.json.writer import holds_what_iam_refuses, json_text
from trust_widgets.text.quoting.hcl import STEP, Expression, block, identifier, string, value
from trust_widgets.text.quoting.shell import comment

ONCE = "Once per account: leave this out where the account has this identity provider already."


def render(role: Role) -> str:
    """The role's resource, after those of its identity providers.

    What belongs elsewhere, a caller's permission for example, is pointed at in a comment.

    Example:
        >>> print(render(Role("example-app")), end="")
        resource "aws_iam_role" "example_app" {
          name = "example-app"
          assume_role_policy = jsonencode({
            Version   = "2012-10-17"
            Statement = []
          })
        }
    """
    companions = companions_to_make(role)
    notes = [comment(beside(it)) for it in companions if it.kind != "oidc_provider"]
    providers = [it for it in companions if it.kind == "oidc_provider"]
    numbered = [_provider(it, number) for number, it in enumerate(providers, 1)]
    labels = ("aws_iam_role", identifier(role.name, "role"))
    return "\n".join((*notes, *numbered, block("resource", labels, _role(role))))


def _provider(companion: Companion, number: int) -> str:
    data = dict(companion.data)
    labels = ("aws_iam_openid_connect_provider", f"oidc_{number}" if number > 1 else "oidc")
    body = {"url": data["url"], "client_id_list": [data["client_id"]]}
    return comment(ONCE) + block("resource", labels, body)


def _role(role: Role) -> dict[str, Any]:
    """The arguments of the role, those that are not the usual ones only."""
    return {
        "name": role.name,
        **({"path": role.path} if role.path != "/" else {}),
        **({"description": role.description} if role.description else {}),
        **({"max_session_duration": role.max_session} if role.max_session != 3600 else {}),
        "assume_role_policy": _policy(role.trust),
        **({"tags": dict(role.tags)} if role.tags else {}),
    }


def _policy(policy: TrustPolicy) -> Expression:
    """The policy as an object; as a string where it needs escapes, which `jsonencode` never writes.

    Source: https://developer.hashicorp.com/terraform/language/functions/jsonencode
    """
    if holds_what_iam_refuses(policy.to_dict()):
        return Expression(string(json_text(policy.to_dict())))
    return Expression(f"jsonencode({value(policy.to_dict(), STEP)})")


EXPORTER = Exporter(
    title="Terraform",
    filename="role.tf",
    language="hcl",
    render=render,
    note="Put it beside a configuration that names the AWS provider.",
    source="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role",
)
