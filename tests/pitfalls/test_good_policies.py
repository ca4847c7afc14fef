"""Law 1: a good policy gets nothing above advice."""

from __future__ import annotations

from typing import Any

import pytest

from asking import GITHUB, GITHUB_PROVIDER, HOME, WEB, loud, policy

EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
POOL = "us-east-1:12345678-abcd-abcd-abcd-123456789012"
ROLE = "arn:aws:iam::444455556666:role/deploy"


def github(*subjects: str, operator: str = "StringEquals", **claims: str) -> str:
    """A statement as GitHub's and AWS's guides write it."""
    exact = {f"{GITHUB}:aud": "sts.amazonaws.com"} | {f"{GITHUB}:{claim}": value for claim, value in claims.items()}
    block: dict[str, dict[str, Any]] = {"StringEquals": exact}
    block.setdefault(operator, {})[f"{GITHUB}:sub"] = subjects[0] if len(subjects) == 1 else list(subjects)
    return policy(GITHUB_PROVIDER, WEB, block)


def oidc(issuer: str, operator: str = "StringEquals", **claims: str) -> str:
    """A statement for a token of any other issuer."""
    principal = (
        issuer
        if (issuer.endswith("amazonaws.com") and "/" not in issuer) or issuer.startswith("accounts.")
        else (f"arn:aws:iam::111122223333:oidc-provider/{issuer}")
    )
    return policy({"Federated": principal}, WEB, {operator: {f"{issuer}:{name}": v for name, v in claims.items()}})


def saml(endpoint: str, partition: str = "aws") -> str:
    """A statement for people who sign in at a SAML provider."""
    provider = {"Federated": f"arn:{partition}:iam::111122223333:saml-provider/corp"}
    return policy(provider, "sts:AssumeRoleWithSAML", {"StringEquals": {"SAML:aud": endpoint}})


