"""Law 1: a good policy gets nothing above advice."""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, HOME, WEB, grant, loud, policy, several
from trust_widgets.pitfalls import check
from trust_widgets.policy import Home

EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
POOL = "us-east-1:12345678-abcd-abcd-abcd-123456789012"
ROLE = "arn:aws:iam::444455556666:role/deploy"


def github(*subjects: str, operator: str = "StringEquals", **claims: str) -> str:
    """A statement as GitHub's and AWS's guides write it."""
    exact = {f"{GITHUB}:aud": "sts.amazonaws.com"} | {
        f"{GITHUB}:{claim}": value for claim, value in claims.items()
    }
    block: dict[str, dict[str, Any]] = {"StringEquals": exact}
    block.setdefault(operator, {})[f"{GITHUB}:sub"] = (
        subjects[0] if len(subjects) == 1 else list(subjects)
    )
    return policy(GITHUB_PROVIDER, WEB, block)


def oidc(issuer: str, operator: str = "StringEquals", **claims: str) -> str:
    """A statement for a token of any other issuer."""
    principal = (
        issuer
        if (issuer.endswith("amazonaws.com") and "/" not in issuer)
        or issuer.startswith("accounts.")
        else f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    )
    return policy(
        {"Federated": principal},
        WEB,
        {operator: {f"{issuer}:{name}": v for name, v in claims.items()}},
    )


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
        {"AWS": "arn:aws:iam::111122223333:root"},
        condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    ),
    "own root with MFA and its age": policy(
        {"AWS": "111122223333"},
        condition={
            "Bool": {"aws:MultiFactorAuthPresent": "true"},
            "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"},
        },
    ),
    "own root": policy({"AWS": "arn:aws:iam::111122223333:root"}),
    "a vendor with an external ID": policy(
        {"AWS": "arn:aws:iam::999988887777:root"},
        condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
    ),
    "Identity Center": policy(
        {"AWS": "arn:aws:iam::111122223333:root"},
        condition={
            "ArnLike": {
                "aws:PrincipalArn": "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com"
                "*/AWSReservedSSO_Admin_*"
            }
        },
    ),
    "GitHub, a branch": github("repo:octo-org/app:ref:refs/heads/main"),
    "GitHub, a branch, immutable": github("repo:octo-org@123456/app@456789:ref:refs/heads/main"),
    "GitHub, an environment": github("repo:octo-org/app:environment:production"),
    "GitHub, an environment, under StringLike": github(
        "repo:octo-org/app:environment:prod", operator="StringLike"
    ),
    "GitHub, both forms and the id": github(
        "repo:octo-org@123456/octo-repo@456789:ref:refs/heads/main",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        repository_id="456789",
    ),
    "GitHub, an exact tag": github("repo:octo-org/app:ref:refs/tags/v1.2.3"),
    "GitHub, release branches": github(
        "repo:octo-org/app:ref:refs/heads/release/*", operator="StringLike"
    ),
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
            "ArnEquals": {
                "aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta"
            },
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
    "GitLab": oidc(
        "gitlab.com",
        aud="https://gitlab.com",
        sub="project_path:octo-org/app:ref_type:branch:ref:main",
    ),
    "HCP Terraform": oidc(
        "app.terraform.io",
        aud="aws.workload.identity",
        sub="organization:octo-org:project:web:workspace:prod:run_phase:apply",
    ),
    "HCP Terraform, any workspace of a project": oidc(
        "app.terraform.io",
        "StringLike",
        aud="aws.workload.identity",
        sub="organization:octo-org:project:web:workspace:*:run_phase:apply",
    ),
    "CircleCI": oidc("oidc.circleci.com/org/0f9", "StringLike", sub="org/0f9/project/1a2/user/*"),
    "Spacelift": oidc(
        "octo-org.app.spacelift.io", sub="space:root:stack:web:run_type:TRACKED:scope:write"
    ),
    "SAML": saml("https://signin.aws.amazon.com/saml"),
    "SAML in China": saml("https://signin.amazonaws.cn/saml", "aws-cn"),
    "SAML in GovCloud": saml("https://signin.amazonaws-us-gov.com/saml", "aws-us-gov"),
    "an organization": policy(
        {"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    ),
    "part of an organization": policy(
        {"AWS": "*"},
        condition={
            "ForAnyValue:StringLike": {
                "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"
            }
        },
    ),
    "the role's own organization": policy(
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
        {"AWS": "arn:aws:iam::444455556666:user/team/deployer"},
        ["sts:AssumeRole", "sts:SetSourceIdentity"],
        {"StringLike": {"sts:RoleSessionName": "${aws:username}"}},
    ),
}


ORG = "o-a1b2c3d4e5"
VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}
EXTERNAL_ID = {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}}
CHINA_EKS = "oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLED539D4633E53DE1B71EXAMPLE"


