"""What random policies are made of: operators, keys, values, actions.

Keys and values are few, so that conditions meet; every operator can be drawn for every key, also
where it does not suit the key.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from support.brute_force import callers as world
from support.brute_force.callers import GITHUB, GITLAB, OWN, THIRD, VENDOR

MISFIT_SHARE = 0.18
"""How often a condition has any operator at all, and values that do not suit its key."""

STRINGS = (
    "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
    "StringLike", "StringNotLike",
)  # fmt: skip
ARNS = ("ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals")
_COMPARISONS = (
    "Equals",
    "NotEquals",
    "LessThan",
    "LessThanEquals",
    "GreaterThan",
    "GreaterThanEquals",
)
NUMBERS = tuple(f"Numeric{comparison}" for comparison in _COMPARISONS)
DATES = tuple(f"Date{comparison}" for comparison in _COMPARISONS)
NETWORKS = ("IpAddress", "NotIpAddress")
EVERY_OPERATOR = (*STRINGS, *ARNS, *NUMBERS, *DATES, *NETWORKS, "Bool", "Null")
OF_SETS = tuple(
    f"{quantifier}:{base}" for quantifier in ("ForAnyValue", "ForAllValues") for base in STRINGS
)
VALUES_OF_OPERATORS = {
    "Numeric": ("10", "15", "20.0", "60", OWN, VENDOR, "444455556666.5"),
    "Date": ("2026-01-01", "2026-01-01T00:00:00Z", "10", OWN, VENDOR),
    "IpAddress": ("203.0.113.7", "203.0.113.0/24", "10", VENDOR),
    "Bool": ("true", "false", "True"),
    "Arn": (f"arn:aws:iam::{VENDOR}:role/app", "arn:*", "*", VENDOR),
    "String": (
        "10",
        "true",
        "a*",
        OWN,
        VENDOR,
        f"{VENDOR[:4]}*",
        f"arn:aws:iam::{VENDOR}:role/app",
        "*",
        "?",
    ),
}
"""Values that suit an operator, whatever the key."""

VARIABLES = (
    "${aws:username}", "${aws:PrincipalTag/x}", "${aws:PrincipalTag/y, 'ab'}", "${*}",
    "a${aws:username}*", "${sts:ExternalId}", "${aws:PrincipalAccount}", "*${aws:PrincipalTag/x}",
    "${AWS:UserName}", "${?}b", "${saml:sub}", "${sts:RoleSessionName}",
)  # fmt: skip
ARN_PATTERNS = (
    "arn:aws:iam::*:user/*", f"arn:aws:iam::{VENDOR}:role/*", f"arn:aws:iam::{VENDOR}:role/app",
    "arn:aws:iam::*:role/team/*", f"arn:aws:iam::{VENDOR}:user/ops", "arn:*:iam::4*:*/o*", "*",
    "arn:aws:iam::*:*", f"arn:aws:sts::{VENDOR}:assumed-role/app/*",
    f"ARN:AWS:IAM::{VENDOR}:ROLE/APP", "arn:aws:iam::${aws:PrincipalAccount}:role/app",
)  # fmt: skip
SOURCE_PATTERNS = (
    f"arn:aws:sns:*:{OWN}:*", "arn:aws:s3:::*", "arn:aws:s3:::octo",
    f"arn:aws:sns:eu-west-1:{OWN}:topic", "arn:*:*:*:*:to*", "arn:aws:sns:*:*:*:*",
    f"ARN:aws:SNS:eu-west-1:{OWN}:Topic",
)  # fmt: skip
SUBJECT_PATTERNS = {
    GITHUB: (
        "repo:octo-org/*", "repo:octo-org/app:*", "repo:octo*", "repo:*:environment:prod", "*",
        "repo:octo-org/app:ref:refs/heads/*", "repo:*/app:pull_request", "repo:octo-org/app?:*",
        "REPO:OCTO-ORG/APP:PULL_REQUEST", "Repo:octo-org/app:environment:PROD",
        "REPO:octo-org/app:pull_request", f"${{{GITHUB}:sub}}", f"${{{GITHUB}:aud}}",
        "repo:${aws:PrincipalTag/owner, 'octo-org'}/app:pull_request", "repo:octo-org/app${*}",
        "repo:${aws:username}/*",
    ),
    GITLAB: (
        "project_path:octo-org/*", "project_path:octo-org/app:ref_type:branch:ref:*",
        "project_path:octo*", "*", "project_path:*:ref_type:tag:ref:*",
        "PROJECT_PATH:OCTO-ORG/APP:REF_TYPE:TAG:REF:V1", f"${{{GITLAB}:sub}}",
        "project_path:${aws:PrincipalTag/owner, 'octo-org'}/app:ref_type:*",
    ),
}  # fmt: skip
ACTIONS = {
    "aws": (
        world.ROLE,
        world.ROLE,
        world.ROLE,
        "sts:assumerole",
        "sts:AssumeRol?",
        "sts:Assume*",
        "sts:*",
        "*",
    ),
    "oidc": (
        world.WEB,
        world.WEB,
        world.WEB,
        "sts:AssumeRoleWith*",
        "sts:*Identity",
        "sts:AssumeRole*",
    ),
    "saml": (world.SAML, world.SAML, world.SAML, "sts:AssumeRoleWithSAM?", "sts:*"),
}
ACTIONS_WITH_TAGS = (
    [world.ROLE, "sts:TagSession"],
    [world.ROLE, "sts:TagSession", "sts:SetSourceIdentity"],
    [world.ROLE, "sts:SetSourceIdentity"],
    ["sts:TagSession"],
    [world.ROLE],
    ["sts:*"],
    ["sts:AssumeRole", "sts:*S*"],
)


def _text_pattern(chance: random.Random) -> str:
    share = chance.random()
    if share < 0.45:
        return chance.choice(world.TEXTS)
    if share < 0.88:
        return "".join(chance.choice("ab*?ab*") for _ in range(chance.randint(1, 4)))
    return chance.choice(VARIABLES)


Draw = Callable[[random.Random], str]


def _one_of(*values: str) -> Draw:
    return lambda chance: chance.choice(values)


class KeyLanguage(NamedTuple):
    """What is asked of a key: the operators that suit it, and a source of values."""

    operators: tuple[str, ...]
    value: Draw


KEYS = {
    "sts:ExternalId": KeyLanguage(STRINGS, _text_pattern),
    "aws:PrincipalTag/x": KeyLanguage(STRINGS, _text_pattern),
    "aws:PrincipalTag/y": KeyLanguage(STRINGS, _text_pattern),
    world.UNKNOWN_KEY: KeyLanguage(STRINGS, _text_pattern),
    "sts:RoleSessionName": KeyLanguage(STRINGS, _text_pattern),
    "aws:username": KeyLanguage(
        STRINGS, _one_of("ops", "ab", "o*", "a?", "*", "OPS", "10", "${sts:RoleSessionName}")
    ),
    "aws:SourceIp": KeyLanguage(
        NETWORKS,
        _one_of(
            "203.0.113.0/24",
            "203.0.113.128/25",
            "203.0.113.7",
            "0.0.0.0/0",
            "::/0",
            "2001:db8::/32",
            "198.51.100.7/32",
        ),
    ),
    "aws:CurrentTime": KeyLanguage(
        DATES, _one_of("2026-01-01T00:00:00Z", "2026-01-01", "2027-01-01T00:00:00Z", "1767225601")
    ),
    "aws:PrincipalOrgID": KeyLanguage(
        STRINGS, _one_of(*world.ORGANIZATIONS, "o-*", "o-aaaaaaaaa?", "O-AAAAAAAAAA")
    ),
    "aws:PrincipalOrgPaths": KeyLanguage(
        OF_SETS,
        _one_of(
            *world.ORGANIZATION_PATHS,
            "o-aaaaaaaaaa/*",
            "o-aaaaaaaaaa/r-ab12/*",
            "*",
            "O-AAAAAAAAAA/R-AB12/",
        ),
    ),
    "aws:MultiFactorAuthPresent": KeyLanguage(
        ("Bool", "Bool", "Null"), _one_of("true", "false", "True")
    ),
    "aws:MultiFactorAuthAge": KeyLanguage(NUMBERS, _one_of("60", "3600", "60.5")),
    "aws:PrincipalArn": KeyLanguage(ARNS + STRINGS, _one_of(*ARN_PATTERNS)),
    "aws:PrincipalAccount": KeyLanguage(
        STRINGS, _one_of(OWN, VENDOR, THIRD, "4444*", "*", "${aws:PrincipalAccount}")
    ),
    "aws:PrincipalType": KeyLanguage(STRINGS, _one_of("User", "AssumedRole", "A*", "user")),
    "aws:SourceArn": KeyLanguage(ARNS + STRINGS, _one_of(*SOURCE_PATTERNS)),
    "aws:SourceAccount": KeyLanguage(STRINGS, _one_of(OWN, VENDOR, "1*")),
    f"{GITHUB}:sub": KeyLanguage(
        STRINGS, _one_of(*world.SUBJECTS[GITHUB], *SUBJECT_PATTERNS[GITHUB])
    ),
    f"{GITHUB}:aud": KeyLanguage(
        STRINGS, _one_of("sts.amazonaws.com", "other", "sts*", "STS.AMAZONAWS.COM")
    ),
    f"{GITLAB}:sub": KeyLanguage(
        STRINGS, _one_of(*world.SUBJECTS[GITLAB], *SUBJECT_PATTERNS[GITLAB])
    ),
    f"{GITLAB}:aud": KeyLanguage(STRINGS, _one_of("sts.amazonaws.com", "other", "sts*")),
    "saml:aud": KeyLanguage(
        STRINGS, _one_of("https://signin.aws.amazon.com/saml", "ab", "*", "AB")
    ),
    "saml:sub": KeyLanguage(STRINGS, _text_pattern),
    "aws:RequestTag/x": KeyLanguage(
        STRINGS, _one_of("ab", "ba", "a*", "*", "10", "AB", "${aws:PrincipalTag/x}")
    ),
    "aws:RequestTag/y": KeyLanguage(STRINGS, _one_of("ab", "b*")),
    "aws:TagKeys": KeyLanguage(OF_SETS, _one_of("x", "y", "X", "?", "*")),
    "sts:SourceIdentity": KeyLanguage(STRINGS, _one_of("ab", "ba", "a*", "*", "${aws:username}")),
}
MULTIVALUED = ("aws:PrincipalOrgPaths", "aws:TagKeys")
_OF_EVERYONE = ("sts:RoleSessionName", "aws:SourceIp", "aws:CurrentTime")
KEYS_OF_FAMILY = {
    "aws": (
        "sts:ExternalId", "sts:ExternalId", "aws:PrincipalTag/x", "aws:PrincipalTag/y",
        "aws:username", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:MultiFactorAuthPresent",
        "aws:MultiFactorAuthAge", "aws:PrincipalArn", "aws:PrincipalAccount",
        "aws:PrincipalAccount", "aws:PrincipalType", *_OF_EVERYONE,
    ),
    "tags": (
        "aws:RequestTag/x", "aws:RequestTag/x", "aws:RequestTag/y", "aws:TagKeys", "aws:TagKeys",
        "sts:SourceIdentity", "aws:PrincipalTag/x", "sts:ExternalId", world.UNKNOWN_KEY,
    ),
    "service": ("aws:SourceArn", "aws:SourceAccount", *_OF_EVERYONE),
    "github": (f"{GITHUB}:sub", f"{GITHUB}:sub", f"{GITHUB}:aud", *_OF_EVERYONE),
    "gitlab": (f"{GITLAB}:sub", f"{GITLAB}:sub", f"{GITLAB}:aud", *_OF_EVERYONE),
    "saml": ("saml:aud", "saml:sub", "saml:sub", "sts:RoleSessionName", "aws:SourceIp"),
}  # fmt: skip
FAMILIES = ("aws", "aws", "aws", "tags", "service", "github", "github", "gitlab", "saml", "mixed")
FAMILIES_OF_MIXED = ("aws", "aws", "service", "github")


def values_of_operator(operator: str) -> tuple[str, ...]:
    """Return values that suit an operator, whatever the key."""
    return next(values for start, values in VALUES_OF_OPERATORS.items() if start in operator)
