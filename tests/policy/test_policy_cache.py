"""What is remembered of a policy: by its identity, for as long as it is among the last, and for no
longer than that.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator

import pytest

import trust_widgets as tw
from trust_widgets.access import probe_of
from trust_widgets.evaluation import compiled_clause
from trust_widgets.evaluation.compiled import compile_policy
from trust_widgets.policy import Condition, Home, Principal, Statement, TrustPolicy
from trust_widgets.policy.policy_cache import CACHE, IdentityMemos, once_a_policy, remember

ROOT = Principal(aws="444455556666")
EXTERNAL_ID = Condition("StringEquals", "sts:ExternalId", ("b2f6c3de",))


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """A test starts with nothing remembered, and leaves nothing."""
    CACHE.clear()
    yield
    CACHE.clear()


def one_policy() -> TrustPolicy:
    """A policy of one statement, equal to any other that this makes."""
    return TrustPolicy((Statement("Allow", ROOT, "sts:AssumeRole", (EXTERNAL_ID,)),))


def test_a_memo_belongs_to_one_object_and_not_to_its_equal() -> None:
    """Equal policies may differ in how they are written, as `1` does from `true`."""
    memos = IdentityMemos(8)
    one, other = one_policy(), one_policy()
    assert one == other
    memos.of(one)["walk"] = 1
    assert memos.of(one) == {"walk": 1}
    assert memos.of(other) == {}


def test_no_more_objects_are_held_than_was_said() -> None:
    """With one more all are forgotten, and the newest is held."""
    memos = IdentityMemos(3)
    owners = [one_policy() for _ in range(4)]
    for owner in owners[:3]:
        memos.of(owner)["walk"] = 1
    assert len(memos) == 3
    memos.of(owners[3])["walk"] = 1
    assert len(memos) == 1
    assert memos.of(owners[3]) == {"walk": 1}
    assert memos.of(owners[0]) == {}


def test_a_memo_keeps_some_hundreds_of_entries() -> None:
    """And returns what it was given."""
    memo = IdentityMemos(1).of(one_policy())
    assert [remember(memo, number, -number) for number in range(1000)] == [-n for n in range(1000)]
    assert 0 < len(memo) <= 256
    assert memo[999] == -999


def test_a_walk_is_made_once_for_each_policy() -> None:
    """Also when another policy came between; and again once everything is forgotten."""
    walked: list[TrustPolicy] = []

    @once_a_policy
    def actions(policy: TrustPolicy) -> Iterator[str]:
        walked.append(policy)
        yield from (action for statement in policy.statements for action in statement.action or ())

    one, other = one_policy(), one_policy()
    assert [actions(policy) for policy in (one, other, one, other)] == [("sts:AssumeRole",)] * 4
    assert len(walked) == 2
    CACHE.clear()
    assert actions(one) == ("sts:AssumeRole",)
    assert len(walked) == 3


def test_what_is_remembered_is_forgotten_at_once() -> None:
    """The compiled policy, the probe of a statement and the decisions: the next are made anew."""
    policy = one_policy()
    caller = tw.Request(
        "sts:AssumeRole", "arn:aws:iam::444455556666:role/app", caller_permission="yes"
    )
    tw.evaluate(policy, caller)
    ready, probe = compile_policy(policy), probe_of(policy, ("Statement", 0), Home())
    assert compile_policy(policy) is ready
    assert probe_of(policy, ("Statement", 0), Home()) is probe
    assert len(CACHE.policies) > 0 and len(CACHE.parts) > 0 and CACHE.statements
    CACHE.clear()
    assert len(CACHE.policies) == 0 and len(CACHE.parts) == 0 and not CACHE.statements
    assert compile_policy(policy) is not ready
    assert probe_of(policy, ("Statement", 0), Home()) is not probe


def test_a_probe_is_of_the_readers_own() -> None:
    """With another home it is another one, and it is not taken for the first."""
    policy, own = one_policy(), Home(accounts=("444455556666",))
    first, second = (probe_of(policy, ("Statement", 0), home) for home in (Home(), own))
    assert first is not None and second is not None
    assert (first.home, second.home) == (Home(), own)


def test_the_records_hold_nothing_that_changes() -> None:
    """A decision leaves a compiled condition and principal as they were."""
    clause = compiled_clause((), EXTERNAL_ID)
    principal = compile_policy(one_policy()).rules[0].principals[0]
    for record in (clause, principal):
        values = [getattr(record, field.name) for field in dataclasses.fields(record)]
        assert not [value for value in values if isinstance(value, (dict, list, set))]


def test_threads_that_ask_and_forget_get_right_answers() -> None:
    """Whatever is forgotten meanwhile is worked out again."""
    accounts = [Principal(aws=f"{number:012}") for number in range(9)]
    texts = [str(TrustPolicy((Statement("Allow", one, "sts:AssumeRole"),))) for one in accounts]
    expected = [[finding.code for finding in tw.check(text)] for text in texts]
    assert any(expected)
    wrong: list[object] = []

    def ask() -> None:
        try:
            for _ in range(3):
                found = [[finding.code for finding in tw.check(text)] for text in texts]
                if found != expected:
                    wrong.append(found)
                CACHE.clear()
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
