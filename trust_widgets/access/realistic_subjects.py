"""Prefer models whose subject is one that the issuer would put into a token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from trust_widgets.access.atoms import Found, keys_of
from trust_widgets.access.axioms import claims_of, subject_from
from trust_widgets.access.domains import Domain
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import And, Formula
from trust_widgets.access.key_solver import Constraint, solve_key
from trust_widgets.evaluation import Keys, truth_of
from trust_widgets.providers import forms_of, likely, subject_key
from trust_widgets.text.budget import Budget, Undecided
from trust_widgets.text.globs import text_from_pattern
from trust_widgets.text.tokens import tokens_of_form

Literals = frozenset[int]
Assignment = dict[str, Literals]
Model = dict[str, Found]
_MOST_SHOWN, _MOST_TRIED = 8, 240


def constraints_of(environment: RequestEnvironment, literals: Literals) -> list[Constraint]:
    """Conditions by their numbers, negative those that must be false."""
    return [
        Constraint(environment.atoms[abs(number) - 1], number > 0) for number in sorted(literals)
    ]


def holds(environment: RequestEnvironment, formula: Formula, keys: Keys) -> bool:
    """Whether a formula is true of a call."""
    if isinstance(formula, int):
        return truth_of(environment.atoms[abs(formula) - 1].clause, keys) is (formula > 0)
    parts = (holds(environment, part, keys) for part in formula.parts)
    if isinstance(formula, And):
        return all(parts)
    return any(parts)


def with_realistic_subjects(
    environment: RequestEnvironment, model: Model, assignment: Assignment
) -> Iterator[Model]:
    """A call of a token's holder with likely subjects, and the other claims as each of them tells.

    Args:
        environment: who calls. model: what its keys hold. demands: the conditions that were taken
            on.
    """
    issuer = environment.caller.issuer
    asked: list[Constraint] = []
    if issuer:
        asked = constraints_of(environment, assignment.get(subject_key(issuer), frozenset()))
    likely = islice(_subjects(environment, asked, model), _MOST_TRIED)
    subjects = chain(likely, _searched(environment, asked))
    found = (_with_subject(environment, model, text) for text in subjects)
    literals = list(chain.from_iterable(assignment.values()))
    confirmed = (model for model in found if _satisfies(environment, model, literals))
    yield from islice(confirmed, _MOST_SHOWN)


def _satisfies(environment: RequestEnvironment, model: Model, literals: Iterable[int]) -> bool:
    """True if a model makes all literals true."""
    keys = keys_of(model, environment.caller.fixed, environment.projections)
    return all(holds(environment, number, keys) for number in literals)


def _with_subject(environment: RequestEnvironment, model: Model, subject: str) -> Model:
    issuer = environment.caller.issuer
    told = {key: text for key, text in claims_of(issuer, subject).items() if key in model}
    return {**model, subject_key(issuer): subject, **told}


def _subjects(
    environment: RequestEnvironment, assignment: Iterable[Constraint], model: Mapping[str, object]
) -> Iterator[str]:
    """The one that these callers have; else one that agrees with other claims, then those that the
    issuer makes.
    """
    issuer = environment.caller.issuer
    if not issuer:
        return
    fixed = environment.caller.fixed.get(subject_key(issuer))
    if fixed:
        yield fixed
        return
    told = subject_from(issuer, model)
    if told:
        yield told
    wanted: list[str] = []
    unwanted: list[str] = []
    for atom, true in assignment:
        texts = map(text_from_pattern, atom.patterns[:4])
        if true != atom.clause.operator.negated:
            wanted.extend(texts)
        else:
            unwanted.extend(texts)
    yield from likely(issuer, wanted, unwanted)


def _searched(environment: RequestEnvironment, assignment: list[Constraint]) -> Iterator[str]:
    """One of the issuer's forms that nobody would guess, because it has to differ from what others
    begin like.
    """
    issuer = environment.caller.issuer
    if not assignment or environment.caller.fixed.get(subject_key(issuer)):
        return
    key = environment.key(subject_key(issuer))
    for form in forms_of(issuer):
        domain = Domain(forms=(tokens_of_form(form),))
        try:
            found = solve_key(key._replace(domain=domain), assignment, Budget())
        except Undecided:
            continue
        if isinstance(found, str):
            yield found
