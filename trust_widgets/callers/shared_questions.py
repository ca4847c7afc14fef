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
    "Caller has sts:AssumeRole permission",
    "Its own policies allow sts:AssumeRole on the role. Always required across accounts.",
    choices={
        "unknown": "I do not know",
        "yes": "Yes",
        "no": "No",
        "denied": "No, a Deny statement denies it",
    },
)
EXTERNAL_ID = Question(
    "External ID passed",
    "Empty: none is passed.",
    "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11",
    limits.EXTERNAL_ID,
    "An external ID is 2 to 1,224 letters, digits and + = , . @ : / - _, like b2f6c3de-9a41-4b55.",
    optional=True,
)
ORGANIZATION = Question(
    "Its organization",
    "Organization of the caller's account; none if it is in no organization. Empty: not known.",
    "o-a1b2c3d4e5",
    rf"{ORGANIZATION_ID}|none",
    f"{ORGANIZATION_ID_FORM}, like o-a1b2c3d4e5; or none.",
    optional=True,
    more=True,
)
_TAG = (r"[^=]{1,128}=.{0,256}", "Write KEY=VALUE, like Project=shop.")
PRINCIPAL_TAGS = Question(
    "Tags of the caller",
    "One tag per line: all tags of the user or role, and of its session. Empty: not known.",
    "Department=sales",
    *_TAG,
    optional=True,
    more=True,
)
TAGS = Question(
    "Session tags passed",
    "One tag per line. The trust policy must also allow sts:TagSession.",
    "Project=shop",
    *_TAG,
    optional=True,
    more=True,
)
TRANSITIVE = Question(
    "Transitive tags",
    "Keys of the tags that are passed on to further roles in a role chain.",
    "Project",
    r"[^=]{1,128}",
    "A tag's key, like Project.",
    optional=True,
    more=True,
)
INHERITED_TAGS = Question(
    "Transitive tags of its session",
    (
        "One tag per line: transitive tags that its session already has. The trust policy "
        "must allow sts:TagSession."
    ),
    "Project=shop",
    *_TAG,
    optional=True,
    more=True,
)
INHERITED_IDENTITY = Question(
    "Source identity of its session",
    "It is kept in the new session. The trust policy must allow sts:SetSourceIdentity.",
    "ops",
    limits.SOURCE_IDENTITY,
    "A source identity is 2 to 64 letters, digits and + = , . @ - _, like ops.",
    optional=True,
    more=True,
)
SESSION_NAME = Question(
    "Session name",
    "Empty: not known.",
    "deploy-42",
    limits.SESSION_NAME,
    "A session name is 2 to 64 letters, digits and + = , . @ - _, like deploy-42.",
    optional=True,
    more=True,
)
SOURCE_IDENTITY = Question(
    "Source identity passed",
    "The trust policy must also allow sts:SetSourceIdentity.",
    "ops",
    limits.SOURCE_IDENTITY,
    "A source identity is 2 to 64 letters, digits and + = , . @ - _, like ops.",
    optional=True,
    more=True,
)
SOURCE_IP = Question(
    "Source IP",
    "Public IP address of the caller. Empty: not known, or through a VPC endpoint.",
    "203.0.113.10",
    _ADDRESS,
    "Write an IP address like 203.0.113.10.",
    optional=True,
    more=True,
)
AUDIENCE = Question(
    "Audience",
    "Token audience. AWS tools request sts.amazonaws.com.",
    "sts.amazonaws.com",
    r"[^\s\"]{1,255}",
    "An audience has no spaces, like sts.amazonaws.com.",
    more=True,
)


def questions_of(function: Callable[..., Any]) -> dict[str, Question]:
    """What another function asks, by parameter: a provider's questions about a subject are there
    alone.
    """
    return {asked.name: asked.question for asked in fields_of(function)}
