"""Budgets: of one search, and the one that all searches of a question share."""

from __future__ import annotations

import threading

import pytest

from trust_widgets.text.budget import (
    STEPS,
    Budget,
    BudgetExhausted,
    SharedBudgetExhausted,
    Undecided,
    prepare,
    remembered_search,
    shared_budget,
    shares_budget,
    states_spent,
)


def test_a_budget_ends_after_its_states() -> None:
    budget = Budget(3)
    budget.spend(3)
    with pytest.raises(BudgetExhausted):
        budget.spend()


def test_small_steps_make_a_state() -> None:
    budget = Budget(1)
    for _ in range(2 * STEPS - 1):
        budget.work(1)
    assert budget.left == 0
    with pytest.raises(BudgetExhausted):
        budget.work(1)


def test_all_searches_of_a_question_share_a_budget() -> None:
    with shared_budget(10):
        Budget(8).spend(8)
        with pytest.raises(SharedBudgetExhausted):
            Budget(8).spend(8)
    Budget(8).spend(8)  # that question is over


def test_the_end_of_the_shared_budget_is_no_answer_of_a_search() -> None:
    assert not issubclass(SharedBudgetExhausted, Undecided)


def test_a_question_inside_another_has_no_budget_of_its_own() -> None:
    with shared_budget(10), shared_budget(1000):
        assert shares_budget()
        with pytest.raises(SharedBudgetExhausted):
            prepare(11)
    assert not shares_budget()


def test_a_thread_does_not_pay_for_another() -> None:
    spent: list[int] = []

    def ask() -> None:
        with shared_budget(100):
            prepare(7)
            spent.append(states_spent())

    with shared_budget(10):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        prepare(10)
        spent.append(states_spent())
    assert spent == [7, 10]


def test_what_is_remembered_is_paid_for_again() -> None:
    calls: list[int] = []

    @remembered_search(4)
    def search(number: int, *, more: int = 0) -> int:
        calls.append(number)
        prepare(number + more)
        return number

    for _ in range(3):
        with shared_budget(100):
            assert search(5, more=2) == 5
            assert states_spent() == 7
    assert calls == [5]
    search(6)  # outside any question
    with shared_budget(100):
        search(6)
        assert states_spent() == 6
    assert calls == [5, 6]


def test_what_the_budget_cut_short_is_not_remembered() -> None:
    calls: list[int] = []

    @remembered_search(4)
    def search(number: int) -> int:
        calls.append(number)
        prepare(number)
        return number

    with shared_budget(3), pytest.raises(SharedBudgetExhausted):
        search(5)
    with shared_budget(5):
        assert search(5) == 5
    assert calls == [5, 5]


def test_no_more_is_remembered_than_was_asked_for() -> None:
    calls: list[int] = []

    @remembered_search(2)
    def search(number: int) -> int:
        calls.append(number)
        return number

    for number in (1, 2, 1, 2, 3, 1):
        search(number)
    assert calls == [1, 2, 3, 1]
