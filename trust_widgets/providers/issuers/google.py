"""Google: people who signed in to an app, and service accounts of Google Cloud, each with a number.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked

_ACCOUNT = Part(
    "account",
    "the Google account {}",
    "any Google account",
    "[0-9]",
    "111122223333444455556",
    "999988887777666655554",
    noun="number",
)
GRAMMAR = Grammar(
    forms=(Form("account", "{account}", "{account}", "of a person or a service account"),),
    parts=(_ACCOUNT,),
    everything="any Google account",
)
_HELP = "`gcloud iam service-accounts describe EMAIL --format='value(uniqueId)'` prints it"


def subject(
    account: Annotated[str, asked(_ACCOUNT, "Account number", "digits", help=_HELP)],
) -> str:
    """The subject of a Google account's token: its number.

    Example:
        >>> subject("111122223333444455556")
        '111122223333444455556'
    """
    return GRAMMAR.build("account", account=account)


PROVIDER = Provider(
    title="Google",
    owns=lambda issuer: issuer.lower() == "accounts.google.com",
    audience="",
    read=GRAMMAR.read,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    issuer="accounts.google.com",
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "AWS has this provider built in: you create no identity provider. The key aud "
        "holds the token's azp where it has one, and oaud always the token's aud."
    ),
    read_on="2026-11-23",
    verified=(
        "The keys and what aud and oaud hold are in AWS's pages; that a service account's subject"
        " is its number is in other people's. What azp holds for a service account is not verified."
    ),
)

_AUDIENCE = Question(
    "Client ID",
    "The azp of the tokens, or their aud where they have no azp.",
    "111122223333-octo.apps.googleusercontent.com",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "A client ID has no spaces or wildcards, like 111122223333-octo.apps.googleusercontent.com.",
)

# AWS has this issuer built in; what its conditions name is an application, not a subject.
FACTS = IssuerFacts(
    audience_names="application",
    subjects="exact",
    grammar=GRAMMAR,
    form=IssuerForm(
        audience=_AUDIENCE,
    ),
    app_claims=("aud", "oaud"),
    why_not={
        "correct_subjects": "No common mistake is known.",
        "subject_claims": "The subject does not name the organization of the account.",
        "wide_parts": (
            "The condition names an application, and any of its users can assume the role."
        ),
    },
)
