"""Microsoft Entra ID: managed identities and applications of a tenant, and people who signed in to
one.

https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm
from trust_widgets.providers.issuers._entra import GUID, MICROSOFTS_OWN
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts

_OBJECT = Part(
    "object_id",
    "the Entra ID application or managed identity {}",
    "any Entra ID application or managed identity",
    "[0-9a-f-]",
    "11112222-3333-4444-5555-666677778888",
    least=36,
    most=36,
    rule=GUID,
    noun="object ID",
)
_PERSON = Part(
    "person",
    "the Entra ID user {}",
    "any Entra ID user",
    "[A-Za-z0-9_-]",
    "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
    least=43,
    most=43,
    noun="ID for this application",
)
GRAMMAR = Grammar(
    forms=(
        Form(
            "application",
            "{object_id}",
            "{object_id}",
            "of an application or a managed identity, its object ID",
        ),
        Form("person", "{person}", "{person}", "of a person, another one for each application"),
    ),
    parts=(_OBJECT, _PERSON),
    everything="any application or user of the Entra ID tenant",
    several_fault="subject_any",
)
_TENANT = Question(
    "Tenant",
    "Directory (tenant) ID.",
    "99998888-7777-6666-5555-444433332222",
    GUID,
    "A tenant is a UUID, like 99998888-7777-6666-5555-444433332222.",
)
_VERSIONS = {"v1": "1.0, for audiences like api://…", "v2": "2.0, for client IDs"}
_KINDS = {"application": "An application or managed identity", "person": "A person"}


def issuer_from(
    tenant: Annotated[str, _TENANT],
    version: Annotated[
        Literal["v1", "v2"], Question("Version of its tokens", choices=_VERSIONS)
    ] = "v1",
) -> str:
    """A tenant's issuer.

    That of version 1.0 ends in a slash, in the provider's ARN and in condition keys too.

    Example:
        >>> issuer_from("99998888-7777-6666-5555-444433332222")
        'sts.windows.net/99998888-7777-6666-5555-444433332222/'
    """
    if version == "v1":
        return f"sts.windows.net/{tenant}/"
    return f"login.microsoftonline.com/{tenant}/v2.0"


def subject(
    kind: Annotated[
        Literal["application", "person"], Question("Tokens of", choices=_KINDS)
    ] = "application",
    object_id: Annotated[str, asked(_OBJECT, "Object ID", "a UUID", "application")] = "",
    person: Annotated[str, asked(_PERSON, "Subject", "43 letters, digits, - and _", "person")] = "",
) -> str:
    """The subject of a token.

    Example:
        >>> subject(object_id="11112222-3333-4444-5555-666677778888")
        '11112222-3333-4444-5555-666677778888'
    """
    return build(GRAMMAR, kind, object_id=object_id, person=person)


_OWN = re.compile(
    rf"sts\.windows\.net/(?!{'|'.join(MICROSOFTS_OWN)}){GUID}/?"
    rf"|login\.microsoftonline\.com/{GUID}/v2\.0",
    re.IGNORECASE,
)


def _issuer_answers(issuer: str, audience: str) -> dict[str, str]:
    host, tenant, *_ = issuer.split("/")
    return {"tenant": tenant, "version": "v1" if host == "sts.windows.net" else "v2"}


PROVIDER = Provider(
    title="Microsoft Entra ID",
    owns=lambda issuer: _OWN.fullmatch(issuer) is not None,
    audience="",
    read=GRAMMAR.read,
    source="https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference",
    issuer="sts.windows.net/{tenant}/",
    issuer_from=issuer_from,
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "In tokens of version 1.0, the audience is the URI of the API, like api://…. In "
        "tokens of version 2.0, it is the client ID of the API. A token of version 2.0 "
        "has azp, the ID of the client. AWS may compare azp instead of aud."
    ),
    read_on="2026-11-23",
    verified=(
        "What audience, issuer and azp hold is in Microsoft's page, and that a person has another"
        " subject for each application. That an application's is its object ID is known from other"
        " people's trust policies. How long a person's is, and the issuers of national clouds, are"
        " not verified."
    ),
)

_AUDIENCE = Question(
    "Audience",
    "Version 1.0: the URI of the API. Version 2.0: its client ID, or the azp of the tokens.",
    "api://octo-aws",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "An audience has no spaces or wildcards, like api://octo-aws.",
)

FACTS = IssuerFacts(
    # Many applications have tokens of one tenant.
    audience_names="application",
    subjects="free",
    grammar=GRAMMAR,
    wide_parts={"subject": ANY, "object_id": ANY, "person": ANY},
    form=IssuerForm(audience=_AUDIENCE, issuer_answers=_issuer_answers),
)
