"""The one sentence that tells why a call is refused, for the causes that people meet most; written
by hand.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw

ISSUER = "token.actions.githubusercontent.com"
GITHUB = f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
EKS = "oidc.eks.eu-west-1.amazonaws.com/id/"
ONE, OTHER = EKS + "AAAA1111AAAA1111AAAA1111AAAA1111", EKS + "BBBB2222BBBB2222BBBB2222BBBB2222"
USER = "arn:aws:iam::444455556666:user/ops"
SESSION = "arn:aws:sts::444455556666:assumed-role/deploy/run-1"


def statement(
    principal: Any, condition: Any = None, action: Any = "sts:AssumeRole", effect: str = "Allow"
) -> Any:
    """One statement as JSON."""
    more = {"Condition": condition} if condition else {}
    return {"Effect": effect, "Principal": principal, "Action": action, **more}


def decided(request: tw.Request, *statements: Any, version: str = "2012-10-17") -> tw.Decision:
    """A call against a policy of these statements."""
    return tw.evaluate(tw.parse(json.dumps({"Version": version, "Statement": statements})), request)


def because(request: tw.Request, *statements: Any, version: str = "2012-10-17") -> str:
    """Why a call is decided as it is."""
    return decided(request, *statements, version=version).because


def workflow(subject: str, audience: str = "sts.amazonaws.com") -> tw.Request:
    """A run of GitHub Actions."""
    context = {f"{ISSUER}:sub": subject, f"{ISSUER}:aud": audience}
    return tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context=context)


def trusting(subject: str, operator: str = "StringEquals") -> Any:
    """GitHub with one subject and the usual audience."""
    condition: dict[str, Any] = {"StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com"}}
    condition.setdefault(operator, {})[f"{ISSUER}:sub"] = subject
    return statement({"Federated": GITHUB}, condition, "sts:AssumeRoleWithWebIdentity")


def user(**more: Any) -> tw.Request:
    """A user of another account whose own policies allow the call."""
    return tw.Request("sts:AssumeRole", USER, **{"caller_permission": "yes", **more})


MAIN = "repo:octo-org/app:ref:refs/heads/main"
SAYS = (
    f'Everything matches except {ISSUER}:sub: the token has "{{0}}", the policy requires '
    '"{1}". {2}'
)


@pytest.mark.parametrize(
    ("subject", "pattern", "operator", "why"),
    [
        (
            MAIN,
            "repo:Octo-Org/app:ref:refs/heads/main",
            "StringEquals",
            "The two differ only in upper and lower case, and here case matters.",
        ),
        (
            MAIN,
            "repo:Octo-Org/*",
            "StringLike",
            "The two differ only in upper and lower case, and here case matters.",
        ),
        (
            "repo:octo-org/app:environment:prod",
            MAIN,
            "StringEquals",
            (
                "A job that names an environment gets the environment form, whatever branch it"
                " runs on."
            ),
        ),
        (
            "repo:octo-org/app:pull_request",
            "repo:octo-org/app:ref:refs/heads/*",
            "StringLike",
            "A run for a pull request gets the pull_request form, whatever its branch.",
        ),
        (
            MAIN,
            "repo:octo-org/app:*",
            "StringEquals",
            (
                "StringEquals reads * and ? as ordinary characters. StringLike reads them as"
                " wildcards."
            ),
        ),
        (
            "repo:octo-org@123/app@456:ref:refs/heads/main",
            "repo:octo-org/app:*",
            "StringLike",
            (
                "The token has the subject format with IDs, which repositories created, "
                "renamed or moved since 15 July 2026 send. The policy has the format "
                "without IDs."
            ),
        ),
        (
            MAIN,
            "repo:octo-org@123/app@456:*",
            "StringLike",
            "The token has the subject format without IDs. The policy has the format with IDs.",
        ),
        (
            "repo:octo-org/app:ref:refs/tags/v1",
            "repo:octo-org/app:ref:refs/heads/*",
            "StringLike",
            "The run is for a tag, and the policy is for a branch.",
        ),
    ],
)
def test_a_subject_of_github(subject: str, pattern: str, operator: str, why: str) -> None:
    """https://docs.github.com/en/actions/reference/security/oidc"""
    assert because(workflow(subject), trusting(pattern, operator)) == SAYS.format(
        subject, pattern, why
    )


