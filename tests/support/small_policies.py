"""Small policies and calls that nearly fit them, for the laws of the evaluator."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.policy import Condition, Principal, Statement, TrustPolicy

ROLE = "arn:aws:iam::111122223333:role/app"
GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
SAML = "arn:aws:iam::111122223333:saml-provider/octo"
AWS_CALLERS = (
    "arn:aws:iam::111122223333:user/ops",
    "arn:aws:iam::444455556666:user/team/ops",
    "arn:aws:iam::111122223333:role/deploy",
    "arn:aws:sts::444455556666:assumed-role/deploy/run-1",
    "arn:aws:sts::444455556666:assumed-role/deploy/run-2",
    "arn:aws:iam::444455556666:role/team/deploy",
    "arn:aws:sts::111122223333:federated-user/ops",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::444455556666:root",
    "arn:aws-cn:iam::444455556666:user/ops",
)
CALLERS = (*AWS_CALLERS, "lambda.amazonaws.com", GITHUB, "accounts.google.com", SAML)
ACTIONS = ("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML")
WRITTEN = (
    *ACTIONS,
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:*",
    "*",
    "sts:assumerole*",
    "sts:?agSession",
)

# Each key with values that policies and calls share, so that they meet often; some are of no kind,
# some patterns.
TEXTS = (
    "ops",
    "Ops",
    "o*",
    "o?s",
    "team",
    "${aws:username}",
    "${aws:PrincipalTag/team, 'ops'}",
    "${*}",
    "",
)
KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sts:ExternalId": (("String", "Null"), TEXTS),
    "sts:RoleSessionName": (("String", "Null"), TEXTS),
    "aws:PrincipalTag/team": (("String", "Null"), TEXTS),
    "aws:RequestTag/team": (("String", "Null"), TEXTS),
    "aws:TagKeys": (("String", "Null"), TEXTS),
    "aws:PrincipalOrgPaths": (("String", "Null"), TEXTS),
    "sts:SourceIdentity": (("String", "Null"), TEXTS),
    "token.actions.githubusercontent.com:sub": (
        ("String",),
        ("repo:octo-org/app:*", "repo:octo-org/app:x", "*"),
    ),
    "aws:SourceArn": (
        ("Arn", "String"),
        (
            "arn:aws:s3:::octo-org",
            "arn:aws:s3:::octo-*",
            "*",
            "octo",
            "arn:aws:s3:::${aws:username}",
        ),
    ),
    "aws:PrincipalArn": (
        ("Arn", "String"),
        ("arn:aws:iam::444455556666:role/deploy", "arn:aws:iam::*:user/*", *AWS_CALLERS[:4]),
    ),
    "aws:MultiFactorAuthPresent": (
        ("Bool", "Null"),
        ("true", "false", "TRUE", "maybe", "${aws:username}"),
    ),
    "aws:MultiFactorAuthAge": (("Numeric", "Null"), ("3600", "60.5", "0", "an hour")),
    "aws:CurrentTime": (
        ("Date", "Null"),
        ("2026-01-01T00:00:00Z", "2026-11-24", "1795478400", "tomorrow"),
    ),
    "aws:SourceIp": (
        ("IpAddress",),
        ("203.0.113.0/24", "203.0.113.7", "2001:db8::1", "2001:db8::/32", "here"),
    ),
    "example:Blob": (("Binary",), ("QUJD", "QUJE", "!")),
}
MANY = ("aws:TagKeys", "aws:PrincipalOrgPaths")
BASES = {
    "String": ("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase",
               "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"),
    "Arn": ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"),
    "Numeric": tuple(f"Numeric{c}" for c in ("Equals", "NotEquals", "LessThan", "LessThanEquals",
                                             "GreaterThan", "GreaterThanEquals")),
    "Date": tuple(f"Date{c}" for c in ("Equals", "NotEquals", "LessThan", "LessThanEquals",
                                       "GreaterThan", "GreaterThanEquals")),
    "Bool": ("Bool",),
    "Null": ("Null",),
    "IpAddress": ("IpAddress", "NotIpAddress"),
    "Binary": ("BinaryEquals",),
}  # fmt: skip
TWINS = (
    ("StringEquals", "StringNotEquals"),
    ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    ("StringLike", "StringNotLike"),
    ("ArnEquals", "ArnNotEquals"),
    ("ArnLike", "ArnNotLike"),
    ("NumericEquals", "NumericNotEquals"),
    ("DateEquals", "DateNotEquals"),
    ("IpAddress", "NotIpAddress"),
)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """One condition: any operator of a family that the key may have, with a set operator or
    `IfExists` at times.
    """
    key = draw(st.sampled_from(tuple(KEYS)))
    families, values = KEYS[key]
    base = draw(st.sampled_from(BASES[draw(st.sampled_from(families))]))
    chosen = ("true", "false") if base == "Null" else values
    often = (
        ["ForAnyValue:", "ForAllValues:", ""]
        if key in MANY
        else ["", "", "", "ForAnyValue:", "ForAllValues:"]
    )
    quantifier = draw(st.sampled_from(often)) if base != "Null" else ""
    if_exists = draw(st.sampled_from(["", "", "IfExists"])) if base != "Null" else ""
    given = draw(st.lists(st.sampled_from(chosen), min_size=1, max_size=2, unique=True))
    spelled = draw(st.sampled_from([key, key, key.upper()]))
    return Condition(f"{quantifier}{base}{if_exists}", spelled, tuple(given))


def _without_twice(found: list[Condition]) -> tuple[Condition, ...]:
    """An object's names are unique."""
    return tuple({(condition.operator, condition.key): condition for condition in found}.values())


