"""Search for a request that makes a formula true: take literals one by one, and backtrack.

At each step every key has a value that satisfies the literals taken so far. The parts of the
formula that these values make false show which literal to take next, so that most searches never
branch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product

from trust_widgets.access.atoms import Absent, Found, keys_of
from trust_widgets.access.caller import NEVER
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import And, Formula, Or
from trust_widgets.access.key_names import ARN
from trust_widgets.access.key_solver import solve_key
from trust_widgets.access.realistic_subjects import (
    Assignment,
    Literals,
    Model,
    constraints_of,
    holds,
    with_realistic_subjects,
)
from trust_widgets.access.request_builder import concretize
from trust_widgets.access.variable_values import values_of_variable
from trust_widgets.evaluation import Request
from trust_widgets.providers import is_unissuable, subject_key
from trust_widgets.text.budget import Budget, BudgetExhausted, Undecided

_MOST_FILLINGS = 24
_STEP = 10  # states of an automaton that taking on one more condition is worth


class Search:
    """One search in one request environment.

    Args:
        environment: the principal class, and what its requests carry.
        budget: how many states may be expanded.
        confirm: whether a call is what was looked for; called for each call that was found.
        names: how each key is spelled, by its lower case.
    """

    def __init__(
        self,
        environment: RequestEnvironment,
        budget: Budget,
        confirm: Callable[[Request], bool],
        names: Mapping[str, str],
    ) -> None:
        self.environment = environment
        self.budget = budget
        self.confirm = confirm
        self.names = names
        # Whether something was left undecided, so that finding nothing is no proof.
        self.incomplete = False
        self._answers: dict[tuple[str, Literals], Found | None] = {}

    def run(self, formula: Formula) -> Request | None:
        """A call for which a formula is true.

        Raises:
            Spent: when the budget is used up.
        """
        return self._solve((formula, self.environment.axioms()), {})

    def _solve(self, pending: tuple[Formula, ...], assignment: Assignment) -> Request | None:
        taken = self._take(pending, assignment)
        if taken is None:
            return None
        choices, assignment = taken
        model = self._model(assignment)
        if model is None:
            return None
        keys = self._keys(model)
        broken = [choice for choice in choices if not holds(self.environment, choice, keys)]
        if not broken:
            return self._finished(model, assignment)
        return self._branch(choices, broken, assignment)

    def _take(
        self, pending: tuple[Formula, ...], assignment: Assignment
    ) -> tuple[list[Or], Assignment] | None:
        """Take on what has no alternative; `None` when that contradicts what was taken on
        before.
        """
        assignment, waiting, choices, touched = dict(assignment), list(pending), [], set()
        while waiting:
            formula = waiting.pop()
            if isinstance(formula, Or):
                choices.append(formula)
            elif isinstance(formula, And):
                waiting.extend(formula.parts)
            else:
                group = self.environment.atoms[abs(formula) - 1].group
                assignment[group] = assignment.get(group, frozenset()) | {formula}
                touched.add(group)
        if all(self._possible(group, assignment[group]) for group in touched):
            return choices, assignment
        return None

    def _branch(
        self, choices: list[Or], broken: list[Or], assignment: Assignment
    ) -> Request | None:
        """Try each way to fix what is broken, where there are fewest."""
        best: tuple[Or, list[Formula]] | None = None
        for choice in broken:
            ways = [part for part in choice.parts if self._viable(part, assignment)]
            if not ways:
                return None
            if best is None or len(ways) < len(best[1]):
                best = choice, ways
        assert best is not None
        others = [choice for choice in choices if choice is not best[0]]
        failed: list[int] = []
        for way in best[1]:
            self.budget.spend(_STEP)
            found = self._solve((*others, way, *failed), assignment)
            if found is not None:
                return found
            if isinstance(way, int):
                # This way is done with: what follows is found by the others alone.
                failed.append(-way)
        return None

    def _viable(self, formula: Formula, assignment: Assignment) -> bool:
        """Whether a part may still become true."""
        if isinstance(formula, int):
            group = self.environment.atoms[abs(formula) - 1].group
            return self._possible(group, assignment.get(group, frozenset()) | {formula})
        if isinstance(formula, And):
            return self._take((formula,), assignment) is not None
        return any(self._viable(part, assignment) for part in formula.parts)

    def _possible(self, group: str, literals: Literals) -> bool:
        """Whether a key can meet some demands, variables left aside."""
        if any(-number in literals for number in literals):
            return False
        try:
            return self._answer(group, literals) is not None
        except BudgetExhausted:
            raise
        except Undecided:
            return True

    def _answer(self, group: str, literals: Literals) -> Found | None:
        at = (group, literals)
        if at not in self._answers:
            self.budget.spend()
            constraints = constraints_of(self.environment, literals)
            key = self.environment.key_for(group, constraints)
            self._answers[at] = solve_key(key, constraints, self.budget)
        return self._answers[at]

    def _model(self, assignment: Assignment) -> Model | None:
        """A value for each key: first for conditions without variables, then the others."""
        whole = (ARN,) if self.environment.caller.arn is not None else ()
        groups = dict.fromkeys(
            (*whole, *assignment, *(atom.group for atom in self.environment.atoms))
        )
        later = [group for group in assignment if self._has_variables(assignment[group])]
        model: Model = {}
        for group in groups:
            if group not in later:
                found = self._tried(group, assignment.get(group, frozenset()))
                if found is None:
                    return None
                model[group] = found
        if later:
            return self._filled(model, later, assignment)
        return model

    def _has_variables(self, literals: Literals) -> bool:
        """True if a variable appears in one of the conditions."""
        return any(self.environment.atoms[abs(number) - 1].variables for number in literals)

    def _tried(self, group: str, literals: Literals) -> Found | None:
        try:
            return self._answer(group, literals)
        except BudgetExhausted:
            raise
        except Undecided:
            self.incomplete = True
            return None

    def _filled(self, model: Model, later: list[str], assignment: Assignment) -> Model | None:
        """The keys whose conditions contain a variable, by trying values for what it names."""
        wanted = [
            constraint
            for group in later
            for constraint in constraints_of(self.environment, assignment[group])
        ]
        # In the order of the conditions: which values are tried first must not hang on chance.
        named: dict[str, None] = {}
        for constraint in wanted:
            named |= dict.fromkeys(constraint.atom.variables)
        fillings = product(
            *(values_of_variable(self.environment, key, model, wanted) for key in named)
        )
        for values in islice(fillings, _MOST_FILLINGS):
            self.budget.spend()
            filling = dict(zip(named, values, strict=True))
            found = self._with(model, filling, later, assignment)
            if found is not None:
                return found
        self.incomplete = True
        return None

    def _with(
        self, model: Model, values: dict[str, Found], later: list[str], assignment: Assignment
    ) -> Model | None:
        model = model.copy()
        for key, filled in values.items():
            if self.environment.presence(key) != NEVER:
                model[key] = filled
        keys = self._keys(model)
        for group in later:
            wanted = assignment[group]
            self.budget.spend()
            try:
                found = solve_key(
                    self.environment.key(group),
                    constraints_of(self.environment, wanted),
                    self.budget,
                    keys,
                )
            except BudgetExhausted:
                raise
            except Undecided:
                return None
            if found is None:
                return None
            model[group] = found
            keys |= self._keys({group: found})
            if isinstance(found, Absent) and group not in self.environment.caller.fixed:
                keys.pop(group, None)
        keys = self._keys(model)
        for literals in assignment.values():
            if not all(holds(self.environment, number, keys) for number in literals):
                return None
        return model

    def _keys(self, model: Model) -> dict[str, str | tuple[str, ...] | None]:
        return keys_of(model, self.environment.caller.fixed, self.environment.projections)

    def _finished(self, model: Model, assignment: Assignment) -> Request | None:
        """The call, with likelier values where there are some; only if it is what was looked
        for.
        """
        ways: tuple[bool, ...] = (False,)
        if self.environment.caller.sort == "session":
            ways = (False, True)
        for likely in self._likelier(model, assignment):
            for with_arn in ways:
                try:
                    request = concretize(self.environment, likely, self.names, with_arn=with_arn)
                except ValueError:
                    continue
                if self.confirm(request) and not self._is_nobodys(request):
                    return request
        self.incomplete = True
        return None

    def _is_nobodys(self, request: Request) -> bool:
        """Whether surely no token has the subject of a call."""
        issuer = self.environment.caller.issuer
        if not issuer:
            return False
        subject = request.context.get(subject_key(issuer))
        return isinstance(subject, str) and is_unissuable(issuer, subject)

    def _likelier(self, model: Model, assignment: Assignment) -> Iterator[Model]:
        """The values that were found, and before them those that someone who calls is likelier to
        have.
        """
        likely = {**model, **self._likely(assignment)}
        yield from with_realistic_subjects(self.environment, likely, assignment)
        if likely != model:
            yield from with_realistic_subjects(self.environment, model, assignment)
        yield likely
        yield model

    def _likely(self, assignment: Assignment) -> Model:
        found: Model = {}
        for group, literals in assignment.items():
            constraints = constraints_of(self.environment, literals)
            key = self.environment.key_for(group, constraints)
            if key.likes and not self._has_variables(literals):
                answer = solve_key(key, constraints, self.budget)
                if answer is not None and not isinstance(answer, Absent):
                    found[group] = answer
        return found
