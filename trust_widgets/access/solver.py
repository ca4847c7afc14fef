"""The search for a call that makes a formula true: conditions are taken on one by one, and taken back.

At each step every key has a value that meets what was taken on so far. What does not hold for these values shows what
to take on next, so that most searches never branch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product

from trust_widgets.access.atoms import ABSENT, Absent, Found, keys_of
from trust_widgets.access.caller import ALWAYS, NEVER
from trust_widgets.access.environment import ARN, Case
from trust_widgets.access.formula import All, Any, Formula
from trust_widgets.access.key_solver import found_for
from trust_widgets.access.realistic_subjects import Demands, Model, Numbers, demands_of, holds, with_subjects
from trust_widgets.access.request_builder import request_of
from trust_widgets.evaluation import Request
from trust_widgets.providers import is_nobodys
from trust_widgets.text.budget import Budget, Spent, Undecided

_MOST_FILLINGS = 24
_STEP = 10  # states of an automaton that taking on one more condition is worth


class Search:
    """One search for one kind of caller.

    Args:
        case: the caller.
        budget: how many states may be expanded.
        good: whether a call is what was looked for; asked of each call that was found.
        names: how each key is spelled, by its small letters.
    """

    def __init__(self, case: Case, budget: Budget, good: Callable[[Request], bool], names: Mapping[str, str]) -> None:
        self.case, self.budget, self.good, self.names = case, budget, good, names
        self.doubt = False  # whether something was left undecided, so that finding nothing is no proof
        self._answers: dict[tuple[str, Numbers], Found | None] = {}

    def run(self, formula: Formula) -> Request | None:
        """A call for which a formula is true.

        Raises:
            Spent: when the budget is used up.
        """
        return self._solve((formula, self.case.coupled()), {})

    def _solve(self, pending: tuple[Formula, ...], demands: Demands) -> Request | None:
        taken = self._take(pending, demands)
        if taken is None:
            return None
        choices, demands = taken
        model = self._model(demands)
        if model is None:
            return None
        keys = keys_of(model, self.case.caller.fixed, self.case.views)
        broken = [choice for choice in choices if not holds(self.case, choice, keys)]
        if not broken:
            return self._finished(model, demands)
        return self._branch(choices, broken, demands)

    def _take(self, pending: tuple[Formula, ...], demands: Demands) -> tuple[list[Any], Demands] | None:
        """Take on what has no alternative; `None` when that contradicts what was taken on before."""
        demands, waiting, choices, touched = dict(demands), list(pending), [], set()
        while waiting:
            formula = waiting.pop()
            if isinstance(formula, Any):
                choices.append(formula)
            elif isinstance(formula, All):
                waiting.extend(formula.parts)
            else:
                group = self.case.atoms[abs(formula) - 1].group
                demands[group] = demands.get(group, frozenset()) | {formula}
                touched.add(group)
        return (choices, demands) if all(self._possible(group, demands[group]) for group in touched) else None

    def _branch(self, choices: list[Any], broken: list[Any], demands: Demands) -> Request | None:
        """Try each way to mend what is broken, where there are fewest."""
        best: tuple[Any, list[Formula]] | None = None
        for choice in broken:
            ways = [part for part in choice.parts if self._viable(part, demands)]
            if not ways:
                return None
            if best is None or len(ways) < len(best[1]):
                best = choice, ways
        assert best is not None
        others = [choice for choice in choices if choice is not best[0]]
        failed: list[int] = []
        for way in best[1]:
            self.budget.spend(_STEP)
            found = self._solve((*others, way, *failed), demands)
            if found is not None:
                return found
            if isinstance(way, int):
                failed.append(-way)  # this way is done with: what follows is found by the others alone
        return None

    def _viable(self, formula: Formula, demands: Demands) -> bool:
        """Whether a part may still become true."""
        if isinstance(formula, int):
            group = self.case.atoms[abs(formula) - 1].group
            return self._possible(group, demands.get(group, frozenset()) | {formula})
        if isinstance(formula, All):
            return self._take((formula,), demands) is not None
        return any(self._viable(part, demands) for part in formula.parts)

    def _possible(self, group: str, numbers: Numbers) -> bool:
        """Whether a key can meet some demands, variables left aside."""
        if any(-number in numbers for number in numbers):
            return False
        try:
            return self._answer(group, numbers) is not None
        except Spent:
            raise
        except Undecided:
            return True

    def _answer(self, group: str, numbers: Numbers) -> Found | None:
        at = (group, numbers)
        if at not in self._answers:
            self.budget.spend()
            self._answers[at] = found_for(self.case.key(group), demands_of(self.case, numbers), self.budget)
        return self._answers[at]

    def _model(self, demands: Demands) -> Model | None:
        """A value for each key: first where no variable stands, then where one does."""
        whole = (ARN,) if self.case.caller.arn is not None else ()
        groups = dict.fromkeys((*whole, *demands, *(atom.group for atom in self.case.atoms)))
        later = [g for g in demands if any(demand.atom.variables for demand in demands_of(self.case, demands[g]))]
        model: Model = {}
        for group in groups:
            if group not in later:
                found = self._tried(group, demands.get(group, frozenset()))
                if found is None:
                    return None
                model[group] = found
        return self._filled(model, later, demands) if later else model

    def _tried(self, group: str, numbers: Numbers) -> Found | None:
        try:
            return self._answer(group, numbers)
        except Spent:
            raise
        except Undecided:
            self.doubt = True
            return None

    def _filled(self, model: Model, later: list[str], demands: Demands) -> Model | None:
        """The keys in whose conditions a variable stands, by trying values for what it names."""
        asked = {demand.atom for group in later for demand in demands_of(self.case, demands[group])}
        named = list(dict.fromkeys(key for atom in asked for key in atom.variables))
        for values in islice(product(*(self._values_for(key, model, later, demands) for key in named)), _MOST_FILLINGS):
            self.budget.spend()
            found = self._with(model, dict(zip(named, values, strict=True)), later, demands)
            if found is not None:
                return found
        self.doubt = True
        return None

    def _with(self, model: Model, values: dict[str, Found], later: list[str], demands: Demands) -> Model | None:
        model = model | {key: found for key, found in values.items() if self.case.presence(key) != NEVER}
        for group in later:
            keys = keys_of(model, self.case.caller.fixed, self.case.views)
            wanted = demands[group]
            try:
                found = found_for(self.case.key(group), demands_of(self.case, wanted), self.budget, keys)
            except Spent:
                raise
            except Undecided:
                return None
            if found is None:
                return None
            model[group] = found
        keys = keys_of(model, self.case.caller.fixed, self.case.views)
        good = all(holds(self.case, number, keys) for numbers in demands.values() for number in numbers)
        return model if good else None

    def _values_for(self, key: str, model: Model, later: list[str], demands: Demands) -> Iterator[Found]:
        """Values to try for a key that a variable names: as it is, absent, likely ones, what others are asked for."""
        fixed = self.case.caller.fixed.get(key)
        if fixed is not None or self.case.presence(key) == NEVER:
            yield ABSENT if fixed is None else fixed
            return
        if any(view[0] == key for view in self.case.views):
            yield ABSENT  # it follows from the ARN
            return
        if key in model:
            yield model[key]
        domain = self.case.domain(key)
        yield from domain.examples[:2]
        for group in later:
            for demand in demands_of(self.case, demands[group]):
                for pattern in demand.atom.patterns[:4]:
                    text = "".join(part if isinstance(part, str) else "x" for part in pattern)
                    if domain.has(text):
                        yield text
        if self.case.presence(key) != ALWAYS:
            yield ABSENT

    def _finished(self, model: Model, demands: Demands) -> Request | None:
        """The call, with likelier values where there are some; only if it is what was looked for."""
        for likely in self._likelier(model, demands):
            for with_arn in (False, True) if self.case.caller.sort == "session" else (False,):
                try:
                    request = request_of(self.case, likely, self.names, with_arn=with_arn)
                except ValueError:
                    continue
                if self.good(request) and not self._is_nobodys(request):
                    return request
        self.doubt = True
        return None

    def _is_nobodys(self, request: Request) -> bool:
        """Whether surely no token has the subject of a call."""
        issuer = self.case.caller.issuer
        subject = request.context.get(f"{issuer}:sub") if issuer else None
        return isinstance(subject, str) and is_nobodys(issuer, subject)

    def _likelier(self, model: Model, demands: Demands) -> Iterator[Model]:
        """The values that were found, and before them those that somebody who calls is likelier to have."""
        yield from with_subjects(self.case, model, demands)
        yield {**model, **self._likely(demands)}
        yield model

    def _likely(self, demands: Demands) -> Model:
        found: Model = {}
        for group, numbers in demands.items():
            key = self.case.key(group)._replace(likes=self.case.likes(group, demands_of(self.case, numbers)))
            if key.likes and not any(demand.atom.variables for demand in demands_of(self.case, numbers)):
                answer = found_for(key, demands_of(self.case, numbers), self.budget)
                if answer is not None and not isinstance(answer, Absent):
                    found[group] = answer
        return found
