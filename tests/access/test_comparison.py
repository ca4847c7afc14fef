"""What an edit changes: laws, and answers derived by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

import trust_widgets as tw
from support.changed_policies import GITHUB, PROVIDER, ROLE, WEB, Maker, request
from trust_widgets.access.principal_classes import principal_classes_of
from trust_widgets.access.queries import callers_of_difference
from trust_widgets.access.results import NO_MEANING
from trust_widgets.evaluation import compile_policy


def policy(*statements: tw.Statement) -> tw.TrustPolicy:
    """Statements as a policy."""
    return tw.TrustPolicy(statements)


def github(*conditions: tw.Condition, effect: str = "Allow") -> tw.Statement:
    """A statement about GitHub's tokens."""
    return tw.Statement(effect, tw.Principal(federated=PROVIDER), WEB, conditions)


def aws(
    principal: str,
    *conditions: tw.Condition,
    effect: str = "Allow",
    action: str | tuple[str, ...] = ROLE,
) -> tw.Statement:
    """A statement about users and roles."""
    return tw.Statement(effect, tw.Principal(aws=principal), action, conditions)


def sub(*values: str, operator: str = "StringLike") -> tw.Condition:
    """A condition on GitHub's subject."""
    return tw.Condition(operator, f"{GITHUB}:sub", values)


STAR, ROOT, APP = "*", "arn:aws:iam::444455556666:root", "arn:aws:iam::444455556666:role/app"
MFA = tw.Condition("Bool", "aws:MultiFactorAuthPresent", ("true",))
ORG = tw.Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))


@pytest.mark.parametrize(
    ("old", "new", "gained", "lost"),
    [
        # one character: an owner's name that others can begin theirs with
        (github(sub("repo:octo-org/*")), github(sub("repo:octo*")), True, False),
        (
            github(sub("repo:octo-org/app:*")),
            github(sub("repo:octo-org/app:*", "repo:octo-org/app:ref:*")),
            False,
            False,
        ),
        (github(sub("a", operator="StringEquals")), github(sub("a")), False, False),
        (github(sub("repo:o/*", operator="StringEquals")), github(sub("repo:o/*")), True, False),
        # an account is more than one of its roles
        (aws(APP), aws(ROOT), True, False),
        (aws("444455556666"), aws(ROOT), False, False),
        (aws(STAR), aws(ROOT), False, True),
        # conditions of other types
        (aws(ROOT), aws(ROOT, MFA), False, True),
        (aws(ROOT, MFA), aws(ROOT, replace(MFA, operator="BoolIfExists")), True, False),
        (
            aws(
                ROOT,
                tw.Condition("IpAddress", "aws:SourceIp", ("203.0.113.0/25", "203.0.113.128/25")),
            ),
            aws(ROOT, tw.Condition("IpAddress", "aws:SourceIp", ("203.0.113.0/24",))),
            False,
            False,
        ),
        (
            aws(ROOT, tw.Condition("NumericLessThan", "aws:MultiFactorAuthAge", ("60",))),
            aws(ROOT, tw.Condition("NumericLessThanEquals", "aws:MultiFactorAuthAge", ("59",))),
            False,
            False,
        ),
        # who is away when the key is: the classic hole of negated operators
        (
            aws(STAR, ORG),
            aws(STAR, tw.Condition("StringNotEquals", "aws:PrincipalOrgID", ("o-zzzzzzzzzz",))),
            True,
            False,
        ),
        # the account says the same in its own key and in the ARN
        (
            aws(STAR, tw.Condition("StringEquals", "aws:PrincipalAccount", ("444455556666",))),
            aws(
                STAR, tw.Condition("ArnLike", "aws:PrincipalArn", ("arn:aws:iam::444455556666:*",))
            ),
            False,
            False,
        ),
        # calls with tags are calls of their own
        (aws(ROOT), aws(ROOT, action=(ROLE, "sts:TagSession")), True, False),
        (aws(ROOT), aws(ROOT, action=(ROLE, "sts:SetSourceIdentity")), True, False),
        # a variable that a role's session does not have
        (
            aws(ROOT, tw.Condition("StringLike", "sts:RoleSessionName", ("${aws:username}",))),
            aws(ROOT),
            True,
            False,
        ),
        # a set operator on several values
        (
            aws(
                STAR,
                tw.Condition(
                    "ForAnyValue:StringLike", "aws:PrincipalOrgPaths", ("o-a1b2c3d4e5/*",)
                ),
            ),
            aws(
                STAR,
                tw.Condition(
                    "ForAllValues:StringLike", "aws:PrincipalOrgPaths", ("o-a1b2c3d4e5/*",)
                ),
            ),
            True,
            True,
        ),
    ],
)
def test_answers_by_hand(old: tw.Statement, new: tw.Statement, gained: bool, lost: bool) -> None:
    """Each from the page about its element."""
    found = tw.compare(policy(old), policy(new))
    assert (found.gained.found, found.lost.found) == (gained, lost)
    assert found.same is not (gained or lost)


