"""Who made a recorded call, and the keys that follow from this, by the type in the record's
`userIdentity`.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from trust_widgets.aws import services
from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.oidc_issuers import BUILT_IN, issuer_from_record
from trust_widgets.callers import aws_credentials as _signed
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.callers.cloudtrail import caller_of, named_caller, resource_of
from trust_widgets.callers.kinds.saml_user import fill_attributes
from trust_widgets.callers.pasted_json import part, text_at, texts_by_name
from trust_widgets.callers.request_context import ContextBuilder, fill_service, home_of
from trust_widgets.evaluation import UNNAMED

Record: TypeAlias = "dict[str, Any]"
_ISSUER = re.compile(
    r"(arn:[^:]*:iam::"
    + ACCOUNT_ID
    + r":oidc-provider/[^:]+|"
    + "|".join(map(re.escape, BUILT_IN))
    + r"):(.+)",
    re.DOTALL,
)


def _user(filling: ContextBuilder, record: Record, role: str) -> str:
    """An IAM user: a record has a session's context only of temporary credentials."""
    _signed.fill_principal(filling, "", ())
    _fill_mfa(
        filling, record, temporary=isinstance(part(record, "userIdentity", "sessionContext"), dict)
    )
    return caller_of(record)


def _fill_mfa(filling: ContextBuilder, record: Record, *, temporary: bool) -> None:
    if text_at(record, "requestParameters", "serialNumber"):
        # With a wrong code AWS refuses the call before any policy.
        filling.put("aws:MultiFactorAuthPresent", "true")
        filling.leave_open("aws:MultiFactorAuthAge")
    elif temporary:
        attributes = part(record, "userIdentity", "sessionContext", "attributes")
        present = text_at(attributes, "mfaAuthenticated").lower()
        filling.told("aws:MultiFactorAuthPresent", present if present in ("true", "false") else "")
        if present != "false":
            filling.leave_open("aws:MultiFactorAuthAge")
        filling.leave_open("aws:TokenIssueTime")


def _session(filling: ContextBuilder, record: Record, role: str) -> str:
    """A role's session; the context names the role with its path, and tags that earlier sessions
    handed on.
    """
    arn, identity = caller_of(record), part(record, "userIdentity")
    _signed.fill_principal(filling, "", ())
    _signed.fill_session(
        filling, arn, _path(arn, text_at(identity, "sessionContext", "sessionIssuer", "arn"))
    )
    _signed.fill_inherited_tags(filling, incoming_tags(record))
    filling.told("aws:SourceIdentity", text_at(identity, "sessionContext", "sourceIdentity"))
    if text_at(identity, "sessionContext", "attributes", "mfaAuthenticated").lower() == "true":
        # AWS's page says that a session hands on no MFA, and this record says that it does.
        filling.leave_open("aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge")
    return arn


def incoming_tags(record: Record) -> dict[str, str]:
    """The transitive tags that the caller's session brings into its call."""
    return texts_by_name(part(record, "requestParameters", "incomingTransitiveTags"))


def _root(filling: ContextBuilder, record: Record, role: str) -> str:
    """The root user of an account, whose ARN is `aws:PrincipalArn` too."""
    account = text_at(record, "userIdentity", "accountId")
    arn = named_caller(record) or f"arn:{home_of(role).partition}:iam::{account}:root"
    _signed.fill_principal(filling, "", ())
    filling.put("aws:PrincipalArn", arn)
    return arn


def _path(session: str, role: str) -> str:
    """The path of a session's role; `""` while the record does not contain it."""
    name, resource = (session.split("/") + [""])[1], role.partition(":role/")[2]
    path, slash, last = resource.rpartition("/")
    if last and last == name:
        return f"/{path}{slash}"
    return ""