@pytest.mark.parametrize(
    ("subject", "pattern"),
    [
        (
            "repo:octo-org-evil@123456/app@456:ref:refs/heads/main",
            "repo:octo-org/app:ref:refs/heads/main",
        ),
        (
            "repo:octo-org@123456/other@456:ref:refs/heads/main",
            "repo:octo-org/app:ref:refs/heads/main",
        ),
        ("repo:octo-evil/app:environment:prod", "repo:octo-org/app:ref:refs/heads/main"),
        (
            "repo:octo-evil/app:ref:refs/heads/main",
            "repo:octo-org@123456/app@456:ref:refs/heads/main",
        ),
    ],
)
def test_a_subject_of_another_repository_is_not_explained_by_its_form(
    subject: str, pattern: str
) -> None:
    """What differs is whose it is, and in the other form it would differ all the same."""
    assert (
        because(workflow(subject), trusting(pattern)) == SAYS.format(subject, pattern, "").rstrip()
    )


def test_the_ids_are_explained_where_a_pattern_admits_the_names() -> None:
    """https://docs.github.com/en/actions/reference/security/oidc"""
    told = because(
        workflow("repo:octo-org@123/app@456:pull_request"),
        trusting("repo:octo-org/a*:*", "StringLike"),
    )
    assert "subject format with IDs" in told


