"""Why a call was refused, from what people have at hand: a CloudTrail record, or a token's claims,
and the policy.

The records have the fields of
https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html; the subjects those of
https://docs.github.com/en/actions/reference/security/oidc and of EKS.
"""

from __future__ import annotations

import json
from typing import Any

import trust_widgets as tw
from trust_widgets.callers import CALLERS
from trust_widgets.evaluation import Outcome, Reason
from trust_widgets.explain import Decision

ROLE = "arn:aws:iam::111122223333:role/app"
GITHUB = "token.actions.githubusercontent.com"
CLUSTER = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"


def policy(principal: dict[str, str], action: str | list[str], **condition: Any) -> str:
    """A policy of one Allow."""
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": action,
        "Condition": condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def oidc(issuer: str, **condition: Any) -> str:
    """A policy for tokens of an issuer."""
    provider = f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    return policy({"Federated": provider}, "sts:AssumeRoleWithWebIdentity", **condition)


def github(operator: str, subject: str) -> str:
    """A policy for GitHub's tokens with the usual audience and a condition on the subject."""
    conditions: dict[str, dict[str, str]] = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}
    conditions.setdefault(operator, {})[f"{GITHUB}:sub"] = subject
    return oidc(GITHUB, **conditions)


def refused_token(issuer: str, subject: str, audience: str = "sts.amazonaws.com") -> str:
    """The record of a refused AssumeRoleWithWebIdentity."""
    provider = f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    identity = {
        "type": "WebIdentityUser",
        "principalId": f"{provider}:{audience}:{subject}",
        "userName": subject,
        "identityProvider": provider,
    }
    return refused(
        "AssumeRoleWithWebIdentity", identity, "An unknown error occurred", roleSessionName="run-1"
    )


def refused(
    event: str, identity: dict[str, Any], message: str = "Access denied", **parameters: Any
) -> str:
    """The record of a refused call for the role."""
    return json.dumps(
        {
            "eventVersion": "1.08",
            "userIdentity": identity,
            "eventTime": "2026-11-20T10:00:00Z",
            "eventSource": "sts.amazonaws.com",
            "eventName": event,
            "awsRegion": "eu-central-1",
            "sourceIPAddress": "203.0.113.10",
            "userAgent": "aws-cli/2.32.10",
            "errorCode": "AccessDenied",
            "errorMessage": message,
            "requestParameters": {"roleArn": ROLE, **parameters},
            "responseElements": None,
            "resources": [{"accountId": "111122223333", "type": "AWS::IAM::Role", "ARN": ROLE}],
        }
    )


def user(name: str = "ops", account: str = "444455556666", **more: Any) -> dict[str, Any]:
    """An IAM user with a long-term key, as a record names it."""
    arn = f"arn:aws:iam::{account}:user/{name}"
    return {
        "type": "IAMUser",
        "arn": arn,
        "accountId": account,
        "principalId": "AIDAEXAMPLE",
        "userName": name,
        **more,
    }


def decided(event: str, text: str, caller: str = "cloudtrail_event", **answers: Any) -> Decision:
    """What the policy says to the pasted caller."""
    return tw.evaluate(tw.parse(text), CALLERS[caller].make(ROLE, {"text": event, **answers}))


def codes(decision: Decision) -> set[Reason]:
    """Every reason of the nearest Allow's misses."""
    return {node.code for miss in decision.misses for node in miss.walk()}


def missed_keys(decision: Decision) -> set[str]:
    """The condition keys in which the nearest Allow misses."""
    return {miss.data[0] for miss in decision.misses}


def test_wrong_case_of_the_owner() -> None:
    """The token says Octo-Org, the policy octo-org."""
    event = refused_token(GITHUB, "repo:Octo-Org/app:ref:refs/heads/main")
    decision = decided(event, github("StringEquals", "repo:octo-org/app:ref:refs/heads/main"))
    assert decision.outcome is Outcome.NOT_ALLOWED
    assert Reason.VALUE_CASE_DIFFERS in codes(decision) and missed_keys(decision) == {
        f"{GITHUB}:sub"
    }
    assert "upper and lower case" in decision.because


