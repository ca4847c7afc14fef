"""An AWS service, which assumes a role for a resource of someone's.

https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from __future__ import annotations

from typing import Annotated, Literal

from trust_widgets.aws import service_calls, services
from trust_widgets.aws.arns import (
    ACCOUNT_ID,
    ACCOUNT_ID_FORM,
    ORGANIZATION_ID,
    ORGANIZATION_ID_FORM,
    account_id_of,
)
from trust_widgets.aws.service_calls import POD_IDENTITY, ROLES_ANYWHERE
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers.from_policy import allows, tags_wanted, wanted
from trust_widgets.callers.request_context import ContextBuilder, fill_service, home_of, tags_of
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import Statement, TrustPolicy

# They have forms of their own: pod_identity_pod and roles_anywhere.
_OTHERS = (POD_IDENTITY, ROLES_ANYWHERE)
Source = Literal["sent", "none", "unknown"]

_SERVICE = Question(
    "Service",
    "Its principal.",
    "lambda.amazonaws.com",
    r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal|api\.aws)",
    "Write a service principal like lambda.amazonaws.com.",
    suggestions=services.suggestions,
    named=services.title_of,
    tidy=services.full_name,
)
_SOURCE = Question(
    "Sends the source of the call",
    (
        "Whether the service sends aws:SourceAccount and aws:SourceArn. Not every service "
        "does, and AWS has no complete list."
    ),
    choices={"unknown": "I do not know", "sent": "Yes, this", "none": "No"},
)
_ACCOUNT = Question(
    "Source account",
    "Account of the resource that the service acts for.",
    "111122223333",
    ACCOUNT_ID,
    f"{ACCOUNT_ID_FORM}, like 111122223333.",
    optional=True,
    when=("source", ("sent",)),
    tidy=account_id_of,
)
_ARN = Question(
    "Source ARN",
    "ARN of the resource that the service acts for.",
    "arn:aws:lambda:eu-central-1:111122223333:function:shop",
    r"arn:[^:]*:[^:]*:[^:]*:[^:]*:.+",
    "An ARN has six parts, like arn:aws:lambda:eu-central-1:111122223333:function:shop.",
    optional=True,
    when=("source", ("sent",)),
)
_ORGANIZATION = Question(
    "Source organization",
    "Organization of that account. Empty: not known.",
    "o-a1b2c3d4e5",
    ORGANIZATION_ID,
    f"{ORGANIZATION_ID_FORM}, like o-a1b2c3d4e5.",
    optional=True,
    when=("source", ("sent",)),
    more=True,
)


def request(
    role: str = ROLE,
    service: Annotated[str, _SERVICE] = "",
    source: Annotated[Source, _SOURCE] = "unknown",
    source_account: Annotated[str, _ACCOUNT] = "",
    source_arn: Annotated[str, _ARN] = "",
    source_organization: Annotated[str, _ORGANIZATION] = "",
    external_id: Annotated[str, asks.EXTERNAL_ID] = "",
    tags: Annotated[tuple[str, ...], asks.TAGS] = (),
    session_name: Annotated[str, asks.SESSION_NAME] = "",
) -> Request:
    if source != "sent" and (source_account or source_arn or source_organization):
        raise ValueError(
            'You gave a source, but "Sends the source of the call" is off. Turn '
            "it on, or remove the source."
        )
    filling = ContextBuilder("sts:AssumeRole", role)
    fill_service(filling)
    if source != "none":
        filling.told("aws:SourceAccount", source_account)
        filling.told("aws:SourceArn", source_arn)
        filling.told("aws:SourceOrgID", source_organization)
        filling.leave_open("aws:SourceOrgPaths")
    filling.passed("sts:ExternalId", external_id)
    filling.session(session_name, tags=tags_of(tags))
    return filling.request(service)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    for statement, service in allows(policy, "sts:AssumeRole", "Service"):
        if service in _OTHERS:
            continue
        found = {"service": service, **_source(statement, service, role)}
        more: dict[str, Answer] = {
            "external_id": wanted(statement, "sts:ExternalId"),
            "tags": tags_wanted(statement, "aws:RequestTag/"),
        }
        return {name: answer for name, answer in {**found, **more}.items() if answer}
    return None


def _source(statement: Statement, service: str, role: str) -> dict[str, Answer]:
    """What the policy requires; otherwise what the service is known to send."""
    known = service_calls.source_keys(service)
    account = wanted(statement, "aws:SourceAccount") or (home_of(role).account if known else "")
    arn, organization = wanted(statement, "aws:SourceArn"), wanted(statement, "aws:SourceOrgID")
    told = {"source_account": account, "source_arn": arn, "source_organization": organization}
    if any(told.values()):
        return {"source": "sent", **told}
    return {}


CALLER = Caller(
    title="AWS service",
    about="An AWS service that assumes the role for one of its resources.",
    group="AWS",
    request=request,
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    note=(
        "Each service decides whether it sends the source of the call. See the "
        "documentation of the service."
    ),
    guess=guess,
)
