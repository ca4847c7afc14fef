"""Who can assume the role through one statement: what rules about open statements ask the search.

Each Allow is judged by itself, together with the Deny statements, so that a slip elsewhere in the
document is told there and does not keep it from being judged. A misspelt key counts as the key that
was meant: it is told as a slip. A condition that narrows nobody counts as true: it leaves the
statement as open as it is without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from trust_widgets.access.atoms import clause_of
from trust_widgets.access.caller import PrincipalClass, names
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import Formula, all_of, negate
from trust_widgets.access.principal_classes import classes_named_by
from trust_widgets.access.public_access import external_classes_of, no_owned_values
from trust_widgets.access.queries import role_for
from trust_widgets.access.reachability import through
from trust_widgets.access.results import Answer
from trust_widgets.aws.keys.impossible_keys import claim_meant, why_impossible
from trust_widgets.aws.keys.spelling import intended
from trust_widgets.aws.operators import takes_wildcards
from trust_widgets.evaluation import (
    CompiledCondition,
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
    Principal,
    Scalar,
    Statement,
    TrustPolicy,
    chooses,
    narrowing_conditions,
    normalized_key,
    remember,
    requires_match,
    spelled_apart,
)
from trust_widgets.providers import claim_values_of, names_customer, only_issuer
from trust_widgets.text.budget import DEFAULT, Budget, prepare
from trust_widgets.text.globs import has_wildcard, is_exact


@dataclass(frozen=True, slots=True, eq=False)
class StatementProbe:
    """One Allow statement as the search sees it.

    Args:
        path, statement: the statement, as written.
        policy: it, as it was meant, and the Deny statements.
        ready, role, home: that policy made ready, the role that is asked about, and what is the
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


# The role's own, while the reader has not said which they are.
_ACCOUNT, _ORGANIZATION = "111122223333", "o-exampleorgid"
_OWN = re.compile(r"\$\{(aws:resource(?:account|orgid))\}", re.IGNORECASE)


# Every request has this key, so that its value is never unknown.
_ALWAYS_TRUE = Condition("Null", "aws:SecureTransport", ("true", "false"))


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
    """Remembered by what it says, so that a key pressed in one statement has only that one asked
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
    meant = _as_meant(statement, home)
    if meant is None:
        return None
    meant = _without_idle_conditions(meant)
    told = [deny for each in denies if (deny := _as_meant(each, home)) is not None]
    told = [deny for deny in told if not compile_policy(TrustPolicy((deny,), version)).faults]
    alone = TrustPolicy((meant, *told), version)
    ready = compile_policy(alone)
    path = ("Statement", index)
    if ready.faults:
        return None
    return StatementProbe(path, statement, alone, ready, role_for((ready,), home), home)


def _as_meant(statement: Statement, home: Home) -> Statement | None:
    """A statement without what is refused in it; `None` where there is nobody to judge."""
    principal = statement.principal
    if principal is None or principal.star or statement.not_principal is not None:
        return None
    kept = Principal(_kept(principal.aws), _kept(principal.service), _kept(principal.federated))
    issuer = only_issuer(kept.federated or ())
    conditions = tuple(
        _condition_as_meant(condition, home, issuer) for condition in statement.conditions
    )
    return replace(statement, principal=kept, conditions=spelled_apart(conditions))


def _without_idle_conditions(statement: Statement) -> Statement:
    """A statement in which each condition that narrows nobody is always true, in the same place."""
    narrowing = set(narrowing_conditions(statement))
    conditions = tuple(c if c in narrowing else _ALWAYS_TRUE for c in statement.conditions)
    return replace(statement, conditions=spelled_apart(conditions))


def _kept(values: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return values and tuple(value for value in values if value == "*" or is_exact(value))


def _condition_as_meant(condition: Condition, home: Home, issuer: str) -> Condition:
    """With the key that was meant, and with the role's own account and organization spelled out.

    A condition that no key has to meet stays as it is: without the key it is true of every call.
    """
    own = {"aws:resourceaccount": home.accounts[0] if home.accounts else _ACCOUNT}
    own["aws:resourceorgid"] = home.organization or _ORGANIZATION
    values = tuple(_filled(value, own) for value in condition.values)
    key = _key_as_meant(condition, issuer)
    if (key, values) == (condition.key, condition.values):
        return condition
    return replace(condition, key=key, values=values)


def _key_as_meant(condition: Condition, issuer: str) -> str:
    if why_impossible(condition.key) and not requires_match(condition):
        return condition.key
    meant = claim_meant(condition.key, issuer) or intended(condition.key)
    if meant == normalized_key(condition.key):
        return condition.key
    return meant


def _filled(value: Scalar, own: dict[str, str]) -> Scalar:
    if not isinstance(value, str) or "${" not in value:
        return value
    return _OWN.sub(lambda found: own[found[1].lower()], value)


def without_distinguishing_values(
    environment: RequestEnvironment, counts: Callable[[str], bool] = lambda key: True
) -> Formula:
    """That a call has nothing of what conditions spell out to choose among callers of one kind.

    Args:
        environment: who asks.
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