def test_a_deny_with_two_conditions_is_no_negated_condition() -> None:
    """It stops only callers for whom both are true: from abroad without MFA."""
    abroad = tw.Condition("NotIpAddress", "aws:SourceIp", ("203.0.113.0/24",))
    no_mfa = tw.Condition("BoolIfExists", "aws:MultiFactorAuthPresent", ("false",))
    both, one = aws(STAR, abroad, no_mfa, effect="Deny"), aws(STAR, no_mfa, effect="Deny")
    found = tw.compare(policy(aws(ROOT), both), policy(aws(ROOT), one))
    assert (found.gained.found, found.lost.found) == (False, True)


def test_a_statement_that_both_have_can_still_let_in_one_policy_s_callers_alone() -> None:
    """Beside another Deny, with another version, and for calls that need a second action: by AWS's
    rules for each.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    """
    own = tw.Condition("StringEquals", "aws:PrincipalTag/owner", ("${aws:PrincipalTag/team}",))
    for old, new in (
        (policy(aws(ROOT)), policy(aws(ROOT), aws(APP, effect="Deny"))),
        (policy(aws(ROOT, own)), replace(policy(aws(ROOT, own)), version="2008-10-17")),
        (policy(aws(APP), aws(APP, action="sts:TagSession")), policy(aws(APP))),
    ):
        assert tw.compare(old, new).lost.found is True, new


def test_a_call_with_tags_has_at_least_one() -> None:
    """No key of a tag is "T*", so this condition is true of every call; that it carries tags, but
    none, is no call.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
    """
    asked = tw.Condition("ForAnyValue:StringNotEqualsIfExists", "aws:TagKeys", ("T*",))
    both = (ROLE, "sts:TagSession")
    found = tw.compare(policy(aws(APP, action=both)), policy(aws(APP, asked, action=both)))
    assert (found.gained.found, found.lost.found) == (False, False)


def test_the_reason_and_its_place_are_told() -> None:
    """What the policy that refuses says of the call."""
    found = tw.compare(policy(github(sub("repo:octo-org/*"))), policy(github(sub("repo:octo*"))))
    assert found.gained.path == ("Statement", 0, "Condition", "StringLike", f"{GITHUB}:sub")
    denied = tw.compare(policy(aws(ROOT)), policy(aws(ROOT), aws(APP, effect="Deny")))
    assert denied.lost.path == ("Statement", 1)


def test_a_witness_is_a_likely_call() -> None:
    """A subject that a stranger can really have."""
    found = tw.compare(policy(github(sub("repo:octo-org/*"))), policy(github(sub("repo:octo*"))))
    assert found.gained.witness is not None
    assert str(found.gained.witness.context[f"{GITHUB}:sub"]).startswith("repo:octo-evil")