def _another_account(filling: ContextBuilder, record: Record, role: str) -> str:
    """A caller of another account: the record in the role's account contains its account and its
    ID.
    """
    if ":assumed-role/" in caller_of(record):
        return _session(filling, record, role)
    if named_caller(record).endswith(":root"):
        return _root(filling, record, role)
    _signed.fill_principal(filling, "", ())
    filling.leave_open("aws:TokenIssueTime", "aws:SourceIdentity", "aws:FederatedProvider")
    if text_at(record, "userIdentity", "principalId").startswith("AROA"):
        filling.put("aws:MultiFactorAuthPresent", "false")  # a role's session hands on no MFA
    else:
        filling.leave_open("aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge")
        _fill_mfa(filling, record, temporary=False)
    return caller_of(record)


def _service(filling: ContextBuilder, record: Record, role: str) -> str:
    """A service: its record does not say for whose resource it calls."""
    names = (text_at(record, "userIdentity", "invokedBy"), text_at(record, "sourceIPAddress"))
    name = next((each for each in names if services.well_formed(each)), "")
    if not name:
        raise ValueError(
            "The record does not name the service that called: invokedBy is "
            f'{names[0] or "missing"}. Choose "AWS service" as the caller, and name '
            "the service."
        )
    fill_service(filling)
    filling.leave_open(
        "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"
    )
    filling.leave_open("aws:PrincipalTag/*")
    return name


def _web_identity(filling: ContextBuilder, record: Record, role: str) -> str:
    """The holder of a token: the principal's ID is the provider, the audience and the subject, with
    colons between.
    """
    identity = part(record, "userIdentity")
    whole, subject = text_at(identity, "principalId"), text_at(identity, "userName")
    named = _ISSUER.fullmatch(whole)
    provider = text_at(identity, "identityProvider") or (named[1] if named else "")
    provider = issuer_from_record(provider)
    issuer = provider.partition(":oidc-provider/")[2] or provider
    audience = _audience_in(whole, provider, subject)
    if not audience:
        audience = text_at(record, "responseElements", "audience")
    if not provider:
        home = home_of(role)
        provider = f"arn:{home.partition}:iam::{home.account}:oidc-provider/{UNNAMED}"
        issuer = UNNAMED
    filling.told(f"{issuer}:sub", subject)
    filling.told(f"{issuer}:aud", audience)
    filling.leave_open(
        *(f"{issuer}:{claim}" for claim in (*_tokens.exposed(issuer), "oaud", "email"))
    )
    _tokens.leave_open(filling)
    return provider


def _audience_in(principal_id: str, provider: str, subject: str) -> str:
    """The audience in a principal's ID, between the provider and the subject; `""` if none is."""
    before, after = f"{provider}:", f":{subject}"
    if not principal_id.startswith(before):
        return ""
    rest = principal_id.removeprefix(before)
    if not subject or not rest.endswith(after):
        return ""
    return rest.removesuffix(after)


def _saml(filling: ContextBuilder, record: Record, role: str) -> str:
    """Someone signed in with SAML; the answer to a call that was allowed says more about the
    assertion.
    """
    answer = part(record, "responseElements")
    named = text_at(record, "requestParameters", "principalArn")
    provider = named or resource_of(record, "AWS::IAM::SAMLProvider")
    if not provider:
        raise ValueError("The record does not name the SAML provider.")
    fill_attributes(filling)
    filling.told("saml:sub", text_at(record, "userIdentity", "userName"))
    filling.told("saml:namequalifier", text_at(record, "userIdentity", "identityProvider"))
    filling.put("saml:doc", f"{home_of(role).account}/{provider.rpartition('/')[2]}")
    for key, name in (("aud", "audience"), ("iss", "issuer"), ("sub_type", "subjectType")):
        filling.told(f"saml:{key}", text_at(answer, name))
    return provider


BY_TYPE: dict[str, Callable[[ContextBuilder, Record, str], str]] = {
    "IAMUser": _user,
    "Root": _root,
    "AssumedRole": _session,
    "FederatedUser": _another_account,
    "AWSAccount": _another_account,
    "Role": _another_account,
    "AWSService": _service,
    "WebIdentityUser": _web_identity,
    "SAMLUser": _saml,
}
"""For each type a function that fills the keys and gives the caller."""
