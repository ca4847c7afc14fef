"""The trust policy as Terraform's `aws_iam_policy_document`, with the role that uses it.

Its page is the exporter's source below.
"""

from __future__ import annotations

from trust_widgets.exporters import Exporter
from trust_widgets.exporters._programs import arguments, notes
from trust_widgets.policy import Role, TrustPolicy
from trust_widgets.readers import can_be_a_block, statement_as_block
from trust_widgets.text.json.writer import holds_what_iam_refuses, json_text
from trust_widgets.text.quoting.hcl import Expression, block, identifier, indented, string

_NAMES = {
    "name": "name",
    "path": "path",
    "description": "description",
    "max_session": "max_session_duration",
}


def render(role: Role) -> str:
    """The document and the role.

    A policy that the document cannot say is given as JSON text.

    Example:
        >>> print(render(Role("app")).splitlines()[0])
        data "aws_iam_policy_document" "app" {
    """
    name = identifier(role.name, "role")
    is_plain = _can_be_said(role.trust)
    document = _document(name, role.trust) if is_plain else ""
    said = arguments(role, _NAMES)
    written = string(json_text(role.trust.to_dict()))
    reference = f"data.aws_iam_policy_document.{name}.json"
    said["assume_role_policy"] = Expression(reference if is_plain else written)
    if role.tags:
        said["tags"] = dict(role.tags)
    return f"{notes(role, '#')}{document}{block('resource', ('aws_iam_role', name), said)}"


def _can_be_said(policy: TrustPolicy) -> bool:
    """Whether a document has a place for all that a policy says, and writes it as it is."""
    whole = policy.version == "2012-10-17" and policy.id is None and not policy.other
    is_ascii = not holds_what_iam_refuses(policy.to_dict())
    return whole and is_ascii and all(map(can_be_a_block, policy.statements))


def _document(name: str, policy: TrustPolicy) -> str:
    blocks = "".join(indented(statement_as_block(each)) for each in policy.statements)
    return f'data "aws_iam_policy_document" "{name}" {{\n{blocks}}}\n\n'


EXPORTER = Exporter(
    title="Terraform (document)",
    filename="role-with-document.tf",
    language="hcl",
    render=render,
    note="Add it to a configuration that has the AWS provider.",
    source="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document",
)
