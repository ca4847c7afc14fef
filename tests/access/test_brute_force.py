"""The package against a brute-force decision: 600 pairs of random policies, and that decision
itself.

`make differential` runs 2,000 others, or as many as it is told to.
"""

from __future__ import annotations

import json
from collections import Counter

import pytest

import trust_widgets as tw
from support.brute_force import callers as world
from support.brute_force.combinations import situations
from support.brute_force.comparison import check_pair, run
from support.brute_force.conditions import Condition, Keys, holds, matches_pattern
from support.brute_force.decision import ALLOWED, DENIED, NOT_ALLOWED, Caller, Document, decide
from support.brute_force.policies import PolicyMaker
from support.brute_force.shrinking import shrunk

PAIRS, PARTS = 600, 6
# Seldom drawn: a number and an ARN compared with keys that hold neither.
RARE = (1258, 1815)
SEEDS = (*range(PAIRS - len(RARE)), *RARE)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_policies_are_decided_alike(part: int) -> None:
    """No question about any pair gets an answer that the brute-force decision refutes."""
    report = run(SEEDS[part::PARTS])
    assert report.counts["pairs"] == PAIRS / PARTS
    found = [str(shrunk(*PolicyMaker(each.seed).pair(), each)) for each in report.disagreements[:3]]
    assert found == [], f"{len(report.disagreements)} disagreements"


def test_every_kind_of_policy_is_drawn() -> None:
    """Misfits, variables, set operators, `IfExists`, `Null`, Deny and every kind of caller are
    among the pairs.
    """
    texts = [json.dumps(PolicyMaker(seed).pair()[0]) for seed in SEEDS]
    wanted = (
        '"NumericEquals": {"aws:PrincipalAccount"', '"ArnLike": {"sts:ExternalId"', "${",
        "ForAllValues:", "ForAnyValue:", "IfExists", '"Null"', '"Deny"', "NotAction",
        "sts:AssumeRol?", "REPO:OCTO-ORG", "IgnoreCase", '"Principal": "*"', '{"AWS": "*"}',
        "2008-10-17", "aws:RequestTag/", "sts:SourceIdentity", "saml-provider/", "gitlab.com:sub",
        '"Service"', '"octo:Unknown"', "aws:PrincipalOrgPaths",
    )  # fmt: skip
    counts = {each: sum(each in text for text in texts) for each in wanted}
    assert [each for each, count in counts.items() if count == 0] == []


VENDOR_USER = world.user(world.VENDOR, "ops")
GITHUB_TOKEN = world.token_holder(world.oidc_provider(world.GITHUB), world.GITHUB)


def one_statement(
    principal: object, condition: object = None, action: str = "sts:AssumeRole"
) -> Document:
    """Return a policy of one Allow statement."""
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": action,
        "Condition": condition or {},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


EVERYONE = one_statement({"AWS": "*"})


