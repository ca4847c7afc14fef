"""Auth0: people who signed in at a tenant, and applications with a token of their own.

https://auth0.com/docs/secure/tokens/access-tokens
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm
from trust_widgets.providers.issuers._auth0 import TENANT
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts

_CONNECTION = Part("connection", "connection {}", "any connection", "[A-Za-z0-9-]", "auth0")
_USER = Part(
    "user", "user {}", "any user", r"[^*?\s\x00-\x1f\x7f]", "5f7c8ec7c33c6c004bbafe82", noun="ID"
)
_CLIENT = Part(
    "client",
    "application {}",
    "any application",
    "[A-Za-z0-9_-]",
    "Zk3mPq7RtXw2Yb9L",
    noun="client ID",
)

GRAMMAR = Grammar(
    forms=(
        Form(
            "user",
            "{connection}|{user}",
            "Auth0's {user} of {connection}",
            "of a person who signed in",
        ),
        Form(
            "application",
            "{client}@clients",
            "Auth0's {client}",
            "of an application, by client credentials",
        ),
    ),
    parts=(_CONNECTION, _USER, _CLIENT),
    everything="any user or application of the Auth0 tenant",
    several_fault="subject_any",
)
_KINDS = {"user": "A person", "application": "An application"}


def issuer_from(tenant: Annotated[str, TENANT]) -> str:
    """A tenant's issuer.

    The slash at its end is part of it, in the provider's ARN and in condition keys too.

    Example:
        >>> issuer_from("octo-org.eu")
        'octo-org.eu.auth0.com/'
    """
    return f"{tenant}.auth0.com/"


def subject(
    kind: Annotated[
        Literal["user", "application"], Question("Tokens of", choices=_KINDS)
    ] = "application",
    connection: Annotated[
        str, asked(_CONNECTION, "Connection", "letters, digits and -", "user")
    ] = "auth0",
    user: Annotated[str, asked(_USER, "User", "an ID without spaces", "user")] = "",
    client: Annotated[
        str, asked(_CLIENT, "Client ID", "letters, digits, - and _", "application")
    ] = "",
) -> str:
    """The subject of a token.

    Example:
        >>> subject(client="Zk3mPq7RtXw2Yb9L"), subject("user", user="5f7c8ec7")
        ('Zk3mPq7RtXw2Yb9L@clients', 'auth0|5f7c8ec7')
    """
    return build(GRAMMAR, kind, connection=connection, user=user, client=client)


PROVIDER = Provider(
    title="Auth0",
    owns=lambda issuer: (
        re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)?\.auth0\.com/?", issuer, re.IGNORECASE) is not None
    ),
    audience="",
    read=GRAMMAR.read,
    source="https://auth0.com/docs/secure/tokens/access-tokens",
    issuer="{tenant}.auth0.com/",
    issuer_from=issuer_from,
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "The issuer ends with a slash. An access token has azp, the client ID of the "
        "application. AWS may compare azp instead of aud."
    ),
    read_on="2026-11-23",
    verified=(
        "The issuer and the subject of an application are known from other people's "
        "tokens, and nothing of it from Auth0's own pages. A tenant with a custom "
        "domain cannot be recognized by its issuer."
    ),
)

_AUDIENCE = Question(
    "Audience",
    "The azp of the tokens, a client ID, or their aud where they have no azp.",
    "Zk3mPq7RtXw2Yb9L",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "An audience has no spaces or wildcards, like Zk3mPq7RtXw2Yb9L.",
)

FACTS = IssuerFacts(
    # Many applications have tokens of one tenant.
    audience_names="application",
    subjects="free",
    grammar=GRAMMAR,
    form=IssuerForm(
        audience=_AUDIENCE,
    ),
    # https://auth0.com/docs/secure/tokens/id-tokens/id-token-structure
    audience_is_sign_in=True,
    wide_parts={"subject": ANY, "connection": ANY, "user": ANY, "client": ANY},
)
