"""Threads that share policies, and values that go to another process, give the same answers."""

from __future__ import annotations

import json
import multiprocessing
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

import trust_widgets as tw
from support.brute_force.policies import PolicyMaker
from support.in_worker import REQUESTS, answers_about, sent_back

THREADS, ROUNDS = 8, 2
TEXTS = tuple(json.dumps(PolicyMaker(seed).policy()) for seed in range(700, 712))


@pytest.fixture
def quick_switches() -> Iterator[None]:
    """Threads that take turns after 10 microseconds."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("quick_switches")
@pytest.mark.parametrize("shared", [True, False], ids=["shared policies", "policies of its own"])
def test_threads_get_the_answers_of_one(shared: bool) -> None:
    """Each of them asks about all policies, begins with another one, and drops its own at once."""
    expected = [answers_about(tw.parse(text)) for text in TEXTS]
    policies = [tw.parse(text) for text in TEXTS]
    together = Barrier(THREADS)

    def ask(thread: int) -> dict[int, tuple[str, ...]]:
        together.wait()
        found = {}
        for step in range(len(TEXTS) * ROUNDS):
            number = (thread + step) % len(TEXTS)
            policy = policies[number] if shared else tw.parse(TEXTS[number])
            found[number] = answers_about(policy)
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        for found in pool.map(ask, range(THREADS)):
            assert [found[number] for number in range(len(TEXTS))] == expected


VENDOR = tw.parse(
    json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "Vendor",
                    "Effect": "Allow",
                    "Principal": {"AWS": ["444455556666", "*"]},
                    "Action": ["sts:AssumeRole", "sts:TagSession"],
                    "Condition": {"StringLike": {"sts:ExternalId": "octo-*"}},
                }
            ],
        }
    )
)


BROKEN = '{"Version": "2012-10-17", "Statement": [{"Effect": "allow"}, 3,]}'


def refusal() -> tw.DocumentError:
    """What `parse` raises."""
    with pytest.raises(tw.DocumentError) as caught:
        tw.parse(BROKEN)
    return caught.value


def public_values() -> dict[str, Any]:
    """One value of each kind that a public function gives or takes."""
    findings = tw.check(VENDOR)
    role = tw.Role("octo", VENDOR, account="111122223333")
    return {
        "policy": VENDOR,
        "statement": VENDOR.statements[0],
        "principal": VENDOR.statements[0].principal,
        "condition": VENDOR.statements[0].conditions[0],
        "request": REQUESTS[0],
        "decision": tw.evaluate(VENDOR, REQUESTS[0]),
        "outcome": tw.evaluate(VENDOR, REQUESTS[0]).outcome,
        "answer": tw.is_public(VENDOR),
        "comparison": tw.compare(tw.TrustPolicy(()), VENDOR),
        "callers": tw.who_gets_in(VENDOR),
        "caller class": tw.who_gets_in(VENDOR)[0],
        "findings": findings,
        "finding": findings[0],
        "fix": next(each.fix for each in tw.check(BROKEN) if each.fix),
        "home": tw.Home(accounts=("111122223333",), organization="o-a1b2c3d4e5"),
        "role": role,
        "companion": tw.Companion("workflow", "A title", "A note.", "a.yml", "on: push"),
        "grant": tw.Grant("vendor", {"vendor": "444455556666", "external_id": "b2f6c3de"}),
        "guard": tw.Guard("aws:PrincipalOrgID", "StringEquals", ("o-a1b2c3d4e5",)),
    }


@pytest.fixture(scope="module")
def worker() -> Iterator[ProcessPoolExecutor]:
    """A process that has imported nothing yet."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield pool


VALUES = public_values()


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_from_a_worker_as_it_went(
    name: str, worker: ProcessPoolExecutor
) -> None:
    """It is equal, and looks the same there."""
    value = VALUES[name]
    back, seen = worker.submit(sent_back, value).result()
    assert (back, seen, type(back)) == (value, repr(value), type(value))
    assert str(back) == str(value)


def test_a_role_of_a_file_comes_back_with_its_policy(worker: ProcessPoolExecutor) -> None:
    """It has the whole file with it, and is equal to none but itself."""
    [record] = tw.read_roles(str(VENDOR))
    back, seen = worker.submit(sent_back, record).result()
    assert (seen, repr(back)) == (repr(record), repr(record))
    assert (back.trust, back.text, list(tw.check(back.trust))) == (
        record.trust,
        record.text,
        list(tw.check(VENDOR)),
    )


def test_a_refusal_comes_back_with_its_message(worker: ProcessPoolExecutor) -> None:
    """An exception is equal to none but itself: its message and problems are."""
    error = refusal()
    back, seen = worker.submit(sent_back, error).result()
    assert (str(back), back.problems, seen) == (str(error), error.problems, repr(error))


def test_a_worker_gives_the_same_answers(worker: ProcessPoolExecutor) -> None:
    """Of policies that were asked about before; what is remembered of them does not go along."""
    policies = [tw.parse(text) for text in TEXTS]
    here = [answers_about(policy) for policy in policies]
    assert list(worker.map(answers_about, policies)) == here
    sizes = [len(pickle.dumps(policy)) for policy in policies]
    assert sizes == [len(pickle.dumps(tw.parse(text))) for text in TEXTS]
