"""The search on the policies that other people wrote."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import trust_widgets as tw
from support.real_policies import has_first_set, records


def policies() -> list[tw.TrustPolicy]:
    """The clean ones that have a meaning."""
    found = []
    for entry in records():
        if entry["clean"]:
            try:
                policy = tw.parse(json.dumps(entry["policy"]))
            except tw.DocumentError:
                continue
            if (
                tw.evaluate(policy, tw.Request("sts:AssumeRole", "ec2.amazonaws.com")).outcome
                != "invalid"
            ):
                found.append(policy)
    return found


@pytest.fixture(scope="module")
def real() -> list[tw.TrustPolicy]:
    """Read once."""
    return policies()


def test_order_changes_nothing(real: list[tw.TrustPolicy]) -> None:
    """Every one of them compared with itself turned round: the same, and decided."""
    assert len(real) > (700 if has_first_set() else 180)
    for policy in real:
        turned = [replace(s, conditions=s.conditions[::-1]) for s in policy.statements[::-1]]
        assert tw.compare(policy, replace(policy, statements=tuple(turned))).same is True, str(
            policy
        )


def test_a_widening_is_seen_and_its_undoing(real: list[tw.TrustPolicy]) -> None:
    """Without conditions on everyone, somebody gains; back again, somebody loses."""
    everyone = tw.Statement("Allow", tw.Principal(aws="*"), "sts:AssumeRole")
    for policy in real:
        if not tw.is_public(policy).found and not any(
            s.effect == "Deny" for s in policy.statements
        ):
            wide = replace(policy, statements=(*policy.statements, everyone))
            assert tw.compare(policy, wide).gained.found is True, str(policy)
            assert tw.compare(wide, policy).lost.found is True, str(policy)


def test_every_class_has_a_call_that_gets_in(real: list[tw.TrustPolicy]) -> None:
    """Decided by the evaluator."""
    without = []
    for policy in real:
        for each in tw.who_gets_in(policy):
            if each.witness is None:
                without.append(each.who)
                continue
            assert tw.evaluate(policy, each.witness).outcome == "allowed", each.sentence
    assert without == []
