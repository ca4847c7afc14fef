"""Amazon Cognito identity pools: the users of an app, signed in or not, each with its own identity.

https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.aws.oidc_issuers import COGNITO, cognito_host
from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import GuestTokens, IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked
from trust_widgets.text.quoting.shell import command

_REGION = Part("region", "{}", "any region", "[a-z0-9-]", "us-east-1")
_IDENTITY = Part(
    "identity",
    "the Cognito identity {}",
    "any Cognito identity",
    "[0-9a-f-]",
    "11112222-3333-4444-5555-666677778888",
    "99998888-7777-6666-5555-444433332222",
    least=36,
    most=36,
    rule="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    noun="ID",
)
GRAMMAR = Grammar(
    forms=(
        Form(
            "identity",
            "{region}:{identity}",
            "{identity} in {region}",
            "of each user of an identity pool",
        ),
    ),
    parts=(_REGION, _IDENTITY),
    everything="any Cognito identity of any pool",
)


_POOL = Question(
    "Identity pool",
    "ID of the pool: a Region and a UUID.",
    f"{_REGION.example}:1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d",
    "[a-z0-9-]+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    f"Write the ID of a pool like {_REGION.example}:1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d.",
)


def issuer_from(pool: Annotated[str, _POOL]) -> str:
    """The host that issues the tokens of an identity pool, by the pool's region.

    Example:
        >>> issuer_from("eu-west-1:1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d")
        'cognito-identity.amazonaws.com'
    """
    return cognito_host(pool)


def subject(
    region: Annotated[str, asked(_REGION, "Region", "lower case letters, digits and -")],
    identity: Annotated[str, asked(_IDENTITY, "Identity", "a UUID")],
) -> str:
    """The subject of a user's token: the identity's ID.

    Example:
        >>> subject("us-east-1", "11112222-3333-4444-5555-666677778888")
        'us-east-1:11112222-3333-4444-5555-666677778888'
    """
    return GRAMMAR.build("identity", region=region, identity=identity)


def _issuer_answers(issuer: str, pool: str) -> dict[str, str] | None:
    if cognito_host(pool) == issuer:
        return {"pool": pool}
    return None


PROVIDER = Provider(
    title="Amazon Cognito",
    owns=lambda issuer: issuer.lower() in COGNITO,
    audience="",
    read=GRAMMAR.read,
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html",
    issuer=COGNITO[0],
    issuer_from=issuer_from,
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "AWS has this provider built in. The audience is the ID of the identity pool: a "
        "Region and a UUID. Only the audience separates your users from those of other "
        "pools. The key amr contains authenticated, with the names of providers, or "
        "unauthenticated. Add a condition on it with ForAnyValue:StringLike."
    ),
    read_on="2026-11-29",
    verified=(
        "The keys and what they hold are in AWS's pages. Whether a role that is given by attributes"
        " for access control needs sts:TagSession is not verified."
    ),
)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://docs.aws.amazon.com/cli/latest/reference/cognito-identity/set-identity-pool-roles.html"""
    who = "unauthenticated" if job.answers.get("guests") == "guests" else "authenticated"
    options = {"--identity-pool-id": job.audience, "--roles": f"{who}={job.role_arn}"}
    text = command(("aws", "cognito-identity", "set-identity-pool-roles"), options)
    note = (
        "Gives the role to the pool's users. It may remove roles that the command does not name: "
        "name both the authenticated and the unauthenticated role if the pool has both."
    )
    return (JobFile("The identity pool", note, "set-roles.sh", f"{text}\n"),)


# AWS has this issuer built in; what its conditions name is an application, not a subject.
FACTS = IssuerFacts(
    audience_names="customer",
    subjects="free",
    grammar=GRAMMAR,
    app_claims=("aud",),
    # https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
    guests=GuestTokens(
        claim="amr",
        value="unauthenticated",
        signed_in="authenticated",
        subject="us-east-1:00000000-0000-4000-8000-000000000000",
    ),
    form=IssuerForm(
        job=_job,
        job_source="https://docs.aws.amazon.com/cli/latest/reference/cognito-identity/set-identity-pool-roles.html",
        job_read_on="2026-11-30",
        issuer_answers=_issuer_answers,
        audience_is_of_issuer=True,
        audience_from=lambda answers: answers.get("pool", ""),
    ),
    why_not={
        "audience_of_customer": "The issuer does not name the pool.",
        "wide_parts": (
            "The condition names an application, and any of its users can assume the role."
        ),
    },
)
