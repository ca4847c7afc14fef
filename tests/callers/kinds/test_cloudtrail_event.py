"""Records of CloudTrail, as AWS's pages show them, and mutated ones.

https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.evaluation import Request

USER: dict[str, Any] = {
    "eventVersion": "1.08",
    "userIdentity": {
        "type": "IAMUser",
        "principalId": "AIDAQRSTUVWXYZEXAMPLE",
        "arn": "arn:aws:iam::777788889999:user/teams/octo",
        "accountId": "777788889999",
        "accessKeyId": "AKIAQRSTUVWXYZEXAMPLE",
        "userName": "octo",
    },
    "eventName": "AssumeRole",
    "sourceIPAddress": "192.0.2.101",
    "requestParameters": {
        "roleArn": "arn:aws:iam::111122223333:role/EC2-dev",
        "roleSessionName": "octo-EC2-dev",
        "sourceIdentity": "octo",
        "serialNumber": "arn:aws:iam::777788889999:mfa/octo",
        "externalId": "b2f6c3de",
    },
    "responseElements": {
        "credentials": {"sessionToken": "secret-token", "accessKeyId": "ASIAEXAMPLE"}
    },
}
SESSION: dict[str, Any] = {
    "userIdentity": {
        "type": "AssumedRole",
        "principalId": "AROAIN5ATK5U7KEXAMPLE:run-1",
        "arn": "arn:aws:sts::444455556666:assumed-role/deployer/run-1",
        "accountId": "444455556666",
        "sessionContext": {
            "attributes": {"mfaAuthenticated": "false", "creationDate": "2026-10-02T21:50:54Z"},
            "sessionIssuer": {
                "type": "Role",
                "arn": "arn:aws:iam::444455556666:role/teams/deployer",
            },
            "sourceIdentity": "octo",
        },
    },
    "eventName": "AssumeRole",
    "sourceIPAddress": "192.0.2.101",
    "requestParameters": {
        "incomingTransitiveTags": {"Department": "Engineering"},
        "tags": [
            {"value": "octo@octo.example", "key": "Email"},
            {"value": "12345", "key": "CostCenter"},
        ],
        "roleArn": "arn:aws:iam::111122223333:role/next",
        "roleSessionName": "Role2WithTags",
        "sourceIdentity": "octo",
        "transitiveTagKeys": ["Email", "CostCenter"],
    },
}
SAML: dict[str, Any] = {
    "userIdentity": {
        "type": "SAMLUser",
        "principalId": "bdGOnTesti4+ExamplexL/jEvs=:SamlExample",
        "userName": "SamlExample",
        "identityProvider": "bdGOnTesti4+ExamplexL/jEvs=",
    },
    "eventName": "AssumeRoleWithSAML",
    "sourceIPAddress": "AWS Internal",
    "requestParameters": {
        "roleSessionName": "octo",
        "principalTags": {"CostCenter": "987654"},
        "transitiveTagKeys": ["CostCenter"],
        "roleArn": "arn:aws:iam::111122223333:role/app",
        "principalArn": "arn:aws:iam::111122223333:saml-provider/corp",
    },
    "responseElements": {
        "subject": "SamlExample",
        "subjectType": "transient",
        "issuer": "https://idp.octo.example/saml",
        "audience": "https://signin.aws.amazon.com/saml",
    },
}
PROVIDER = "arn:aws:iam::111122223333:oidc-provider/idp.octo.example/tenant"
WEB: dict[str, Any] = {
    "userIdentity": {
        "type": "WebIdentityUser",
        "principalId": f"{PROVIDER}:urn:app:1:user:42",
        "userName": "user:42",
        "identityProvider": PROVIDER,
    },
    "eventName": "AssumeRoleWithWebIdentity",
    "sourceIPAddress": "192.0.2.101",
    "requestParameters": {
        "roleArn": "arn:aws:iam::111122223333:role/app",
        "roleSessionName": "octo",
    },
    "responseElements": {"subjectFromWebIdentityToken": "user:42", "audience": "urn:app:1"},
}
SERVICE: dict[str, Any] = {
    "userIdentity": {"type": "AWSService", "invokedBy": "lambda.amazonaws.com"},
    "eventName": "AssumeRole",
    "sourceIPAddress": "lambda.amazonaws.com",
    "requestParameters": {
        "roleArn": "arn:aws:iam::111122223333:role/app",
        "roleSessionName": "shop",
    },
}
OTHER: dict[str, Any] = {
    "userIdentity": {
        "type": "AWSAccount",
        "principalId": "AIDAQRSTUVWXYZEXAMPLE",
        "accountId": "777788889999",
    },
    "eventName": "AssumeRole",
    "sourceIPAddress": "192.0.2.101",
    "errorCode": "AccessDenied",
    "requestParameters": {
        "roleArn": "arn:aws:iam::111122223333:role/app",
        "roleSessionName": "octo",
    },
}
EVERY = (USER, SESSION, SAML, WEB, SERVICE, OTHER)


def call(record: Any) -> Request:
    """The call that a record tells of."""
    return CALLERS["cloudtrail_event"].make(
        ROLE, {"text": record if isinstance(record, str) else json.dumps(record)}
    )


def test_a_user_with_mfa_and_external_id() -> None:
    """Whatever was passed is in the parameters; serial number and code make MFA present."""
    request = call(USER)
    assert (request.principal, request.role) == (
        USER["userIdentity"]["arn"],
        "arn:aws:iam::111122223333:role/EC2-dev",
    )
    assert dict(request.context) == {
        "sts:ExternalId": "b2f6c3de",
        "sts:SourceIdentity": "octo",
        "sts:RoleSessionName": "octo-EC2-dev",
        "aws:MultiFactorAuthPresent": "true",
        "aws:SourceIp": "192.0.2.101",
    }
    assert {"aws:PrincipalOrgID", "aws:PrincipalTag/*", "aws:MultiFactorAuthAge"} <= request.unknown


def test_a_user_with_a_long_term_key_has_no_key_about_mfa() -> None:
    """A record has a session's context only of temporary credentials."""
    record = copy.deepcopy(USER)
    del record["requestParameters"]["serialNumber"]
    request = call(record)
    assert "aws:multifactorauthpresent" not in request.keys
    record["userIdentity"]["sessionContext"] = {"attributes": {"mfaAuthenticated": "true"}}
    assert call(record).context["aws:MultiFactorAuthPresent"] == "true"


