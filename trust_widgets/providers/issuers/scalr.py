"""Scalr: a token for each run, whose subject says its account, environment and workspace.

https://docs.scalr.io/docs/aws
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, EVERYTHING, IssuerFacts, WidePart
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.beginnings import beginning
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked
from trust_widgets.text.quoting import hcl

_NAME, _NAMED = r"[^:*?\x00-\x1f\x7f]", "anything without colons"
_ACCOUNT = Part("account", "account {}", "any account", "[A-Za-z0-9_-]", "octo-org", "octo-evil")
_ENVIRONMENT = Part(
    "environment", "environment {}", "any environment", _NAME, "production", rule=r"\S(?:.*\S)?"
)
_WORKSPACE = Part("workspace", "workspace {}", "any workspace", _NAME, "shop", rule=r"\S(?:.*\S)?")

GRAMMAR = Grammar(
    forms=(
        Form(
            "workspace",
            "account:{account}:environment:{environment}:workspace:{workspace}",
            "Scalr runs of {workspace} in {environment} of {account}",
            "of each run of a workspace",
        ),
    ),
    parts=(_ACCOUNT, _ENVIRONMENT, _WORKSPACE),
    everything="any Scalr run of any account",
)


def subject(
    account: Annotated[
        str,
        asked(
            _ACCOUNT,
            "Account",
            "letters, digits, - and _",
            help="Name of the account, as in its host.",
        ),
    ],
    environment: Annotated[str, asked(_ENVIRONMENT, "Environment", _NAMED)],
    workspace: Annotated[str, asked(_WORKSPACE, "Workspace", _NAMED)],
) -> str:
    """The subject of a run's token.

    Example:
        >>> subject("octo-org", "production", "shop")
        'account:octo-org:environment:production:workspace:shop'
    """
    return GRAMMAR.build("workspace", account=account, environment=environment, workspace=workspace)


PROVIDER = Provider(
    title="Scalr",
    owns=lambda issuer: issuer.lower() == "scalr.io",
    audience="",
    read=GRAMMAR.read,
    source="https://docs.scalr.io/docs/aws",
    issuer="scalr.io",
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "You choose the audience. It must be the same in AWS and in Scalr's provider configuration."
    ),
    read_on="2026-11-30",
    verified=(
        "The issuer and the subject are in Scalr's page. Which characters names can "
        "have is not verified."
    ),
)

_AUDIENCE = Question(
    "Audience",
    "Any text: use the same in Scalr's provider configuration.",
    "aws.scalr-run-workload",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "An audience has no spaces or wildcards, like aws.scalr-run-workload.",
)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://docs.scalr.io/docs/provider_resource_scalr_provider_configuration, read on
    2026-11-30."""
    aws = {"credentials_type": "oidc", "role_arn": job.role_arn, "audience": job.audience}
    body = {"name": "aws", "account_id": "SCALR_ACCOUNT_ID"}
    outer = hcl.block("resource", ("scalr_provider_configuration", "aws"), body)
    text = hcl.nested(outer, [hcl.block("aws", (), aws)])
    note = (
        "Replace SCALR_ACCOUNT_ID. Then give the provider configuration to the environments and "
        "workspaces that use the role."
    )
    return (JobFile("The provider configuration", note, "scalr.tf", text),)


FACTS = IssuerFacts(
    audience_names="purpose",
    # The form is in Scalr's page; that another one never exists is certain of its beginning.
    subjects="form",
    grammar=GRAMMAR,
    form=IssuerForm(
        audience=_AUDIENCE,
        job=_job,
        job_source="https://docs.scalr.io/docs/provider_resource_scalr_provider_configuration",
        job_read_on="2026-11-30",
    ),
    possible=beginning("account:"),
    wide_parts={
        "everything": EVERYTHING,
        "account": ANY,
        "environment": WidePart(level="low"),
        # Any workspace of one environment is usual.
        "workspace": WidePart(usual_unless=("environment",)),
    },
    why_not={"correct_subjects": "No common mistake is known."},
)
