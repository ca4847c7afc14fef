"""How the work grows with a policy, counted in calls of functions and in states, never by a clock.

A pass that compares each value with each other one makes sixteen times the calls for four times the
values; n^1.5 is eight times.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from cProfile import Profile
from functools import _lru_cache_wrapper

import pytest

import trust_widgets as tw
from support.growth_families import FAMILIES, number_for, text_of
from trust_widgets.access.effort import one_budget
from trust_widgets.policy import CACHE
from trust_widgets.text.budget import SharedBudgetExhausted, prepare

SMALL, LARGE = 1000, 4000
EXPONENT = 1.5
QUOTA = 2048


def _check(family: str, n: int) -> object:
    return tw.check(text_of(family, n))


def _who_gets_in(family: str, n: int) -> object:
    return tw.who_gets_in(tw.parse(text_of(family, n)))


def _is_public(family: str, n: int) -> object:
    return tw.is_public(tw.parse(text_of(family, n)))


def _compare(family: str, n: int) -> object:
    return tw.compare(tw.parse(text_of(family, n - 1)), tw.parse(text_of(family, n)))


ASKED: dict[str, Callable[[str, int], object]] = {
    "check": _check,
    "who_gets_in": _who_gets_in,
    "is_public": _is_public,
    "compare": _compare,
}


def calls_of(ask: Callable[[], object]) -> int:
    """How many functions are called, those of C among them."""
    profile = Profile()
    profile.runcall(ask)
    return sum(entry.callcount for entry in profile.getstats())


def forget() -> None:
    """Forget what was remembered of policies, subjects and keys; tables of facts stay loaded."""
    CACHE.clear()
    wrappers = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    for wrapper in wrappers:
        if wrapper.cache_parameters()["maxsize"] is not None:
            wrapper.cache_clear()


def calls_for(question: str, family: str, n: int) -> int:
    forget()
    return calls_of(lambda: ASKED[question](family, n))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("question", ASKED)
def test_the_calls_grow_at_most_as_the_power_of_one_and_a_half(question: str, family: str) -> None:
    ASKED[question](family, 2)  # tables are loaded
    few, many = (max(2, number_for(family, chars)) for chars in (SMALL, LARGE))
    small, large = calls_for(question, family, few), calls_for(question, family, many)
    assert large <= (many / few) ** EXPONENT * small, f"{small} calls became {large}"


def test_a_pass_over_all_pairs_is_seen() -> None:
    def compare_all(n: int) -> list[bool]:
        return [str(a).startswith(str(b)) for a in range(n) for b in range(n)]

    few, many = (calls_of(lambda n=n: compare_all(n)) for n in (20, 80))
    assert many > 4**EXPONENT * few


@pytest.mark.parametrize("family", FAMILIES)
def test_up_to_the_quota_everything_is_checked(family: str) -> None:
    findings = tw.check(text_of(family, number_for(family, QUOTA)))
    assert [finding for finding in findings if finding.code in ("TP000", "TP026")] == []


def test_the_budget_grows_with_the_policy() -> None:
    small, large = (tw.parse(text_of("accounts", n)) for n in (1, 1000))
    with one_budget(small), pytest.raises(SharedBudgetExhausted):
        prepare(20_000)
    with one_budget(large):
        prepare(20_000)


def test_the_same_policy_is_checked_alike_whatever_was_asked_before() -> None:
    text = text_of("values_of_principal_arn", 160)
    first = tw.check(text)
    tw.check(text_of("values_of_principal_arn", 100))
    assert [f.message for f in tw.check(text)] == [f.message for f in first]


def test_when_the_budget_ends_what_was_found_is_told_and_that_the_rest_was_not_checked() -> None:
    findings = tw.check(text_of("github_subjects", 600))
    (unfinished,) = [finding for finding in findings if finding.code == "TP026"]
    assert (unfinished.verdict, unfinished.severity) == ("advice", "info")
    assert unfinished.message.startswith("The check is not complete: ")
    assert "Checks TP230, " in unfinished.message
    found = [finding for finding in findings if finding.code not in ("TP000", "TP026")]
    assert found


def test_who_gets_in_tells_what_was_decided_until_the_budget_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy = tw.parse(text_of("statements_with_external_id", 12))
    monkeypatch.setattr("trust_widgets.access.effort._AT_LEAST", 30)
    monkeypatch.setattr("trust_widgets.access.effort._FOR_EACH_CHARACTER", 0)
    classes = tw.who_gets_in(policy)
    assert len(classes) == 12  # no statement is left out as one that lets nobody in
    witnesses = [each.witness is not None for each in classes]
    assert witnesses == sorted(witnesses, reverse=True)
    assert 0 < sum(witnesses) < 12


def test_without_a_budget_nothing_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trust_widgets.access.effort._AT_LEAST", 1)
    monkeypatch.setattr("trust_widgets.access.effort._FOR_EACH_CHARACTER", 0)
    old, new = (tw.parse(text_of("accounts", n)) for n in (3, 4))
    found = tw.compare(old, new)
    assert (found.gained.found, found.lost.found) == (None, None)
    assert found.gained.because.startswith("Not decided")
    everyone = tw.parse(text_of("values_of_principal_arn", 4))
    assert tw.is_public(everyone).found is None
