"""The world: a few callers, and for each of them all values of the keys that a request can have.

Which key is in which request:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and
reference_policies_iam-condition-keys.html.
"""

from __future__ import annotations

from itertools import product

from support.brute_force.conditions import Keys
from support.brute_force.decision import Caller

OWN, VENDOR, THIRD = "111122223333", "444455556666", "999988887777"
UNNAMED_ACCOUNT = "222222222222"
"""An account that no random policy names."""

ROLE, WEB, SAML = "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"
GITHUB, GITLAB = "token.actions.githubusercontent.com", "gitlab.com"
SAML_PROVIDER = f"arn:aws:iam::{OWN}:saml-provider/idp"
SERVICES = ("sns.amazonaws.com", "ec2.amazonaws.com")

_LETTERS = ["".join(letters) for length in (2, 3) for letters in product("ab", repeat=length)]
TEXTS = (*_LETTERS, "aB", "BA", "abab", "10", "15", "20", "25", "true", "False", "a:b", "a/b")
NAMES = tuple(text for text in TEXTS if not set(text) & set(":/"))
ORGANIZATIONS = ("o-aaaaaaaaaa", "o-aaaaaaaaab", "o-bbbbbbbbbb")
UNNAMED_ORGANIZATION = "o-zzzzzzzzzz"
ORGANIZATION_PATHS = (
    "o-aaaaaaaaaa/r-ab12/ou-ab12-11111111/",
    "o-aaaaaaaaaa/r-ab12/",
    "o-bbbbbbbbbb/r-cd34/ou-cd34-22222222/",
)
ADDRESSES = (
    "203.0.113.0", "203.0.113.7", "203.0.113.127", "203.0.113.128", "203.0.113.255", "203.0.114.0",
    "198.51.100.7", "2001:db8::7", "2001:db9::",
)  # fmt: skip
TIMES = (
    "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2027-01-01T00:00:00Z",
    "2027-06-01T00:00:00Z",
)  # fmt: skip
MFA_AGES = ("0", "59", "60", "61", "3599", "3600", "3601", "10000")
SUBJECTS = {
    GITHUB: (
        "repo:octo-org/app:ref:refs/heads/main",
        "repo:octo-org/app:ref:refs/heads/dev",
        "repo:octo-org/app:ref:refs/tags/v1",
        "repo:octo-org/app:environment:prod",
        "repo:octo-org/app:environment:Prod",
        "repo:octo-org/app:pull_request",
        "repo:octo-org/app2:ref:refs/heads/main",
        "repo:Octo-Org/App:pull_request",
        "repo:octo-evil/app:ref:refs/heads/main",
        "repo:octo-org2/x:environment:prod",
        "repo:other/y:pull_request",
    ),
    GITLAB: (
        "project_path:octo-org/app:ref_type:branch:ref:main",
        "project_path:octo-org/app:ref_type:tag:ref:v1",
        "project_path:octo-org/sub/app:ref_type:branch:ref:main",
        "project_path:octo-evil/app:ref_type:branch:ref:main",
    ),
}
UNNAMED_SUBJECTS = {
    GITHUB: ("repo:zz-unnamed/zz:ref:refs/heads/main", "repo:zz-unnamed/zz:pull_request"),
    GITLAB: ("project_path:zz-unnamed/zz:ref_type:branch:ref:main",),
}
"""Subjects of owners that no random policy names."""

UNKNOWN_KEY = "octo:Unknown"
"""A key of which nobody knows whether AWS has it."""

AUDIENCES = ("sts.amazonaws.com", "other")
TAG_VALUES = ("ab", "ba", "aB", "10")
SOURCES: tuple[dict[str, str], ...] = (
    {},
    {"aws:sourceaccount": OWN},
    {"aws:sourceaccount": VENDOR},
    {"aws:sourcearn": f"arn:aws:sns:eu-west-1:{OWN}:topic"},
    {"aws:sourcearn": f"arn:aws:sns:eu-west-1:{OWN}:topic", "aws:sourceaccount": OWN},
    {"aws:sourcearn": f"arn:aws:sns:eu-west-1:{OWN}:a:b", "aws:sourceaccount": OWN},
    {"aws:sourcearn": f"arn:aws:sns:us-east-1:{VENDOR}:topic", "aws:sourceaccount": VENDOR},
    {"aws:sourcearn": "arn:aws:s3:::octo", "aws:sourceaccount": OWN},
    {"aws:sourcearn": "arn:aws:s3:::octo", "aws:sourceaccount": VENDOR},
)
"""A bucket's ARN names no account; any other source's ARN names the source's account."""


def oidc_provider(issuer: str) -> str:
    """Return the ARN of an identity provider in the role's own account."""
    return f"arn:aws:iam::{OWN}:oidc-provider/{issuer}"


def user(account: str, path_and_name: str) -> Caller:
    """Return an IAM user."""
    arn = f"arn:aws:iam::{account}:user/{path_and_name}"
    keys = _keys_of_aws_caller(arn, account, "User") | {
        "aws:username": path_and_name.rpartition("/")[2]
    }
    return Caller("user", arn, ROLE, keys, account)


def session(account: str, path_and_name: str, session_name: str = "run") -> Caller:
    """Return a session of a role."""
    role_arn = f"arn:aws:iam::{account}:role/{path_and_name}"
    role_name = path_and_name.rpartition("/")[2]
    arn = f"arn:aws:sts::{account}:assumed-role/{role_name}/{session_name}"
    return Caller(
        "session",
        arn,
        ROLE,
        _keys_of_aws_caller(role_arn, account, "AssumedRole"),
        account,
        role_arn,
    )


