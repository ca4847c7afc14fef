"""How much all searches of one question about some policies may do together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from trust_widgets.access.results import TOO_MUCH, Answer
from trust_widgets.policy import CACHE, Statement, TrustPolicy
from trust_widgets.text.budget import SharedBudgetExhausted, shared_budget, shares_budget

_AT_LEAST, _FOR_EACH_CHARACTER = 12_000, 1


def one_budget(*policies: TrustPolicy) -> AbstractContextManager[None]:
    """Let all searches inside share one budget, which grows with the policies.

    Args:
        policies: those that are searched.
    """
    return shared_budget(_AT_LEAST + _FOR_EACH_CHARACTER * sum(map(size_of, policies)))


def answer_within(policies: tuple[TrustPolicy, ...], ask: Callable[[], Answer]) -> Answer:
    """The answer to a question about some policies, "not decided" when its budget ends.

    Inside another question the budget is that question's, and so is its end.

    Raises:
        SharedBudgetExhausted: inside another question.
    """
    if shares_budget():
        return ask()
    try:
        with one_budget(*policies):
            return ask()
    except SharedBudgetExhausted:
        return Answer(None, None, TOO_MUCH)


def size_of(policy: TrustPolicy) -> int:
    """How many characters the principals, keys and values of a policy have together.

    Example:
        >>> from trust_widgets.policy import parse
        >>> statement = '{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}'
        >>> size_of(parse(f'{{"Version": "2012-10-17", "Statement": [{statement}]}}'))
        1
    """
    memo = CACHE.policies.of(policy)
    size: int | None = memo.get(size_of)
    if size is None:
        texts = (text for each in policy.statements for text in _texts(each))
        size = memo[size_of] = sum(map(len, texts))
    return size


def _texts(statement: Statement) -> Iterator[str]:
    if statement.principal is not None:
        yield from (text for _, _, text in statement.principal.each())
    for condition in statement.conditions:
        yield condition.key
        yield from map(str, condition.values)