def test_a_wrong_outcome_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package's answers change, there are disagreements: `compare`, `who_gets_in`,
    `is_public`.
    """
    vendor_alone = one_statement({"AWS": world.VENDOR})
    assert check_pair(vendor_alone, EVERYONE, 0, Counter()) == []
    no = tw.Answer(False)
    monkeypatch.setattr(tw, "compare", lambda old, new, home=None, **_: tw.Comparison(no, no))
    monkeypatch.setattr(tw, "who_gets_in", lambda policy, home=None: ())
    monkeypatch.setattr(tw, "is_public", lambda policy, home=None: no)
    monkeypatch.setattr(
        "support.brute_force.comparison.can_let_in", lambda policy, number, home=None: no
    )
    questions = {each.question for each in check_pair(vendor_alone, EVERYONE, 0, Counter())}
    assert questions == {
        "compare says no (gained)",
        "who_gets_in leaves out",
        "is_public says no",
        "can_let_in says no",
        "the laws are broken",
    }


def test_a_wrong_decision_and_a_crash_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """`evaluate` that denies what is allowed, and a function that raises."""

    def raises(policy: tw.TrustPolicy, home: tw.Home | None = None) -> tw.Answer:
        raise IndexError

    nobody = tw.evaluate(tw.TrustPolicy(()), tw.Request("sts:AssumeRole", VENDOR_USER.principal))
    monkeypatch.setattr(tw, "evaluate", lambda policy, request: nobody)
    monkeypatch.setattr(tw, "is_public", raises)
    found = {each.question for each in check_pair(EVERYONE, EVERYONE, 0, Counter())}
    raising = {f"{each} raises IndexError" for each in ("publicness", "laws", "partitions")}
    assert found == {"evaluate", *raising}


def test_another_answer_in_another_partition_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every tenth pair is asked about there, too; without ARNs it is the same policy."""
    nobody = tw.TrustPolicy(())
    assert check_pair(EVERYONE, one_statement({"AWS": world.VENDOR}), 10, Counter()) == []
    monkeypatch.setattr("support.brute_force.comparison._in_another_partition", lambda _: nobody)
    (found,) = check_pair(EVERYONE, EVERYONE, 10, Counter())
    assert found.question.startswith("partitions")
    assert check_pair(EVERYONE, EVERYONE, 11, Counter()) == []


