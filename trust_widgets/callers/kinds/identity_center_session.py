"""Someone who signed in through IAM Identity Center and goes on to another role.

https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
"""

from __future__ import annotations

import re
from typing import Annotated

from trust_widgets.aws.arns import ACCOUNT_ID, ACCOUNT_ID_FORM, account_id_of, arn_of, is_account_id
from trust_widgets.aws.identity_center import PATH, PREFIX
from trust_widgets.aws.limits import SESSION_NAME
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import aws_credentials as _signed
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers.from_policy import allows, wanted
from trust_widgets.callers.request_context import ContextBuilder, home_of, tags_of
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import Statement, TrustPolicy
from trust_widgets.text.globs import example_text

_ACCOUNT = Question(
    "Account",
    "The account that the person signed in to.",
    "444455556666",
    ACCOUNT_ID,
    f"{ACCOUNT_ID_FORM}, like 444455556666.",
    tidy=account_id_of,
)
_SET = Question(
    "Permission set",
    "Its name.",
    "Deployers",
    "[A-Za-z0-9_+=,.@-]{1,32}",
    "A permission set name has up to 32 letters, digits and + = , . @ - _, like Deployers.",
)
_SUFFIX = Question(
    "Role name suffix",
    "The 16 characters that IAM Identity Center adds. They change when the role is created again.",
    "0123456789abcdef",
    r"[0-9a-f]{16}",
    "The suffix has 16 digits and letters from a to f, like 0123456789abcdef.",
    more=True,
)
_REGION = Question(
    "Region of Identity Center",
    "It is part of the role path, unless it is us-east-1.",
    "eu-central-1",
    r"[a-z]+(-[a-z]+)+-[0-9]+",
    "Write a Region like eu-central-1.",
)
_USER = Question(
    "User name",
    "User name in IAM Identity Center. It becomes the session name.",
    "octo-user",
    SESSION_NAME,
    "A user name is like octo-user.",
)
_MFA = Question("Signed in with MFA", "To Identity Center.", more=True)


def request(
    role: str = ROLE,
    account: Annotated[str, _ACCOUNT] = "",
    permission_set: Annotated[str, _SET] = "",
    region: Annotated[str, _REGION] = "us-east-1",
    user: Annotated[str, _USER] = "octo-user",
    permission: Annotated[asks.Permission, asks.PERMISSION] = "unknown",
    external_id: Annotated[str, asks.EXTERNAL_ID] = "",
    suffix: Annotated[str, _SUFFIX] = _SUFFIX.example,
    organization: Annotated[str, asks.ORGANIZATION] = "",
    principal_tags: Annotated[tuple[str, ...], asks.PRINCIPAL_TAGS] = (),
    tags: Annotated[tuple[str, ...], asks.TAGS] = (),
    source_identity: Annotated[str, asks.SOURCE_IDENTITY] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
    mfa: Annotated[bool, _MFA] = False,
) -> Request:
    if mfa:
        raise ValueError(_signed.NO_MFA)
    if organization == "none":
        raise ValueError(
            "IAM Identity Center works in the accounts of an organization, so there must be one."
        )
    name = f"{PREFIX}{permission_set}_{suffix}"
    arn = f"arn:{home_of(role).partition}:sts::{account}:assumed-role/{name}/{user}"
    filling = ContextBuilder(_signed.ACTION, role)
    _signed.fill_principal(filling, organization, principal_tags)
    _signed.fill_session(filling, arn, path_in(region))
    filling.passed("sts:ExternalId", external_id)
    filling.session(session_name, source_identity, tags_of(tags))
    filling.came_from(source_ip)
    return filling.request(arn, permission)


def path_in(region: str) -> str:
    """The path of the roles that Identity Center makes.

    Example:
        >>> path_in("us-east-1"), path_in("eu-central-1")
        ('/aws-reserved/sso.amazonaws.com/', '/aws-reserved/sso.amazonaws.com/eu-central-1/')
    """
    return f"/{PATH}" + ("" if region == "us-east-1" else f"{region}/")


_NAME = re.compile(
    rf"role(?:/aws-reserved/sso\.amazonaws\.com[^/]*(?:/(?P<region>[a-z0-9-]+))?)?/{PREFIX}(?P<set>.+)_(?P<end>[^_]+)"
)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    for statement, written in allows(policy, _signed.ACTION, "AWS"):
        found = _named(statement, written)
        if found:
            return found
    return None


def _named(statement: Statement, written: str) -> dict[str, Answer]:
    """The permission set that a principal or a condition names."""
    conditions = [str(value) for _, _, value in statement.values_of("aws:PrincipalArn")]
    for text in (written, *conditions):
        arn = arn_of(text)
        named = _NAME.fullmatch(arn.resource) if arn else None
        if arn and named:
            if is_account_id(arn.account):
                account = arn.account
            else:
                account = _signed.account_in(written)
            if re.fullmatch(_SUFFIX.rule, named["end"]):
                end = named["end"]
            else:
                end = _SUFFIX.example
            told = {"region": named["region"], "external_id": wanted(statement, "sts:ExternalId")}
            told["organization"] = wanted(statement, "aws:PrincipalOrgID")
            sure: dict[str, Answer] = {
                "account": account,
                "permission_set": example_text(named["set"]),
                "suffix": end,
            }
            return {**sure, **{name: value for name, value in told.items() if value}}
    return {}


CALLER = Caller(
    title="Identity Center session",
    about="A person signed in through IAM Identity Center, with the role of a permission set.",
    group="People",
    request=request,
    source="https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html",
    note=(
        "When a permission set is assigned again, IAM Identity Center creates the role "
        "again with another suffix. Use a condition on aws:PrincipalArn with a * for "
        "the suffix instead of naming the role."
    ),
    guess=guess,
)
