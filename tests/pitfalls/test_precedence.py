"""One cause, one finding, also where a whole statement is dead; and no fix brings one to life that would be open."""

from __future__ import annotations

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, HOME, WEB, grant, loud, policy, several
from trust_widgets.pitfalls import check
from trust_widgets.policy import Accepted, Home

ROOT = {"AWS": "arn:aws:iam::444455556666:root"}
SUB, AUD = f"{GITHUB}:sub", f"{GITHUB}:aud"
DEAD_KEY = {"StringEquals": {"aws:SourceAccount": "444455556666"}}


def names(text: str, home: Home = HOME) -> list[str]:
    """What is told above advice."""
    return sorted(finding.name for finding in loud(text, home) if not finding.accepted)


def test_a_dead_statement_is_not_open() -> None:
    """A key that nobody has shuts everybody out, and so does a list of which every value is dead."""
    assert names(policy(ROOT, condition=DEAD_KEY)) == ["key_the_caller_never_has"]
    subjects = {
        "StringLike": {SUB: ["octo-org/app:*", "repo:octo-org/app:main"]},
        "StringEquals": {AUD: "sts.amazonaws.com"},
    }
    assert names(policy(GITHUB_PROVIDER, WEB, subjects)) == ["impossible_subject", "impossible_subject"]


def test_one_dead_value_leaves_the_others_open() -> None:
    """The good value of the list is as wide as before."""
    subjects = {
        "StringLike": {SUB: ["repo:octo*", "repo:octo-org/app:main"]},
        "StringEquals": {AUD: "sts.amazonaws.com"},
    }
    assert names(policy(GITHUB_PROVIDER, WEB, subjects)) == ["github_subject_too_wide", "impossible_subject"]


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
    assert names(policy(provider, WEB, {"StringEquals": {"idp.octo.example:sub": "a"}})) == ["federated_malformed"]


def test_a_provider_of_another_account_hides_no_condition() -> None:
    """Two causes: the account is wrong, and so is the value, which will still be wrong in the right account."""
    other = {"Federated": f"arn:aws:iam::444455556666:oidc-provider/{GITHUB}"}
    exact = {"StringEquals": {SUB: "repo:octo-org/app:*", AUD: "sts.amazonaws.com"}}
    mine = Home(accounts=("111122223333",))
    assert names(policy(GITHUB_PROVIDER, WEB, exact), mine) == ["wildcard_under_equals"]
    assert names(policy(other, WEB, exact), mine) == ["oidc_provider_of_another_account", "wildcard_under_equals"]

    wide = {"StringLike": {SUB: "repo:octo*"}, "StringEquals": {AUD: "sts.amazonaws.com"}}
    assert names(policy(other, WEB, wide), mine) == ["github_subject_too_wide", "oidc_provider_of_another_account"]


def test_what_was_accepted_is_not_told_in_general_words() -> None:
    """And it hides no open finding of its own: what nobody passes is not open either."""
    mine = Home(accepted=(Accepted("TP207", "The role is put out of use."),))
    assert names(policy(ROOT, condition=DEAD_KEY), mine) == []


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (policy({"AWS": "111122223333"}, condition={"Bool": {"aws:MultiFactorAuthPresent": "yes"}}), True),
        (policy(ROOT, "sts:TagSession", {"StringLike": {"aws:RequestTag/team": "*"}}), False),
        (
            policy(
                {"AWS": "arn:aws:iam::444455556666:role/a"}, "sts:TagSession", {"StringLike": {"aws:RequestTag/a": "b"}}
            ),
            True,
        ),
    ],
)
def test_a_fix_revives_nothing_that_would_be_open(text: str, offered: bool) -> None:
    """A role that is named may be brought to life; another account's root with any tag may not."""
    (finding,) = [finding for finding in check(text, HOME) if finding.code.startswith("TP2")]
    assert (finding.fix is not None) is offered
