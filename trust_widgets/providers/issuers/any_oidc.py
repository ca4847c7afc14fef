"""Any other issuer of OIDC tokens, of which only the standard is known: a subject is some text.

https://openid.net/specs/openid-connect-core-1_0.html#IDToken
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, IssuerFacts
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked

_SUBJECT = Part(
    "sub",
    "the subject {}",
    "any subject",
    r"[^*?\x00-\x1f\x7f]",
    "project:app:branch:main",
    most=255,
    rule=r"\S(?:.*\S)?",
    noun="text",
)
GRAMMAR = Grammar(
    forms=(Form("subject", "{sub}", "holders of a token with {sub}", "of every token"),),
    parts=(_SUBJECT,),
    everything="every holder of a token of this issuer",
)
_ISSUER = Question(
    "Issuer",
    "The iss claim of its tokens. A trailing slash matters.",
    "idp.octo.example/tenant",
    # https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
    r"(https://)?[0-9A-Za-z-]+([.][0-9A-Za-z-]+)+(/[\w.~%@+/-]{0,200})?",
    "An issuer is a host and a path, without port or query, like idp.octo.example/tenant.",
)


def issuer_from(issuer: Annotated[str, _ISSUER]) -> str:
    """The issuer as AWS writes it, without `https://`.

    Example:
        >>> issuer_from("https://idp.octo.example/tenant")
        'idp.octo.example/tenant'
    """
    return issuer.removeprefix("https://")


def subject(
    sub: Annotated[str, asked(_SUBJECT, "Subject", "at most 255 characters, without * and ?")],
) -> str:
    """The subject of a token: as the issuer says.

    Example:
        >>> subject("project:app:branch:main")
        'project:app:branch:main'
    """
    return GRAMMAR.build("subject", sub=sub)


PROVIDER = Provider(
    title="Another OIDC issuer",
    # It takes none, so that an issuer which nobody knows stays unknown.
    owns=lambda issuer: False,
    audience="",
    read=GRAMMAR.read,
    source="https://openid.net/specs/openid-connect-core-1_0.html",
    issuer="{issuer}",
    issuer_from=issuer_from,
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "Read iss, aud and sub in one of its tokens. If a token has azp, AWS may "
        "compare azp instead of aud."
    ),
    read_on="2026-11-23",
    verified=(
        "The standard says that a subject has at most 255 characters. Find out whether "
        "others can get tokens from the same issuer."
    ),
)

FACTS = IssuerFacts(
    audience_names="unknown",
    subjects="free",
    grammar=GRAMMAR,
    wide_parts={"sub": ANY},
    pattern="oidc",
)
