"""Login with Amazon: people with an account of Amazon's shop.

Its keys are app_id and user_id; it has no sub.

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

_USER = Part(
    "user",
    "the Amazon user {}",
    "any Amazon user",
    "[A-Z0-9]",
    "AEXAMPLE1111",
    "AEXAMPLE9999",
    noun="ID",
)
GRAMMAR = Grammar(
    forms=(Form("user", "amzn1.account.{user}", "{user}", "of each user of an app, in user_id"),),
    parts=(_USER,),
    everything="any Amazon user",
)


def subject(
    user: Annotated[str, asked(_USER, "User", "what follows amzn1.account. in the ID")],
) -> str:
    """What `www.amazon.com:user_id` holds.

    Example:
        >>> subject("AEXAMPLE1111")
        'amzn1.account.AEXAMPLE1111'
    """
    return GRAMMAR.build("user", user=user)


PROVIDER = Provider(
    title="Login with Amazon",
    owns=lambda issuer: issuer.lower() == "www.amazon.com",
    audience="",
    read=GRAMMAR.read,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    issuer="www.amazon.com",
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "AWS has this provider built in. The key user_id is the subject, and app_id is "
        "the audience. Without a condition on app_id, the users of every app can assume "
        "the role."
    ),
    read_on="2026-11-23",
    verified=(
        "The keys are in AWS's pages, and a user's ID is in an example of its API "
        "reference. Which characters an ID can have is not verified."
    ),
)

_AUDIENCE = Question(
    "App ID",
    "The ID of your app at Login with Amazon.",
    "amzn1.application-oa2-client.octo1234",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "An app ID has no spaces or wildcards, like amzn1.application-oa2-client.octo1234.",
)

# AWS has this issuer built in; what its conditions name is an application, not a subject.
FACTS = IssuerFacts(
    audience_names="nothing",
    subjects="free",
    grammar=GRAMMAR,
    form=IssuerForm(
        audience=_AUDIENCE,
    ),
    app_claims=("app_id",),
    subject_claim="user_id",
    why_not={
        "wide_parts": (
            "The condition names an application, and any of its users can assume the role."
        ),
    },
)
