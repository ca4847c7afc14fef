"""Who can assume the role through one statement: what rules about open statements search for.

Each Allow is judged by itself, together with the Deny statements, so that a slip elsewhere in the
document is reported there and does not keep it from being judged. A misspelt key counts as the
key that was meant: it is reported as a slip. A condition that narrows nobody counts as true: it
leaves the statement as open as it is without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from trust_widgets.access.caller import PrincipalClass, names
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.external_classes import external_classes_of
from trust_widgets.access.formula import Formula
from trust_widgets.access.owned_values import no_owned_values
from trust_widgets.access.principal_classes import classes_named_by
from trust_widgets.access.queries import role_for
from trust_widgets.access.reachability import through
from trust_widgets.access.results import Answer
from trust_widgets.access.statement_as_meant import statement_as_meant, without_idle_conditions
from trust_widgets.evaluation import (
    CompiledPolicy,
    CompiledPrincipal,
    Outcome,
    Request,
    compile_policy,
    outcome_of,
)
from trust_widgets.policy import (
    CACHE,
    Condition,
    Home,
    Path,
    Statement,
    TrustPolicy,
    normalized_key,
    remember,
    spelled_apart,
)
from trust_widgets.text.budget import DEFAULT, Budget, prepare


@dataclass(frozen=True, slots=True, eq=False)
class StatementProbe:
    """One Allow statement as the search sees it.

    Args:
        path, statement: the statement, as written.
        policy: it, as it was meant, and the Deny statements.
        ready, role, home: that policy made ready, the role in question, and what is the
            reader's.
        numbers: for each condition, the numbers of its written values that the policy has; without
            any, it has all of them.
    """

    path: Path
    statement: Statement
    policy: TrustPolicy
    ready: CompiledPolicy
    role: str
    home: Home
    numbers: tuple[tuple[int, ...], ...] = ()

    def number_of(self, index: int, number: int) -> int:
        """Which of the written values of a condition is the value of the policy's condition."""
        if self.numbers:
            return self.numbers[index][number]
        return number

    def callers(self, principal: str) -> tuple[PrincipalClass, ...]:
        """The kinds of callers that one of its principals names."""
        if self.ready.faults:
            return ()
        rule = replace(self.ready.rules[0], principals=self._named(principal))
        return classes_named_by(self.ready, rule, self.role, self.home.day)

    def _named(self, text: str) -> tuple[CompiledPrincipal, ...]:
        """Its principals with a text."""
        rule = self.ready.rules[0]
        memo = CACHE.parts.of(rule)
        found: dict[str, tuple[CompiledPrincipal, ...]] | None = memo.get(StatementProbe)
        if found is None:
            found = memo[StatementProbe] = {}
            for named in rule.principals:
                found[named.text] = (*found.get(named.text, ()), named)
        return found.get(text, ())

    def stranger(self, kind: str) -> Answer:
        """Whether someone with no tie to the reader is allowed; of one kind, `aws` or `oidc`."""
        found = tuple(
            c for c in external_classes_of(self.ready, self.home, self.role) if c.kind == kind
        )
        return self.through(found, no_owned_values)

    def through(
        self,
        callers: Iterable[PrincipalClass],
        also: Callable[[RequestEnvironment], Formula] | None = None,
    ) -> Answer:
        """Whether one of these callers is allowed."""
        if self.ready.faults:
            return Answer(None)
        rule = self.ready.rules[0]
        able = tuple(caller for caller in callers if names(rule, caller, self.role))
        return through(self.ready, rule, able, self.role, Budget(DEFAULT), also)

    def lets_in(self, request: Request) -> bool:
        """Whether one call is allowed."""
        return outcome_of(self.policy, request) is Outcome.ALLOWED

    def likelier(self, request: Request, principal: str = "", **context: str) -> Request | None:
        """The same call by another caller, or with other values; `None` if that is not
        allowed."""
        new = {normalized_key(key) for key in context}
        kept = {
            key: value for key, value in request.context.items() if normalized_key(key) not in new
        }
        try:
            other = replace(
                request, principal=principal or request.principal, context={**kept, **context}
            )
        except ValueError:
            return None
        if not self.lets_in(other):
            return None
        return other

    def changed(self, conditions: tuple[Condition, ...]) -> StatementProbe:
        """The same with other conditions."""
        prepare(self.ready.number_of_values + self.ready.number_of_principals)
        first, *others = self.policy.statements
        changed = replace(first, conditions=spelled_apart(conditions))
        policy = replace(self.policy, statements=(changed, *others))
        return replace(self, policy=policy, ready=compile_policy(policy))


class _Unknown:
    """That nothing is remembered; `None` is an answer."""


_UNKNOWN = _Unknown()
_Openings: TypeAlias = "tuple[Home, dict[int, StatementProbe | None]]"


def probe_of(policy: TrustPolicy, path: Path, home: Home) -> StatementProbe | None:
    """An Allow statement as the search sees it, made ready once; `None` where IAM refuses too much
    of it to judge.

    Args:
        policy: the policy. path: the statement's, or one below it. home: what is the reader's.
    """
    memo = CACHE.policies.of(policy)
    found: _Openings | None = memo.get(StatementProbe)
    if found is None or found[0] != home:
        found = memo[StatementProbe] = (home, {})
    index = int(path[1])
    if index not in found[1]:
        found[1][index] = _opening(policy, index, home)
    return found[1][index]


def _opening(policy: TrustPolicy, index: int, home: Home) -> StatementProbe | None:
    """Remembered by what it says, so that an edit in one statement has only that one searched
    about again.
    """
    statement = policy.statements[index]
    denies = tuple(each for each in policy.statements if each.effect == "Deny")
    said = (index, repr(statement), repr(denies) if denies else "", policy.version, home)
    memo = CACHE.statements
    found: StatementProbe | _Unknown | None = memo.get(said, _UNKNOWN)
    if not isinstance(found, _Unknown):
        return found
    return remember(memo, said, _made(index, statement, denies, policy.version, home))


def _made(
    index: int, statement: Statement, denies: tuple[Statement, ...], version: str | None, home: Home
) -> StatementProbe | None:
    meant = statement_as_meant(statement, home)
    if meant is None:
        return None
    meant = without_idle_conditions(meant)
    told = [deny for each in denies if (deny := statement_as_meant(each, home)) is not None]
    told = [deny for deny in told if not compile_policy(TrustPolicy((deny,), version)).faults]
    alone = TrustPolicy((meant, *told), version)
    ready = compile_policy(alone)
    path = ("Statement", index)
    if ready.faults:
        return None
    return StatementProbe(path, statement, alone, ready, role_for((ready,), home), home)
