"""Fly.io: a token for each machine that asks for one, whose subject says its organization, app and
name.

https://fly.io/docs/security/openid-connect/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, EVERYTHING, IssuerFacts, WidePart
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked
from trust_widgets.text.quoting import toml

_NAME, _NAMED = "[a-z0-9-]", "lower case letters, digits and -"
_ORGANIZATION = Part(
    "organization", "organization {}", "any organization", _NAME, "octo-org", "octo-evil"
)
_APP = Part("app", "app {}", "any app", _NAME, "shop")
_MACHINE = Part(
    "machine",
    "the Fly.io machine {}",
    "any Fly.io machine",
    _NAME,
    "weathered-moon-1234",
    free=True,
)

GRAMMAR = Grammar(
    forms=(
        Form(
            "machine",
            "{organization}:{app}:{machine}",
            "{machine} of {app} of {organization}",
            "of each machine",
        ),
    ),
    parts=(_ORGANIZATION, _APP, _MACHINE),
    everything="any Fly.io machine",
)
_SLUG = asked(
    _ORGANIZATION,
    "Organization",
    _NAMED,
    help=("Slug of the organization, as `fly orgs list` shows it."),
)


def issuer_from(organization: Annotated[str, _SLUG]) -> str:
    """The issuer of an organization.

    Example:
        >>> issuer_from("octo-org")
        'oidc.fly.io/octo-org'
    """
    return f"oidc.fly.io/{organization}"


def subject(
    organization: Annotated[str, _SLUG],
    app: Annotated[str, asked(_APP, "App", _NAMED)],
    machine: Annotated[str, asked(_MACHINE, "Machine", _NAMED, help="Different for each machine.")],
) -> str:
    """The subject of a machine's token.

    Example:
        >>> subject("octo-org", "shop", "weathered-moon-1234")
        'octo-org:shop:weathered-moon-1234'
    """
    return GRAMMAR.build("machine", organization=organization, app=app, machine=machine)


def _correct_subjects(text: str) -> Iterator[str]:
    """With colons in place of slashes."""
    yield text.replace("/", ":")


PROVIDER = Provider(
    title="Fly.io",
    owns=lambda issuer: (
        re.fullmatch(r"oidc\.fly\.io/[a-z0-9-]+", issuer, re.IGNORECASE) is not None
    ),
    audience="sts.amazonaws.com",
    read=GRAMMAR.read,
    source="https://fly.io/docs/security/openid-connect/",
    issuer="oidc.fly.io/{organization}",
    issuer_from=issuer_from,
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "With the variable AWS_ROLE_ARN set, a machine gets a token for sts.amazonaws.com by"
        " itself."
    ),
    read_on="2026-11-30",
    verified=(
        "The issuer, the audience and the subject are known from public repositories of "
        "2026 and from memory of Fly.io's page. Which characters names can have is not "
        "verified."
    ),
)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://fly.io/docs/security/openid-connect/, read on 2026-11-30."""
    text = "[env]\n" + toml.document({"AWS_ROLE_ARN": job.role_arn})
    note = (
        "Add this to fly.toml. With the variable set, a machine gets its token and the AWS SDKs "
        "find it by themselves."
    )
    return (JobFile("The app", note, "fly.toml", text),)


FACTS = IssuerFacts(
    audience_names="purpose",
    client="Fly.io's init",
    # Three parts are certain; the characters of a name are not.
    subjects="form",
    possible=GRAMMAR.with_any_names("[^:/]"),
    customer_part="organization",
    grammar=GRAMMAR,
    form=IssuerForm(
        job=_job,
        job_source="https://fly.io/docs/security/openid-connect/",
        job_read_on="2026-11-30",
    ),
    wide_parts={
        "everything": EVERYTHING,
        "organization": ANY,
        "app": WidePart(noun="the app"),
    },
    correct_subjects=_correct_subjects,
)
