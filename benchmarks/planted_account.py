"""An account with 60 planted faults among good roles, as
`aws iam get-account-authorization-details` prints it.

Each fault is a role that callers can assume who should not: through conditions that do not restrict
them, with tokens, through services, or at the end of a chain. Why it is one stands in `WHY`, with
AWS's page for each kind. The good roles have policies of the same forms that do restrict.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from trust_widgets.inventory.made import made_policy

ACCOUNT, PARTNER, ORGANIZATION = "111122223333", "444455556666", "o-a1b2c3d4e5"
GITHUB, GITLAB, TERRAFORM = "token.actions.githubusercontent.com", "gitlab.com", "app.terraform.io"
WHY = {
    "conditions": "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    "tokens": "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    "services": "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    "chains": "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining",
}
Json = dict[str, Any]


class Fault(NamedTuple):
    """A planted fault.

    Args:
        kind: one of `WHY`. role: the name of the role that is named by who finds it.
        roles: all roles that it needs, as IAM describes them. users: the users.
    """

    kind: str
    role: str
    roles: tuple[Json, ...]
    users: tuple[Json, ...] = ()


def allow(principal: Any, action: Any = "sts:AssumeRole", **conditions: Any) -> Json:
    """A statement."""
    made: Json = {"Effect": "Allow", "Principal": principal, "Action": action}
    return {**made, "Condition": conditions} if conditions else made


def document(*statements: Json) -> Json:
    """A policy."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def can(action: Any, *roles: str) -> Json:
    """A statement of a permissions policy."""
    resources = [role_arn(role) for role in roles] or ["*"]
    return {"Effect": "Allow", "Action": action, "Resource": resources}


def role_arn(name: str) -> str:
    """The ARN of a role of the account."""
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def holder(kind: str, name: str, permissions: tuple[Json, ...]) -> Json:
    """A user or role without its trust policy."""
    policies = [{"PolicyName": "own", "PolicyDocument": document(*permissions)}]
    return {
        "Path": "/",
        f"{kind}Name": name,
        f"{kind}Id": f"A{kind.upper()}{abs(hash_of(name)):016d}"[:21],
        "Arn": f"arn:aws:iam::{ACCOUNT}:{kind.lower()}/{name}",
        "CreateDate": "2026-01-31T00:00:00Z",
        f"{kind}PolicyList": policies if permissions else [],
        "AttachedManagedPolicies": [],
        "Tags": [],
    }


def hash_of(name: str) -> int:
    """A number for a name, the same in every run."""
    return random.Random(name).randrange(10**16)


def role(name: str, trust: Json, *permissions: Json) -> Json:
    """A role."""
    made = holder("Role", name, permissions)
    return {**made, "AssumeRolePolicyDocument": trust, "InstanceProfileList": []}


def user(name: str, *permissions: Json) -> Json:
    """A user."""
    return {**holder("User", name, permissions), "GroupList": []}


def oidc(issuer: str, **conditions: Any) -> Json:
    """A statement for the tokens of an issuer; `aud` and `sub` are its claims."""
    named = {
        operator: {f"{issuer}:{claim}": value for claim, value in claims.items()}
        for operator, claims in conditions.items()
    }
    built_in = issuer in ("accounts.google.com", "graph.facebook.com", "www.amazon.com")
    federated = issuer if built_in or "cognito" in issuer else provider(issuer)
    return allow({"Federated": federated}, "sts:AssumeRoleWithWebIdentity", **named)


def provider(issuer: str) -> str:
    """The ARN of an identity provider."""
    return f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}"


