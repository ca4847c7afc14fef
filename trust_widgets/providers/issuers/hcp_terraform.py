"""HCP Terraform: a token for each phase of a run, whose subject says its organization, project and
workspace.

https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/workload-identity-tokens
"""

from __future__ import annotations

from trust_widgets.providers import Provider
from trust_widgets.providers.facts import (
    ANY,
    EVERYTHING,
    MINOR,
    ORGANIZATION,
    RUN,
    IssuerFacts,
    WidePart,
)
from trust_widgets.providers.issuer_form import IssuerForm
from trust_widgets.providers.issuers._terraform import GRAMMAR, job, subject
from trust_widgets.providers.subjects.questions import kind_and_parts

__all__ = ["FACTS", "GRAMMAR", "PROVIDER", "subject"]

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
    setup=(
        "Set TFC_AWS_PROVIDER_AUTH to true and TFC_AWS_RUN_ROLE_ARN to the role's ARN "
        "in the workspace. The name of an organization can change. Then another "
        "customer may use the old name."
    ),
    read_on="2026-11-23",
    verified=(
        "The issuer, the audience and the subjects of workspaces and of module tests "
        "are in HashiCorp's page. The subjects of stacks are known from other people's "
        "trust policies; which characters names can have is not verified."
    ),
)


FACTS = IssuerFacts(
    audience_names="purpose",
    # The forms are in HashiCorp's page, but not which characters a name may have.
    subjects="form",
    grammar=GRAMMAR,
    form=IssuerForm(
        job=job(PROVIDER.audience),
        job_source="https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/aws-configuration",
        job_read_on="2026-11-30",
    ),
    client="HCP Terraform",
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
    required_at_call=True,
    possible=GRAMMAR.with_any_names("[^:]"),
    wide_parts={
        "everything": EVERYTHING,
        "organization": ORGANIZATION,
        "run": RUN,
        "project": ANY,
        # HashiCorp's page writes any workspace of one project.
        "workspace": WidePart(usual_unless=("project", "organization")),
        "run_phase": WidePart(noun="the phase", level="low"),
        "stack": ANY,
        "deployment": ANY,
        "operation": MINOR,
        "module": ANY,
    },
    advice={
        "run_phase_any": (
            "A plan can run before anyone approved it. Use a separate role for plan, "
            "and name apply here."
        ),
    },
    why_not={"correct_subjects": "No common mistake is known."},
)
