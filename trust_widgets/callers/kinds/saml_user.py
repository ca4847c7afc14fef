"""Someone who signs in with SAML.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
"""

from __future__ import annotations

from typing import Annotated, Literal

from trust_widgets.aws.limits import SAML_PROVIDER_NAME
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers.from_policy import allows, tags_wanted, wanted
from trust_widgets.callers.request_context import ContextBuilder, home_of, tags_of
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers.saml_any import ENDPOINT

ACTION = "sts:AssumeRoleWithSAML"
_PROVIDER = Question(
    "Provider",
    "Name of the provider in IAM, in the account of the role.",
    "corp",
    SAML_PROVIDER_NAME,
    "A provider name has up to 128 letters, digits and . _ -, like corp.",
)
_ENDPOINT = Question(
    "Sign-in endpoint",
    "Sign-in (ACS) URL. SAML:aud contains it, not the audience of the assertion.",
    ENDPOINT,
    r"https://\S{1,300}",
    f"Write an endpoint like {ENDPOINT}.",
)
_SUBJECT = Question("NameID", "SAML:sub.", "octo-user@octo.example", optional=True, more=True)
_ISSUER = Question(
    "Issuer",
    "SAML:iss: the entity ID of the provider.",
    "https://idp.octo.example/saml",
    optional=True,
    more=True,
)
_FORMAT = Question(
    "Kind of NameID",
    choices={"unknown": "I do not know", "persistent": "Persistent", "transient": "Transient"},
    more=True,
)
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml
_ATTRIBUTES = (
    *(
        "cn",
        "commonName",
        "givenName",
        "mail",
        "name",
        "organizationStatus",
        "primaryGroupSID",
        "surname",
        "uid",
    ),
    *("x500UniqueIdentifier", "edupersonaffiliation", "edupersonassurance", "edupersonentitlement"),
    *("edupersonnickname", "edupersonorgdn", "edupersonorgunitdn", "edupersonprimaryaffiliation"),
    *(
        "edupersonprimaryorgunitdn",
        "edupersonprincipalname",
        "edupersonscopedaffiliation",
        "edupersontargetedid",
    ),
    *("eduorghomepageuri", "eduorgidentityauthnpolicyuri", "eduorglegalname", "eduorgsuperioruri"),
    *("eduorgwhitepagesuri", "namequalifier"),
)


def request(
    role: str = ROLE,
    provider: Annotated[str, _PROVIDER] = "",
    endpoint: Annotated[str, _ENDPOINT] = ENDPOINT,
    name_id: Annotated[str, _SUBJECT] = "",
    sub_type: Annotated[Literal["unknown", "persistent", "transient"], _FORMAT] = "unknown",
    issuer: Annotated[str, _ISSUER] = "",
    tags: Annotated[tuple[str, ...], asks.TAGS] = (),
    transitive: Annotated[tuple[str, ...], asks.TRANSITIVE] = (),
    source_identity: Annotated[str, asks.SOURCE_IDENTITY] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    home, filling = home_of(role), ContextBuilder(ACTION, role)
    filling.put("saml:aud", endpoint)
    filling.put("saml:doc", f"{home.account}/{provider}")
    filling.told("saml:sub", name_id)
    filling.told("saml:sub_type", "" if sub_type == "unknown" else sub_type)
    filling.told("saml:iss", issuer)
    fill_attributes(filling)
    filling.session(session_name, source_identity, tags_of(tags), transitive)
    filling.came_from(source_ip)
    return filling.request(f"arn:{home.partition}:iam::{home.account}:saml-provider/{provider}")


def fill_attributes(filling: ContextBuilder) -> None:
    """What an assertion may say besides, and what AWS does not say of a call that is not signed."""
    filling.leave_open(*(f"saml:{attribute}" for attribute in _ATTRIBUTES))
    filling.leave_open(
        "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid", "aws:FederatedProvider"
    )


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    for statement, written in allows(policy, ACTION, "Federated"):
        name = written.partition(":saml-provider/")[2]
        if name:
            told: dict[str, Answer] = {
                "provider": name,
                "endpoint": wanted(statement, "saml:aud"),
                "name_id": wanted(statement, "saml:sub"),
                "issuer": wanted(statement, "saml:iss"),
                "tags": tags_wanted(statement, "aws:RequestTag/"),
                "source_identity": wanted(statement, "sts:SourceIdentity"),
            }
            return {name: answer for name, answer in told.items() if answer}
    return None


CALLER = Caller(
    title="SAML sign-in",
    about="A person who signs in through the identity provider of the company.",
    group="People",
    request=request,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html",
    note=(
        "The Role attribute of the assertion decides who gets the role. The identity "
        "provider sets it."
    ),
    guess=guess,
)
