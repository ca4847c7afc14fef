"""What identity providers that speak SAML have in common: AWS reads the same assertion from all of
them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NamedTuple

from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.partitions import PARTITIONS
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import IssuerFacts
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked

ENDPOINT = PARTITIONS[0].saml_endpoints[0]
"""The sign-in endpoint of most accounts; `SAML:aud` holds it: the assertion's recipient."""

SUB_TYPES = ("persistent", "transient")
"""What `SAML:sub_type` holds; of a NameID of any other format it is that format's whole URI."""


class Attribute(NamedTuple):
    """An attribute of an assertion that AWS reads.

    Args:
        name: `"https://aws.amazon.com/SAML/Attributes/Role"`.
        holds: its values, in words.
        needed: whether AWS refuses an assertion without it.
        action: what the role's trust policy must allow besides `sts:AssumeRoleWithSAML`; `""` for
            nothing.
    """

    name: str
    holds: str
    needed: bool = False
    action: str = ""


_ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
ATTRIBUTES = (
    Attribute(
        f"{_ATTRIBUTES}Role",
        "pairs of a role's ARN and the SAML provider's ARN, with a comma between",
        True,
    ),
    Attribute(f"{_ATTRIBUTES}RoleSessionName", "a name for the session, 2 to 64 characters", True),
    Attribute(
        f"{_ATTRIBUTES}SessionDuration",
        "how long a person stays signed in to the console, in seconds",
    ),
    Attribute(
        f"{_ATTRIBUTES}SourceIdentity",
        "who the person is, kept in role chains",
        action=SET_SOURCE_IDENTITY,
    ),
    Attribute(f"{_ATTRIBUTES}PrincipalTag:KEY", "the value of a session tag", action=TAG_SESSION),
    Attribute(
        f"{_ATTRIBUTES}TransitiveTagKeys", "the tags kept in role chains", action=TAG_SESSION
    ),
)

_PERSON = Part(
    "name_id",
    "the person with the NameID {}",
    "anyone who signs in",
    r"[^*?\x00-\x1f\x7f]",
    "octo-user@octo.example",
    rule=r"\S(?:.*\S)?",
    noun="NameID",
)
GRAMMAR = Grammar(
    forms=(Form("person", "{name_id}", "{name_id}", "of every assertion: its NameID"),),
    parts=(_PERSON,),
    everything="anyone who signs in",
)
_HELP = "As the identity provider sends it: an email address, or a persistent ID."


SAML_FACTS = IssuerFacts(
    audience_names="nothing",
    subjects="free",
    why_not={
        "client": "Its audience is the sign-in (ACS) URL.",
        "wide_parts": "The Role attribute decides who gets which role, not the subject.",
    },
)


def subject(
    name_id: Annotated[
        str, asked(_PERSON, "NameID", "up to 255 characters without * and ?", help=_HELP)
    ],
) -> str:
    """What `SAML:sub` holds: the assertion's NameID.

    Example:
        >>> subject("octo-user@octo.example")
        'octo-user@octo.example'
    """
    return GRAMMAR.build("person", name_id=name_id)


def provider(
    title: str,
    owns: Callable[[str], bool],
    source: str,
    setup: str,
    verified: str,
    issuer: str,
    issuer_from: Callable[..., str],
) -> Provider:
    """An identity provider that speaks SAML.

    Args:
        title: `"Okta (SAML)"`.
        owns: whether an entity ID, as in `SAML:iss`, is one of its.
        source: its page about AWS.
        setup: what is set there, besides what AWS demands of all.
        verified: which of its own facts are verified, and which are not.
        issuer: a template of its entity IDs.
        issuer_from: a function with questions that makes an entity ID.
    """
    return Provider(
        title=title,
        owns=owns,
        audience=ENDPOINT,
        read=GRAMMAR.read,
        source=source,
        issuer=issuer,
        issuer_from=issuer_from,
        subject=subject,
        answers=GRAMMAR.parts_of,
        subjects_for=GRAMMAR.subjects_for,
        protocol="saml",
        setup=(
            f"{setup} Its Role attribute decides who gets which role: SAML:aud is the same for"
            " everyone."
        ),
        read_on="2026-11-23",
        verified=f"What AWS reads in an assertion is in its pages. {verified}",
    )
