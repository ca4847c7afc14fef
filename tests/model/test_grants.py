"""Grants become statements and are read back; guards are lossless."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.model import statements_of
from trust_widgets.model.grant_reading import grants_from_statements, meaning
from trust_widgets.model.grants import complaints_of
from trust_widgets.policy import GUARD_KINDS, complaint_about, why_not

NAMED = {"caller_account": "444455556666", "scope": "named", "principals": ("role/app",)}
KEYS = (
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "sts:ExternalId",
    "aws:PrincipalTag/team",
    "aws:SourceIp",
)
GUARDS = st.lists(
    st.builds(
        tw.Guard,
        st.sampled_from(KEYS),
        st.sampled_from(["StringLike", "ArnLike", "StringNotEquals", "ForAnyValue:StringEquals"]),
        st.lists(st.from_regex(r"[a-z*]{1,6}", fullmatch=True), min_size=1, max_size=3).map(tuple),
    ),
    max_size=3,
    unique_by=lambda guard: (guard.key, guard.operator),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(tw.PATTERNS)), GUARDS)
def test_guards_are_lossless(name: str, guards: list[tw.Guard]) -> None:
    """Law: a grant with any guards, as statements, reads back as the same pattern, answers and
    guards.
    """
    grant = tw.Grant(name, dict(tw.PATTERNS[name].example), tuple(guards))
    statements = statements_of(grant, "111122223333")
    ((again, _),), account = grants_from_statements(statements, "", "111122223333")

    assert (again.pattern, statements_of(again, account or "111122223333")) == (name, statements)
    assert {(g.key, g.operator, frozenset(g.values)) for g in again.guards} == {
        (g.key, g.operator, frozenset(g.values)) for g in guards
    }


def test_a_statement_that_no_form_fits_is_kept_by_hand() -> None:
    """Every element that no form has keeps its statement out of all forms."""
    good = {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"}
    for odd in (
        {**good, "Resource": "*"},
        {**good, "Unknown": 1},
        {"Effect": "Allow", "NotPrincipal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"},
        {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"},
        {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "NotAction": "sts:AssumeRole"},
        {},
    ):
        model = tw.TrustModel(text=json.dumps({"Version": "2012-10-17", "Statement": [odd]}))
        assert [g.pattern for g in model.grants] == [""], odd
        assert model.grants[0].by_hand == model.policy.statements[0]


def test_sid_is_kept_through_the_form() -> None:
    """The Sid of a pasted statement survives an edit in the form."""
    policy = tw.TrustPolicy(
        (
            tw.Statement(
                sid="Mine",
                principal=tw.Principal(service="ec2.amazonaws.com"),
                action="sts:AssumeRole",
            ),
        )
    )
    model = tw.TrustModel(text=str(policy))
    grant = model.grants[0]
    model.change_grant(
        0,
        tw.Grant(grant.pattern, {"services": ("lambda.amazonaws.com",)}, grant.guards, grant.sids),
    )

    assert model.policy.statements[0].sid == "Mine"


def test_meaning_ignores_order_and_case_of_keys() -> None:
    """AWS compares condition keys without regard to case, and lists are sets."""
    one = tw.Statement(
        principal=tw.Principal(aws=("111122223333", "444455556666")),
        conditions=(tw.Condition("Bool", "aws:MultiFactorAuthPresent", (True,)),),
    )
    other = tw.Statement(
        principal=tw.Principal(aws=("arn:aws:iam::444455556666:root", "111122223333")),
        conditions=(tw.Condition("Bool", "AWS:multifactorauthpresent", ("true",)),),
    )
    assert meaning(one) == meaning(other)
    assert meaning(one) != meaning(
        tw.Statement(effect="Deny", principal=one.principal, conditions=one.conditions)
    )


def test_a_doubled_guard_is_complained_of() -> None:
    """One operator can hold a key only once, also when the pattern writes it already."""
    doubled = tw.Grant("another_account", NAMED, (tw.Guard("sts:ExternalId", values="ab"),) * 2)
    github = tw.Grant(
        "github_oidc",
        dict(tw.PATTERNS["github_oidc"].example),
        (tw.Guard("token.actions.githubusercontent.com:aud", values="x"),),
    )
    assert list(complaints_of(doubled, "")) == ["guards.1"]
    assert list(complaints_of(github, "111122223333")) == ["guards.0"]


@pytest.mark.parametrize(
    ("guard", "good"),
    [
        (tw.Guard("sts:ExternalId", values="b2f6c3de-9a41"), True),
        (tw.Guard("sts:ExternalId", values="a"), False),
        (tw.Guard("sts:ExternalId", values="with space"), False),
        (tw.Guard("sts:ExternalId", values="caf\u00e9"), False),
        (tw.Guard("sts:ExternalId"), False),
        (tw.Guard("aws:PrincipalOrgID", values="o-a1b2c3d4e5"), True),
        (tw.Guard("aws:PrincipalOrgID", values="a1b2c3d4e5"), False),
        (tw.Guard("aws:SourceAccount", values="1111-2222-3333"), False),
        (tw.Guard("aws:SourceAccount", values="\u0661" * 12), False),
        (tw.Guard("aws:PrincipalTag/team", "StringLike", ("web*",)), True),
        (tw.Guard("PrincipalArn", values="x"), False),
        (tw.Guard("", values="x"), False),
        (tw.Guard("aws:PrincipalArn", "StringLikes", ("x",)), False),
    ],
)
def test_guards_are_judged_as_typed(guard: tw.Guard, good: bool) -> None:
    """ExternalId is 2 to 1,224 characters (AWS STS API), an organization id o- and 10 to 32."""
    assert (complaint_about(guard) == "") is good


def test_every_named_guard_has_a_good_example() -> None:
    """The example in a message is an answer that passes."""
    for kind in GUARD_KINDS:
        assert complaint_about(tw.Guard(kind.key, kind.operator, (kind.question.example,))) == ""


@pytest.mark.parametrize(
    ("key", "caller", "never"),
    [
        ("sts:ExternalId", "service", False),
        ("sts:ExternalId", "oidc", True),
        ("aws:PrincipalOrgID", "service", True),
        ("aws:PrincipalOrgID", "aws", False),
        ("aws:MultiFactorAuthPresent", "service", True),
        ("aws:MultiFactorAuthPresent", "oidc", True),
        ("AWS:sourceaccount", "aws", True),
        ("aws:SourceArn", "service", False),
        ("aws:RequestTag/team", "service", False),
        ("some:UnknownKey", "aws", False),
    ],
)
def test_keys_that_a_caller_never_has(key: str, caller: str, never: bool) -> None:
    """From AWS's page of global condition keys; what is not documented is never called
    impossible.
    """
    assert bool(why_not(key, {caller})) is never