def test_wrong_case_of_the_owner_from_claims() -> None:
    """The same from a token's claims."""
    claims = {
        "iss": f"https://{GITHUB}",
        "aud": "sts.amazonaws.com",
        "sub": "repo:Octo-Org/app:ref:refs/heads/main",
    }
    text = github("StringEquals", "repo:octo-org/app:ref:refs/heads/main")
    assert Reason.VALUE_CASE_DIFFERS in codes(decided(json.dumps(claims), text, "token"))


def test_environment_subject_against_a_branch_pattern() -> None:
    """A job that names an environment has no ref in its subject."""
    event = refused_token(GITHUB, "repo:octo-org/app:environment:production")
    decision = decided(event, github("StringLike", "repo:octo-org/app:ref:refs/heads/*"))
    assert decision.outcome is Outcome.NOT_ALLOWED and missed_keys(decision) == {f"{GITHUB}:sub"}
    assert Reason.VALUE_DIFFERS in codes(decision)
    assert "names an environment" in decision.because


def test_string_equals_with_an_asterisk() -> None:
    """StringEquals takes * as a letter."""
    event = refused_token(GITHUB, "repo:octo-org/app:ref:refs/heads/main")
    decision = decided(event, github("StringEquals", "repo:octo-org/app:*"))
    assert decision.outcome is Outcome.NOT_ALLOWED and Reason.GLOB_UNDER_EQUALS in codes(decision)
    assert "StringLike" in decision.because


def test_immutable_subject_against_a_classic_pattern() -> None:
    """A repository made after 15 July 2026 sends its ids."""
    event = refused_token(GITHUB, "repo:octo-org@123456/app@456789:ref:refs/heads/main")
    decision = decided(event, github("StringLike", "repo:octo-org/app:*"))
    assert decision.outcome is Outcome.NOT_ALLOWED and missed_keys(decision) == {f"{GITHUB}:sub"}
    assert "IDs" in decision.because


def test_missing_external_id() -> None:
    """A vendor that calls without one; the record lists what was passed."""
    text = policy(
        {"AWS": "444455556666"}, "sts:AssumeRole", StringEquals={"sts:ExternalId": "b2f6c3de"}
    )
    decision = decided(refused("AssumeRole", user(), roleSessionName="ops"), text)
    assert decision.outcome is Outcome.NOT_ALLOWED and missed_keys(decision) == {"sts:ExternalId"}
    assert Reason.KEY_MISSING in codes(decision)
    assert "no external ID" in decision.because


def test_missing_mfa() -> None:
    """A long-term key without serial number and code has no key about MFA at all."""
    mfa = {"aws:MultiFactorAuthPresent": "true"}
    text = policy({"AWS": "111122223333"}, "sts:AssumeRole", Bool=mfa)
    decision = decided(
        refused("AssumeRole", user(account="111122223333"), roleSessionName="ops"), text
    )
    assert decision.outcome is Outcome.NOT_ALLOWED and missed_keys(decision) == {
        "aws:MultiFactorAuthPresent"
    }
    assert Reason.KEY_MISSING in codes(decision)
    assert "without MFA" in decision.because


def test_wrong_audience() -> None:
    """A token asked for another audience; in the record it stands between provider and subject."""
    subject = "repo:octo-org/app:ref:refs/heads/main"
    decision = decided(
        refused_token(GITHUB, subject, "https://github.com/octo-org"),
        github("StringEquals", subject),
    )
    assert decision.outcome is Outcome.NOT_ALLOWED and missed_keys(decision) == {f"{GITHUB}:aud"}
    assert (
        "https://github.com/octo-org" in decision.because
        and "sts.amazonaws.com" in decision.because
    )


def test_wrong_cluster() -> None:
    """The policy names another cluster's provider."""
    other = CLUSTER.replace("539D", "0000")
    event = refused_token(other, "system:serviceaccount:shop:cart")
    decision = decided(
        event, oidc(CLUSTER, StringEquals={f"{CLUSTER}:sub": "system:serviceaccount:shop:cart"})
    )
    assert decision.outcome is Outcome.NOT_ALLOWED and Reason.PRINCIPAL_DIFFERS in codes(decision)
    assert "cluster" in decision.because


