"""Vercel: a token for each build and function, whose subject says its team, project and
environment.

https://vercel.com/docs/oidc/reference
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, EVERYTHING, MINOR, IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked

_TEAM = Part("team", "team {}", "any team", "[a-z0-9-]", "octo-org", "octo-evil")
_PROJECT = Part("project", "project {}", "any project", "[a-z0-9._-]", "shop")
_ENVIRONMENT = Part(
    "environment", "environment {}", "any environment", "[A-Za-z0-9_-]", "production"
)

GRAMMAR = Grammar(
    forms=(
        Form(
            "environment",
            "owner:{team}:project:{project}:environment:{environment}",
            "Vercel deployments in {environment} of {project} of {team}",
            "of each build and function",
        ),
    ),
    parts=(_TEAM, _PROJECT, _ENVIRONMENT),
    everything="any Vercel deployment of any team",
)
_TEAM_NAME = asked(
    _TEAM, "Team", "lower case letters, digits and -", help="As in the URL vercel.com/TEAM."
)
_MODES = {
    "team": "Team: an issuer for the team alone",
    "global": "Global: one issuer for all of Vercel",
}


def issuer_from(
    team: Annotated[str, _TEAM_NAME],
    mode: Annotated[Literal["team", "global"], Question("Issuer mode", choices=_MODES)],
) -> str:
    """The issuer of a project's tokens, as its settings say.

    Example:
        >>> issuer_from("octo-org", "team"), issuer_from("octo-org", "global")
        ('oidc.vercel.com/octo-org', 'oidc.vercel.com')
    """
    if mode == "team":
        return f"oidc.vercel.com/{team}"
    return "oidc.vercel.com"


def subject(
    team: Annotated[str, _TEAM_NAME],
    project: Annotated[str, asked(_PROJECT, "Project", "lower case letters, digits, - . and _")],
    environment: Annotated[
        str, asked(_ENVIRONMENT, "Environment", "letters, digits, - and _")
    ] = "production",
) -> str:
    """The subject of a deployment's token.

    Example:
        >>> subject("octo-org", "shop")
        'owner:octo-org:project:shop:environment:production'
    """
    return GRAMMAR.build("environment", team=team, project=project, environment=environment)


def usual_audience(team: str) -> str:
    """The audience of a team's tokens.

    Example:
        >>> usual_audience("octo-org")
        'https://vercel.com/octo-org'
    """
    return f"https://vercel.com/{team}"


def _issuer_answers(issuer: str, audience: str) -> dict[str, str]:
    _, slash, team = issuer.partition("/")
    if slash:
        return {"team": team, "mode": "team"}
    return {"mode": "global"}


PROVIDER = Provider(
    title="Vercel",
    owns=lambda issuer: (
        re.fullmatch(r"oidc\.vercel\.com(/[a-z0-9-]+)?", issuer, re.IGNORECASE) is not None
    ),
    audience="",
    read=GRAMMAR.read,
    source="https://vercel.com/docs/oidc/reference",
    issuer="oidc.vercel.com/{team}",
    issuer_from=issuer_from,
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "Turn on OIDC federation in the project's settings, in team mode. The audience is"
        " https://vercel.com/ and the team's name. Names of teams and projects can be changed, and"
        " the subject changes with them."
    ),
    read_on="2026-11-29",
    verified=(
        "Both issuers, the audience and the subject are in Vercel's pages. Which "
        "characters names can have is not verified. AWS requires the audience only for "
        "the global issuer. A team's own issuer is not shared. Others report that a function "
        "can request another audience."
    ),
)

_CLIENT = """import { awsCredentialsProvider } from "@vercel/oidc-aws-credentials-provider";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const client = new STSClient({
  region: "us-east-1",
  credentials: awsCredentialsProvider({ roleArn: process.env.AWS_ROLE_ARN! }),
});

export const whoAmI = () => client.send(new GetCallerIdentityCommand({}));
"""


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://vercel.com/docs/oidc/reference, read on 2026-11-30."""
    note = (
        f"Set the environment variable AWS_ROLE_ARN of the project to {job.role_arn}, and turn on "
        "OIDC federation in its settings."
    )
    return (JobFile("The function", note, "aws.ts", _CLIENT),)


FACTS = IssuerFacts(
    audience_names="customer",
    audience_of_customer=usual_audience,
    # Of October 2026, from public repositories; Vercel's page does not say whose it may be.
    audience_may_be_chosen=True,
    # The form is in Vercel's page, but not which characters a name may have.
    subjects="form",
    possible=GRAMMAR.with_any_names("[^:]"),
    customer_part="team",
    grammar=GRAMMAR,
    wide_parts={"everything": EVERYTHING, "team": ANY, "project": ANY, "environment": MINOR},
    form=IssuerForm(
        job=_job,
        job_source="https://vercel.com/docs/oidc/reference",
        job_read_on="2026-11-30",
        issuer_answers=_issuer_answers,
    ),
    why_not={
        "correct_subjects": "No common mistake is known.",
    },
)