def test_a_session_has_its_roles_arn_and_what_it_carries() -> None:
    """The issuer's ARN has the path; tags handed on are the caller's, tags passed the request's."""
    request = call(SESSION)
    assert request.context["aws:PrincipalArn"] == "arn:aws:iam::444455556666:role/teams/deployer"
    assert request.context["aws:PrincipalTag/Department"] == "Engineering"
    assert request.context["aws:RequestTag/Email"] == "octo@octo.example"
    assert request.context["sts:TransitiveTagKeys"] == ("Email", "CostCenter")
    assert request.context["aws:SourceIdentity"] == "octo"
    assert request.actions == ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")


def test_without_its_issuer_a_sessions_role_may_have_any_path() -> None:
    """So that aws:PrincipalArn is unknown."""
    record = copy.deepcopy(SESSION)
    del record["userIdentity"]["sessionContext"]["sessionIssuer"]
    assert "aws:PrincipalArn" in call(record).unknown


def test_a_saml_user() -> None:
    """The answer tells recipient, issuer and kind of NameID; the user's identity the NameID and the
    qualifier.
    """
    request = call(SAML)
    assert request.principal == "arn:aws:iam::111122223333:saml-provider/corp"
    assert request.context["saml:aud"] == "https://signin.aws.amazon.com/saml"
    assert (
        request.context["saml:sub"] == "SamlExample"
        and request.context["saml:sub_type"] == "transient"
    )
    assert request.context["saml:namequalifier"] == "bdGOnTesti4+ExamplexL/jEvs="
    assert request.context["aws:RequestTag/CostCenter"] == "987654"
    assert "aws:SourceIp" in request.unknown  # "AWS Internal" is no address


def test_of_a_refused_saml_sign_in_the_answer_is_missing() -> None:
    """And so are recipient and issuer."""
    request = call({**SAML, "errorCode": "AccessDenied", "responseElements": None})
    assert {"saml:aud", "saml:iss", "saml:sub_type"} <= request.unknown


def test_a_web_identitys_audience_stands_between_provider_and_subject() -> None:
    """Also with colons in both, and without the answer."""
    refused = {**WEB, "errorCode": "AccessDenied", "responseElements": None}
    for record in (WEB, refused):
        request = call(record)
        assert request.principal == PROVIDER
        assert request.context["idp.octo.example/tenant:aud"] == "urn:app:1"
        assert request.context["idp.octo.example/tenant:sub"] == "user:42"
        assert "idp.octo.example/tenant:oaud" in request.unknown
    assert {"aws:TagKeys", "sts:SourceIdentity"} <= call(refused).unknown


