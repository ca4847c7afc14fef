"""Terraform Enterprise: HCP Terraform on a server of one's own, with the same subjects.

https://developer.hashicorp.com/terraform/enterprise/dynamic-provider-credentials/workload-identity-tokens
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm
from trust_widgets.providers.issuers._terraform import grammar, job, subject
from trust_widgets.providers.subjects.questions import kind_and_parts

GRAMMAR = grammar("Terraform Enterprise")
_HOST = Question(
    "Host",
    "Host of your server, without https://.",
    "tfe.octo.example",
    r"[a-z0-9-]+(\.[a-z0-9-]+)+",
    "A host is lower case letters, digits, - and ., like tfe.octo.example.",
)


def issuer_from(host: Annotated[str, _HOST]) -> str:
    """The issuer of a server of one's own: its host."""
    return host


PROVIDER = Provider(
    title="Terraform Enterprise",
    # Its host says nothing of what runs there: an issuer alone does not show that it is one.
    owns=lambda issuer: False,
    audience="aws.workload.identity",
    read=GRAMMAR.read,
    source="https://developer.hashicorp.com/terraform/enterprise/dynamic-provider-credentials/workload-identity-tokens",
    issuer="{host}",
    issuer_from=issuer_from,
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "As with HCP Terraform. AWS must be able to reach the server's discovery document and its"
        " keys."
    ),
    read_on="2026-11-23",
    verified=(
        "HashiCorp's page says that the issuer is the server's own URL and that the "
        "subjects are those of HCP Terraform. Such a server cannot be recognized by its "
        "host, so no issuer is treated as one."
    ),
)


FACTS = IssuerFacts(
    audience_names="purpose",
    subjects="free",
    grammar=GRAMMAR,
    form=IssuerForm(
        job=job(PROVIDER.audience),
        job_source="https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/aws-configuration",
        job_read_on="2026-11-30",
        any_host=True,
    ),
    why_not={
        "client": "No issuer is known to belong to such a server.",
        "wide_parts": "No issuer is known to belong to such a server.",
    },
)
