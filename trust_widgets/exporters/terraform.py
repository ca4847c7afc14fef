"""The role as Terraform configuration.

Sources: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role,
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_openid_connect_provider
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trust_widgets.exporters import Exporter, beside, companions_to_make
from trust_widgets.exporters._references import providers_to_make, with_references
from trust_widgets.policy import Companion, Role
from trust_widgets.text.json.writer import holds_what_iam_refuses, json_text
from trust_widgets.text.quoting.hcl import STEP, Expression, block, identifier, string, value
from trust_widgets.text.quoting.shell import comment

ONCE = (
    "Create it once per account. If the account already has this identity provider, write"
    ' data "aws_iam_openid_connect_provider" "{name}" {{ url = {url} }} here, and put data. before'
    " the reference in the policy."
)


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
    providers = {_name(number): it for number, it in enumerate(providers_to_make(companions), 1)}
    blocks = [_provider(name, it) for name, it in providers.items()]
    references = {dict(it.data)["url"]: _arn_of(name) for name, it in providers.items()}
    labels = ("aws_iam_role", identifier(role.name, "role"))
    return "\n".join((*notes, *blocks, block("resource", labels, _role(role, references))))


def _name(number: int) -> str:
    if number > 1:
        return f"oidc_{number}"
    return "oidc"


def _arn_of(name: str) -> Expression:
    return Expression(f"aws_iam_openid_connect_provider.{name}.arn")


def _provider(name: str, companion: Companion) -> str:
    data = dict(companion.data)
    body = {"url": data["url"], "client_id_list": [data["client_id"]]}
    note = ONCE.format(name=name, url=string(data["url"]))
    return comment(note) + block("resource", ("aws_iam_openid_connect_provider", name), body)


def _role(role: Role, references: Mapping[str, Expression]) -> dict[str, Any]:
    """The arguments of the role, those that are not the usual ones only."""
    return {
        "name": role.name,
        **({"path": role.path} if role.path != "/" else {}),
        **({"description": role.description} if role.description else {}),
        **({"max_session_duration": role.max_session} if role.max_session != 3600 else {}),
        "assume_role_policy": _policy(role, references),
        **({"tags": dict(role.tags)} if role.tags else {}),
    }


def _policy(role: Role, references: Mapping[str, Expression]) -> Expression:
    """The policy as an object; as a string where it needs escapes, which `jsonencode` never writes.

    Source: https://developer.hashicorp.com/terraform/language/functions/jsonencode
    """
    document = role.trust.to_dict()
    if holds_what_iam_refuses(document):
        return Expression(string(json_text(document)))
    return Expression(f"jsonencode({value(with_references(role, references), STEP)})")


EXPORTER = Exporter(
    title="Terraform",
    filename="role.tf",
    language="hcl",
    render=render,
    note="Add it to a configuration that has the AWS provider.",
    source="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role",
)