PRINCIPALS = st.one_of(
    st.just(Principal(star=True)),
    st.just(Principal(aws="*")),
    st.builds(
        Principal,
        aws=st.lists(
            st.sampled_from(
                (*AWS_CALLERS, "111122223333", "444455556666", "AROADBQP57FF2AEXAMPLE")
            ),
            min_size=1,
            max_size=3,
            unique=True,
        ).map(tuple),
    ),
    st.builds(
        Principal,
        aws=st.sampled_from([None, ("*",), ("444455556666",)]),
        service=st.sampled_from(
            [("lambda.amazonaws.com",), ("ec2.amazonaws.com", "lambda.amazonaws.com")]
        ),
        federated=st.sampled_from([None, (GITHUB,), ("accounts.google.com", SAML)]),
    ),
)


@st.composite
def statements(draw: st.DrawFn, effect: str | None = None) -> Statement:
    """One statement; a Deny one time in four, unless it is said which."""
    actions = draw(st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=3, unique=True))
    others = draw(st.sampled_from([False, False, False, True]))
    return Statement(
        effect=effect or draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"])),
        principal=draw(PRINCIPALS),
        action=None if others else tuple(actions),
        not_action=tuple(actions) if others else None,
        conditions=_without_twice(draw(st.lists(conditions(), max_size=3))),
    )


POLICIES = st.builds(
    TrustPolicy,
    statements=st.lists(statements(), min_size=1, max_size=4).map(tuple),
    version=st.sampled_from(["2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", None]),
)


def values_for(key: str) -> st.SearchStrategy[Any]:
    """A value of a call: mostly one that a policy may have, which fits a pattern or nearly does."""
    plain = ("ops", "octo", "arn:aws:s3:::octo-org", "203.0.113.7", "repo:octo-org/app:x")
    one = st.sampled_from((*KEYS[key][1], *plain))
    if key in MANY:
        return st.lists(one, max_size=3, unique=True).map(tuple)
    return one


@st.composite
def requests(draw: st.DrawFn) -> tw.Request:
    """A call with some of the keys, and some that nobody told us about."""
    principal = draw(st.sampled_from(CALLERS))
    derived = ("aws:PrincipalArn",) if "iam" in principal or "sts" in principal else ()
    offered = [key for key in KEYS if key not in derived]
    given = draw(st.lists(st.sampled_from(offered), max_size=5, unique=True))
    unknown = draw(
        st.lists(
            st.sampled_from([key for key in offered if key not in given]), max_size=2, unique=True
        )
    )
    return tw.Request(
        action=draw(st.sampled_from(action_for(principal))),
        principal=principal,
        role=ROLE,
        context={key: draw(values_for(key)) for key in given},
        unknown=frozenset(unknown),
        caller_permission=draw(st.sampled_from(["yes", "yes", "no", "unknown"])),
    )


def action_for(principal: str) -> tuple[str, ...]:
    """What such a caller mostly asks for; at times what it can't."""
    usual = "sts:AssumeRole"
    if "oidc-provider" in principal or principal == "accounts.google.com":
        usual = "sts:AssumeRoleWithWebIdentity"
    elif "saml-provider" in principal:
        usual = "sts:AssumeRoleWithSAML"
    return (usual, usual, usual, "sts:TagSession")
