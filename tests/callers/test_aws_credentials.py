"""Users, sessions and services: which keys their calls have.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.evaluation import Request

USER = {"arn": "arn:aws:iam::444455556666:user/ops"}
SESSION = {"arn": "arn:aws:sts::444455556666:assumed-role/deployer/run-1"}
CENTER = {
    "account": "444455556666",
    "permission_set": "Deployers",
    "region": "eu-central-1",
    "user": "octo-user",
}


def call(name: str, **answers: Any) -> Request:
    """The call of a caller."""
    return CALLERS[name].make(ROLE, answers)


@pytest.mark.parametrize(
    ("credentials", "mfa", "present"),
    [
        ("key", "no", None),
        ("key", "passed", "true"),
        ("console", "no", "false"),
        ("console", "session", "true"),
        ("token", "no", "false"),
        ("token", "passed", "true"),
    ],
)
def test_mfa_of_a_user(credentials: str, mfa: str, present: str | None) -> None:
    """Absent for a long-term key, unless serial number and code are passed."""
    request = call("iam_user", **USER, credentials=credentials, mfa=mfa)
    assert request.keys.get("aws:multifactorauthpresent") == present
    assert ("aws:MultiFactorAuthAge" in request.unknown) == (present == "true")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"credentials": "key", "mfa": "session"}, "no MFA"),
        ({"credentials": "console", "external_id": "b2f6c3de"}, "Switch Role"),
        ({"credentials": "console", "tags": ("Project=shop",)}, "Switch Role"),
        ({"tags": ("Project=shop", "Project=web")}, "twice"),
    ],
)
def test_contradictions_of_a_user_are_refused(answers: dict[str, Any], why: str) -> None:
    """In plain words."""
    with pytest.raises(ValueError, match=why):
        call("iam_user", **USER, **answers)


def test_what_a_user_passes() -> None:
    """Tags with their keys; nothing that was not passed."""
    request = call(
        "iam_user", **USER, tags=("Project=shop",), transitive=("Project",), external_id="b2f6c3de"
    )
    assert request.context["aws:RequestTag/Project"] == "shop" and request.context[
        "aws:TagKeys"
    ] == ("Project",)
    assert request.context["sts:TransitiveTagKeys"] == ("Project",)
    assert (
        request.context["sts:ExternalId"] == "b2f6c3de" and "sts:sourceidentity" not in request.keys
    )


def test_the_organisation_is_unknown_until_somebody_tells() -> None:
    """And absent for an account that is in none."""
    assert "aws:PrincipalOrgID" in call("iam_user", **USER).unknown
    assert (
        call("iam_user", **USER, organization="o-a1b2c3d4e5").context["aws:PrincipalOrgID"]
        == "o-a1b2c3d4e5"
    )
    assert "aws:principalorgid" not in call("iam_user", **USER, organization="none").keys


def test_a_call_without_a_told_address_may_come_through_an_endpoint() -> None:
    """With a public address it does not."""
    assert {"aws:SourceIp", "aws:SourceVpce"} <= call("iam_user", **USER).unknown
    told = call("iam_user", **USER, source_ip="203.0.113.10")
    assert told.context["aws:SourceIp"] == "203.0.113.10" and "aws:sourcevpce" not in told.keys


def test_a_session_has_its_roles_arn_and_never_mfa() -> None:
    """With the path that its own ARN leaves out."""
    request = call("role_session", **SESSION, path="/teams/")
    assert request.context["aws:PrincipalArn"] == "arn:aws:iam::444455556666:role/teams/deployer"
    assert (
        request.context["aws:MultiFactorAuthPresent"] == "false"
        and "aws:username" not in request.keys
    )


@pytest.mark.parametrize(
    ("name", "answers"), [("role_session", SESSION), ("identity_center_session", CENTER)]
)
def test_mfa_on_a_session_is_refused(name: str, answers: dict[str, str]) -> None:
    """AWS does not hand it on, however somebody signed in."""
    with pytest.raises(ValueError, match="MFA"):
        call(name, **answers, mfa=True)


def test_an_identity_center_session() -> None:
    """Its role is below aws-reserved, with the region unless that is us-east-1."""
    request = call("identity_center_session", **CENTER)
    name = "AWSReservedSSO_Deployers_0123456789abcdef"
    assert request.principal == f"arn:aws:sts::444455556666:assumed-role/{name}/octo-user"
    path = "/aws-reserved/sso.amazonaws.com/eu-central-1/"
    assert request.context["aws:PrincipalArn"] == f"arn:aws:iam::444455556666:role{path}{name}"
    with pytest.raises(ValueError, match="organization"):
        call("identity_center_session", **CENTER, organization="none")


def test_an_identity_center_guess() -> None:
    """From the pattern that AWS's pages recommend, since the role's name changes."""
    arn = (
        "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Deployers_*"
    )
    statement = tw.Statement(
        principal=tw.Principal(aws="444455556666"),
        action="sts:AssumeRole",
        conditions=(tw.Condition("ArnLike", "aws:PrincipalArn", (arn,)),),
    )
    policy, caller = tw.TrustPolicy((statement,)), CALLERS["identity_center_session"]
    assert caller.guess is not None
    guess = caller.guess(policy, ROLE)
    assert guess is not None and guess["permission_set"] == "Deployers"
    assert (
        tw.evaluate(policy, caller.make(ROLE, {**guess, "permission": "yes"})).outcome == "allowed"
    )


def test_a_role_named_by_a_condition_is_guessed_with_its_path() -> None:
    """An account as principal, and the role in aws:PrincipalArn."""
    arn = "arn:aws:iam::444455556666:role/teams/deployer"
    statement = tw.Statement(
        principal=tw.Principal(aws="444455556666"),
        action="sts:AssumeRole",
        conditions=(tw.Condition("ArnEquals", "aws:PrincipalArn", (arn,)),),
    )
    policy, caller = tw.TrustPolicy((statement,)), CALLERS["role_session"]
    assert caller.guess is not None
    guess = caller.guess(policy, ROLE)
    assert guess is not None and guess["path"] == "/teams/"
    assert (
        tw.evaluate(policy, caller.make(ROLE, {**guess, "permission": "yes"})).outcome == "allowed"
    )


def test_the_source_of_a_service() -> None:
    """Sent, not sent, or unknown."""
    service = {"service": "lambda.amazonaws.com"}
    assert {"aws:SourceAccount", "aws:SourceArn"} <= call("aws_service", **service).unknown
    none = call("aws_service", **service, source="none")
    assert "aws:sourceaccount" not in none.keys and "aws:sourcearn" not in none.keys
    sent = call("aws_service", **service, source="sent", source_account="111122223333")
    assert sent.context["aws:SourceAccount"] == "111122223333" and "aws:SourceArn" in sent.unknown
    with pytest.raises(ValueError, match="source"):
        CALLERS["aws_service"].request(ROLE, "lambda.amazonaws.com", source_account="111122223333")


def test_a_pod_is_tagged_unless_the_association_turns_it_off() -> None:
    """Six tags, all transitive; of two nobody knows the value.

    https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
    """
    pod = {
        "cluster": "arn:aws:eks:eu-central-1:111122223333:cluster/web",
        "namespace": "shop",
        "service_account": "cart",
    }
    request = call("pod_identity_pod", **pod)
    assert request.context["aws:RequestTag/eks-cluster-name"] == "web"
    assert len(request.context["aws:TagKeys"]) == 6
    assert request.context["sts:TransitiveTagKeys"] == request.context["aws:TagKeys"]
    assert (
        "aws:RequestTag/kubernetes-pod-name" in request.unknown
        and "sts:TagSession" in request.actions
    )
    assert call("pod_identity_pod", **pod, untagged=True).actions == ("sts:AssumeRole",)


def test_a_certificate() -> None:
    """Its common name is tag and source identity, its source the trust anchor.

    https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
    """
    anchor = (
        "arn:aws:rolesanywhere:eu-central-1:111122223333:"
        "trust-anchor/11111111-2222-4333-8444-555555555555"
    )
    request = call("roles_anywhere", trust_anchor=anchor, common_name="shop-worker")
    assert (
        request.context["aws:SourceArn"] == anchor
        and request.context["aws:SourceAccount"] == "111122223333"
    )
    assert request.context["aws:PrincipalTag/x509Subject/CN"] == "shop-worker"
    assert request.actions == ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")


def test_a_cognito_guest_came_through_no_provider() -> None:
    """amr is unauthenticated alone, or authenticated with names."""
    pool = {"pool": "us-east-1:12345678-abcd-abcd-abcd-123456789012"}
    key = "cognito-identity.amazonaws.com:amr"
    assert call("cognito_identity", **pool, signed_in=False).context[key] == ("unauthenticated",)
    told = call("cognito_identity", **pool, signed_in=True, logins=("graph.facebook.com",))
    assert told.context[key] == ("authenticated", "graph.facebook.com")
    with pytest.raises(ValueError, match="A guest has no"):
        CALLERS["cognito_identity"].request(
            ROLE, pool["pool"], signed_in=False, logins=("graph.facebook.com",)
        )


def test_tags_of_the_caller_are_unknown_until_somebody_tells() -> None:
    """Any may be there; with some told, no other is."""
    assert "aws:PrincipalTag/*" in call("iam_user", **USER).unknown
    told = call("iam_user", **USER, principal_tags=("Department=sales",))
    assert (
        told.context["aws:PrincipalTag/Department"] == "sales"
        and "aws:PrincipalTag/*" not in told.unknown
    )
    asked = tw.Condition("StringEquals", "aws:PrincipalTag/Team", ("web",))
    statement = tw.Statement(
        principal=tw.Principal(aws="444455556666"), action="sts:AssumeRole", conditions=(asked,)
    )
    policy = tw.TrustPolicy((statement,))
    assert "aws:PrincipalTag/Team" in tw.evaluate(policy, call("iam_user", **USER)).needs
    assert tw.evaluate(policy, told).outcome == "not allowed"
