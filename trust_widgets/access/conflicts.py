"""Detect conditions of one statement that no request satisfies together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from trust_widgets.access.axioms import (
    SOURCE_ACCOUNT,
    SOURCE_ARN,
    SOURCE_IP,
    is_of_an_endpoint,
    is_of_every_endpoint,
    is_told,
)
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import all_of
from trust_widgets.access.key_names import MFA, MFA_AGE, NOW, TAG, TAGS
from trust_widgets.access.key_solver import Constraint, solve_key
from trust_widgets.access.results import CONTRADICTION, DISAGREEMENT, Blocker
from trust_widgets.access.solver import Search
from trust_widgets.aws.keys.records import organization_key_of
from trust_widgets.evaluation import CompiledCondition, CompiledPolicy, CompiledStatement
from trust_widgets.text.budget import Budget, Undecided


def contradictions(
    environment: RequestEnvironment, ready: CompiledPolicy, rule: CompiledStatement
) -> Iterator[Blocker]:
    """Pairs of conditions on one key that no value meets together; else all conditions on it."""
    clauses = rule.clauses
    for number, clause in enumerate(clauses):
        for other in clauses[number + 1 :]:
            if {clause.key, other.key} == set(NOW):
                continue
            if not possible(environment, (clause, other)):
                text = f"No value of {clause.name} meets both {clause.spelled} and {other.spelled}."
                yield Blocker(CONTRADICTION, clause.path, text, (other.path,))
                return
    for clause in clauses:
        same = tuple(other for other in clauses if other.key == clause.key)
        if len(same) > 2 and not possible(environment, same):
            text = f"No value of {clause.name} meets all conditions on it."
            yield Blocker(CONTRADICTION, clause.path, text, tuple(other.path for other in same[1:]))
            return


def disagreements(
    environment: RequestEnvironment, ready: CompiledPolicy, rule: CompiledStatement
) -> Iterator[Blocker]:
    """Two conditions on keys of which one implies something about the other, which no call meets
    together.
    """
    for clause, other, why in _told_by_another(environment, rule):
        if not _meets_both(environment, clause, other):
            text = (
                f"No request meets both the condition on {clause.name} and the condition on "
                f"{other.name}: {why}."
            )
            yield Blocker(DISAGREEMENT, clause.path, text, (other.path,))
            return


def _told_by_another(
    environment: RequestEnvironment, rule: CompiledStatement
) -> Iterator[tuple[CompiledCondition, CompiledCondition, str]]:
    """Pairs of conditions on such keys, and what the one implies about the other."""
    issuer = environment.caller.issuer
    for clause, other in product(rule.clauses, repeat=2):
        if clause.key == f"{issuer}:sub" and is_told(issuer, other.key.removeprefix(f"{issuer}:")):
            yield clause, other, "the subject contains the value of the other key"
        elif (clause.key, other.key) == (MFA, MFA_AGE):
            yield clause, other, "a request has an MFA age only if it was made with MFA"
        elif clause.key == TAGS[0] and other.key.startswith(TAG):
            yield clause, other, "one key lists the tag keys of the other"
        elif clause.key == SOURCE_IP and is_of_an_endpoint(other.key):
            yield clause, other, f"a request through a VPC endpoint does not have {clause.name}"
        elif (clause.key, other.key) == (SOURCE_ACCOUNT, SOURCE_ARN):
            yield clause, other, "the account in the ARN is the account of the resource"
        elif (clause.key, other.key) == NOW:
            yield clause, other, "both are the time of the request"
        elif clause.key == organization_key_of(other.key):
            yield clause, other, "the path begins with the ID of the organization"
        elif is_of_every_endpoint(clause.key) and is_of_an_endpoint(other.key):
            yield (
                clause,
                other,
                (
                    "a request through a VPC endpoint has both keys, and any other request has "
                    "neither"
                ),
            )


def _meets_both(
    environment: RequestEnvironment, one: CompiledCondition, other: CompiledCondition
) -> bool:
    """Whether a call can meet two conditions on different keys; true also when that is not
    known.
    """
    search = Search(environment, Budget(), lambda request: True, {})
    try:
        both = all_of((environment.read(one), environment.read(other)))
        return search.run(both) is not None or search.incomplete
    except Undecided:
        return True


def possible(environment: RequestEnvironment, clauses: tuple[CompiledCondition, ...]) -> bool:
    """Whether one key can meet some conditions at once; true also when that is not known."""
    formulas = [environment.read(clause) for clause in clauses]
    numbers = [formula for formula in formulas if isinstance(formula, int)]
    atoms = [environment.atoms[number - 1] for number in numbers]
    if len({atom.group for atom in atoms}) != 1:
        return True
    try:
        constraints = [Constraint(atom, True) for atom in atoms]
        key = environment.key_for(atoms[0].group, constraints)
        return solve_key(key, constraints, Budget()) is not None
    except Undecided:
        return True