def service(name: str) -> Caller:
    """Return an AWS service."""
    keys = {
        "aws:principalisawsservice": "true",
        "aws:principalservicename": name,
        "aws:securetransport": "true",
    }
    return Caller("service", name, ROLE, keys)


def token_holder(provider: str, issuer: str) -> Caller:
    """Return the holder of an OIDC token."""
    return Caller("oidc", provider, WEB, {"aws:securetransport": "true"}, issuer=issuer)


def saml_user(provider: str) -> Caller:
    """Return somebody with a SAML assertion."""
    return Caller("saml", provider, SAML, {"aws:securetransport": "true"})


def _keys_of_aws_caller(arn: str, account: str, kind: str) -> dict[str, str]:
    return {
        "aws:principalarn": arn,
        "aws:principalaccount": account,
        "aws:principaltype": kind,
        "aws:principalisawsservice": "false",
        "aws:securetransport": "true",
    }


CALLERS = (
    user(OWN, "ops"),
    user(VENDOR, "ops"),
    user(VENDOR, "team/ab"),
    user(THIRD, "ab"),
    session(OWN, "app"),
    session(VENDOR, "app"),
    session(VENDOR, "team/app2"),
    session(THIRD, "other"),
    *map(service, SERVICES),
    *(token_holder(oidc_provider(issuer), issuer) for issuer in SUBJECTS),
    saml_user(SAML_PROVIDER),
)
UNNAMED_CALLERS = (
    user(UNNAMED_ACCOUNT, "zz"),
    session(UNNAMED_ACCOUNT, "zz"),
    *(token_holder(oidc_provider(issuer), issuer) for issuer in UNNAMED_SUBJECTS),
)
"""Callers with no tie to anything that a random policy names."""

Group = list[dict[str, str | tuple[str, ...]]]
"""Of keys that depend on each other, the assignments they can have together; the plainest first."""


def _one_key(key: str, values: tuple[str, ...], can_be_absent: bool = True) -> Group:
    absent: Group = [{}] if can_be_absent else []
    return absent + [{key: value} for value in values]


def key_groups(caller: Caller, is_unnamed: bool = False) -> list[Group]:
    """Return the groups of keys of a caller's requests.

    Args:
        is_unnamed: leaves out every value that ties the caller to what a random policy names.
    """
    groups = [
        _one_key("sts:rolesessionname", NAMES, can_be_absent=False),
        _one_key("aws:currenttime", TIMES, can_be_absent=False),
    ]
    if caller.kind != "service":  # a service calls from addresses of AWS
        groups.append(_one_key("aws:sourceip", ADDRESSES))
    if caller.kind in ("user", "session"):
        groups += _groups_of_aws_caller(caller, is_unnamed)
    elif caller.kind == "service":
        groups.append([dict(source) for source in SOURCES])
    elif caller.kind == "oidc":
        subjects = (UNNAMED_SUBJECTS if is_unnamed else SUBJECTS)[caller.issuer]
        groups.append(_one_key(f"{caller.issuer}:sub", subjects, can_be_absent=False))
        groups.append(_one_key(f"{caller.issuer}:aud", AUDIENCES, can_be_absent=False))
    else:
        audiences = ("https://signin.aws.amazon.com/saml", "ab", "ba")
        groups.append(_one_key("saml:aud", audiences, can_be_absent=False))
        groups.append(_one_key("saml:sub", TEXTS, can_be_absent=False))
    return groups


def _groups_of_aws_caller(caller: Caller, is_unnamed: bool) -> list[Group]:
    return [
        _one_key("sts:externalid", TEXTS),
        _one_key("aws:principaltag/x", (*TEXTS, "")),
        _one_key("aws:principaltag/y", TEXTS),
        _one_key(UNKNOWN_KEY.lower(), ("ab", "ba")),
        _organizations(is_unnamed),
        _mfa(caller),
        _session_tags(),
        _one_key("sts:sourceidentity", ("ab", "ba", "abab")),
    ]


def _organizations(is_unnamed: bool) -> Group:
    """An account in an organization has both keys, and its path begins with the ID."""
    roots = [f"{organization}/r-root/" for organization in ORGANIZATIONS]
    paths = [f"{UNNAMED_ORGANIZATION}/r-root/"] if is_unnamed else [*roots, *ORGANIZATION_PATHS]
    return [
        {},
        *(
            {"aws:principalorgid": path.partition("/")[0], "aws:principalorgpaths": (path,)}
            for path in paths
        ),
    ]


def _mfa(caller: Caller) -> Group:
    """Only a request made with MFA has its age; a role's session was not made with MFA."""
    present = "aws:multifactorauthpresent"
    found: Group = [{}, {present: "false"}]
    if caller.kind == "user":
        found += [{present: "true", "aws:multifactorauthage": age} for age in MFA_AGES]
    return found


def _session_tags() -> Group:
    found: Group = [{}]
    for names in (("x",), ("y",), ("x", "y")):
        for values in product(TAG_VALUES[: 4 if len(names) == 1 else 2], repeat=len(names)):
            tags = {
                f"aws:requesttag/{name}": value for name, value in zip(names, values, strict=True)
            }
            found.append({"aws:tagkeys": names, **tags})
    return found


def default_keys(caller: Caller, groups: list[Group]) -> Keys:
    """Return the keys of a caller's plainest request."""
    keys: dict[str, str | tuple[str, ...]] = dict(caller.keys)
    for group in groups:
        keys |= group[0]
    return keys
