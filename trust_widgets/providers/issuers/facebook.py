"""Facebook: people who signed in to an app with Facebook.

Its keys are `app_id` and `id`; it has no sub.

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
    "the Facebook user {}",
    "any Facebook user",
    "[0-9]",
    "111122223333444",
    "999988887777666",
    noun="ID",
)
GRAMMAR = Grammar(
    forms=(Form("user", "{user}", "{user}", "of each user of an app, in the key `id`"),),
    parts=(_USER,),
    everything="any Facebook user",
)


def subject(user: Annotated[str, asked(_USER, "User", "digits")]) -> str:
    """What `graph.facebook.com:id` holds.

    Example:
        >>> subject("111122223333444")
        '111122223333444'
    """
    return GRAMMAR.build("user", user=user)


PROVIDER = Provider(
    title="Facebook",
    owns=lambda issuer: issuer.lower() == "graph.facebook.com",
    audience="",
    read=GRAMMAR.read,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    issuer="graph.facebook.com",
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "AWS has this provider built in. The key `id` is the subject, and app_id is the "
        "audience. Without a condition on app_id, the users of every app can assume the "
        "role."
    ),
    read_on="2026-11-23",
    verified="The keys are in AWS's pages. That IDs are numbers is not verified.",
)

_AUDIENCE = Question(
    "App ID",
    "The ID of your app at Facebook.",
    "111122223333444",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "An app ID has no spaces or wildcards, like 111122223333444.",
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
    subject_claim="id",
    why_not={
        "wide_parts": (
            "The condition names an application, and any of its users can assume the role."
        ),
    },
)
