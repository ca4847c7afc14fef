"""One cause, one finding, also where a whole statement is dead; and no fix brings one to life that
would be open.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, HOME, WEB, grant, loud, policy, several
from trust_widgets.findings import Finding, Severity, Verdict
from trust_widgets.pitfalls import PITFALLS, Precedence, check
from trust_widgets.pitfalls.precedence import apply_precedence, note_held_back, precedence_of
from trust_widgets.policy import Accepted, Home, TrustPolicy

ROOT = {"AWS": "arn:aws:iam::444455556666:root"}
SUB, AUD = f"{GITHUB}:sub", f"{GITHUB}:aud"
DEAD_KEY = {"StringEquals": {"aws:SourceAccount": "444455556666"}}


def names(text: str, home: Home = HOME) -> list[str]:
    """What is told above advice."""
    return sorted(finding.name for finding in loud(text, home) if not finding.accepted)


def test_a_dead_statement_is_not_open() -> None:
    """A key that nobody has shuts everybody out, and so does a list of which every value is
    dead.
    """
    assert names(policy(ROOT, condition=DEAD_KEY)) == ["key_the_caller_never_has"]
    subjects = {
        "StringLike": {SUB: ["octo-org/app:*", "repo:octo-org/app:main"]},
        "StringEquals": {AUD: "sts.amazonaws.com"},
    }
    assert names(policy(GITHUB_PROVIDER, WEB, subjects)) == [
        "impossible_subject",
        "impossible_subject",
    ]


def test_one_dead_value_leaves_the_others_open() -> None:
    """The good value of the list is as wide as before."""
    subjects = {
        "StringLike": {SUB: ["repo:octo*", "repo:octo-org/app:main"]},
        "StringEquals": {AUD: "sts.amazonaws.com"},
    }
    assert names(policy(GITHUB_PROVIDER, WEB, subjects)) == [
        "github_subject_too_wide",
        "impossible_subject",
    ]


def test_a_statement_is_dead_when_all_its_principals_are() -> None:
    """Then the Deny that stops them too says nothing new; of one who could call, it does."""
    edge, function = "edgelambda.amazonaws.com", "ec2.amazonaws.com"
    deny = grant({"Service": [edge, function]}, Effect="Deny")
    assert names(several(grant({"Service": edge}), deny)) == ["edge_function_without_lambda"]
    both = several(grant({"Service": [edge, function]}), deny)
    assert names(both) == ["edge_function_without_lambda", "nobody"]


def test_a_dead_statement_leaves_the_next_one_open() -> None:
    """Each statement lets in by itself."""
    found = loud(several(grant(ROOT, condition=DEAD_KEY), grant(ROOT)), HOME)
    assert [(finding.name, finding.path[1]) for finding in found] == [
        ("another_account_root", 1),
        ("key_the_caller_never_has", 0),
    ]


def test_a_condition_that_a_missing_key_meets_hides_nothing() -> None:
    """With IfExists the same key shuts nobody out."""
    text = policy(ROOT, condition={"StringEqualsIfExists": DEAD_KEY["StringEquals"]})
    assert "another_account_root" in names(text)


def test_what_iam_refuses_has_no_callers() -> None:
    """Whose token it is, nobody can say while the provider's ARN is none."""
    provider = {"Federated": "arn:aws:iam::111122223333:oidc-provider/https://idp.octo.example"}
    assert names(policy(provider, WEB, {"StringEquals": {"idp.octo.example:sub": "a"}})) == [
        "federated_malformed"
    ]


def test_a_provider_of_another_account_hides_no_condition() -> None:
    """Two causes: the account is wrong, and so is the value, which will still be wrong in the right
    account.
    """
    other = {"Federated": f"arn:aws:iam::444455556666:oidc-provider/{GITHUB}"}
    exact = {"StringEquals": {SUB: "repo:octo-org/app:*", AUD: "sts.amazonaws.com"}}
    mine = Home(accounts=("111122223333",))
    assert names(policy(GITHUB_PROVIDER, WEB, exact), mine) == ["wildcard_under_equals"]
    assert names(policy(other, WEB, exact), mine) == [
        "oidc_provider_of_another_account",
        "wildcard_under_equals",
    ]

    wide = {"StringLike": {SUB: "repo:octo*"}, "StringEquals": {AUD: "sts.amazonaws.com"}}
    assert names(policy(other, WEB, wide), mine) == [
        "github_subject_too_wide",
        "oidc_provider_of_another_account",
    ]