def service(name: str, arn: str = "", account: bool = True, like: str = "ArnLike") -> str:
    """A role for a service that says for whose resource it comes."""
    block: dict[str, Any] = (
        {"StringEquals": {"aws:SourceAccount": "111122223333"}} if account else {}
    )
    return policy(
        {"Service": name}, condition=block | ({like: {"aws:SourceArn": arn}} if arn else {})
    )


def cognito(*actions: str) -> str:
    """A role of an identity pool for those who signed in."""
    key = "cognito-identity.amazonaws.com"
    block = {
        "StringEquals": {f"{key}:aud": POOL},
        "ForAnyValue:StringLike": {f"{key}:amr": "authenticated"},
    }
    return policy({"Federated": key}, [WEB, *actions], block)


def federated(
    issuer: str, *conditions: tuple[str, str, str], action: Any = WEB, partition: str = "aws"
) -> str:
    """A statement for tokens of an issuer, given operator, claim and value of each condition."""
    block: dict[str, dict[str, str]] = {}
    for operator, claim, value in conditions:
        block.setdefault(operator, {})[f"{issuer}:{claim}"] = value
    provider = f"arn:{partition}:iam::111122223333:oidc-provider/{issuer}"
    return policy({"Federated": provider}, action, block)


# Each from the pattern in the documentation of AWS or of the service named.
DOCUMENTED = {
    "Step Functions": service(
        "states.amazonaws.com", "arn:aws:states:us-east-1:111122223333:stateMachine:*"
    ),
    "EventBridge rule": service("events.amazonaws.com"),
    "EventBridge Scheduler": service(
        "scheduler.amazonaws.com",
        "arn:aws:scheduler:us-east-1:111122223333:schedule-group/default",
        like="ArnEquals",
    ),
    "EventBridge Pipes": service(
        "pipes.amazonaws.com", "arn:aws:pipes:us-east-1:111122223333:pipe/orders"
    ),
    "Glue": service("glue.amazonaws.com"),
    "Firehose": service("firehose.amazonaws.com"),
    "S3 replication": service("s3.amazonaws.com", "arn:aws:s3:::octo-bucket"),
    "S3 Batch Operations": service("batchoperations.s3.amazonaws.com"),
    "DataSync": service("datasync.amazonaws.com", "arn:aws:datasync:us-east-1:111122223333:*"),
    "VPC Flow Logs": service(
        "vpc-flow-logs.amazonaws.com", "arn:aws:ec2:us-east-1:111122223333:vpc-flow-log/*"
    ),
    "Bedrock": service("bedrock.amazonaws.com", "arn:aws:bedrock:us-east-1:111122223333:agent/*"),
    "Bedrock AgentCore": service(
        "bedrock-agentcore.amazonaws.com", "arn:aws:bedrock-agentcore:us-east-1:111122223333:*"
    ),
    "Fault Injection Service": service(
        "fis.amazonaws.com", "arn:aws:fis:*:111122223333:experiment/*"
    ),
    "Personalize": service(
        "personalize.amazonaws.com", "arn:aws:personalize:us-east-1:111122223333:*"
    ),
    "Incident Manager": service(
        "ssm-incidents.amazonaws.com",
        "arn:aws:ssm-incidents:*:111122223333:incident-record/octo-plan/*",
        account=False,
    ),
    "CodeBuild": service(
        "codebuild.amazonaws.com", "arn:aws:codebuild:us-east-1:111122223333:project/app"
    ),
    "Lambda in one's own account": service("lambda.amazonaws.com"),
    "RDS monitoring": service(
        "monitoring.rds.amazonaws.com",
        "arn:aws:rds:us-east-1:111122223333:db:orders",
        like="StringLike",
    ),
    "several services, each named": policy(
        {"Service": ["elasticmapreduce.amazonaws.com", "backup.amazonaws.com"]}
    ),
    "a service for an organization": policy(
        {"Service": "logs.amazonaws.com"}, condition={"StringEquals": {"aws:SourceOrgID": ORG}}
    ),
    "CloudWatch Logs of a region": policy({"Service": "logs.eu-central-1.amazonaws.com"}),
    "API Gateway, Version of 2008": policy({"Service": "apigateway.amazonaws.com"}).replace(
        "2012", "2008"
    ),
    "Cognito user pools, with their external ID": policy(
        {"Service": "cognito-idp.amazonaws.com"},
        condition=EXTERNAL_ID
        | {"ArnLike": {"aws:SourceArn": "arn:aws:cognito-idp:us-east-1:111122223333:userpool/*"}},
    ),
    "EMR in China, as the AWS CLI makes it": policy(
        {"Service": "elasticmapreduce.amazonaws.com.cn"}
    ),
    "a role in China": policy({"AWS": "arn:aws-cn:iam::444455556666:role/deploy"}),
    "a role in the European Sovereign Cloud": policy(
        {"AWS": "arn:aws-eusc:iam::444455556666:role/deploy"}
    ),
    "a vendor in GovCloud": policy(
        {"AWS": "arn:aws-us-gov:iam::999988887777:root"}, condition=EXTERNAL_ID
    ),
    "a vendor's role, with the external ID": policy(
        {"AWS": "arn:aws:iam::999988887777:role/vendor/collector"}, condition=EXTERNAL_ID
    ),
    "a vendor that sends tags, as AWS lays it out": several(
        grant(VENDOR, condition=EXTERNAL_ID, Sid="AllowAssume"),
        grant(
            VENDOR, "sts:TagSession", {"StringLike": {"aws:RequestTag/team": "*"}}, Sid="AllowTags"
        ),
    ),
    "a vendor, from its addresses": policy(
        VENDOR,
        condition=EXTERNAL_ID
        | {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}},
    ),
    "an account, its organization and one role": policy(
        {"AWS": "arn:aws:iam::444455556666:root"},
        condition={
            "StringEquals": {"aws:PrincipalOrgID": ORG},
            "ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/deploy"},
        },
    ),
    "the roles of one name in an organization": policy(
        {"AWS": "*"},
        condition={
            "StringEquals": {"aws:PrincipalOrgID": ORG},
            "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"},
        },
    ),
    "an organization, over TLS, until a day": policy(
        {"AWS": "*"},
        condition={
            "StringEquals": {"aws:PrincipalOrgID": ORG},
            "Bool": {"aws:SecureTransport": "true"},
            "DateLessThan": {"aws:CurrentTime": "2027-01-31T00:00:00Z"},
        },
    ),
    "own root, tagged callers alone": policy(
        {"AWS": "111122223333"},
        condition={"StringEquals": {"aws:PrincipalTag/access-project": "octo"}},
    ),
    "own root, the caller's user name as session name": policy(
        {"AWS": "111122223333"},
        condition={"StringLike": {"sts:RoleSessionName": "${aws:username}"}},
    ),
    "own root from own endpoints": policy(
        {"AWS": "111122223333"}, condition={"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d5e6f"}}
    ),
    "a user with MFA within the hour": policy(
        {"AWS": "arn:aws:iam::111122223333:user/octo"},
        condition={
            "Bool": {"aws:MultiFactorAuthPresent": True},
            "NumericLessThan": {"aws:MultiFactorAuthAge": 3600},
        },
    ),
    "Identity Center, by its roles in a region": policy(
        {"AWS": "arn:aws:iam::111122223333:root"},
        condition={
            "ArnLike": {
                "aws:PrincipalArn": "arn:aws:iam::111122223333:role/aws-reserved/"
                "sso.amazonaws.com/eu-west-1/"
                "AWSReservedSSO_Developer_*"
            }
        },
    ),
    "a Deny for those without MFA": several(
        grant({"AWS": "arn:aws:iam::444455556666:user/team/deployer"}),
        grant(
            {"AWS": "*"},
            Effect="Deny",
            condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
        ),
    ),
    "a Deny outside the organization": several(
        grant({"Service": "ec2.amazonaws.com"}),
        grant(
            {"AWS": "*"},
            Effect="Deny",
            condition={
                "StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORG},
                "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
            },
        ),
    ),
    "people and a machine": several(
        grant({"AWS": "arn:aws:iam::111122223333:user/octo"}, Sid="People"),
        grant({"Service": "ec2.amazonaws.com"}, Sid="Machine"),
        grant(
            {"AWS": ["arn:aws:iam::444455556666:role/a", "arn:aws:iam::444455556666:role/path/b"]},
            Sid="Others",
        ),
    ),
    "SAML at several endpoints": policy(
        {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
        ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"],
        {
            "StringEquals": {
                "SAML:aud": [
                    "https://signin.aws.amazon.com/saml",
                    "https://us-west-2.signin.aws.amazon.com/saml",
                    "https://eu-central-1.signin.aws.amazon.com/saml",
                ]
            }
        },
    ),
    "SAML at all regions' endpoints": policy(
        {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
        "sts:AssumeRoleWithSAML",
        {"StringLike": {"SAML:aud": "https://*.signin.aws.amazon.com/saml"}},
    ),
    "SAML, one department": policy(
        {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
        "sts:AssumeRoleWithSAML",
        {
            "StringEquals": {
                "SAML:aud": "https://signin.aws.amazon.com/saml",
                "SAML:sub_type": "persistent",
            },
            "ForAnyValue:StringEquals": {"SAML:edupersonaffiliation": ["staff"]},
        },
    ),
    "SAML in the secret regions": saml("https://signin.c2shome.ic.gov/saml", "aws-iso"),
    "Cognito, with tags": cognito("sts:TagSession"),
    "Google, for one service account": policy(
        {"Federated": "accounts.google.com"},
        WEB,
        {
            "StringEquals": {
                "accounts.google.com:aud": "112233445566778899001",
                "accounts.google.com:oaud": "octo",
                "accounts.google.com:sub": "112233445566778899001",
            }
        },
    ),
    "Login with Amazon": policy(
        {"Federated": "www.amazon.com"},
        WEB,
        {"StringEquals": {"www.amazon.com:app_id": "amzn1.application.octo"}},
    ),
    "Facebook": policy(
        {"Federated": "graph.facebook.com"},
        WEB,
        {"StringEquals": {"graph.facebook.com:app_id": "111222333444"}},
    ),
    "IRSA in China": federated(
        CHINA_EKS,
        ("StringEquals", "aud", "sts.amazonaws.com"),
        ("StringEquals", "sub", "system:serviceaccount:shop:cart"),
        partition="aws-cn",
    ),
    "IRSA, several service accounts": policy(
        {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{EKS}"},
        WEB,
        {
            "StringEquals": {
                f"{EKS}:aud": "sts.amazonaws.com",
                f"{EKS}:sub": [
                    "system:serviceaccount:shop:cart",
                    "system:serviceaccount:shop:till",
                ],
            }
        },
    ),
    "the old role for a pod, and the new": several(
        grant({"Service": "pods.eks.amazonaws.com"}, ["sts:AssumeRole", "sts:TagSession"]),
        grant(
            {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{EKS}"},
            WEB,
            {
                "StringEquals": {
                    f"{EKS}:aud": "sts.amazonaws.com",
                    f"{EKS}:sub": "system:serviceaccount:shop:cart",
                }
            },
        ),
    ),
    "Pod Identity, the target role of another account": several(
        grant(
            {"AWS": "arn:aws:iam::444455556666:root"},
            condition={
                "StringEquals": {"sts:ExternalId": "us-east-1/444455556666/shop/default/cart"},
                "ArnEquals": {"aws:PrincipalARN": "arn:aws:iam::444455556666:role/pods"},
            },
        ),
        grant(
            {"AWS": "arn:aws:iam::444455556666:root"},
            "sts:TagSession",
            {"ArnEquals": {"aws:PrincipalARN": "arn:aws:iam::444455556666:role/pods"}},
        ),
    ),
    "Roles Anywhere, by issuer and account": policy(
        {"Service": "rolesanywhere.amazonaws.com"},
        ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        {
            "StringEquals": {
                "aws:PrincipalTag/x509Issuer/CN": "octo-ca",
                "aws:PrincipalTag/x509Subject/OU": "web",
                "aws:SourceAccount": "111122223333",
            },
            "ArnEquals": {
                "aws:SourceArn": ["arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta-1"]
            },
        },
    ),
    "GitHub, an environment and its repository's ID": github(
        "repo:octo-org/app:environment:production",
        repository_id="456789",
        repository_owner_id="123456",
    ),
    "GitHub, through a reusable workflow": github(
        "repo:octo-org/app:ref:refs/heads/main",
        job_workflow_ref="octo-org/shared/.github/workflows/deploy.yml@refs/heads/main",
    ),
    "GitHub in China": policy(
        {"Federated": f"arn:aws-cn:iam::111122223333:oidc-provider/{GITHUB}"},
        WEB,
        {
            "StringEquals": {
                f"{GITHUB}:aud": "sts.amazonaws.com.cn",
                f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main",
            }
        },
    ),
    "Buildkite, one pipeline": federated(
        "agent.buildkite.com",
        ("StringEquals", "aud", "sts.amazonaws.com"),
        (
            "StringLike",
            "sub",
            "organization:octo-org:pipeline:web:ref:refs/heads/main:commit:*:step:*",
        ),
    ),
    "Bitbucket, one repository": federated(
        "api.bitbucket.org/2.0/workspaces/octo-org/pipelines-config/identity/oidc",
        (
            "StringEquals",
            "aud",
            "ari:cloud:bitbucket::workspace/0f9c1a52-1111-4222-8333-123456789012",
        ),
        ("StringLike", "sub", "{1a2b3c4d-1111-4222-8333-123456789012}:*"),
    ),
    "Vercel, production": federated(
        "oidc.vercel.com/octo-org",
        ("StringEquals", "aud", "https://vercel.com/octo-org"),
        ("StringEquals", "sub", "owner:octo-org:project:web:environment:production"),
    ),
    "Pulumi Cloud, one stack": federated(
        "api.pulumi.com/oidc",
        ("StringEquals", "aud", "aws:octo-org"),
        (
            "StringEquals",
            "sub",
            "pulumi:deploy:org:octo-org:project:web:stack:prod:operation:update:scope:write",
        ),
    ),
    "GitLab of one's own": federated(
        "gitlab.octo.example",
        ("StringEquals", "aud", "https://gitlab.octo.example"),
        ("StringEquals", "sub", "project_path:octo-org/app:ref_type:branch:ref:main"),
    ),
    "GitLab.com, by the project's ID": federated(
        "gitlab.com",
        ("StringEquals", "aud", "https://gitlab.com"),
        ("StringEquals", "project_id", "12345"),
        ("StringEquals", "sub", "project_path:octo-org/app:ref_type:branch:ref:main"),
    ),
    "CircleCI, by the project's claim": federated(
        "oidc.circleci.com/org/0f9",
        ("StringEquals", "aud", "0f9"),
        ("StringEquals", "oidc.circleci.com/project-id", "1a2"),
        ("StringLike", "sub", "org/0f9/project/1a2/user/*"),
    ),
    "HCP Terraform, plans of a project": federated(
        "app.terraform.io",
        ("StringEquals", "aud", "aws.workload.identity"),
        ("StringLike", "sub", "organization:octo-org:project:web:workspace:*:run_phase:plan"),
    ),
    "tokens that bring tags and a source identity": federated(
        "idp.octo.example",
        ("StringEquals", "sub", "deployer"),
        action=[WEB, "sts:TagSession", "sts:SetSourceIdentity"],
    ),
    "an issuer that ends in a slash": federated(
        "octo-org.eu.auth0.com/",
        ("StringEquals", "aud", "aws"),
        ("StringEquals", "sub", "CLIENT@clients"),
    ),
    "Entra ID": federated(
        "sts.windows.net/0f9c1a52-1111-4222-8333-123456789012/",
        ("StringEquals", "aud", "api://octo-aws"),
        ("StringEquals", "sub", "1a2b3c4d-1111-4222-8333-123456789012"),
    ),
    "trusted identity propagation": policy(
        {"Service": "redshift.amazonaws.com"}, ["sts:AssumeRole", "sts:SetContext"]
    ),
    "a role that is chained, with its source identity": policy(
        {"AWS": ROLE},
        ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
        {"StringLike": {"sts:SourceIdentity": ["octo-*"]}, "Null": {"aws:SourceIdentity": "false"}},
    ),
    "GitHub, a customized subject with its ids": github(
        "repo:octo-org@123456/app@456789:environment:production:job_workflow_ref:"
        "octo-org/ci/.github/workflows/deploy.yml@refs/heads/main"
    ),
    "GitHub, on a server of one's own": federated(
        "github.octo.example/_services/token",
        ("StringEquals", "aud", "sts.amazonaws.com"),
        ("StringEquals", "sub", "repo:octo-org/app:ref:refs/heads/main"),
    ),
    "a user, from private addresses of a VPC": policy(
        {"AWS": "arn:aws:iam::111122223333:user/octo"},
        condition={
            "IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"},
            "StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d5e6f"},
        },
    ),
    "one's own roles, by their session names": policy(
        {"AWS": "arn:aws:iam::444455556666:role/deploy"},
        condition={"StringLike": {"sts:RoleSessionName": "${aws:PrincipalTag/team, 'octo'}-*"}},
    ),
    "a role for a year, but not over a day": policy(
        {"AWS": "arn:aws:iam::444455556666:role/deploy"},
        condition={
            "DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"},
            "DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"},
        },
    ),
    "session tags, in a statement of their own": several(
        grant(
            {"AWS": "arn:aws:iam::444455556666:role/deploy"},
            condition={"StringEquals": {"aws:RequestTag/team": "octo"}},
        ),
        grant({"AWS": "arn:aws:iam::444455556666:role/deploy"}, "sts:TagSession"),
    ),
    "a Deny that spares the root user": several(
        grant({"AWS": "arn:aws:iam::111122223333:role/deploy"}),
        grant(
            {"AWS": "*"},
            Effect="Deny",
            condition={"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/guests"}},
        ),
    ),
    "a known vendor's role, with the external ID": policy(
        {"AWS": "arn:aws:iam::464622532012:role/DatadogIntegrationRole"},
        condition={"StringEquals": {"sts:ExternalId": "8f2c1e7a4b9d4c53a6e01f7d2b3c4d5e"}},
    ),
    "AWS's own account that delivers logs": policy(
        {"AWS": "arn:aws:iam::127311923021:root"},
        condition={"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::127311923021:role/delivery"}},
    ),
    "own root with MFA, over TLS where that is said": policy(
        {"AWS": "111122223333"},
        condition={
            "Bool": {"aws:MultiFactorAuthPresent": "true"},
            "BoolIfExists": {"aws:SecureTransport": "true"},
        },
    ),
    "own root, tagged, and not from abroad": policy(
        {"AWS": "111122223333"},
        condition={
            "StringEquals": {"aws:PrincipalTag/team": "octo"},
            "NotIpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"},
        },
    ),
    "GitHub, but not for pull requests": policy(
        GITHUB_PROVIDER,
        WEB,
        {
            "StringEquals": {
                f"{GITHUB}:aud": "sts.amazonaws.com",
                f"{GITHUB}:sub": "repo:octo-org/app:environment:production",
            },
            "StringNotEquals": {f"{GITHUB}:ref": "refs/heads/experiments"},
        },
    ),
    "GitHub, a tag of a reusable workflow": policy(
        GITHUB_PROVIDER,
        WEB,
        {
            "StringEquals": {
                f"{GITHUB}:aud": "sts.amazonaws.com",
                f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main",
            },
            "StringLike": {
                f"{GITHUB}:job_workflow_ref": (
                    "octo-org/ci/.github/workflows/deploy.yml@refs/tags/v2.*"
                )
            },
        },
    ),
    "one service in two accounts": policy(
        {"Service": "scheduler.amazonaws.com"},
        condition={"StringEquals": {"aws:SourceAccount": ["111122223333", "444455556666"]}},
    ),
    "a service that may not send its source": policy(
        {"Service": "transcribe.amazonaws.com"},
        condition={"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}},
    ),
    "two callers, one with MFA and one without": several(
        grant(
            {"AWS": "arn:aws:iam::111122223333:user/octo"},
            condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        ),
        grant({"AWS": "arn:aws:iam::444455556666:role/deploy"}),
    ),
}
GOOD |= DOCUMENTED