def test_a_disagreement_is_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements and conditions that do not matter are left out."""
    monkeypatch.setattr(tw, "is_public", lambda policy, home=None: tw.Answer(False))
    deny = {"Effect": "Deny", "Principal": {"AWS": world.VENDOR}, "Action": "sts:AssumeRole"}
    condition = {"StringLike": {"sts:ExternalId": ["a*", "b*"]}}
    document = one_statement({"AWS": "*"}, condition)
    large = {**document, "Statement": [*document["Statement"], deny]}
    (found,) = check_pair(large, large, 0, Counter())
    small = shrunk(large, large, found).details["document"]
    assert [sorted(statement) for statement in small["Statement"]] == [
        ["Action", "Effect", "Principal"]
    ]


# The decision itself, by hand from https://docs.aws.amazon.com/IAM/latest/UserGuide/:
# reference_policies_elements_ condition_operators.html,
# reference_policies_condition-single-vs-multi-valued-context-keys.html and
# reference_policies_variables.html.
@pytest.mark.parametrize(
    ("operator", "values", "actual", "expected"),
    [
        ("StringEquals", ("a*",), "ab", False),
        ("StringLike", ("a*",), "ab", True),
        ("StringLike", ("a?",), "a", False),
        ("StringLike", ("A*",), "ab", False),
        ("StringEqualsIgnoreCase", ("AB",), "ab", True),
        ("StringNotEquals", ("a", "b"), "b", False),
        ("StringNotEquals", ("a", "b"), None, True),
        ("StringEquals", ("a",), None, False),
        ("StringEqualsIfExists", ("a",), None, True),
        ("StringNotEqualsIfExists", ("a",), "a", False),
        ("Null", ("true",), None, True),
        ("Null", ("true",), "a", False),
        ("Null", ("false",), "a", True),
        ("ForAllValues:StringEquals", ("a", "b"), ("a", "b"), True),
        ("ForAllValues:StringEquals", ("a",), ("a", "b"), False),
        ("ForAllValues:StringEquals", ("a",), None, True),
        ("ForAnyValue:StringEquals", ("a",), ("a", "b"), True),
        ("ForAnyValue:StringEquals", ("a",), None, False),
        ("ForAnyValue:StringNotEquals", ("a",), ("a", "b"), True),
        ("NumericLessThan", ("10",), "9.5", True),
        ("NumericLessThan", ("ten",), "9", False),
        ("DateGreaterThan", ("2026-01-01",), "2026-01-01T00:00:01Z", True),
        ("DateGreaterThan", ("1767225600",), "2026-01-01T00:00:00Z", False),
        ("Bool", ("TRUE",), "true", True),
        ("IpAddress", ("203.0.113.0/24",), "203.0.113.7", True),
        ("IpAddress", ("203.0.113.0/24",), "2001:db8::7", False),
        ("NotIpAddress", ("203.0.113.0/24",), "203.0.113.7", False),
        ("ArnLike", ("arn:aws:iam::*:role/*",), "arn:aws:iam::444455556666:role/team/app", True),
        ("ArnLike", ("arn:aws:*",), "arn:aws:iam::444455556666:role/app", False),
        ("StringLike", ("${aws:username}-*",), "ops-1", True),
        ("StringLike", ("${nothing}",), "ops", False),
        ("StringNotLike", ("${nothing}",), "ops", True),
        ("StringEquals", ("${nothing, 'ops'}",), "ops", True),
        ("StringLike", ("${*}",), "ops", False),
    ],
)
def test_one_condition(
    operator: str, values: tuple[str, ...], actual: str | tuple[str, ...] | None, expected: bool
) -> None:
    """Whether a condition on `aws:k` is true of a request of the user `ops`."""
    keys: Keys = {"aws:username": "ops", **({} if actual is None else {"aws:k": actual})}
    assert holds(Condition(operator, "aws:k", values), keys, has_variables=True) is expected


def test_an_old_version_has_no_variables() -> None:
    """Then `${...}` is text like any other."""
    condition = Condition("StringEquals", "aws:k", ("${aws:username}",))
    assert holds(
        condition, {"aws:k": "${aws:username}", "aws:username": "ops"}, has_variables=False
    )
    assert not holds(condition, {"aws:k": "ops", "aws:username": "ops"}, has_variables=False)


def test_patterns_cover_all_characters() -> None:
    """Also the end of a line, and dots stand for themselves."""
    assert matches_pattern("a*", "a\nb\n")
    assert not matches_pattern("a.c", "abc")


@pytest.mark.parametrize(
    ("document", "caller", "keys", "expected"),
    [
        (one_statement({"AWS": world.VENDOR}), VENDOR_USER, {}, ALLOWED),
        (one_statement({"AWS": world.OWN}), VENDOR_USER, {}, NOT_ALLOWED),
        (
            one_statement({"AWS": world.VENDOR}),
            VENDOR_USER,
            {"aws:requesttag/x": "ab"},
            NOT_ALLOWED,
        ),
        (
            one_statement({"AWS": world.VENDOR}, action="sts:*"),
            VENDOR_USER,
            {"aws:requesttag/x": "ab"},
            ALLOWED,
        ),
        (one_statement({"AWS": world.VENDOR}, action="sts:assumerol?"), VENDOR_USER, {}, ALLOWED),
        (
            one_statement({"Service": "ec2.amazonaws.com"}),
            world.service("ec2.amazonaws.com"),
            {},
            ALLOWED,
        ),
        (one_statement({"Federated": GITHUB_TOKEN.principal}), GITHUB_TOKEN, {}, NOT_ALLOWED),
    ],
)
def test_one_decision(document: Document, caller: Caller, keys: Keys, expected: str) -> None:
    """Principals, actions, and the further action that tags need."""
    assert decide(document, caller, {**caller.keys, **keys}) == expected


def test_a_deny_wins() -> None:
    """Whatever the order of the statements."""
    allow = EVERYONE["Statement"][0]
    deny = {"Effect": "Deny", "Principal": {"AWS": world.VENDOR}, "Action": "sts:AssumeRole"}
    for statements in ([allow, deny], [deny, allow]):
        assert (
            decide(
                {"Version": "2012-10-17", "Statement": statements}, VENDOR_USER, VENDOR_USER.keys
            )
            == DENIED
        )


def test_all_situations_of_a_policy_are_gone_through() -> None:
    """One condition on one key: requests on which it is true, and on which it is not."""
    document = one_statement({"AWS": world.VENDOR}, {"StringEquals": {"sts:ExternalId": "ab"}})
    found = {each.outcomes for each in situations((document,), [VENDOR_USER])}
    assert found == {(ALLOWED,), (NOT_ALLOWED,)}
