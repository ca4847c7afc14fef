"""What a reader should know about two values that differ, where the reason is a known one."""

from __future__ import annotations

import re

from trust_widgets.aws.arns import arn_of
from trust_widgets.aws.identity_center import pattern_of
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.evaluation import Keys
from trust_widgets.policy import normalized_key
from trust_widgets.providers import facts_of, facts_of_issuer, provider_of

OF_ROLES = ("role", "session")
"""Callers that are a role's session."""
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
_NO_MFA = "A role session carries no MFA information, even if the user signed in with MFA."


def hint_about(key: str, given: str, wanted: str, sort: str = "") -> str:
    """Why a call may have another value than the policy requires; `""` where nothing is known.

    Args:
        key: the condition key, in any case.
        given: what the call has. wanted: what the policy says.
        sort: what the caller is, as in `Identity`.

    Example:
        >>> hint_about(
        ...     "aws:PrincipalArn",
        ...     "arn:aws:iam::111122223333:role/app",
        ...     "arn:aws:sts::111122223333:assumed-role/app/x",
        ... )
        'aws:PrincipalArn contains the ARN of the role, never the ARN of the session.'
    """
    key = normalized_key(key)
    issuer, claim = intended_claim(key)
    if key == "aws:principalarn":
        return _about_arn(given, wanted)
    if key == "aws:multifactorauthpresent" and sort in OF_ROLES:
        return _NO_MFA
    provider = provider_of(issuer) if issuer else None
    if claim == "aud" and provider:
        return _about_audience(provider.audience, given, wanted)
    explain_difference = facts_of(provider).explain_difference if claim == "sub" else None
    if explain_difference is not None:
        return explain_difference(given, wanted)
    return ""


def hint_about_azp(key: str, keys: Keys) -> str:
    """Why a token's audience is not the one in its claim `aud`; `""` where it is.

    AWS takes the claim azp for the key `:aud` where a token has one; `:oaud` is the claim aud.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif

    Example:
        >>> issuer = "accounts.google.com"
        >>> hint_about_azp(f"{issuer}:aud", {f"{issuer}:aud": "app", f"{issuer}:oaud": "api"})[41:]
        'The aud claim, "api", is in accounts.google.com:oaud.'
    """
    issuer, claim = intended_claim(key)
    if issuer and claim == "aud":
        own = keys.get(f"{issuer}:oaud".lower())
    else:
        own = None
    if not isinstance(own, str) or own == keys.get(f"{issuer}:aud".lower()):
        return ""
    return f'AWS takes this value from the azp claim. The aud claim, "{own}", is in {issuer}:oaud.'


def hint_about_issuers(one: str, other: str) -> str:
    """What two issuers that differ have to do with each other."""
    facts = facts_of_issuer(one)
    if facts is facts_of_issuer(other):
        return facts.other_issuer
    return ""


def hint_about_principals(caller: str, named: str) -> str:
    """Return how a caller and the principal in the policy are related; `""` if not known.

    Example:
        >>> hint_about_principals("ecs-tasks.amazonaws.com", "ecs.amazonaws.com")[:49]
        'The role of a task needs ecs-tasks.amazonaws.com.'
    """
    if {caller, named} == {_TASKS, _ECS}:
        return (
            f"The role of a task needs {_TASKS}. {_ECS} is ECS itself, for example for load "
            "balancers."
        )
    return _about_reserved(caller, named)


# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
_TASKS, _ECS = "ecs-tasks.amazonaws.com", "ecs.amazonaws.com"
# The suffix is another in each account, and when the role is made again.
_RESERVED = re.compile(
    r"(?<=[/])AWSReservedSSO_([\w+=,.@-]+?)(?:_(?:[0-9a-f]{16}|[*?]+)|[*])?(?=/|$)", re.ASCII
)
_RESERVED_PATH = re.compile(r":role/aws-reserved/sso\.amazonaws\.com(?:/|\*)")


def _about_reserved(given: str, wanted: str) -> str:
    """Return a hint about Identity Center's roles, which are made by permission set.

    Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
    """
    one, other, account = _RESERVED.search(given), _RESERVED.search(wanted), arn_of(wanted)
    if one is None or other is None or account is None or one[1] != other[1]:
        return ""
    if ":assumed-role/" not in wanted and not _RESERVED_PATH.search(wanted):
        why = (
            "Roles of IAM Identity Center have the path aws-reserved/sso.amazonaws.com/, in "
            "most cases followed by a Region."
        )
    elif one[0] != other[0] and "*" not in other[0]:
        why = (
            "IAM Identity Center gives the role of a permission set a new suffix when it "
            "creates the role again."
        )
    else:
        return ""
    pattern = pattern_of(account.partition, account.account, one[1])
    return (
        f"{why} Name the account, and add a condition with ArnLike on aws:PrincipalArn, like "
        f"{pattern}."
    )


def _about_arn(given: str, wanted: str) -> str:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    if ":assumed-role/" in wanted:
        return "aws:PrincipalArn contains the ARN of the role, never the ARN of the session."
    reserved = _about_reserved(given, wanted)
    if reserved:
        return reserved
    one, other = arn_of(given), arn_of(wanted)
    if (
        one
        and other
        and "/" in one.resource
        and one.resource.rpartition("/")[2] == other.resource.rpartition("/")[2]
    ):
        same = (
            one[:4] == other[:4]
            and one.resource.partition("/")[0] == other.resource.partition("/")[0]
        )
        if same:
            return (
                "The names are equal, but the paths differ. The ARN of a session does not contain "
                "the path."
            )
        return ""
    return ""


def _about_audience(usual: str, given: str, wanted: str) -> str:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html"""
    if usual and wanted == usual:
        return f"The client that requests the token chooses its audience. Request {usual}."
    if usual and given == usual:
        return f"The usual client requests {usual}."
    return ""
