"""Mistakes in the caller's own half."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import PITFALLS
from trust_widgets.pitfalls.caller_half import (
    CALLER_PITFALLS,
    EXAMPLE_ROLE,
    CallerPitfall,
    caller_example,
    check_permissions,
)

MEMBERS = list(CALLER_PITFALLS.items())
_HUNDRED = {Verdict.REFUSED: "1", Verdict.DEAD: "2", Verdict.OPEN: "3", Verdict.ADVICE: "4"}


@pytest.mark.parametrize(("name", "pitfall"), MEMBERS, ids=[name for name, _ in MEMBERS])
def test_what_each_member_keeps(name: str, pitfall: CallerPitfall) -> None:
    """Examples fire and stay silent; a fix silences its rule; the code is its verdict's own."""
    for permissions, trust in pitfall.bad:
        findings = check_permissions(permissions, EXAMPLE_ROLE, trust or None)
        mine = [finding for finding in findings if finding.name == name]
        assert mine, permissions
        for finding in mine:
            assert finding.message.endswith(".")
            if finding.fix is not None:
                changed = finding.fix.apply(permissions)
                after = check_permissions(changed, EXAMPLE_ROLE, trust or None)
                assert name not in [each.name for each in after]
    for permissions, trust in pitfall.good:
        findings = check_permissions(permissions, EXAMPLE_ROLE, trust or None)
        assert name not in [finding.name for finding in findings], permissions
    assert pitfall.code[2] == _HUNDRED[pitfall.verdict]
    assert pitfall.code not in {each.code for each in PITFALLS.values()}


def codes(permissions: str, role: str = EXAMPLE_ROLE, trust: str | None = None) -> list[str]:
    """The codes of what is found."""
    return [finding.code for finding in check_permissions(permissions, role, trust)]


def test_a_policy_for_this_role_has_no_finding() -> None:
    """As AWS's guide writes it:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html
    """
    assert codes(caller_example()) == []


@pytest.mark.parametrize(
    ("resource", "code", "words"),
    [
        ("arn:aws:sts::111122223333:assumed-role/app/run-1", "TP269", "a session"),
        ("arn:aws:iam::111122223333:role/App", "TP269", "case-sensitive"),
        ("arn:aws:iam::111122223333:role/service/app", "TP269", "path"),
        ("arn:aws:iam::444455556666:role/app", "TP269", "does not match"),
        ("*", "TP330", "every role"),
        ("arn:aws:iam::*:role/*", "TP330", "every role"),
        ("arn:aws:iam::*:role/app", "TP463", "every AWS account"),
    ],
)
def test_a_resource_and_what_is_said_of_it(resource: str, code: str, words: str) -> None:
    """At the value itself."""
    [finding] = check_permissions(caller_example(resource=resource), EXAMPLE_ROLE)
    assert (finding.code, finding.path) == (code, ("Statement", 0, "Resource", 0))
    assert words in finding.message


def test_what_depends_on_the_role_is_not_judged_without_one() -> None:
    """A resource may be the role that is meant."""
    assert codes(caller_example(resource="arn:aws:iam::444455556666:role/x"), "") == []


def test_dead_here_is_not_allowed_there() -> None:
    """What is called dead is not allowed by `evaluate`, from another account."""
    trust = tw.parse(
        json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": "444455556666"},
                        "Action": ["sts:AssumeRole", "sts:TagSession"],
                        "Condition": {"StringEquals": {"aws:RequestTag/team": "app"}},
                    }
                ],
            }
        )
    )
    caller = "arn:aws:iam::444455556666:user/ops"
    tags = {"aws:RequestTag/team": "app", "aws:TagKeys": ("team",)}
    request = tw.Request("sts:AssumeRole", caller, EXAMPLE_ROLE, tags)
    for pitfall in CALLER_PITFALLS.values():
        if pitfall.verdict is Verdict.DEAD:
            for permissions, _ in pitfall.bad:
                decision = tw.evaluate(trust, request, permissions=permissions)
                assert decision.outcome in ("not allowed", "denied"), permissions


def test_a_text_that_cannot_be_read_is_a_finding() -> None:
    """As of a trust policy."""
    assert codes('{"Statement": [') != []


def test_a_finding_can_be_accepted() -> None:
    """By its value, as others."""
    home = tw.Home.from_toml('[[accepted]]\ncode = "TP330"\nreason = "An administrator."\n')
    [finding] = check_permissions(caller_example(resource="*"), EXAMPLE_ROLE, home=home)
    assert finding.accepted == "An administrator."


def test_a_role_brings_its_arn_and_its_trust_policy() -> None:
    role = tw.PATTERNS["another_account"].build(
        account="111122223333", name="app", caller_account="444455556666"
    )
    right = caller_example(resource="arn:aws:iam::111122223333:role/app")
    assert not check_permissions(right, role)
    other = caller_example(resource="arn:aws:iam::111122223333:role/other")
    by_arn = check_permissions(other, "arn:aws:iam::111122223333:role/app", role.trust)
    assert [*check_permissions(other, role)] == [*by_arn] != []


@pytest.mark.parametrize("role", ["app", "arn:aws:iam::111122223333:user/app", 7])
def test_what_is_no_role_is_refused(role: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="arn:aws:iam::111122223333:role/app"):
        check_permissions(caller_example(), role)