def test_without_a_meaning_nothing_is_decided() -> None:
    """But a policy is the same as itself."""
    nothing = policy(tw.Statement("Maybe", tw.Principal(aws=STAR), ROLE))
    assert tw.compare(nothing, policy()).gained.because == NO_MEANING
    assert tw.compare(nothing, nothing).same is True


def test_what_aws_leaves_open_is_not_decided() -> None:
    """A key with several values and no set operator may be read either way."""
    paths = tw.Condition("StringLike", "aws:PrincipalOrgPaths", ("o-a1b2c3d4e5/*",))
    assert tw.compare(policy(), policy(aws(STAR, paths))).gained.found is None


def test_a_small_budget_is_said() -> None:
    """And never taken for a proof."""
    hard = [
        aws(
            STAR,
            tw.Condition(
                "StringLike",
                "aws:PrincipalTag/Team",
                tuple(f"*{a}*{b}*" for a in "abc" for b in "abc"),
            ),
        )
    ]
    other = [
        aws(
            STAR,
            tw.Condition(
                "StringLike",
                "aws:PrincipalTag/Team",
                tuple(f"*{a}*{b}*" for a in "abcd" for b in "abc"),
            ),
        )
    ]
    assert tw.compare(policy(*other), policy(*hard), states=1).gained.found is not True


SEEDS = range(120)


@pytest.mark.parametrize("seed", SEEDS)
def test_order_changes_nothing(seed: int) -> None:
    """Of statements, conditions and values; nor does a policy differ from itself."""
    made = Maker(seed).policy()
    turned = [
        replace(
            s,
            conditions=tuple(
                replace(c, values=c.values[::-1], key=c.key.swapcase()) for c in s.conditions[::-1]
            ),
        )
        for s in made.statements[::-1]
    ]
    for other in (replace(made), replace(made, statements=tuple(turned))):
        found = tw.compare(made, other)
        assert True not in (found.gained.found, found.lost.found)
        assert found.same is True or NOT_SURE in found.gained.because + found.lost.because


NOT_SURE = "Not decided"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_witness_is_let_in_by_one_and_refused_by_the_other(seed: int) -> None:
    """Always."""
    old, new = Maker(seed).pair()
    found = tw.compare(old, new)
    for answer, more, less in ((found.gained, new, old), (found.lost, old, new)):
        assert (answer.found is True) == (answer.witness is not None)
        if answer.witness is not None:
            assert tw.evaluate(more, answer.witness).outcome == "allowed"
            assert tw.evaluate(less, answer.witness).outcome in ("not allowed", "denied")
            assert answer.because


def test_random_calls_agree() -> None:
    """A call that only one policy lets in is no call of a pair without a change: 6,000 of them."""
    chance = random.Random(1)
    differed = 0
    for seed in range(150):
        old, new = Maker(seed).pair()
        found = tw.compare(old, new)
        for _ in range(40):
            call = request(chance)
            before, after = (tw.evaluate(p, call).outcome == "allowed" for p in (old, new))
            differed += before != after
            assert not (after and not before and found.gained.found is False), (seed, call)
            assert not (before and not after and found.lost.found is False), (seed, call)
    assert differed > 100


def test_users_and_roles_of_other_statements_are_not_searched() -> None:
    """An edit of the statement about GitHub leaves the users and roles of another as they were."""
    roles = [aws(f"arn:aws:iam::44445555{n:04}:role/app") for n in range(40)]
    old = compile_policy(policy(*roles, github(sub("repo:octo-org/app:*"))))
    new = compile_policy(policy(*roles, github(sub("repo:octo-org/web:*"))))
    every = principal_classes_of((new, old))
    asked = callers_of_difference(every, new, old)
    assert {caller.kind for caller in asked} == {caller.kind for caller in every} - {"aws"}
    wider = compile_policy(policy(*roles, aws(STAR)))
    assert callers_of_difference(every, wider, old) == every
