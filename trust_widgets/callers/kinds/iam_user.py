"""An IAM user, with an access key, in the console, or with temporary credentials.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
"""

from __future__ import annotations

from typing import Annotated, Literal

from trust_widgets.aws.arns import ACCOUNT_ID, arn_of
from trust_widgets.aws.limits import ROLE_NAME
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import aws_credentials as _signed
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers.from_policy import wanted
from trust_widgets.callers.request_context import ContextBuilder, tags_of
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy, keys_of

Credentials = Literal["key", "console", "token"]
Mfa = Literal["no", "session", "passed"]

_ARN = Question(
    "User",
    "ARN of the user, as aws sts get-caller-identity shows it.",
    "arn:aws:iam::444455556666:user/ops",
    rf"arn:aws[a-z-]*:iam::{ACCOUNT_ID}:user/([!-~]+/)?{ROLE_NAME}",
    "Write the ARN of a user like arn:aws:iam::444455556666:user/ops.",
)
_CREDENTIALS = Question(
    "Signs in with",
    choices={
        "key": "A long-term access key",
        "console": "The console",
        "token": "Temporary credentials of the user",
    },
)
_MFA = Question(
    "MFA",
    "Requests signed with a long-term access key have no MFA information, unless the "
    "call passes a serial number and a code.",
    choices={
        "no": "None",
        "session": "When it signed in",
        "passed": "Serial number and code with the call",
    },
)


def request(
    role: str = ROLE,
    arn: Annotated[str, _ARN] = "",
    credentials: Annotated[Credentials, _CREDENTIALS] = "key",
    mfa: Annotated[Mfa, _MFA] = "no",
    external_id: Annotated[str, asks.EXTERNAL_ID] = "",
    permission: Annotated[asks.Permission, asks.PERMISSION] = "unknown",
    organization: Annotated[str, asks.ORGANIZATION] = "",
    principal_tags: Annotated[tuple[str, ...], asks.PRINCIPAL_TAGS] = (),
    tags: Annotated[tuple[str, ...], asks.TAGS] = (),
    transitive: Annotated[tuple[str, ...], asks.TRANSITIVE] = (),
    source_identity: Annotated[str, asks.SOURCE_IDENTITY] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    if credentials == "key" and mfa == "session":
        raise ValueError(
            "A long-term access key carries no MFA information. Pass a serial number "
            "and a code with the call, or sign in first."
        )
    if credentials == "console" and (external_id or tags or source_identity):
        raise ValueError(
            "Switch Role in the console passes no external ID, tags or source identity. "
            "The CLI and the API can pass them."
        )
    filling = ContextBuilder(_signed.ACTION, role)
    _signed.fill_principal(filling, organization, principal_tags)
    _fill_mfa(filling, credentials, mfa)
    filling.passed("sts:ExternalId", external_id)
    filling.session(session_name, source_identity, tags_of(tags), transitive)
    filling.came_from(source_ip)
    return filling.request(arn, permission)


def _fill_mfa(filling: ContextBuilder, credentials: Credentials, mfa: Mfa) -> None:
    """The keys about MFA are absent for a long-term key, `false` for temporary credentials without
    MFA.
    """
    if credentials != "key":
        filling.leave_open("aws:TokenIssueTime")
    if mfa != "no":
        filling.put("aws:MultiFactorAuthPresent", "true")
        filling.leave_open("aws:MultiFactorAuthAge")
    elif credentials != "key":
        filling.put("aws:MultiFactorAuthPresent", "false")


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    found = _signed.guess(policy, role, _user)
    if found is None:
        return None
    asked = any(
        wanted(statement, "aws:MultiFactorAuthPresent") == "true" for statement in policy.statements
    )
    ages = any("aws:multifactorauthage" in keys_of(statement) for statement in policy.statements)
    if asked or ages:
        return {**found, "mfa": "passed"}
    return found


def _user(written: str, partition: str) -> str:
    arn = arn_of(written)
    if arn and arn.service == "iam" and arn.resource.startswith("user/"):
        return written
    account = _signed.account_in(written)
    if account:
        return f"arn:{partition}:iam::{account}:user/ops"
    return ""


CALLER = Caller(
    title="IAM user",
    about="A user of an AWS account, with or without MFA.",
    group="AWS",
    request=request,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    note=(
        "Requests signed with a long-term access key do not contain "
        "aws:MultiFactorAuthPresent. It is absent, not false."
    ),
    guess=guess,
)
