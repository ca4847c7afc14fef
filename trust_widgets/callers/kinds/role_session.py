"""A role's session: the one who assumed a role and goes on to another.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html (role chaining)
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.aws.arns import ACCOUNT_ID, arn_of
from trust_widgets.aws.limits import ROLE_NAME, SESSION_NAME
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import aws_credentials as _signed
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers.from_policy import allows, wanted
from trust_widgets.callers.request_context import ContextBuilder, tags_of
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy

_ARN = Question(
    "Session",
    "ARN of the session, as aws sts get-caller-identity shows it.",
    "arn:aws:sts::444455556666:assumed-role/deployer/run-1",
    rf"arn:aws[a-z-]*:sts::{ACCOUNT_ID}:assumed-role/{ROLE_NAME}/{SESSION_NAME}",
    "Write the ARN of a session like arn:aws:sts::444455556666:assumed-role/deployer/run-1.",
)
_PATH = Question(
    "Path of its role",
    "The session ARN does not contain it. Empty: no path.",
    "/teams/build/",
    r"/([!-~]+/)?",
    "A path begins and ends with a slash, like /teams/build/.",
    optional=True,
    more=True,
)
_MFA = Question("Passes the serial number and a code of an MFA device", more=True)


def request(
    role: str = ROLE,
    arn: Annotated[str, _ARN] = "",
    path: Annotated[str, _PATH] = "",
    external_id: Annotated[str, asks.EXTERNAL_ID] = "",
    permission: Annotated[asks.Permission, asks.PERMISSION] = "unknown",
    organization: Annotated[str, asks.ORGANIZATION] = "",
    principal_tags: Annotated[tuple[str, ...], asks.PRINCIPAL_TAGS] = (),
    tags: Annotated[tuple[str, ...], asks.TAGS] = (),
    transitive: Annotated[tuple[str, ...], asks.TRANSITIVE] = (),
    source_identity: Annotated[str, asks.SOURCE_IDENTITY] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
    mfa: Annotated[bool, _MFA] = False,
    inherited_tags: Annotated[tuple[str, ...], asks.INHERITED_TAGS] = (),
    inherited_identity: Annotated[str, asks.INHERITED_IDENTITY] = "",
) -> Request:
    if mfa:
        raise ValueError(_signed.NO_MFA)
    filling = ContextBuilder(_signed.ACTION, role)
    _signed.fill_principal(filling, organization, principal_tags)
    _signed.fill_session(filling, arn, path or "/")
    filling.passed("sts:ExternalId", external_id)
    filling.session(session_name, source_identity, tags_of(tags), transitive)
    _signed.fill_inherited_tags(filling, tags_of(inherited_tags))
    filling.passed("aws:SourceIdentity", inherited_identity)
    filling.came_from(source_ip)
    return filling.request(arn, permission)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    found = _signed.guess(
        policy,
        role,
        _session,
        ("aws:multifactorauthpresent", "aws:multifactorauthage", "aws:username"),
    )
    if found is None:
        return None
    return {**found, **_path(policy, str(found["arn"]))}


def _path(policy: TrustPolicy, session: str) -> dict[str, Answer]:
    """The path that the policy writes for the session's role."""
    name = session.split("/")[1]
    for statement, written in allows(policy, _signed.ACTION, "AWS"):
        for arn in (written, wanted(statement, "aws:PrincipalArn")):
            resource = arn.partition(":role/")[2]
            if "/" in resource and resource.rpartition("/")[2] == name:
                return {"path": f"/{resource.rpartition('/')[0]}/"}
    return {}


def _session(written: str, partition: str) -> str:
    arn = arn_of(written)
    if arn and arn.service == "sts" and arn.resource.startswith("assumed-role/"):
        return written
    if arn and arn.service == "iam" and arn.resource.startswith("role/"):
        name = arn.resource.rpartition("/")[2]
        return f"arn:{arn.partition}:sts::{arn.account}:assumed-role/{name}/run-1"
    account = _signed.account_in(written)
    if account:
        return f"arn:{partition}:sts::{account}:assumed-role/deployer/run-1"
    return ""


CALLER = Caller(
    title="Role session",
    about=(
        "A caller that already has a role, for example in another account, on an "
        "instance or in a function."
    ),
    group="AWS",
    request=request,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session",
    note=("aws:PrincipalArn contains the ARN of the role, never the ARN of the session."),
    guess=guess,
)