@pytest.mark.parametrize("name", GOOD)
def test_a_good_policy_gets_nothing_above_advice(name: str) -> None:
    """What AWS's, GitHub's and HashiCorp's guides write gives no alarm to a reader who said what is
    theirs.
    """
    assert loud(GOOD[name], HOME) == []


ROOT_FREE = [name for name in GOOD if name != "own root"]


@pytest.mark.parametrize("name", ROOT_FREE)
def test_nor_without_knowing_the_reader(name: str) -> None:
    """The same when nothing is known of the reader, but for a bare account that might be a
    stranger's.
    """
    assert loud(GOOD[name]) == []


TUTORIALS = ["EC2", "EC2 with an empty Sid", "Lambda", "ECS task", "IRSA"]


@pytest.mark.parametrize("home", [HOME, None])
@pytest.mark.parametrize("name", TUTORIALS)
def test_the_usual_ones_get_no_advice_either(name: str, home: Home | None) -> None:
    """What most people write is told to be right by saying nothing."""
    assert check(GOOD[name], home) == ()


@pytest.mark.parametrize("name", ["GitHub, a branch", "GitHub, an environment"])
def test_of_github_only_the_newer_form_is_told(name: str) -> None:
    """Whether it is the one that a repository sends, only its age tells.
    https://docs.github.com/en/actions/reference/security/oidc"""
    assert [finding.name for finding in check(GOOD[name], HOME)] == ["only_the_old_subject"]


@pytest.mark.parametrize("name", GOOD)
def test_advice_stays_quiet(name: str) -> None:
    """Three things worth knowing at most."""
    assert len(check(GOOD[name], HOME)) <= 3


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