def test_an_older_google_record() -> None:
    """AWS's page: accounts.google.com, the application's id, the user's id."""
    identity = {
        "type": "WebIdentityUser",
        "principalId": "accounts.google.com:app.example:user-1",
        "userName": "user-1",
    }
    request = call({**WEB, "userIdentity": {**identity, "identityProvider": "accounts.google.com"}})
    assert (request.principal, request.context["accounts.google.com:aud"]) == (
        "accounts.google.com",
        "app.example",
    )


def test_a_service() -> None:
    """Its source is not in the record; a name is no address."""
    request = call(SERVICE)
    assert request.principal == "lambda.amazonaws.com"
    assert {"aws:SourceAccount", "aws:SourceArn", "aws:SourceIp"} <= request.unknown
    assert "aws:SourceVpce" not in request.unknown  # a service's calls pass no endpoint


def test_somebody_of_another_account() -> None:
    """The role's account is told the caller's account alone."""
    request = call(OTHER)
    assert request.principal == "arn:aws:iam::777788889999:root"
    assert "aws:MultiFactorAuthPresent" in request.unknown


def test_a_call_through_an_endpoint() -> None:
    """Then there is no public address."""
    request = call({**USER, "vpcEndpointId": "vpce-0123456789abcdef0"})
    assert request.context["aws:SourceVpce"] == "vpce-0123456789abcdef0"
    assert (
        request.context["aws:VpcSourceIp"] == "192.0.2.101" and "aws:sourceip" not in request.keys
    )


def test_an_external_id_with_a_token_is_refused() -> None:
    """Only sts:AssumeRole takes one."""
    record = {**WEB, "requestParameters": {**WEB["requestParameters"], "externalId": "b2f6c3de"}}
    with pytest.raises(ValueError, match="external ID"):
        call(record)


@pytest.mark.parametrize(
    "wrapped",
    [
        {"Records": [USER]},
        {"Records": [{"eventName": "GetCallerIdentity"}, USER]},
        {"Records": [{**USER, "errorCode": "AccessDenied"}, SESSION]},
        {"Events": [{"EventName": "AssumeRole", "CloudTrailEvent": json.dumps(USER)}]},
        {"CloudTrailEvent": json.dumps(USER)},
        {"detail-type": "AWS API Call via CloudTrail", "detail": USER},
    ],
)
def test_a_record_is_found_in_what_holds_it(wrapped: Any) -> None:
    """A log file, what lookup-events prints, an event of EventBridge; of several calls the one that
    was refused.
    """
    assert call(wrapped).principal == USER["userIdentity"]["arn"]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ("", "JSON"),
        ("[]", "object"),
        ({}, "no event"),
        ({"eventName": "CreateUser"}, "CreateUser"),
        ({"Records": [USER, SESSION]}, "2 calls"),
        ({**USER, "userIdentity": {"type": "Directory"}}, "Directory"),
        ({**USER, "userIdentity": None}, "type"),
        (
            {
                **SERVICE,
                "userIdentity": {"type": "AWSService", "invokedBy": "AWS Internal"},
                "sourceIPAddress": "AWS Internal",
            },
            "AWS Internal",
        ),
        ({**SAML, "requestParameters": {"roleArn": ROLE}}, "SAML provider"),
        ({**USER, "requestParameters": {"roleArn": "x"}}, "is not the ARN of a role"),
    ],
)
def test_anything_else_is_refused(record: Any, why: str) -> None:
    """In plain words."""
    with pytest.raises(ValueError, match=why):
        CALLERS["cloudtrail_event"].request(
            ROLE, record if isinstance(record, str) else json.dumps(record)
        )


def test_no_credentials_and_no_external_id_are_kept() -> None:
    """The call is the same but for the external ID, which is unknown then."""
    kept = CALLERS["cloudtrail_event"].to_keep({"text": json.dumps(USER)})
    assert not {
        secret for secret in ("secret-token", "ASIA", "AKIA", "b2f6c3de") if secret in kept["text"]
    }
    again = CALLERS["cloudtrail_event"].make(ROLE, kept)
    assert "sts:ExternalId" in again.unknown and again.principal == USER["userIdentity"]["arn"]


