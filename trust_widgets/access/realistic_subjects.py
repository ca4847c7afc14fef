"""Calls that somebody is likely to make, among those that would do: with subjects as their issuers make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from trust_widgets.access.atoms import Found, keys_of
from trust_widgets.access.axioms import claims_of, subject_from
from trust_widgets.access.domains import Domain
from trust_widgets.access.environment import Case
from trust_widgets.access.formula import All, Formula
from trust_widgets.access.key_solver import Demand, found_for
from trust_widgets.evaluation import Keys, decide_clause
from trust_widgets.providers import forms_of, likely
from trust_widgets.text.budget import Budget, Undecided
from trust_widgets.text.globs import text_from_pattern
from trust_widgets.text.tokens import tokens_of_form

Numbers = frozenset[int]
Demands = dict[str, Numbers]
Model = dict[str, Found]
_MOST_SHOWN, _MOST_TRIED = 8, 240


def demands_of(case: Case, numbers: Numbers) -> list[Demand]:
    """Conditions by their numbers, negative those that shall be false."""
    return [Demand(case.atoms[abs(number) - 1], number > 0) for number in sorted(numbers)]


def holds(case: Case, formula: Formula, keys: Keys) -> bool:
    """Whether a formula is true of a call."""
    if isinstance(formula, int):
        return decide_clause(case.atoms[abs(formula) - 1].clause, keys).truth is (formula > 0)
    parts = (holds(case, part, keys) for part in formula.parts)
    return all(parts) if isinstance(formula, All) else any(parts)


def with_subjects(case: Case, model: Model, demands: Demands) -> Iterator[Model]:
    """A call of a token's holder with likely subjects, and the other claims as each of them tells.

    Args:
        case: who calls. model: what its keys hold. demands: the conditions that were taken on.
    """
    issuer = case.caller.issuer
    asked = demands_of(case, demands.get(f"{issuer}:sub", frozenset())) if issuer else []
    each = chain(islice(_subjects(case, asked, model), _MOST_TRIED), _searched(case, asked))
    found = (_with_subject(case, model, text) for text in each)
    numbers = [number for each in demands.values() for number in each]
    views = case.views
    good = (
        likely
        for likely in found
        if all(holds(case, number, keys_of(likely, case.caller.fixed, views)) for number in numbers)
    )
    yield from islice(good, _MOST_SHOWN)


def _with_subject(case: Case, model: Model, subject: str) -> Model:
    issuer = case.caller.issuer
    told = {key: text for key, text in claims_of(issuer, subject).items() if key in model}
    return {**model, f"{issuer}:sub": subject, **told}


def _subjects(case: Case, demands: Iterable[Demand], model: Mapping[str, object]) -> Iterator[str]:
    """The one that these callers have; else one that agrees with other claims, then those that the issuer makes."""
    issuer = case.caller.issuer
    if not issuer:
        return
    fixed = case.caller.fixed.get(f"{issuer}:sub")
    if fixed:
        yield fixed
        return
    told = subject_from(issuer, model)
    if told:
        yield told
    wanted: list[str] = []
    unwanted: list[str] = []
    for atom, true in demands:
        (wanted if true != atom.clause.operator.negated else unwanted).extend(map(text_from_pattern, atom.patterns[:4]))
    yield from likely(issuer, wanted, unwanted)


def _searched(case: Case, demands: list[Demand]) -> Iterator[str]:
    """One of the issuer's forms that nobody would guess, because it has to differ from what others begin like."""
    key = case.key(f"{case.caller.issuer}:sub")
    if not demands or case.caller.fixed.get(f"{case.caller.issuer}:sub"):
        return
    for form in forms_of(case.caller.issuer):
        domain = Domain(forms=(tokens_of_form(form),))
        try:
            found = found_for(key._replace(domain=domain), demands, Budget())
        except Undecided:
            continue
        if isinstance(found, str):
            yield found
