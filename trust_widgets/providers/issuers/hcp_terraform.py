"""HCP Terraform: a token for each phase of a run, whose subject says its organisation, project and workspace.

https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/workload-identity-tokens
"""

from __future__ import annotations

from trust_widgets.providers import Provider
from trust_widgets.providers.issuers._terraform import GRAMMAR, subject
from trust_widgets.providers.subjects.questions import kind_and_parts

__all__ = ["GRAMMAR", "PROVIDER", "subject"]

PROVIDER = Provider(
    title="HCP Terraform",
    owns=lambda issuer: issuer.lower() == "app.terraform.io",
    audience="aws.workload.identity",
    read=GRAMMAR.read,
    source="https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/workload-identity-tokens",
    issuer="app.terraform.io",
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup="Set TFC_AWS_PROVIDER_AUTH to true and TFC_AWS_RUN_ROLE_ARN to the role's ARN in the workspace. An"
    " organisation's name can be changed, and then it may be somebody else's.",
    verified="The issuer, the audience and the subjects of workspaces and of module tests are in HashiCorp's page. The"
    " subjects of stacks are known from other people's trust policies; the letters of names are not verified.",
)