def test_what_was_accepted_is_not_told_in_general_words() -> None:
    """And it hides no open finding of its own: what nobody passes is not open either."""
    mine = Home(accepted=(Accepted("TP207", "The role is put out of use."),))
    assert names(policy(ROOT, condition=DEAD_KEY), mine) == []


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (
            policy(
                {"AWS": "111122223333"},
                condition={"StringEquals": {"aws:PrincipalOrg": "o-a1b2c3d4e5"}},
            ),
            True,
        ),
        (policy(ROOT, "sts:TagSession", {"StringLike": {"aws:RequestTag/team": "*"}}), False),
        (
            policy(
                {"AWS": "arn:aws:iam::444455556666:role/a"},
                "sts:TagSession",
                {"StringLike": {"aws:RequestTag/a": "b"}},
            ),
            True,
        ),
    ],
)
def test_a_fix_revives_nothing_that_would_be_open(text: str, offered: bool) -> None:
    """A role that is named may be brought to life; another account's root with any tag may not."""
    (finding,) = [finding for finding in check(text, HOME) if finding.code.startswith("TP2")]
    assert (finding.fix is not None) is offered


def finding(name: str, verdict: Verdict = Verdict.OPEN, statement: int = 0) -> Finding:
    """A finding about a whole statement."""
    return Finding("TP399", name, verdict, Severity.LOW, "Here.", ("Statement", statement))


def reported(*findings: Finding) -> list[str]:
    """The names of the findings that stay beside the others."""
    return [finding.name for finding in apply_precedence(list(findings), TrustPolicy(()))]


# What is missing in a statement; the first of these in it is reported.
LAST = (
    "star_with_a_token_action",
    "reusable_workflow_unpinned",
    "weak_external_id",
    "guard_true_without_its_key",
    "claim_asked_for_loosely",
    "open_beside_a_guarded_one",
    "oidc_without_audience",
    "saml_without_audience",
    "service_without_its_source",
)


@pytest.mark.parametrize(("first", "second"), list(pairwise(LAST)))
def test_of_two_missing_things_the_first_is_reported(first: str, second: str) -> None:
    """In whichever order they are found; in another statement it is reported as well."""
    assert reported(finding(first), finding(second)) == [first]
    assert reported(finding(second), finding(first)) == [first]
    assert reported(finding(first), finding(second, statement=1)) == [first, second]


@pytest.mark.parametrize("name", LAST)
def test_a_missing_thing_is_reported_after_any_other_mistake(name: str) -> None:
    """Also after one that this test does not know; advice is no mistake."""
    assert reported(finding(name), finding("anyone")) == ["anyone"]
    assert reported(finding(name), finding("a_pitfall_of_tomorrow")) == ["a_pitfall_of_tomorrow"]
    assert reported(finding(name), finding("empty_sid", Verdict.ADVICE)) == [name, "empty_sid"]


def test_no_two_pitfalls_have_the_same_place_among_the_last() -> None:
    """Or it would not be said which of them is reported; all other pitfalls have none."""
    places = {name: place for name in PITFALLS if (place := precedence_of(name).last)}
    assert sorted(places, key=lambda name: places[name]) == list(LAST)
    assert len(set(places.values())) == len(places)
    assert precedence_of("document") == Precedence()


def test_the_worst_of_a_statement_says_what_it_holds_back() -> None:
    """The missing things that come after it; none of another statement."""
    low, worst = finding("anyone"), replace(finding("github_wide"), severity=Severity.CRITICAL)
    found = [low, worst, finding(LAST[-1]), finding(LAST[0]), finding("anyone", statement=1)]
    noted = note_held_back(apply_precedence(found, TrustPolicy(())), found)
    assert [each.held_back for each in noted] == [0, 2, 0]


def test_what_is_held_back_follows_when_the_first_is_fixed() -> None:
    """A subject that anyone can have, in a statement that does not check the audience."""
    wide, narrow = "repo:octo*", "repo:octo-org/app:ref:refs/heads/main"
    first, then = (
        check(policy(GITHUB_PROVIDER, WEB, {"StringLike": {SUB: subject}}))
        for subject in (wide, narrow)
    )
    assert [(each.code, each.held_back) for each in first] == [("TP304", 1)]
    assert "TP310" in [each.code for each in then]
