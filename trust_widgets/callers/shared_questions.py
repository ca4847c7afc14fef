"""What forms of several callers ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from trust_widgets.aws import limits
from trust_widgets.aws.arns import ORGANIZATION_ID, ORGANIZATION_ID_FORM
from trust_widgets.forms import Question, fields_of

Permission = Literal["unknown", "yes", "no", "denied"]
_ADDRESS = r"[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}"

PERMISSION = Question(
    "Its own policies allow the call",
    "A permission to assume the role; across accounts it is always needed.",
    choices={
        "unknown": "I do not know",
        "yes": "Yes",
        "no": "No",
        "denied": "No, a Deny forbids it",
    },
)
EXTERNAL_ID = Question(
    "External ID passed",
    "Empty when none is passed.",
    "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11",
    limits.EXTERNAL_ID,
    "An external ID is 2 to 1,224 letters, digits and + = , . @ : / - _, like b2f6c3de-9a41-4b55.",
    optional=True,
)
ORGANIZATION = Question(
    "Its organization",
    "Of the caller's account; none when it is in no organization. Empty when you do not know.",
    "o-a1b2c3d4e5",
    rf"{ORGANIZATION_ID}|none",
    f"{ORGANIZATION_ID_FORM}, like o-a1b2c3d4e5; or none.",
    optional=True,
    more=True,
)
_TAG = (r"[^=]{1,128}=.{0,256}", "A tag is written KEY=VALUE, like Project=shop.")
PRINCIPAL_TAGS = Question(
    "Tags of the caller",
    "One a line: all of the user or role, and of its session. Empty when you do not know.",
    "Department=sales",
    *_TAG,
    optional=True,
    more=True,
)
TAGS = Question(
    "Session tags passed",
    "One a line; the trust policy must allow sts:TagSession too.",
    "Project=shop",
    *_TAG,
    optional=True,
    more=True,
)
TRANSITIVE = Question(
    "Transitive tags",
    "Keys of tags that go on to further roles.",
    "Project",
    r"[^=]{1,128}",
    "A tag's key, like Project.",
    optional=True,
    more=True,
)
INHERITED_TAGS = Question(
    "Transitive tags of its session",
    "One a line: tags that its session brings along. The trust policy must allow sts:TagSession.",
    "Project=shop",
    *_TAG,
    optional=True,
    more=True,
)
INHERITED_IDENTITY = Question(
    "Source identity of its session",
    "It goes on into the new session. The trust policy must allow sts:SetSourceIdentity.",
    "ops",
    limits.SOURCE_IDENTITY,
    "A source identity is 2 to 64 letters, digits and + = , . @ - _, like ops.",
    optional=True,
    more=True,
)
SESSION_NAME = Question(
    "Session name",
    "Empty when you do not know.",
    "deploy-42",
    limits.SESSION_NAME,
    "A session name is 2 to 64 letters, digits and + = , . @ - _, like deploy-42.",
    optional=True,
    more=True,
)
SOURCE_IDENTITY = Question(
    "Source identity passed",
    "The trust policy must allow sts:SetSourceIdentity too.",
    "ops",
    limits.SOURCE_IDENTITY,
    "A source identity is 2 to 64 letters, digits and + = , . @ - _, like ops.",
    optional=True,
    more=True,
)
SOURCE_IP = Question(
    "Address it calls from",
    "The public one. Empty when you do not know, or through a VPC's endpoint.",
    "203.0.113.10",
    _ADDRESS,
    "An address is like 203.0.113.10.",
    optional=True,
    more=True,
)
AUDIENCE = Question(
    "Audience",
    "What the token was asked for; AWS's own tools ask for sts.amazonaws.com.",
    "sts.amazonaws.com",
    r"[^\s\"]{1,255}",
    "An audience is one word, like sts.amazonaws.com.",
    more=True,
)


def questions_of(function: Callable[..., Any]) -> dict[str, Question]:
    """What another function asks, by parameter: a provider's questions about a subject stand there
    alone.
    """
    return {asked.name: asked.question for asked in fields_of(function)}
