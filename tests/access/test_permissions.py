"""The caller's own permission: in the role's account a principal that is named needs none, an
account that is named leaves it to one, and in another account it is always needed.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from support.asking import GITHUB_PROVIDER, WEB, policy
from trust_widgets.explain import changes_of
from trust_widgets.policy import Home, TrustPolicy, parse

HOME = Home(("111122223333",))
OWN, OTHER = "arn:aws:iam::111122223333", "arn:aws:iam::444455556666"
TOKENS = policy(
    GITHUB_PROVIDER,
    WEB,
    {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:octo-org/app:ref:refs/heads/main",
        }
    },
)


def naming(principal: Any, **conditions: Any) -> TrustPolicy:
    """A policy of one statement."""
    return parse(policy(principal, condition=conditions or None))


ACCOUNT = naming({"AWS": f"{OWN}:root"})
USER = naming({"AWS": f"{OWN}:user/ops"})
ROLE = naming({"AWS": f"{OWN}:role/deploy"})
BY_CONDITION = naming({"AWS": "*"}, StringEquals={"aws:PrincipalAccount": "111122223333"})
THEIRS = naming({"AWS": f"{OTHER}:user/ops"})
SERVICE = naming({"Service": "ec2.amazonaws.com"})


@pytest.mark.parametrize("new", [USER, ROLE, BY_CONDITION])
def test_naming_lets_in_whom_the_account_did_not(new: TrustPolicy) -> None:
    """Callers without a permission; the answer says that it rests on that, and both ways."""
    gained = tw.compare(ACCOUNT, new, HOME).gained
    assert gained.found and gained.witness is not None
    assert gained.witness.caller_permission == "no"
    assert (
        "This applies to callers without a permission for sts:AssumeRole. In the role's "
        "account, a principal that the trust policy names needs no permission"
    ) in gained.because
    lost = tw.compare(new, ACCOUNT, HOME).lost
    assert lost.found and lost.witness is not None and lost.witness.caller_permission == "no"


@pytest.mark.parametrize(
    ("permission", "gained", "lost"),
    [
        ("unknown", True, True),
        ("yes", False, True),
        ("no", True, False),
        ("denied", False, False),
    ],
)
def test_it_can_be_asked_otherwise(permission: Any, gained: bool, lost: bool) -> None:
    """With a permission the account let in the user already; without one, nobody."""
    answer = tw.compare(ACCOUNT, USER, HOME, caller_permission=permission)
    assert (answer.gained.found, answer.lost.found) == (gained, lost)
    if permission != "unknown":
        assert "sts:AssumeRole" in answer.gained.because
        assert "sts:AssumeRole" in answer.lost.because


@pytest.mark.parametrize("permission", ["yes", "unknown", "no", "denied"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SERVICE, parse(TOKENS)),
        (USER, naming({"AWS": [f"{OWN}:user/ops", f"{OWN}:user/ops"]})),
        (naming({"AWS": f"{OTHER}:root"}), naming({"AWS": "444455556666"})),
    ],
)
def test_where_it_does_not_matter_nothing_is_said(
    old: TrustPolicy, new: TrustPolicy, permission: Any
) -> None:
    """Services and holders of tokens have no permission of their own; two spellings are equal."""
    answer = tw.compare(old, new, HOME, caller_permission=permission)
    if old is SERVICE:
        assert (answer.gained.found, answer.lost.found) == (True, True)
        assert "own" not in answer.gained.because
    else:
        assert (answer.gained.found, answer.lost.found) == (False, False)


def test_across_accounts_it_is_always_needed() -> None:
    """So that nobody of another account gains anything without one."""
    whole = naming({"AWS": f"{OTHER}:root"})
    assert tw.compare(whole, THEIRS, HOME).gained.found is False
    assert tw.compare(SERVICE, THEIRS, HOME, caller_permission="no").gained.found is False


@pytest.mark.parametrize(
    ("policy_", "able"),
    [
        (ACCOUNT, {"yes", "unknown"}),
        (USER, {"yes", "unknown", "no"}),
        (ROLE, {"yes", "unknown", "no"}),
        (BY_CONDITION, {"yes", "unknown", "no"}),
        (THEIRS, {"yes", "unknown"}),
        (SERVICE, {"yes", "unknown", "no", "denied"}),
        (parse(TOKENS), {"yes", "unknown", "no", "denied"}),
    ],
)
@pytest.mark.parametrize("permission", ["yes", "unknown", "no", "denied"])
def test_who_gets_in(policy_: TrustPolicy, able: set[str], permission: Any) -> None:
    """Each has a request that shows it, and that `evaluate` allows."""
    classes = tw.who_gets_in(policy_, HOME, caller_permission=permission)
    assert bool(classes) is (permission in able)
    for each in classes:
        assert each.witness is not None
        assert tw.evaluate(policy_, each.witness).outcome == "allowed"


def test_only_those_are_named_who_need_none() -> None:
    named = {"AWS": [f"{OWN}:root", f"{OWN}:user/ops", f"{OTHER}:root", f"{OTHER}:role/a"]}
    (only,) = tw.who_gets_in(naming(named), HOME, caller_permission="no")
    assert only.sentence == "The user ops of your account 111122223333 can assume this role."
    assert only.stranger is False


@pytest.mark.parametrize(
    ("permission", "public"), [("yes", True), ("unknown", True), ("no", False), ("denied", False)]
)
def test_is_public(permission: Any, public: bool) -> None:
    """A stranger is of another account, and needs a permission there, which it can give itself."""
    everyone = naming({"AWS": "*"})
    assert tw.is_public(everyone, HOME, caller_permission=permission).found is public


@pytest.mark.parametrize("ask", [tw.who_gets_in, tw.is_public])
def test_another_word_is_an_error(ask: Any) -> None:
    with pytest.raises(ValueError, match="yes, no, denied or unknown, not 'maybe'"):
        ask(USER, HOME, caller_permission="maybe")
    with pytest.raises(ValueError, match="yes, no, denied or unknown, not 'maybe'"):
        tw.compare(USER, ROLE, HOME, caller_permission="maybe")
    with pytest.raises(ValueError, match="yes, no, denied or unknown, not 'maybe'"):
        tw.Request("sts:AssumeRole", f"{OWN}:user/ops", caller_permission="maybe")  # type: ignore[arg-type]


@pytest.mark.parametrize("principal", [f"{OWN}:user/ops", f"{OTHER}:user/ops"])
@pytest.mark.parametrize(
    "named", [{"AWS": "*"}, {"AWS": f"{OWN}:user/ops"}, {"AWS": [f"{OWN}:root", f"{OTHER}:root"]}]
)
def test_a_deny_of_its_own_wins(principal: str, named: Any) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"""
    request = tw.Request("sts:AssumeRole", principal, caller_permission="denied")
    decision = tw.evaluate(naming(named), request)
    assert decision.outcome == "not allowed"
    if "user/ops" not in str(named) or principal in str(named):
        assert "policy other than the trust policy denies" in decision.because
        assert any("Remove the Deny" in change.text for change in changes_of(decision))


def test_services_have_no_policies_of_their_own() -> None:
    request = tw.Request("sts:AssumeRole", "ec2.amazonaws.com", caller_permission="denied")
    assert tw.evaluate(SERVICE, request).outcome == "allowed"
