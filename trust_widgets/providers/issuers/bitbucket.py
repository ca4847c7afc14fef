"""Bitbucket Pipelines: a token for each step that asks for one, whose subject says the repository
by its number.

https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, IssuerFacts, WidePart
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked
from trust_widgets.text.quoting import yaml

_ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def _part(
    name: str, one: str, many: str, example: str, *, free: bool = False, fault: str = ""
) -> Part:
    words = one, many, "[0-9a-f-]", example
    return Part(name, *words, least=36, most=36, rule=_ID, noun="ID", free=free, fault=fault)


_REPOSITORY = _part(
    "repository", "repository {}", "any repository", "11111111-2222-4333-8444-555555555555"
)
_ENVIRONMENT = _part(
    "environment",
    "environment {}",
    "any environment",
    "22222222-3333-4444-8555-666666666666",
    fault="run_any",
)
_STEP = _part(
    "step",
    "the Bitbucket Pipelines step {}",
    "any Bitbucket Pipelines step",
    "33333333-4444-4555-8666-777777777777",
    free=True,
)
GRAMMAR = Grammar(
    forms=(
        Form(
            "step",
            "{{{repository}}}:[{{{environment}}}:]{{{step}}}",
            "{step} of {repository}[ in {environment}]",
            "with an environment when the step deploys to one",
        ),
    ),
    parts=(_REPOSITORY, _ENVIRONMENT, _STEP),
    everything="any Bitbucket Pipelines step of the workspace",
)
# What surely holds of every subject: two or three ids in braces.
_POSSIBLE = replace(
    GRAMMAR,
    parts=tuple(replace(part, chars="[0-9A-Fa-f-]", rule="", least=1) for part in GRAMMAR.parts),
)
_WORKSPACE = Question(
    "Workspace",
    "As in the URL of the workspace.",
    "octo-org",
    r"[A-Za-z0-9_-]{1,62}",
    "A workspace is letters, digits, _ and -, like octo-org.",
)
_MADE_OF = "an ID of 36 characters, without braces"


def issuer_from(workspace: Annotated[str, _WORKSPACE]) -> str:
    """The issuer of a workspace.

    Example:
        >>> issuer_from("octo-org")
        'api.bitbucket.org/2.0/workspaces/octo-org/pipelines-config/identity/oidc'
    """
    return f"api.bitbucket.org/2.0/workspaces/{workspace}/pipelines-config/identity/oidc"


def subject(
    repository: Annotated[
        str,
        asked(
            _REPOSITORY,
            "Repository",
            _MADE_OF,
            help="In the repository settings, under OpenID Connect.",
        ),
    ],
    step: Annotated[str, asked(_STEP, "Step", _MADE_OF, help="Different for each run of a step.")],
    environment: Annotated[
        str, replace(asked(_ENVIRONMENT, "Environment", _MADE_OF), optional=True)
    ] = "",
) -> str:
    """The subject of a step's token."""
    return GRAMMAR.build("step", repository=repository, step=step, environment=environment)


_WORKSPACE_ID = re.compile(rf"ari:cloud:bitbucket::workspace/({_ID})")


def _correct_subjects(text: str) -> Iterator[str]:
    """With each ID in braces."""
    yield re.sub(rf"[{{]?({_ID})[}}]?", r"{\1}", text)


def never_with_audience(audience: str) -> str:
    """Subjects that begin with the ID of the workspace, which no repository has.

    Example:
        >>> never_with_audience(
        ...     "ari:cloud:bitbucket::workspace/11111111-2222-4333-8444-555555555555"
        ... )
        '{11111111-2222-4333-8444-555555555555}:*'
    """
    found = _WORKSPACE_ID.fullmatch(audience)
    return f"{{{found[1]}}}:*" if found else ""


PROVIDER = Provider(
    title="Bitbucket Pipelines",
    owns=lambda issuer: (
        re.fullmatch(
            r"api\.bitbucket\.org/2\.0/workspaces/[^/]+/pipelines-config/identity/oidc",
            issuer,
            re.IGNORECASE,
        )
        is not None
    ),
    audience="",
    read=GRAMMAR.read,
    source="https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/",
    issuer="api.bitbucket.org/2.0/workspaces/{workspace}/pipelines-config/identity/oidc",
    issuer_from=issuer_from,
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "A step gets a token with `oidc: true` in bitbucket-pipelines.yml. The "
        "repository settings, under OpenID Connect, show the issuer and the audience, "
        "ari:cloud:bitbucket::workspace/ and the workspace's ID."
    ),
    read_on="2026-11-30",
    verified=(
        "The start of Atlassian's page was read: the variable with the token, and where the issuer"
        " and the audience are shown. That a subject begins with the repository's ID in braces, and"
        " that the environment's comes before the step's, is in other people's code. Atlassian's"
        " blog says that a step can request other audiences."
    ),
)

_AUDIENCE = Question(
    "Audience",
    "The repository's settings show it, at OpenID Connect.",
    "ari:cloud:bitbucket::workspace/44444444-5555-4666-8777-888888888888",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "An audience is like ari:cloud:bitbucket::workspace/44444444-5555-4666-8777-888888888888.",
)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://support.atlassian.com/bitbucket-cloud/docs/
    deploy-on-aws-using-bitbucket-pipelines-openid-connect/, read on 2026-11-30."""
    script = [
        f"export AWS_ROLE_ARN={job.role_arn}",
        "export AWS_WEB_IDENTITY_TOKEN_FILE=$(pwd)/web-identity-token",
        'printf %s "$BITBUCKET_STEP_OIDC_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"',
        "aws sts get-caller-identity",
    ]
    token: object = True
    if _WORKSPACE_ID.fullmatch(job.audience) is None:
        # https://www.atlassian.com/blog/bitbucket/bitbucket-pipelines-oidc-now-supports-multiple-audiences
        token = {"audiences": [job.audience]}
    step: dict[str, object] = {"name": "Deploy", "oidc": token}
    note = "Save this as bitbucket-pipelines.yml."
    if job.answers.get("environment"):
        step["deployment"] = "ENVIRONMENT"
        note += " Replace ENVIRONMENT with the name of the environment whose ID the role accepts."
    config = {
        "image": "amazon/aws-cli",
        "pipelines": {"default": [{"step": {**step, "script": script}}]},
    }
    return (JobFile("The pipeline", note, "bitbucket-pipelines.yml", yaml.value(config) + "\n"),)


FACTS = IssuerFacts(
    audience_names="customer",
    # Every source shows the ids in braces; which ids follow the repository's, not all.
    subjects="form",
    grammar=GRAMMAR,
    form=IssuerForm(
        audience=_AUDIENCE,
        job=_job,
        job_source="https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/",
        job_read_on="2026-11-30",
    ),
    possible=_POSSIBLE,
    never_with_audience=never_with_audience,
    correct_subjects=_correct_subjects,
    wide_parts={
        "repository": ANY,
        # Atlassian's page asks for the repository alone, whatever step of it runs.
        "run": WidePart(noun="the runs to allow", usual_unless=()),
    },
    why_not={
        "audience_of_customer": "It contains the ID of the workspace. The issuer contains the name."
    },
)