def test_missing_tag_session() -> None:
    """The call passes session tags and no statement allows sts:TagSession."""
    event = refused(
        "AssumeRole", user(), roleSessionName="ops", tags=[{"key": "Project", "value": "shop"}]
    )
    decision = decided(event, policy({"AWS": "444455556666"}, "sts:AssumeRole"), permission="yes")
    assert (
        decision.outcome is Outcome.NOT_ALLOWED and decision.tree.code is Reason.TAG_SESSION_MISSING
    )
    assert "sts:TagSession" in decision.because


def test_the_callers_own_permission() -> None:
    """Across accounts the caller's own side must allow it too."""
    event = refused("AssumeRole", user(), roleSessionName="ops")
    text = policy({"AWS": "arn:aws:iam::444455556666:user/ops"}, "sts:AssumeRole")
    assert decided(event, text).needs == ("caller permission",)
    decision = decided(event, text, permission="no")
    assert decision.outcome is Outcome.NOT_ALLOWED and Reason.PERMISSION_MISSING in codes(decision)
    assert "own policies" in decision.because


def test_session_arn_against_role_arn() -> None:
    """aws:PrincipalArn is the role's ARN, and the policy asks for the session's."""
    session = "arn:aws:sts::444455556666:assumed-role/deployer/run-1"
    role = "arn:aws:iam::444455556666:role/deployer"
    context = {
        "sessionIssuer": {"type": "Role", "arn": role},
        "attributes": {"mfaAuthenticated": "false"},
    }
    identity = {
        "type": "AssumedRole",
        "arn": session,
        "accountId": "444455556666",
        "sessionContext": context,
    }
    text = policy(
        {"AWS": "444455556666"}, "sts:AssumeRole", ArnEquals={"aws:PrincipalArn": session}
    )
    decision = decided(refused("AssumeRole", identity, roleSessionName="next"), text)
    assert decision.outcome is Outcome.NOT_ALLOWED and missed_keys(decision) == {"aws:PrincipalArn"}
    assert "session" in decision.because


def test_another_session_of_the_role() -> None:
    """The policy names one session of the role, and another one calls."""
    identity = {
        "type": "AssumedRole",
        "arn": "arn:aws:sts::444455556666:assumed-role/deployer/run-2",
    }
    text = policy(
        {"AWS": "arn:aws:sts::444455556666:assumed-role/deployer/run-1"}, "sts:AssumeRole"
    )
    decision = decided(refused("AssumeRole", identity, roleSessionName="next"), text)
    assert decision.outcome is Outcome.NOT_ALLOWED and Reason.SESSION_IS_NOT_ROLE in codes(decision)


def test_service_without_its_source_key() -> None:
    """A record does not tell a service's source, so that the answer depends on it; of a service
    that sends none it is no.
    """
    text = policy(
        {"Service": "ec2.amazonaws.com"},
        "sts:AssumeRole",
        StringEquals={"aws:SourceAccount": "111122223333"},
    )
    event = refused(
        "AssumeRole",
        {"type": "AWSService", "invokedBy": "ec2.amazonaws.com"},
        roleSessionName="i-0abc",
    )
    assert decided(event, text).needs == ("aws:SourceAccount",)
    call = CALLERS["aws_service"].make(ROLE, {"service": "ec2.amazonaws.com", "source": "none"})
    decision = tw.evaluate(tw.parse(text), call)
    assert decision.outcome is Outcome.NOT_ALLOWED and missed_keys(decision) == {
        "aws:SourceAccount"
    }
    assert Reason.KEY_MISSING in codes(decision) and "aws:SourceAccount" in decision.because


def test_the_callers_own_side_refused() -> None:
    """Then the record has no parameters: role and caller stand in its message alone."""
    message = (
        "User: arn:aws:iam::444455556666:user/ops is not authorized to perform: sts:AssumeRole on"
        f" resource: {ROLE}"
    )
    record = json.loads(refused("AssumeRole", user(), message))
    record.update(requestParameters=None, resources=[])
    text = policy(
        {"AWS": "444455556666"}, "sts:AssumeRole", StringEquals={"sts:ExternalId": "b2f6c3de"}
    )
    decision = decided(json.dumps(record), text)
    assert decision.request.role == ROLE and "sts:ExternalId" in decision.needs