ASSUME_AND_TAG = ["sts:AssumeRole", "sts:TagSession"]
AUD = {"aud": "sts.amazonaws.com"}
ANYONE = {"AWS": "*"}
NOT_IN_AN_ORGANIZATION = {
    "Effect": "Deny",
    "Principal": {"AWS": "*"},
    "Action": "sts:AssumeRole",
    "Condition": {
        "StringNotEquals": {"aws:PrincipalOrgID": ORGANIZATION},
        "Null": {"aws:PrincipalOrgID": "false"},
    },
}
CONDITIONS: dict[str, tuple[Json, ...]] = {
    "no-condition": (allow(ANYONE),),
    "mfa-if-exists": (allow(ANYONE, BoolIfExists={"aws:MultiFactorAuthPresent": "true"}),),
    "org-if-exists": (allow(ANYONE, StringEqualsIfExists={"aws:PrincipalOrgID": ORGANIZATION}),),
    "all-but-one-account": (allow(ANYONE, StringNotEquals={"aws:PrincipalAccount": PARTNER}),),
    "any-organization": (allow(ANYONE, StringLike={"aws:PrincipalOrgID": "o-*"}),),
    "any-external-id": (allow(ANYONE, StringLike={"sts:ExternalId": "*"}),),
    "any-address": (allow(ANYONE, IpAddress={"aws:SourceIp": "0.0.0.0/0"}),),
    "no-external-id": (allow(ANYONE, StringNotEquals={"sts:ExternalId": "b2f6c3de"}),),
    "has-organization": (allow(ANYONE, Null={"aws:PrincipalOrgID": "false"}),),
    "for-all-tags": (allow(ANYONE, **{"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}),),
    "deny-with-a-hole": (allow(ANYONE), NOT_IN_AN_ORGANIZATION),
    "a-name-in-any-account": (
        allow(ANYONE, ArnLike={"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}),
    ),
    "a-part-of-an-account": (allow(ANYONE, StringLike={"aws:PrincipalAccount": "1111*"}),),
    "a-tag-of-the-caller": (
        allow(ANYONE, ASSUME_AND_TAG, StringEquals={"aws:RequestTag/project": "x"}),
    ),
    "encrypted": (allow(ANYONE, Bool={"aws:SecureTransport": "true"}),),
}
TOKENS: dict[str, tuple[Json, ...]] = {
    "github-audience": (oidc(GITHUB, StringEquals=AUD),),
    "github-owner-prefix": (
        oidc(GITHUB, StringEquals=AUD, StringLike={"sub": "repo:octo*/app:ref:refs/heads/main"}),
    ),
    "github-any-owner": (
        oidc(GITHUB, StringEquals=AUD, StringLike={"sub": "repo:*/*:ref:refs/heads/main"}),
    ),
    "github-any-subject": (oidc(GITHUB, StringEquals=AUD, StringLike={"sub": "*"}),),
    "github-any-repository": (oidc(GITHUB, StringEquals=AUD, StringLike={"sub": "repo:*"}),),
    "github-owner-without-slash": (
        oidc(GITHUB, StringEquals=AUD, StringLike={"sub": "repo:octo-org*"}),
    ),
    "github-not-one": (oidc(GITHUB, StringEquals=AUD, StringNotLike={"sub": "repo:octo-evil/*"}),),
    "github-an-environment": (
        oidc(GITHUB, StringEquals=AUD, StringLike={"sub": "repo:*:environment:production"}),
    ),
    "gitlab-audience": (oidc(GITLAB, StringEquals={"aud": "https://gitlab.com"}),),
    "gitlab-group-prefix": (
        oidc(
            GITLAB,
            StringEquals={"aud": "https://gitlab.com"},
            StringLike={"sub": "project_path:octo*/app:ref_type:branch:ref:main"},
        ),
    ),
    "terraform-audience": (oidc(TERRAFORM, StringEquals={"aud": "aws.workload.identity"}),),
    "terraform-any-organization": (
        oidc(
            TERRAFORM,
            StringEquals={"aud": "aws.workload.identity"},
            StringLike={"sub": "organization:*:project:app:workspace:prod:run_phase:apply"},
        ),
    ),
    "google-anyone": (oidc("accounts.google.com"),),
    "facebook-anyone": (oidc("graph.facebook.com"),),
    "github-pull-requests": (
        oidc(GITHUB, StringEquals=AUD, StringLike={"sub": "repo:*:pull_request"}),
    ),
}


def service(name: str, **conditions: Any) -> tuple[Json, ...]:
    """A statement for a service."""
    return (allow({"Service": f"{name}.amazonaws.com"}, **conditions),)


SERVICES: dict[str, tuple[Json, ...]] = {
    "s3": service("s3"),
    "sns": service("sns"),
    "cloudtrail": service("cloudtrail"),
    "config": service("config"),
    "events": service("events"),
    "scheduler": service("scheduler"),
    "apigateway": service("apigateway"),
    "firehose": service("firehose"),
    "ses": service("ses"),
    "iot": service("iot"),
    "s3-any-account": service("s3", StringLike={"aws:SourceAccount": "*"}),
    "sns-any-topic": service("sns", ArnLike={"aws:SourceArn": "arn:aws:sns:*:*:*"}),
    "scheduler-any-group": service(
        "scheduler", ArnLike={"aws:SourceArn": "arn:aws:scheduler:*:*:schedule-group/default"}
    ),
    "events-any-organization": service("events", StringLike={"aws:SourceOrgID": "o-*"}),
    "config-all-but-one": service("config", StringNotEquals={"aws:SourceAccount": PARTNER}),
}


def trusts(*names: str) -> Json:
    """A trust policy that names roles of the account."""
    return document(allow({"AWS": [role_arn(name) for name in names]}))


def user_arn(name: str) -> str:
    """The ARN of a user of the account."""
    return f"arn:aws:iam::{ACCOUNT}:user/{name}"


ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
ADMIN = {"Effect": "Allow", "Action": "*", "Resource": "*"}
START: dict[str, tuple[str, list[str]]] = {
    "lambda": ("lambda", ["lambda:CreateFunction", "lambda:InvokeFunction"]),
    "codebuild": ("codebuild", ["codebuild:CreateProject", "codebuild:StartBuild"]),
    "glue": ("glue", ["glue:CreateJob", "glue:StartJobRun"]),
    "ecs": ("ecs-tasks", ["ecs:RegisterTaskDefinition", "ecs:RunTask"]),
    "cloudformation": ("cloudformation", ["cloudformation:CreateStack"]),
}


def chains() -> Iterator[Fault]:
    """A way from outside, or from a user with few permissions, to a role with all of them."""
    for number, statement in enumerate(
        (CONDITIONS["no-condition"], TOKENS["github-any-owner"], TOKENS["google-anyone"])
    ):
        for hops in (1, 2):
            yield _from_outside(f"outside-{number}-{hops}", statement, hops)
    for name, (principal, actions) in START.items():
        target = f"chain-pass-{name}"
        who = user(f"{target}-user", can("iam:PassRole", target), can(actions))
        yield Fault("chains", target, (role(target, document(*service(principal)), ADMIN),), (who,))
    target = "chain-rewrite"
    who = user(f"{target}-user", can("iam:UpdateAssumeRolePolicy", target))
    owner = document(*service("ec2"))
    yield Fault("chains", target, (role(target, owner, ADMIN),), (who,))
    target = "chain-passed-on"
    first = role(f"{target}-a", document(*service("lambda")), can("sts:AssumeRole", target))
    actions = can(["lambda:CreateFunction", "lambda:InvokeFunction"])
    who = user(f"{target}-user", can("iam:PassRole", f"{target}-a"), actions)
    last = role(target, trusts(f"{target}-a"), ADMIN)
    yield Fault("chains", target, (first, last), (who,))
    target = "chain-two-roles"
    first = role(f"{target}-a", document(allow(ROOT)), can("sts:AssumeRole", f"{target}-b"))
    second = role(f"{target}-b", trusts(f"{target}-a"), can("sts:*", target))
    who = user(f"{target}-user", can("sts:AssumeRole", f"{target}-a"))
    last = role(target, document(allow(ROOT)), ADMIN)
    yield Fault("chains", target, (first, second, last), (who,))
    target = "chain-own-trust"
    first = role(
        f"{target}-a",
        document(allow({"AWS": user_arn(f"{target}-user")})),
        can("iam:UpdateAssumeRolePolicy", target),
    )
    last = role(target, document(*service("ec2")), ADMIN)
    yield Fault("chains", target, (first, last), (user(f"{target}-user"),))


def _from_outside(name: str, statements: tuple[Json, ...], hops: int) -> Fault:
    names = [f"chain-{name}-{number}" for number in range(hops)]
    target = f"chain-{name}"
    after = [*names[1:], target]
    roles = [
        role(each, document(*statements), can("sts:AssumeRole", next_))
        if number == 0
        else role(each, trusts(names[number - 1]), can("sts:AssumeRole", next_))
        for number, (each, next_) in enumerate(zip(names, after, strict=True))
    ]
    return Fault("chains", target, (*roles, role(target, trusts(names[-1]), ADMIN)))


def faults() -> list[Fault]:
    """All planted faults."""
    found = []
    for kind, group in (("conditions", CONDITIONS), ("tokens", TOKENS), ("services", SERVICES)):
        for name, statements in group.items():
            name = f"{kind}-{name}"
            found.append(Fault(kind, name, (role(name, document(*statements)),)))
    return [*found, *chains()]


def good_roles(number: int) -> Iterator[Json]:
    """Roles that let nobody in who should not."""
    own = {"aws:PrincipalOrgID": ORGANIZATION}
    exact = {**AUD, "sub": "repo:octo-org/app:ref:refs/heads/main"}
    source = {"aws:SourceAccount": ACCOUNT}
    careful = {
        "organization": (allow(ANYONE, StringEquals=own),),
        "organization-and-mfa": (
            allow(ANYONE, StringEquals=own, Bool={"aws:MultiFactorAuthPresent": "true"}),
        ),
        "own-account-by-condition": (
            allow(ANYONE, StringEquals={"aws:PrincipalAccount": ACCOUNT}),
        ),
        "denied-outside": (
            allow(ANYONE),
            {
                "Effect": "Deny",
                "Principal": {"AWS": "*"},
                "Action": "sts:AssumeRole",
                "Condition": {"StringNotEquals": own},
            },
        ),
        "github-exact": (oidc(GITHUB, StringEquals=exact),),
        "github-owner": (
            oidc(GITHUB, StringEquals=AUD, StringLike={"sub": "repo:octo-org/*:environment:prod"}),
        ),
        "s3-own": service("s3", StringEquals=source),
        "sns-own": service("sns", ArnLike={"aws:SourceArn": f"arn:aws:sns:*:{ACCOUNT}:*"}),
        "ec2": service("ec2"),
        "lambda": service("lambda"),
    }
    for name, statements in careful.items():
        yield role(f"good-{name}", document(*statements))
    for each in range(number - len(careful)):
        yield role(f"good-{each}", made_policy(each, ACCOUNT))


def planted_account(good: int = 240) -> str:
    """The export.

    Args:
        good: how many good roles it has.
    """
    planted = faults()
    roles = [each for fault in planted for each in fault.roles] + list(good_roles(good))
    random.Random(1).shuffle(roles)
    users = [each for fault in planted for each in fault.users]
    return json.dumps(
        {"UserDetailList": users, "GroupDetailList": [], "RoleDetailList": roles, "Policies": []},
        indent=1,
    )