@pytest.mark.parametrize("caller", [SESSION, "arn:aws:iam::444455556666:role/deploy"])
def test_a_session_hands_on_no_mfa(caller: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html"""
    mfa = statement({"AWS": "444455556666"}, {"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    context = {"aws:MultiFactorAuthPresent": "false"}
    call = tw.Request("sts:AssumeRole", caller, context=context, caller_permission="yes")
    assert (
        because(call, mfa)
        == "Everything matches except aws:MultiFactorAuthPresent: the request has "
        '"false", the policy requires "true". A role session carries no MFA '
        "information, even if the user signed in with MFA."
    )
    assert "hands on" not in because(user(context=context), mfa)


def test_the_wrong_audience() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html"""
    assert (
        because(workflow(MAIN, "https://github.com/octo-org"), trusting(MAIN))
        == f"Everything matches except {ISSUER}:aud: the token has "
        '"https://github.com/octo-org", the policy requires "sts.amazonaws.com". '
        "The client that requests the token chooses its audience. Request "
        "sts.amazonaws.com."
    )


def pod(cluster: str) -> tw.Request:
    """A pod of a cluster."""
    provider = f"arn:aws:iam::111122223333:oidc-provider/{cluster}"
    return tw.Request(
        "sts:AssumeRoleWithWebIdentity",
        provider,
        context={f"{cluster}:sub": "system:serviceaccount:shop:cart"},
    )


def test_the_wrong_cluster() -> None:
    """As the provider that is named, and as the issuer of the claim that is asked for."""
    condition = {"StringEquals": {f"{ONE}:sub": "system:serviceaccount:shop:cart"}}
    action = "sts:AssumeRoleWithWebIdentity"
    another = "This is another EKS cluster: each cluster has its own issuer."
    assert (
        because(pod(OTHER), statement({"Federated": pod(ONE).principal}, condition, action))
        == f"The token comes from {OTHER}, and the policy trusts tokens from {ONE}. {another}"
    )
    assert (
        because(pod(OTHER), statement({"Federated": pod(OTHER).principal}, condition, action))
        == f"Everything matches except one thing: the policy requires {ONE}:sub, and the token "
        f"comes from {OTHER}. {another}"
    )


def test_a_provider_of_another_account() -> None:
    """Which the ARN alone tells."""
    other = tw.Request(
        "sts:AssumeRoleWithWebIdentity", GITHUB.replace("111122223333", "444455556666")
    )
    assert (
        because(other, statement({"Federated": GITHUB}, None, "sts:AssumeRoleWithWebIdentity"))
        == f"The policy names {GITHUB}, and the token comes from a provider in another account."
    )


@pytest.mark.parametrize(
    ("condition", "context", "why"),
    [
        (
            {"StringEquals": {"sts:ExternalId": "b2f6c3de"}},
            {},
            "the call passes no external ID, and the policy requires one (sts:ExternalId).",
        ),
        (
            {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
            {},
            (
                "the call was made without MFA (aws:MultiFactorAuthPresent is missing), and the"
                " policy requires it."
            ),
        ),
        (
            {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}},
            {},
            "the call was made without MFA, so that it has no aws:MultiFactorAuthAge.",
        ),
        (
            {"StringEquals": {"aws:PrincipalTag/team": "red"}},
            {},
            "the request has no aws:PrincipalTag/team.",
        ),
        (
            {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
            {"aws:SourceIp": "203.0.113.7"},
            'aws:SourceIp is "203.0.113.7" in the call, which the policy rules out.',
        ),
        (
            {"Null": {"sts:ExternalId": "false"}},
            {},
            "the request has no sts:ExternalId, and the policy requires it.",
        ),
        (
            {"Null": {"sts:ExternalId": "true"}},
            {"sts:ExternalId": "b2f6c3de"},
            "the request has sts:ExternalId, and the policy requires that it is absent.",
        ),
    ],
)
def test_one_condition_alone(condition: Any, context: dict[str, str], why: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    told = because(user(context=context), statement({"AWS": "444455556666"}, condition))
    assert told == f"Everything matches except one thing: {why}"


@pytest.mark.parametrize(
    ("condition", "context", "why"),
    [
        (
            {"StringEquals": {"sts:ExternalId": "b2f6c3de"}},
            {"sts:ExternalId": "octo"},
            'sts:ExternalId: the request has "octo", the policy requires "b2f6c3de".',
        ),
        (
            {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"]}},
            {"aws:SourceIp": "203.0.114.1"},
            (
                'aws:SourceIp: the request has "203.0.114.1", the policy requires '
                '"203.0.113.0/24" (and 1 more).'
            ),
        ),
        (
            {"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
            {"aws:CurrentTime": "2026-11-01T00:00:00Z"},
            (
                'aws:CurrentTime: the request has "2026-11-01T00:00:00Z", the policy '
                'requires DateLessThan "2026-01-01T00:00:00Z".'
            ),
        ),
        (
            {"IpAddress": {"aws:SourceIp": "the office"}},
            {"aws:SourceIp": "203.0.113.7"},
            (
                'aws:SourceIp: the request has "203.0.113.7", the policy requires "the '
                'office". IpAddress cannot read one of the two values.'
            ),
        ),
    ],
)
def test_a_value_that_differs(condition: Any, context: dict[str, str], why: str) -> None:
    """Both sides are told, and how dates and numbers are compared."""
    told = because(user(context=context), statement({"AWS": "444455556666"}, condition))
    assert told == f"Everything matches except {why}"


def test_a_variable_without_its_version() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"""
    condition = {"StringEquals": {"sts:RoleSessionName": "${aws:username}"}}
    call = user(context={"sts:RoleSessionName": "ops"})
    assert (
        because(call, statement({"AWS": "444455556666"}, condition), version="2008-10-17")
        == 'Everything matches except sts:RoleSessionName: the request has "ops", the '
        'policy requires "${aws:username}". In a policy without Version 2012-10-17 a '
        "variable is plain text."
    )


def test_session_tags_and_source_identity() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    only = statement({"AWS": "444455556666"})
    assert (
        because(user(context={"aws:RequestTag/team": "red"}), only)
        == "The request passes session tags, and no statement allows this caller to do that "
        "(sts:TagSession). Without it the whole call fails."
    )
    assert (
        because(user(context={"sts:SourceIdentity": "desk"}), only)
        == "The request sets or passes on a source identity, and no statement allows this "
        "caller to do that (sts:SetSourceIdentity). Without it the whole call fails."
    )
    blue = statement(
        {"AWS": "444455556666"}, {"StringEquals": {"aws:RequestTag/team": "blue"}}, "sts:TagSession"
    )
    assert because(user(context={"aws:RequestTag/team": "red"}), only, blue).endswith(
        ' The closest is Statement 2, but aws:RequestTag/team: the request has "red", '
        'the policy requires "blue".'
    )


def test_the_callers_own_permission() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html"""
    assert (
        because(user(caller_permission="no"), statement({"AWS": USER}))
        == "Everything matches except one thing: the caller's own policies do not allow the "
        "request, and cross-account access needs both: a policy of the caller must allow "
        "sts:AssumeRole on this role."
    )
    own = tw.Request(
        "sts:AssumeRole", USER.replace("444455556666", "111122223333"), caller_permission="no"
    )
    assert (
        because(own, statement({"AWS": "111122223333"}))
        == "Everything matches except one thing: the caller's own policies do not allow the "
        "request, and the trust policy names only its account: a policy of the caller must "
        "allow sts:AssumeRole on this role."
    )


def test_a_session_and_its_role() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    call = tw.Request("sts:AssumeRole", SESSION.replace("run-1", "run-2"), caller_permission="yes")
    assert (
        because(call, statement({"AWS": SESSION}))
        == f"The policy names one session, {SESSION}, and the caller is the session run-2 of the"
        " role deploy of account 444455556666. Name the role to allow all of its sessions."
    )
    assert (
        because(
            call, statement({"AWS": "444455556666"}, {"ArnEquals": {"aws:PrincipalArn": SESSION}})
        )
        == "Everything matches except aws:PrincipalArn: the request has "
        f'"arn:aws:iam::444455556666:role/deploy", the policy requires "{SESSION}". '
        "aws:PrincipalArn contains the ARN of the role, never the ARN of the "
        "session."
    )


def test_a_service_without_its_source() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html"""
    condition = {"ArnLike": {"aws:SourceArn": "arn:aws:lambda:eu-west-1:111122223333:function:*"}}
    call = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
    assert (
        because(call, statement({"Service": "lambda.amazonaws.com"}, condition))
        == "Everything matches except one thing: the service did not say for which resource it "
        "calls (aws:SourceArn is missing)."
    )
    assert because(
        call,
        statement(
            {"Service": "lambda.amazonaws.com"}, {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
        ),
    ) == (
        "Everything matches except one thing: aws:PrincipalOrgID is never present in a request "
        "from an AWS service: a service belongs to no organization."
    )
    assert (
        because(call, statement({"Service": "ec2.amazonaws.com"}))
        == "The caller is the AWS service lambda.amazonaws.com, and the policy names"
        " ec2.amazonaws.com."
    )


def test_another_partition() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_compare-resource-policies.html"""
    assert (
        because(user(), statement({"AWS": "arn:aws-cn:iam::444455556666:root"}))
        == f"The caller {USER} is in another partition than"
        ' "arn:aws-cn:iam::444455556666:root" or the role. AWS does not give access across'
        " partitions."
    )


def test_a_deleted_role() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    call = tw.Request("sts:AssumeRole", SESSION, caller_permission="yes")
    assert (
        because(call, statement({"AWS": "AROADBQP57FF2AEXAMPLE"}))
        == '"AROADBQP57FF2AEXAMPLE" is the ID of a deleted user or role, so it matches no '
        "caller. A new user or role with the same name has another ID."
    )


def test_several_misses() -> None:
    """All are told, the principal's alone if it is not named: then the others say little."""
    condition = {
        "StringEquals": {"sts:ExternalId": "b2f6c3de"},
        "Bool": {"aws:MultiFactorAuthPresent": "true"},
    }
    assert (
        because(user(), statement({"AWS": "444455556666"}, condition))
        == "Two things do not match. The call passes no external ID, and the policy requires one"
        " (sts:ExternalId). The call was made without MFA (aws:MultiFactorAuthPresent is"
        " missing), and the policy requires it."
    )
    assert (
        because(user(), statement({"AWS": "999988887777"}, condition))
        == "The caller is the user ops of account 444455556666, and the policy names 999988887777."
    )


def test_the_action() -> None:
    """Also under NotAction, which is for all but what it lists."""
    assert (
        because(user(), statement({"AWS": USER}, None, "sts:TagSession"))
        == "Everything matches except one thing: the request needs sts:AssumeRole, and the "
        'statement is for "sts:TagSession".'
    )
    other = {"Effect": "Allow", "Principal": {"AWS": USER}, "NotAction": "sts:AssumeRole"}
    assert (
        because(user(), other)
        == "Everything matches except one thing: the request needs sts:AssumeRole, and the "
        'statement is for every action except "sts:AssumeRole" (NotAction).'
    )


def test_a_deny_that_applies_because_a_key_is_missing() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    deny = statement(
        "*", {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}, effect="Deny"
    )
    assert (
        because(user(), statement({"AWS": "444455556666"}), deny)
        == "Statement 2 is a Deny that applies to this call, and a Deny wins over any Allow. "
        "The request has no aws:PrincipalOrgID, and StringNotEquals is true for an "
        "absent key."
    )


def test_what_it_depends_on() -> None:
    """All of it, where one statement is open; else that it depends, since one of them may be
    enough.
    """
    unknown = user(unknown=frozenset({"sts:ExternalId"}), caller_permission="unknown")
    one = statement({"AWS": "444455556666"}, {"StringEquals": {"sts:ExternalId": "b2f6c3de"}})
    assert (
        because(unknown, one)
        == "Allowed if sts:ExternalId is as the policy requires and the caller's own policies allow"
        " sts:AssumeRole on this role."
    )
    assert because(
        user(unknown=frozenset({"sts:ExternalId", "aws:SourceIp"})),
        one,
        statement({"AWS": USER}, {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
    ) == (
        "It depends on whether sts:ExternalId is as the policy requires and whether aws:SourceIp "
        "is as the policy requires."
    )
    assert (
        because(user(unknown=frozenset({"aws:RequestTag/team"})), statement({"AWS": USER}))
        == "It depends on whether the request passes aws:RequestTag/team: if it does, the "
        "policy must also allow sts:TagSession."
    )


def test_what_the_policy_asks_for_is_told_before_tags() -> None:
    """Tags may not have been passed at all."""
    unknown = frozenset({"sts:ExternalId", "aws:TagKeys"})
    asks = statement({"AWS": "444455556666"}, {"StringEquals": {"sts:ExternalId": "b2f6c3de"}})
    assert (
        because(user(unknown=unknown, caller_permission="unknown"), asks)
        == "It depends on whether sts:ExternalId is as the policy requires and whether the "
        "caller's own policies allow sts:AssumeRole on this role. If the call passes aws:TagKeys "
        "too, the"
        " policy must allow sts:TagSession as well."
    )


def test_all_the_rest_matches_only_where_it_is_known() -> None:
    """What nobody told is told, and that it may stand in the way as well."""
    asks = {"StringEquals": {"sts:ExternalId": "b2f6c3de"}}
    other = statement({"AWS": "arn:aws:iam::444455556666:role/deployer"}, asks)
    open_ = user(unknown=frozenset({"sts:ExternalId"}))
    assert (
        because(open_, other)
        == "The caller is the user ops of account 444455556666, and the policy names"
        " arn:aws:iam::444455556666:role/deployer. It is also not known whether sts:ExternalId"
        " is as the policy requires."
    )
    told = user(context={"sts:ExternalId": "b2f6c3de"})
    assert because(told, other).startswith(
        "Everything matches except one thing: the caller is the user ops"
    )
    missing = user(caller_permission="unknown")
    assert (
        because(missing, statement({"AWS": USER}, asks))
        == "The call passes no external ID, and the policy requires one (sts:ExternalId). It is"
        " also not known whether the caller's own policies allow sts:AssumeRole on this role."
    )


def test_of_a_federated_user_nothing_else_matters() -> None:
    """Such a caller can assume no role:
    https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
    """
    call = tw.Request(
        "sts:AssumeRole",
        "arn:aws:sts::444455556666:federated-user/desk",
        unknown=frozenset({"sts:ExternalId"}),
    )
    told = because(
        call, statement({"AWS": "444455556666"}, {"StringEquals": {"sts:ExternalId": "b2f6c3de"}})
    )
    assert "federated user" in told and "not known" not in told


def test_who_is_let_in() -> None:
    """With the part that the caller's own policies had in it."""
    assert (
        because(user(), statement({"AWS": "444455556666"}))
        == "Statement 1 allows the user ops of account 444455556666, and the caller's own "
        "policies also allow the request."
    )
    assert (
        because(workflow(MAIN), trusting(MAIN))
        == f"Statement 1 allows the holder of a token from {ISSUER}."
    )


def test_nothing_to_decide_by() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html"""
    assert (
        because(
            user(), {"Effect": "Allow", "NotPrincipal": {"AWS": USER}, "Action": "sts:AssumeRole"}
        )
        == "NotPrincipal cannot be used in a role trust policy."
    )
    assert because(user()) == "No statement allows anything: the policy has no Allow statement."
