"""What calls with AWS credentials have in common, no matter whose they are.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.aws.arns import arn_of, is_account_id
from trust_widgets.callers.from_policy import allows, tags_wanted, wanted
from trust_widgets.callers.request_context import ContextBuilder, home_of, tags_of
from trust_widgets.forms import Answer
from trust_widgets.policy import Statement, TrustPolicy, keys_of

NO_MFA = (
    "Role sessions never carry MFA information, even if the user signed in with MFA. "
    "Only an IAM user can meet this condition."
)
ACTION = "sts:AssumeRole"


def fill_principal(filling: ContextBuilder, organization: str, tags: Iterable[str]) -> None:
    """What AWS knows of the caller's account and of its tags.

    Args:
        filling: the call.
        organization: an ID, `"none"`, or empty while unknown.
        tags: `KEY=VALUE` each; none while unknown.
    """
    if organization != "none":
        filling.told("aws:PrincipalOrgID", organization)
        filling.leave_open("aws:PrincipalOrgPaths")
    told = tags_of(tags)
    for key, value in told.items():
        filling.put(f"aws:PrincipalTag/{key}", value)
    if not told:
        filling.leave_open("aws:PrincipalTag/*")


def guess(
    policy: TrustPolicy,
    role: str,
    arn_of_named: Callable[[str, str], str],
    cannot: tuple[str, ...] = (),
) -> dict[str, Answer] | None:
    """Answers with which a caller of an AWS account would most likely be allowed; empty ones are
    left out.

    Args:
        policy, role: of the request.
        arn_of_named: of a principal as written and the role's partition, the ARN of such a caller
            whom it covers; `""` when it covers none.
        cannot: keys in lower case that such a caller never has as anybody would ask for them.
    """
    partition = home_of(role).partition
    for statement, written in allows(policy, ACTION, "AWS"):
        arn = _arn(statement, written, partition, arn_of_named)
        if arn and keys_of(statement).isdisjoint(cannot):
            found = {"arn": arn, **_passed(statement), **_passed_for(policy, TAG_SESSION)}
            return {name: answer for name, answer in found.items() if answer}
    return None


def _arn(
    statement: Statement, written: str, partition: str, arn_of_named: Callable[[str, str], str]
) -> str:
    """Whom the principal names, or of all whom it covers the one whom a condition names."""
    if account_in(written):
        written = wanted(statement, "aws:PrincipalArn") or written
    return arn_of_named(written, partition)


def account_in(written: str) -> str:
    """The account that a principal represents as a whole: an example's for everyone, `""` for one
    user or role.
    """
    if written == "*":
        return "444455556666"
    if is_account_id(written):
        return written
    arn = arn_of(written)
    if arn and arn.resource == "root" and is_account_id(arn.account):
        return arn.account
    return ""


def _passed(statement: Statement) -> dict[str, Answer]:
    return {
        "external_id": wanted(statement, "sts:ExternalId"),
        "organization": wanted(statement, "aws:PrincipalOrgID"),
        "principal_tags": tags_wanted(statement, "aws:PrincipalTag/"),
        "tags": tags_wanted(statement, "aws:RequestTag/"),
        "session_name": wanted(statement, "sts:RoleSessionName"),
        "source_identity": wanted(statement, "sts:SourceIdentity"),
        "source_ip": wanted(statement, "aws:SourceIp"),
    }


def _passed_for(policy: TrustPolicy, action: str) -> dict[str, Answer]:
    """A separate statement may have conditions on tags."""
    for statement, _ in allows(policy, action, "AWS"):
        tags = tags_wanted(statement, "aws:RequestTag/")
        if tags:
            return {"tags": tags}
    return {}


def fill_session(filling: ContextBuilder, arn: str, path: str) -> None:
    """What a role's session has: its role's ARN, and credentials that carry no MFA.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html

    Args:
        filling: the call.
        arn: of the session.
        path: of its role, `"/"` for none; empty while unknown, since the session's ARN
            leaves it out.
    """
    filling.told("aws:PrincipalArn", _role_of_session(arn, path))
    filling.put("aws:MultiFactorAuthPresent", "false")
    # What its role's own session may carry on: who first signed in, and in what way.
    filling.leave_open("aws:TokenIssueTime", "aws:FederatedProvider", "aws:SourceIdentity")
    filling.leave_open("aws:Ec2InstanceSourceVpc", "aws:Ec2InstanceSourcePrivateIPv4")


def _role_of_session(arn: str, path: str) -> str:
    """The ARN of a session's role; `""` where its path is not known."""
    session = arn_of(arn)
    if session is None or not path:
        return ""
    if session.resource.count("/") > 1:
        name = session.resource.split("/")[1]
    else:
        name = ""
    return f"arn:{session.partition}:iam::{session.account}:role{path}{name}"


def fill_inherited_tags(filling: ContextBuilder, tags: Mapping[str, str]) -> None:
    """Transitive tags of an earlier session, which go on into the new one and need sts:TagSession.

    Whether they count among the tags of the request, AWS's pages do not say.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
    """
    for key, value in tags.items():
        filling.put(f"aws:PrincipalTag/{key}", value)
    if tags and not filling.has("sts:TransitiveTagKeys"):
        filling.put("sts:TransitiveTagKeys", tuple(tags))
    if tags and not filling.has("aws:TagKeys"):
        filling.leave_open("aws:TagKeys", "aws:RequestTag/*")
