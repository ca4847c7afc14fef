"""A machine outside AWS with a certificate (IAM Roles Anywhere).

https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.aws.arns import ACCOUNT_ID, arn_of
from trust_widgets.aws.limits import SOURCE_IDENTITY
from trust_widgets.aws.service_calls import ROLES_ANYWHERE
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers.from_policy import allows, tags_wanted, wanted
from trust_widgets.callers.request_context import ContextBuilder, fill_service, home_of, tags_of
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import Statement, TrustPolicy

_ANCHOR = Question(
    "Trust anchor",
    "Its ARN.",
    "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/11111111-2222-4333-8444-555555555555",
    r"arn:aws[a-z-]*:rolesanywhere:[a-z0-9-]+:" + ACCOUNT_ID + r":trust-anchor/[0-9a-f-]{36}",
    "A trust anchor's ARN ends in trust-anchor/ and an ID of 36 characters.",
)
_COMMON_NAME = Question(
    "Common name of the certificate",
    "CN of the subject. It is also the source identity.",
    "shop-worker",
    SOURCE_IDENTITY,
    "A common name has 2 to 64 letters, digits and + = , . @ - _, like shop-worker.",
)
_ISSUER = Question(
    "Common name of its issuer",
    "",
    "octo-ca",
    r"[^\n=]{1,128}",
    "Write a name like octo-ca.",
    optional=True,
    more=True,
)
_TAGS = Question(
    "More attributes",
    "One per line, with the names that IAM Roles Anywhere uses.",
    "x509SAN/DNS=worker.octo.example",
    r"x509(Subject|Issuer|SAN)/[^=]{1,100}=.{1,256}",
    "Write an attribute like x509SAN/DNS=worker.octo.example.",
    optional=True,
    more=True,
)


def request(
    role: str = ROLE,
    trust_anchor: Annotated[str, _ANCHOR] = "",
    common_name: Annotated[str, _COMMON_NAME] = "",
    issuer: Annotated[str, _ISSUER] = "",
    attributes: Annotated[tuple[str, ...], _TAGS] = (),
) -> Request:
    anchor = arn_of(trust_anchor)
    if anchor is None:
        raise ValueError(f"{trust_anchor!r} is not a trust anchor. {_ANCHOR.message}")
    filling = ContextBuilder("sts:AssumeRole", role)
    fill_service(filling)
    filling.put("aws:SourceArn", trust_anchor)
    filling.put("aws:SourceAccount", anchor.account)
    filling.leave_open("aws:SourceOrgID", "aws:SourceOrgPaths")
    names = {"x509Subject/CN": common_name, **({"x509Issuer/CN": issuer} if issuer else {})}
    tags = {**tags_of(attributes), **names}
    filling.session("", common_name, tags)
    for key, value in tags.items():
        filling.put(f"aws:PrincipalTag/{key}", value)
    if not issuer:
        filling.leave_open("aws:PrincipalTag/x509Issuer/CN", "aws:RequestTag/x509Issuer/CN")
    filling.leave_open("aws:TagKeys", "sts:TransitiveTagKeys")
    return filling.request(ROLES_ANYWHERE)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    for statement, service in allows(policy, "sts:AssumeRole", "Service"):
        if service == ROLES_ANYWHERE:
            return _answers(statement, role)
    return None


def _answers(statement: Statement, role: str) -> dict[str, Answer]:
    home = home_of(role)
    tags = dict(tag.split("=", 1) for tag in tags_wanted(statement, "aws:PrincipalTag/"))
    anchor = wanted(statement, "aws:SourceArn")
    name = (
        tags.pop("x509Subject/CN", "")
        or wanted(statement, "sts:SourceIdentity")
        or _COMMON_NAME.example
    )
    told: dict[str, Answer] = {
        "trust_anchor": anchor or _ANCHOR.example.replace("111122223333", home.account, 1),
        "common_name": name,
        "issuer": tags.pop("x509Issuer/CN", ""),
        "attributes": tuple(f"{key}={value}" for key, value in tags.items()),
    }
    return {name: answer for name, answer in told.items() if answer}


CALLER = Caller(
    title="Certificate (Roles Anywhere)",
    about="A machine outside AWS with a certificate that a trust anchor accepts.",
    group="People",
    request=request,
    source="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
    note="The trust policy must allow sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity.",
    guess=guess,
)
