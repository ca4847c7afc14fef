"""Values of conditions by which some callers of a kind can be distinguished from others of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trust_widgets.access.atoms import clause_of
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import Formula, all_of, negate
from trust_widgets.aws.operators import takes_wildcards
from trust_widgets.evaluation import CompiledCondition
from trust_widgets.policy import (
    Condition,
    chooses,
)
from trust_widgets.providers import claim_values_of, names_customer
from trust_widgets.text.globs import has_wildcard


def without_distinguishing_values(
    environment: RequestEnvironment, counts: Callable[[str], bool] = lambda key: True
) -> Formula:
    """That a call has nothing of what conditions spell out to choose among callers of one kind.

    Args:
        environment: the caller and its session mode.
        counts: whether a key, in lower case, can choose among them.
    """
    clauses = [atom.clause for atom in list(environment.atoms) if counts(atom.clause.key)]
    issuer = environment.caller.issuer
    return all_of(
        negate(environment.read(each)) for clause in clauses for each in _asked(clause, issuer)
    )


def _asked(clause: CompiledCondition, issuer: str) -> Iterator[CompiledCondition]:
    """What a condition spells out, value by value, as conditions that are true of those who have
    it.
    """
    base = clause.operator.positive
    if clause.operator.is_null:
        return
    quantifier = "ForAnyValue:" if clause.many or clause.quantifier else ""
    for value in clause.values:
        if base == "Bool" and value.text.lower() == "false":
            continue
        condition = Condition(clause.spelled, clause.name, (value.text,))
        if _chooses(condition, value.text, issuer):
            yield clause_of(f"{quantifier}{base}", clause.name, value.text)


def _chooses(condition: Condition, text: str, issuer: str) -> bool:
    """Whether a value is one that some callers have and others do not; of a key that says which
    customer's a token is, whether it is one customer's.
    """
    if not issuer:
        return chooses(condition, text)
    is_pattern = takes_wildcards(condition.operator) and has_wildcard(text)
    values = claim_values_of(issuer, condition.key)
    if values is not None and values.whose:
        return not is_pattern or values.is_one_customers(text)
    if names_customer(issuer, condition.key):
        return not is_pattern
    return chooses(condition, text)