def test_remarks_say_what_became_of_the_call() -> None:
    """And that the role is the record's."""
    remarks = CALLERS["cloudtrail_event"].remarks({"text": json.dumps(OTHER)})
    assert any("arn:aws:iam::111122223333:role/app" in remark for remark in remarks)
    assert any("denied" in remark for remark in remarks)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, here: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every place in nested objects."""
    if not isinstance(value, dict):
        return [here]
    return [here, *(place for name in value for place in places(value[name], (*here, name)))]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A record with something else at up to three places, or nothing."""
    record = copy.deepcopy(draw(st.sampled_from(EVERY)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([place for place in places(record) if place]))
        inside: Any = record
        for name in way:
            inside = inside[name]
        if draw(st.booleans()):
            inside[last] = draw(values)
        else:
            del inside[last]
    return record


@given(mutated().map(json.dumps) | st.text() | values.map(json.dumps))
def test_whatever_is_pasted_there_is_a_call_or_a_plain_refusal(text: str) -> None:
    """No other error, and no empty message; what is kept makes a call as well, of the same
    caller.
    """
    caller = CALLERS["cloudtrail_event"]
    try:
        request = caller.request(ROLE, text)
    except ValueError as error:
        assert str(error)
        return
    assert (
        caller.request(ROLE, caller.to_keep({"text": text})["text"]).principal == request.principal
    )
    assert caller.remarks({"text": text})


# -- records that tell less, and more --------------------------------------------------------------


def test_the_service_may_stand_in_the_address() -> None:
    """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html"""
    assert call({**SERVICE, "userIdentity": {"type": "AWSService"}}).identity.kind == "service"


def test_an_internal_address_of_aws_is_unknown() -> None:
    request = call({**SESSION, "sourceIPAddress": "AWS Internal"})
    assert "aws:SourceIp" in request.unknown and "aws:SourceIp" not in request.context


WITHOUT_PROVIDER = {
    "eventName": "AssumeRoleWithWebIdentity",
    "errorCode": "AccessDenied",
    "errorMessage": "An unknown error occurred",
    "userIdentity": {"type": "WebIdentityUser", "userName": "organization:octo-org:pipeline:app"},
    "requestParameters": {"roleArn": "arn:aws:iam::111122223333:role/app"},
}


@pytest.mark.parametrize(
    ("subject", "outcome"),
    [
        ("organization:octo-org:pipeline:app", "depends"),
        ("organization:octo-org:pipeline:other", "not allowed"),
    ],
)
@pytest.mark.parametrize("issuer", ["agent.buildkite.com", "gitlab.com", "idp.octo.example"])
def test_without_the_provider_the_subject_is_compared_all_the_same(
    issuer: str, subject: str, outcome: str
) -> None:
    """Which issuer it was is unknown; that its subject is another one is not."""
    statement = tw.Statement(
        principal=tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{issuer}"),
        action="sts:AssumeRoleWithWebIdentity",
        conditions=(tw.Condition("StringEquals", f"{issuer}:sub", (subject,)),),
    )
    decision = tw.evaluate(tw.TrustPolicy((statement,)), call(WITHOUT_PROVIDER))
    assert decision.outcome == outcome
    ec2 = tw.Statement(principal=tw.Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole")
    assert tw.evaluate(tw.TrustPolicy((ec2,)), call(WITHOUT_PROVIDER)).outcome == "not allowed"


def test_transitive_tags_of_the_session_need_an_action() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    record = copy.deepcopy(SESSION)
    record["requestParameters"] = {
        "roleArn": "arn:aws:iam::111122223333:role/app",
        "incomingTransitiveTags": {"team": "shop"},
    }
    request = call(record)
    assert (
        "sts:TagSession" in request.actions and request.context["aws:PrincipalTag/team"] == "shop"
    )


@pytest.mark.parametrize(
    "code", ["InvalidIdentityToken", "PackedPolicyTooLarge", "RegionDisabledException"]
)
def test_an_error_that_no_policy_caused_is_explained(code: str) -> None:
    record = {**WITHOUT_PROVIDER, "errorCode": code}
    said = CALLERS["cloudtrail_event"].remarks({"text": json.dumps(record)})
    assert any("trust policy" in remark for remark in said[1:])
    assert CALLERS["cloudtrail_event"].refusal({"text": json.dumps(record)}) is None


def test_a_call_that_was_let_in_had_the_callers_permission() -> None:
    """Its own policies allowed it, or the trust policy alone did."""
    record = {
        "eventName": "AssumeRole",
        "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::444455556666:user/ops"},
        "requestParameters": {"roleArn": "arn:aws:iam::111122223333:role/app"},
    }
    box = CALLERS["cloudtrail_event"]
    role = "arn:aws:iam::111122223333:role/app"
    assert box.make(role, text=json.dumps(record)).caller_permission == "yes"
    refused = {**record, "errorCode": "AccessDenied"}
    assert box.make(role, text=json.dumps(refused)).caller_permission == "unknown"
