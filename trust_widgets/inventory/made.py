"""Made accounts and organizations to try things on: the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from trust_widgets.providers import PROVIDERS

_GITHUB = PROVIDERS["github_actions"].issuer
ACCOUNT, PARTNER, STRANGER = "111122223333", "444455556666", "999988887777"
_SERVICES = ("ec2", "lambda", "ecs-tasks", "codebuild", "glue", "states", "events", "firehose")
_TEAMS = ("web", "data", "billing", "search", "mobile")
Json = dict[str, Any]


def _policy(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _allow(principal: Any, action: str = "sts:AssumeRole", **condition: Any) -> Json:
    found: Json = {"Effect": "Allow", "Principal": principal, "Action": action}
    if condition:
        found["Condition"] = condition
    return found


def _service(account: str, number: int) -> Json:
    name = f"{_SERVICES[number % len(_SERVICES)]}.amazonaws.com"
    source = {"aws:SourceAccount": account}
    sid = f"Service{number}"
    return _policy({"Sid": sid, **_allow({"Service": name}, StringEquals=source)})


def _own_with_mfa(account: str, number: int) -> Json:
    mfa = {"aws:MultiFactorAuthPresent": "true"}
    tag = {f"aws:PrincipalTag/level-{number}": "admin"}
    root = {"AWS": f"arn:aws:iam::{account}:root"}
    return _policy(_allow(root, Bool=mfa, StringEquals=tag))


def _own_role(account: str, number: int) -> Json:
    role = f"arn:aws:iam::{account}:role/ci/runner-{number}"
    return _policy(_allow({"AWS": role}))


def _vendor(account: str, number: int) -> Json:
    ids = {"sts:ExternalId": f"b2f6c3de-{number:06d}"}
    return _policy(_allow({"AWS": f"arn:aws:iam::{PARTNER}:root"}, StringEquals=ids))


def _github(account: str, number: int) -> Json:
    provider = f"arn:aws:iam::{account}:oidc-provider/{_GITHUB}"
    subject = f"repo:octo-org/app-{number}:ref:refs/heads/main"
    claims = {f"{_GITHUB}:aud": "sts.amazonaws.com", f"{_GITHUB}:sub": subject}
    return _policy(
        _allow({"Federated": provider}, "sts:AssumeRoleWithWebIdentity", StringEquals=claims)
    )


def _saml(account: str, number: int) -> Json:
    provider = f"arn:aws:iam::{account}:saml-provider/corp-{number}"
    audience = {"SAML:aud": "https://signin.aws.amazon.com/saml"}
    return _policy(_allow({"Federated": provider}, "sts:AssumeRoleWithSAML", StringEquals=audience))


def _organization(account: str, number: int) -> Json:
    organization = {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
    auditor = {"aws:PrincipalArn": f"arn:aws:iam::*:role/audit-{number}"}
    return _policy(_allow({"AWS": "*"}, StringEquals=organization, ArnLike=auditor))


_GOOD: tuple[Callable[[str, int], Json], ...] = (
    _service,
    _own_with_mfa,
    _own_role,
    _vendor,
    _github,
    _saml,
    _organization,
)


def made_policy(number: int, account: str) -> Json:
    """A trust policy as people write them; those of different numbers differ.

    Args:
        number: from 0. account: of the role.
    """
    family = _GOOD[number % len(_GOOD)]
    return family(account, number // len(_GOOD))


def made_roles(roles: int, accounts: int, policies: int, seed: int = 1) -> Iterator[Json]:
    """The roles of an organization, as IAM describes them, account by account.

    Args:
        roles, accounts: how many. policies: how many distinct ones, own accounts apart.
        seed: the same organization for the same seed.

    Example:
        >>> [role["RoleName"] for role in made_roles(3, 2, 2)]
        ['role-0', 'role-1', 'role-2']
    """
    draw = random.Random(seed)
    for number in range(roles):
        account = f"{200_000_000_000 + 7919 * (number * accounts // roles)}"
        policy = number if number < policies else draw.randrange(policies)
        name = f"role-{number}"
        yield _role(name, account, made_policy(policy, account), [], team=draw.choice(_TEAMS))


def _role(
    name: str, account: str, trust: Json, can: list[Json], path: str = "/", **tags: str
) -> Json:
    inline = [{"PolicyName": "own", "PolicyDocument": _policy(*can)}] if can else []
    return {
        "Path": path,
        "RoleName": name,
        "RoleId": f"AROA{abs(hash_of(name)):017d}"[:21],
        "Arn": f"arn:aws:iam::{account}:role{path}{name}",
        "CreateDate": "2025-03-01T09:00:00+00:00",
        "AssumeRolePolicyDocument": trust,
        "InstanceProfileList": [],
        "RolePolicyList": inline,
        "AttachedManagedPolicies": [],
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
    }


def hash_of(text: str) -> int:
    """A number for a text that is the same in every process."""
    return sum((index + 1) * ord(char) for index, char in enumerate(text))


def _can(action: str | list[str], *roles: str) -> Json:
    arns = [f"arn:aws:iam::{ACCOUNT}:role/{role}" for role in roles] or ["*"]
    return {"Effect": "Allow", "Action": action, "Resource": arns}


def _any_repository() -> Json:
    provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{_GITHUB}"
    audience = {f"{_GITHUB}:aud": "sts.amazonaws.com"}
    subject = {f"{_GITHUB}:sub": "repo:octo*/deploy:*"}
    return _policy(
        _allow(
            {"Federated": provider},
            "sts:AssumeRoleWithWebIdentity",
            StringEquals=audience,
            StringLike=subject,
        )
    )


def _root(account: str) -> Json:
    return {"AWS": f"arn:aws:iam::{account}:root"}


def planted_faults() -> dict[str, Json]:
    """The roles of `made_account` that have a fault, by name."""
    never = {"aws:PrincipalArn": f"arn:aws:sts::{ACCOUNT}:assumed-role/ops/*"}
    absent = {"aws:MultiFactorAuthPresent": "true"}
    faults: dict[str, tuple[Json, list[Json]]] = {
        "open-to-anyone": (_policy(_allow({"AWS": "*"})), []),
        "github-any-owner": (_any_repository(), [_can("sts:AssumeRole", "deploy-production")]),
        "vendor-without-id": (_policy(_allow(_root(PARTNER))), []),
        "stranger": (_policy(_allow({"AWS": f"arn:aws:iam::{STRANGER}:role/tool"})), []),
        "mfa-if-exists": (_policy(_allow({"AWS": "*"}, BoolIfExists=absent)), []),
        "dead-pattern": (_policy(_allow(_root(ACCOUNT), ArnLike=never)), []),
        "confused-deputy": (_policy(_allow({"Service": "s3.amazonaws.com"})), []),
    }
    return {name: _role(name, ACCOUNT, *fault) for name, fault in faults.items()}


def _chained() -> Iterator[Json]:
    """A way from a workflow of anyone to the administrator, and one for a developer."""
    runner = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/github-any-owner"}
    deploy = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/deploy-production"}
    can = [_can("sts:AssumeRole", "administrator")]
    yield _role("deploy-production", ACCOUNT, _policy(_allow(runner)), can, env="prod")
    admin = _policy(_allow(deploy))
    yield _role("administrator", ACCOUNT, admin, [_can("*")], env="prod")


def made_account(roles: int = 300, seed: int = 1) -> str:
    """An account with faults that were put there, as `aws iam get-account-authorization-details`
    prints it. `planted_faults()` names the roles that have one.

    Args:
        roles: how many it has. seed: the same account for the same seed.

    Example:
        >>> import trust_widgets as tw
        >>> inventory = tw.scan(made_account(roles=20), progress=False)
        >>> len(inventory), inventory.role("open-to-anyone").analysis.summary.external
        (20, 'yes')
    """
    draw = random.Random(seed)
    found = [*planted_faults().values(), *_chained()]
    for number in range(roles - len(found)):
        policy = made_policy(draw.randrange(70), ACCOUNT)
        tags = {"team": draw.choice(_TEAMS), "env": draw.choice(("prod", "dev"))}
        found.append(_role(f"{tags['team']}-{number}", ACCOUNT, policy, [], **tags))
    draw.shuffle(found)
    users = [
        {
            "Path": "/",
            "UserName": "developer",
            "Arn": f"arn:aws:iam::{ACCOUNT}:user/developer",
            "UserPolicyList": [
                {
                    "PolicyName": "own",
                    "PolicyDocument": _policy(_can("iam:UpdateAssumeRolePolicy", "administrator")),
                }
            ],
            "AttachedManagedPolicies": [],
            "GroupList": [],
        }
    ]
    return json.dumps({"UserDetailList": users, "RoleDetailList": found, "Policies": []}, indent=1)
