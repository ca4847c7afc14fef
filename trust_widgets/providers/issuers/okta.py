"""Okta: people who signed in to an application, and applications with a token of their own.

https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts

_ID = Part(
    "id",
    "the Okta user or application {}",
    "any Okta user or application",
    "[A-Za-z0-9]",
    "00u1abcd2EFGH3ijk4x7",
    noun="ID",
)
_NAME = Part("login", "login {}", "any login", r"[^@*?\s\x00-\x1f\x7f]", "octo-user")
_DOMAIN = Part("domain", "domain {}", "any domain", r"[A-Za-z0-9.-]", "octo.example")

GRAMMAR = Grammar(
    forms=(
        Form("id", "{id}", "{id}", "of a person in an ID token, or of an application"),
        Form(
            "login",
            "{login}@{domain}",
            "the Okta user with {login} in {domain}",
            "of a person in an access token",
        ),
    ),
    parts=(_ID, _NAME, _DOMAIN),
    everything="any user or application of the Okta organization",
    several_fault="subject_any",
)
_ORGANIZATION = Question(
    "Organization",
    "Host of your Okta organization.",
    "octo-org.okta.com",
    r"[a-z0-9-]{1,63}\.(okta|okta-emea|oktapreview)\.com",
    "An organization is its host, like octo-org.okta.com.",
)
_SERVER = Question(
    "Authorization server",
    "Only for a custom authorization server.",
    "default",
    "[A-Za-z0-9]{1,40}",
    "The ID of an authorization server has letters and digits, like default.",
    optional=True,
)
_KINDS = {"id": "An ID", "login": "A login"}


def issuer_from(
    organization: Annotated[str, _ORGANIZATION], server: Annotated[str, _SERVER] = ""
) -> str:
    """The issuer of an organization, or of a custom authorization server in it.

    Example:
        >>> issuer_from("octo-org.okta.com"), issuer_from("octo-org.okta.com", "default")
        ('octo-org.okta.com', 'octo-org.okta.com/oauth2/default')
    """
    if server:
        return f"{organization}/oauth2/{server}"
    return organization


def subject(
    kind: Annotated[Literal["id", "login"], Question("The subject is", choices=_KINDS)] = "id",
    id: Annotated[
        str, asked(_ID, "Id", "letters and digits", "id", help="ID of a user, or a client ID.")
    ] = "",
    login: Annotated[str, asked(_NAME, "Login", "the part before the @", "login")] = "",
    domain: Annotated[str, asked(_DOMAIN, "Domain", "letters, digits, - and .", "login")] = "",
) -> str:
    """The subject of a token.

    Example:
        >>> (
        ...     subject(id="00u1abcd2EFGH3ijk4x7"),
        ...     subject("login", login="octo-user", domain="octo.example"),
        ... )
        ('00u1abcd2EFGH3ijk4x7', 'octo-user@octo.example')
    """
    return build(GRAMMAR, kind, id=id, login=login, domain=domain)


_OWN = re.compile(
    r"[a-z0-9-]+\.(okta|okta-emea|oktapreview)\.com(/oauth2/[a-z0-9]+)?", re.IGNORECASE
)


def _issuer_answers(issuer: str, audience: str) -> dict[str, str]:
    organization, _, server = issuer.partition("/oauth2/")
    return {"organization": organization, "server": server}


PROVIDER = Provider(
    title="Okta",
    owns=lambda issuer: _OWN.fullmatch(issuer) is not None,
    audience="",
    read=GRAMMAR.read,
    source="https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/",
    issuer="{organization}",
    issuer_from=issuer_from,
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "The audience of an ID token is the application's client ID, that of an access "
        "token is set in the custom authorization server. Access tokens of the "
        "organization's own server are for Okta only."
    ),
    read_on="2026-11-23",
    verified=(
        "Okta's page says that no one else can check access tokens of the "
        "organization's own server. The subjects are known from other people's tokens; "
        "a custom server's subject can be mapped to something else, which is then not "
        "read. An organization with a custom domain cannot be recognized by its issuer."
    ),
)

_AUDIENCE = Question(
    "Audience",
    "The application's client ID, or the audience of a custom authorization server.",
    "0oa1abcd2EFGH3ijk4x7",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "An audience has no spaces or wildcards, like 0oa1abcd2EFGH3ijk4x7.",
)

FACTS = IssuerFacts(
    # Many applications have tokens of one organization.
    audience_names="application",
    subjects="free",
    grammar=GRAMMAR,
    wide_parts={"subject": ANY, "id": ANY, "login": ANY, "domain": ANY},
    form=IssuerForm(audience=_AUDIENCE, issuer_answers=_issuer_answers),
)