GOOD = {
    "EC2": policy({"Service": "ec2.amazonaws.com"}),
    "EC2 with an empty Sid": policy({"Service": "ec2.amazonaws.com"}, Sid=""),
    "Lambda": policy({"Service": "lambda.amazonaws.com"}),
    "ECS task": policy(
        {"Service": ["ecs-tasks.amazonaws.com"]},
        condition={
            "ArnLike": {"aws:SourceArn": "arn:aws:ecs:us-west-2:111122223333:*"},
            "StringEquals": {"aws:SourceAccount": "111122223333"},
        },
    ),
    "several services": policy({"Service": ["ec2.amazonaws.com", "ssm.amazonaws.com"]}),
    "Lambda@Edge": policy({"Service": ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]}),
    "a service in an opt-in Region": policy({"Service": "lambda.af-south-1.amazonaws.com"}),
    "EC2 in China, as it used to be": policy({"Service": "ec2.amazonaws.com.cn"}),
    "a role of another account": policy({"AWS": ROLE}),
    "a user of another account": policy({"AWS": "arn:aws:iam::444455556666:user/team/deployer"}),
    "a session": policy({"AWS": "arn:aws:sts::444455556666:assumed-role/deploy/session-1"}),
    "GovCloud": policy({"AWS": "arn:aws-us-gov:iam::444455556666:role/deploy"}),
    "own root with MFA": policy(
        {"AWS": "arn:aws:iam::111122223333:root"}, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    ),
    "own root with MFA and its age": policy(
        {"AWS": "111122223333"},
        condition={
            "Bool": {"aws:MultiFactorAuthPresent": "true"},
            "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"},
        },
    ),
    "own root": policy({"AWS": "arn:aws:iam::111122223333:root"}),
    "a vendor with an external id": policy(
        {"AWS": "arn:aws:iam::999988887777:root"},
        condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
    ),
    "Identity Center": policy(
        {"AWS": "arn:aws:iam::111122223333:root"},
        condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com"
                               "*/AWSReservedSSO_Admin_*"}},
    ),
    "GitHub, a branch": github("repo:octo-org/app:ref:refs/heads/main"),
    "GitHub, a branch, immutable": github("repo:octo-org@123456/app@456789:ref:refs/heads/main"),
    "GitHub, an environment": github("repo:octo-org/app:environment:production"),
    "GitHub, an environment, under StringLike": github("repo:octo-org/app:environment:prod", operator="StringLike"),
    "GitHub, both forms and the id": github(
        "repo:octo-org@123456/octo-repo@456789:ref:refs/heads/main",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        repository_id="456789",
    ),
    "GitHub, an exact tag": github("repo:octo-org/app:ref:refs/tags/v1.2.3"),
    "GitHub, release branches": github("repo:octo-org/app:ref:refs/heads/release/*", operator="StringLike"),
    "IRSA": oidc(EKS, aud="sts.amazonaws.com", sub="system:serviceaccount:shop:cart"),
    "Pod Identity": policy(
        {"Service": "pods.eks.amazonaws.com"},
        ["sts:AssumeRole", "sts:TagSession"],
        {"StringEquals": {"aws:RequestTag/kubernetes-namespace": ["shop"]}},
    ),
    "Pod Identity, without a condition": policy(
        {"Service": "pods.eks.amazonaws.com"}, ["sts:AssumeRole", "sts:TagSession"]
    ),
    "Roles Anywhere": policy(
        {"Service": "rolesanywhere.amazonaws.com"},
        ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        {
            "ArnEquals": {"aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta"},
            "StringEquals": {"aws:PrincipalTag/x509Subject/CN": "my-workload"},
        },
    ),
    "Cognito": policy(
        {"Federated": "cognito-identity.amazonaws.com"},
        WEB,
        {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": POOL},
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"},
        },
    ),
    "Google": oidc("accounts.google.com", aud="1234567890", sub="9876543210"),
    "GitLab": oidc("gitlab.com", aud="https://gitlab.com", sub="project_path:octo-org/app:ref_type:branch:ref:main"),
    "HCP Terraform": oidc(
        "app.terraform.io",
        aud="aws.workload.identity",
        sub="organization:octo-org:project:web:workspace:prod:run_phase:apply",
    ),
    "HCP Terraform, both phases": oidc(
        "app.terraform.io", "StringLike", sub="organization:octo-org:project:web:workspace:prod:run_phase:*"
    ),
    "CircleCI": oidc("oidc.circleci.com/org/0f9", "StringLike", sub="org/0f9/project/1a2/user/*"),
    "Spacelift": oidc("octo-org.app.spacelift.io", sub="space:root:stack:web:run_type:TRACKED:scope:write"),
    "SAML": saml("https://signin.aws.amazon.com/saml"),
    "SAML in China": saml("https://signin.amazonaws.cn/saml", "aws-cn"),
    "SAML in GovCloud": saml("https://signin.amazonaws-us-gov.com/saml", "aws-us-gov"),
    "an organisation": policy({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
    "part of an organisation": policy(
        {"AWS": "*"},
        condition={"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"}},
    ),
    "the role's own organisation": policy(
        {"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}}
    ),
    "session tags": policy(
        {"AWS": "arn:aws:iam::111122223333:user/test-session-tags"},
        ["sts:AssumeRole", "sts:TagSession"],
        {
            "StringLike": {"aws:RequestTag/Project": "*", "aws:RequestTag/CostCenter": "*"},
            "StringEquals": {"aws:RequestTag/Department": ["Engineering", "Marketing"]},
            "ForAllValues:StringEquals": {"sts:TransitiveTagKeys": ["Project", "Department"]},
        },
    ),
    "source identity": policy(
        {"AWS": ROLE}, ["sts:AssumeRole", "sts:SetSourceIdentity"],
        {"StringLike": {"sts:RoleSessionName": "${aws:username}"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_good_policy_gets_nothing_above_advice(name: str) -> None:
    """What AWS's, GitHub's and HashiCorp's guides write gives no alarm to a reader who said what is theirs."""
    assert loud(GOOD[name], HOME) == []


ROOT_FREE = [name for name in GOOD if name != "own root"]


@pytest.mark.parametrize("name", ROOT_FREE)
def test_nor_without_knowing_the_reader(name: str) -> None:
    """The same when nothing is known of the reader, but for a bare account that might be a stranger's."""
    assert loud(GOOD[name]) == []


def test_a_fenced_policy() -> None:
    """An Allow for everyone beside AWS's data perimeter Deny lets no stranger in."""
    import json

    deny = {
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
            "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
        },
    }
    allow = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    assert loud(json.dumps({"Version": "2012-10-17", "Statement": [allow, deny]})) == []
