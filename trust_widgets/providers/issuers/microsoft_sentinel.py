"""Microsoft Sentinel and Defender for Cloud: one issuer for all; the session's name shows whose.

https://learn.microsoft.com/azure/sentinel/connect-aws
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.claim_values import ClaimValues
from trust_widgets.providers.facts import ANY, IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm
from trust_widgets.providers.issuers._entra import GUID, MICROSOFTS_OWN
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked

_APPLICATION = Part(
    "application",
    "the Microsoft application {}",
    "any Microsoft application",
    "[0-9a-f-]",
    "11112222-3333-4444-5555-666677778888",
    least=36,
    most=36,
    rule=GUID,
    noun="object ID",
)
GRAMMAR = Grammar(
    forms=(Form("application", "{application}", "{application}", "of each connector"),),
    parts=(_APPLICATION,),
    everything="any Microsoft application",
)


_CLOUDS = {"commercial": "Commercial", "government": "For governments"}
# https://learn.microsoft.com/azure/sentinel/connect-aws, read on 2026-11-30.
_OF_CLOUD = {
    "commercial": (MICROSOFTS_OWN[0], "api://1462b192-27f7-4cb9-8523-0f4ecb54b47e"),
    "government": (MICROSOFTS_OWN[1], "api://d4230588-5f84-4281-a9c7-2c15194b28f7"),
}
Cloud = Literal["commercial", "government"]


def issuer_from(
    cloud: Annotated[Cloud, Question("Microsoft's cloud", choices=_CLOUDS)] = "commercial",
) -> str:
    """The issuer of Microsoft's tenant in one of its clouds.

    Example:
        >>> issuer_from("government")
        'sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/'
    """
    return f"sts.windows.net/{_OF_CLOUD[cloud][0]}/"


def _issuer_answers(issuer: str, audience: str) -> dict[str, str] | None:
    for cloud, (tenant, _) in _OF_CLOUD.items():
        if issuer == f"sts.windows.net/{tenant}/":
            return {"cloud": cloud}
    return None


def _usual_audience(answers: Mapping[str, str]) -> str:
    return _OF_CLOUD[answers.get("cloud") or "commercial"][1]


def subject(application: Annotated[str, asked(_APPLICATION, "Object ID", "a UUID")]) -> str:
    """The subject of a token: the object ID of Microsoft's application, for every customer.

    Example:
        >>> subject("11112222-3333-4444-5555-666677778888")
        '11112222-3333-4444-5555-666677778888'
    """
    return GRAMMAR.build("application", application=application)


_OWN = re.compile(rf"sts\.windows\.net/({'|'.join(MICROSOFTS_OWN)})/?", re.IGNORECASE)
PROVIDER = Provider(
    title="Microsoft Sentinel",
    # Microsoft's page has the slash at the end, AWS's list of shared issuers has not.
    owns=lambda issuer: _OWN.fullmatch(issuer) is not None,
    audience="",
    read=GRAMMAR.read,
    source="https://learn.microsoft.com/azure/sentinel/connect-aws",
    issuer=f"sts.windows.net/{MICROSOFTS_OWN[0]}/",
    issuer_from=issuer_from,
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "The audience is the same for every customer. The session name, "
        "sts:RoleSessionName, is MicrosoftSentinel_ and the ID of the workspace. IAM "
        "requires a condition on it."
    ),
    read_on="2026-11-29",
    verified=(
        "Issuers, audience and the name of the session are in Microsoft's page, and the required"
        " key is in AWS's. Defender for Cloud's name is known from other people's trust policies."
        " What the subject holds is not verified."
    ),
)

FACTS = IssuerFacts(
    audience_names="nothing",
    subjects="free",
    grammar=GRAMMAR,
    form=IssuerForm(issuer_answers=_issuer_answers, audience_from=_usual_audience),
    wide_parts={"application": ANY},
    claim_values={
        "sts:rolesessionname": ClaimValues(
            example="MicrosoftSentinel_7d2a1f40-8b5c-4f6e-9a3b-2c1d0e9f8a7b",
            whose=rf"[^*?]*{GUID}",
        )
    },
)
