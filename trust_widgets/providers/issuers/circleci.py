"""CircleCI: a token for each job, whose subject says the project, the user, and in its second form
the git ref.

https://circleci.com/docs/openid-connect-tokens/
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from trust_widgets.providers import Provider
from trust_widgets.providers.claim_values import WHOLE, ClaimValues
from trust_widgets.providers.facts import IssuerFacts, WidePart
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked
from trust_widgets.text.quoting import yaml

_ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

_HEX = "[0-9a-f]"
PROJECT_CLAIM = "oidc.circleci.com/project-id"


def _part(name: str, words: str, example: str, *, free: bool = False) -> Part:
    made = f"{words} {{}}", f"any {words}", "[0-9a-f-]", example
    return Part(name, *made, least=36, most=36, rule=_ID, noun="ID", free=free)


# The issuer is the organization's own, so that no other organization can be meant.
_ORGANIZATION = _part(
    "organization", "organization", "11111111-2222-4333-8444-555555555555", free=True
)
_PROJECT = _part("project", "project", "22222222-3333-4444-8555-666666666666")
_USER = _part("user", "user", "33333333-4444-4555-8666-777777777777", free=True)
_BETWEEN = ("vcs-origin/", "vcs-ref/")
_ORIGIN = Part(
    "origin",
    "repository {}",
    "any repository",
    r"[\w./:@~-]",
    "github.com/octo-org/app",
    never=_BETWEEN,
    free=True,
)
_REF = Part("ref", "{}", "any ref", r"[^\s:~^?*\\\[]", "refs/heads/main", never=_BETWEEN, free=True)
GRAMMAR = Grammar(
    forms=(
        Form(
            "job",
            "org/{organization}/project/{project}/user/{user}[/vcs-origin/{origin}/vcs-ref/{ref}]",
            "CircleCI jobs of {project}[ on {ref} of {origin}] started by {user}",
            "with repository and ref in CIRCLE_OIDC_TOKEN_V2, if a change in a "
            "repository started it",
        ),
    ),
    parts=(_ORGANIZATION, _PROJECT, _USER, _ORIGIN, _REF),
    everything="any CircleCI job of the organization",
)
_MADE_OF = "an ID of 36 characters"
_ASKED_ORIGIN = replace(
    asked(_ORIGIN, "Repository", "its host and path"), optional=True, beside="ref"
)
_ASKED_REF = replace(
    asked(_REF, "Git ref", "a ref without spaces and colons"), optional=True, beside="origin"
)


def issuer_from(
    organization: Annotated[str, asked(_ORGANIZATION, "Organization", _MADE_OF)],
) -> str:
    """The issuer of an organization.

    Example:
        >>> issuer_from("11111111-2222-4333-8444-555555555555")
        'oidc.circleci.com/org/11111111-2222-4333-8444-555555555555'
    """
    return f"oidc.circleci.com/org/{organization}"


def subject(
    organization: Annotated[
        str, asked(_ORGANIZATION, "Organization", _MADE_OF, help="The settings show the ID.")
    ],
    project: Annotated[str, asked(_PROJECT, "Project", _MADE_OF, help="The settings show the ID.")],
    user: Annotated[str, asked(_USER, "User", _MADE_OF, help="The user who started the job.")],
    origin: Annotated[str, _ASKED_ORIGIN] = "",
    ref: Annotated[str, _ASKED_REF] = "",
) -> str:
    """The subject of a job's token; with repository and ref that of CIRCLE_OIDC_TOKEN_V2."""
    return GRAMMAR.build(
        "job", organization=organization, project=project, user=user, origin=origin, ref=ref
    )


def usual_audience(organization: str) -> str:
    """The audience of an organization's tokens: its ID."""
    return organization


PROVIDER = Provider(
    title="CircleCI",
    owns=lambda issuer: (
        re.fullmatch(rf"oidc\.circleci\.com/org/{_ID}", issuer, re.IGNORECASE) is not None
    ),
    audience="",
    read=GRAMMAR.read,
    source="https://circleci.com/docs/openid-connect-tokens/",
    issuer="oidc.circleci.com/org/{organization}",
    issuer_from=issuer_from,
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "Jobs find tokens in CIRCLE_OIDC_TOKEN and CIRCLE_OIDC_TOKEN_V2; their audience is the"
        " organization's ID."
    ),
    read_on="2026-11-29",
    verified=(
        "Issuer, audience and both forms of the subject are in CircleCI's pages. Git "
        "refs that contain vcs-ref/ themselves are not supported."
    ),
)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://circleci.com/docs/openid-connect-tokens/, read on 2026-11-30."""
    is_first_form = job.answers.get("user") and not job.answers.get("ref")
    token = "CIRCLE_OIDC_TOKEN" if is_first_form else "CIRCLE_OIDC_TOKEN_V2"
    steps = [
        "checkout",
        {"run": f'printf %s "${token}" > "$AWS_WEB_IDENTITY_TOKEN_FILE"'},
        {"run": "aws sts get-caller-identity"},
    ]
    deploy = {
        "docker": [{"image": "cimg/aws:2025.01"}],
        "environment": {
            "AWS_ROLE_ARN": job.role_arn,
            "AWS_WEB_IDENTITY_TOKEN_FILE": "/tmp/web-identity-token",
        },
        "steps": steps,
    }
    config = {
        "version": "2.1",
        "jobs": {"deploy": deploy},
        "workflows": {"deploy": {"jobs": ["deploy"]}},
    }
    note = (
        "Save this as .circleci/config.yml; any image with the AWS CLI will do. Where the job has "
        "no token, give it a context."
    )
    return (JobFile("The job", note, "config.yml", yaml.value(config) + "\n"),)


FACTS = IssuerFacts(
    audience_names="customer",
    audience_of_customer=usual_audience,
    # The forms are in CircleCI's page, but not which characters a name may have.
    subjects="form",
    possible=GRAMMAR.with_any_names("[^/]"),
    customer_part="organization",
    grammar=GRAMMAR,
    form=IssuerForm(
        job=_job,
        job_source="https://circleci.com/docs/openid-connect-tokens/",
        job_read_on="2026-11-30",
    ),
    claim_values={
        PROJECT_CLAIM: ClaimValues(
            example=_PROJECT.example,
            forms=("-".join(_HEX * length for length in (8, 4, 4, 4, 12)),),
            words="the ID of a project",
            whose=WHOLE,
        )
    },
    wide_parts={"project": WidePart(closed_by=(PROJECT_CLAIM,))},
    why_not={
        "correct_subjects": "No common mistake is known.",
        "subject_claims": "The project is in both; that they agree is not used yet.",
    },
)
