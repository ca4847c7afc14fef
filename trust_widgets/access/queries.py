"""Search each request environment for a witness; stop at the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeAlias

from trust_widgets.access.atoms import asks_for_one_asterisk, has_measured_values
from trust_widgets.access.caller import PrincipalClass
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.environments import environments_of
from trust_widgets.access.formula import FALSE, Formula, all_of, negate
from trust_widgets.access.results import NOT_SAID, STAR_AND_TOKENS, TOO_MUCH, Answer
from trust_widgets.access.solver import Search
from trust_widgets.aws.arns import arn_of
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.partitions import is_partition
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledPolicy,
    CompiledStatement,
    Request,
    identity_of,
    key_of_principal,
    keys_of_caller,
)
from trust_widgets.policy import CACHE, Home, account_of_role
from trust_widgets.text.budget import Budget, Undecided, prepare

Query: TypeAlias = "Callable[[RequestEnvironment], Formula]"
"""The formula that a witness has to satisfy in one request environment."""


def find_witness(
    policies: tuple[CompiledPolicy, ...],
    callers: Iterable[PrincipalClass],
    role: str,
    query: Query,
    confirm: Callable[[Request], bool],
    budget: Budget,
) -> Answer:
    """The first witness of a query.

    Args:
        policies: those that the query is about; the first one allows the witness.
        callers: the principal classes to search.
        role: the ARN of the role.
        query: what is looked for, as a formula.
        confirm: whether a request is what was looked for, by the evaluator.
        budget: how many states may be expanded.
    """
    incomplete = ""
    names = spellings(policies)
    prepare(sum(ready.number_of_values for ready in policies) >> 4)
    for environment in environments_of(policies, callers, role):
        search = Search(environment, budget, confirm, names)
        prepare(_ENVIRONMENT)
        try:
            readings = environment.readings(policies)
            found = _run(search, all_of(map(query, readings)))
        except Undecided:
            return Answer(None, None, TOO_MUCH)
        if found is not None:
            return Answer(True, found)
        if incomplete:
            continue
        if search.incomplete:
            incomplete = TOO_MUCH
        else:
            incomplete = _open_question(readings, policies, query, budget)
    if incomplete:
        return Answer(None, None, incomplete)
    return Answer(False)


def _run(search: Search, wanted: Formula) -> Request | None:
    """The request that a search finds for a formula; `None` when it finds none."""
    prepare(len(search.environment.atoms) >> 1)
    if wanted == FALSE:
        return None
    return search.run(wanted)


_ENVIRONMENT = 3
"""States that one more request environment is worth."""


def difference_in(more: CompiledPolicy, less: CompiledPolicy) -> Query:
    """That one policy lets a call in, and another does not."""
    own = _own_allows(more, less)

    def query(environment: RequestEnvironment) -> Formula:
        # Of several actions, any may be the one that the other policy does not allow.
        allows = own if len(environment.actions) == 1 else None
        admitted = environment.admitted_by(more, allows)
        if admitted == FALSE:
            return admitted
        return all_of((admitted, negate(environment.admitted_by(less))))

    return query


def _own_allows(more: CompiledPolicy, less: CompiledPolicy) -> tuple[CompiledStatement, ...] | None:
    """The Allow statements that one policy has alone, of which one must allow whom the other does
    not.

    `None` where that does not follow: the other has its own Deny, or reads variables
    otherwise.
    """
    mine, theirs = more.policy.statements, less.policy.statements
    denies = any(statement.effect == "Deny" and statement not in mine for statement in theirs)
    if denies or more.policy.version != less.policy.version:
        return None
    rules = zip(more.rules, mine, strict=True)
    return tuple(rule for rule, statement in rules if rule.allows and statement not in theirs)


def callers_of_difference(
    callers: tuple[PrincipalClass, ...], more: CompiledPolicy, less: CompiledPolicy
) -> tuple[PrincipalClass, ...]:
    """The principal classes that one policy may allow a call that another does not.

    Users and roles that only statements of both policies may name are left out. Services stay:
    some need another service, which another statement may allow.
    """
    own = _own_allows(more, less)
    if own is None:
        return callers
    named = {key_of_principal(principal) for rule in own for principal in rule.principals}
    return tuple([caller for caller in callers if _may_be_named(caller, named)])


def _may_be_named(caller: PrincipalClass, named: set[Hashable]) -> bool:
    """Whether a principal with one of some keys may name a caller; always true but for users and
    roles.
    """
    if caller.kind != "aws":
        return True
    identity = identity_of(caller.principal)
    return identity.sort == "account" or not named.isdisjoint(keys_of_caller(identity))


def _open_question(
    readings: tuple[RequestEnvironment, ...],
    policies: tuple[CompiledPolicy, ...],
    query: Query,
    budget: Budget,
) -> str:
    """Why "no" is not sure, when what AWS leaves open could be read otherwise: a condition, or "*"
    for callers with a token; `""` when it is sure.
    """
    environment, *others = readings
    if others:
        why = _is_answered(readings, query, budget, STAR_AND_TOKENS)
        if why:
            return why
    if environment.caller.unnamed or not any(_is_open(environment, each) for each in policies):
        return ""
    other = RequestEnvironment(
        environment.caller, environment.mode, environment.role, alternative_reading=True
    )
    return _is_answered(other.readings(policies), query, budget, NOT_SAID)


def _is_answered(
    readings: Iterable[RequestEnvironment], query: Query, budget: Budget, reason: str
) -> str:
    """The reason, if one of some readings has a witness or may have one; otherwise `""`."""
    try:
        for reading in readings:
            search = Search(reading, budget, lambda request: True, {})
            if search.run(query(reading)) or search.incomplete:
                return reason
    except Undecided:
        return TOO_MUCH
    return ""


def _is_open(environment: RequestEnvironment, ready: CompiledPolicy) -> bool:
    """Whether a policy has a condition that AWS's pages leave open for this caller."""
    conditions = _open_conditions(ready)
    if environment.caller.kind == "aws":
        return conditions.for_any_caller
    return conditions.for_any_caller or conditions.for_others_than_aws


class _OpenConditions(NamedTuple):
    """Whether AWS's pages leave open a condition of a policy: for any caller, or for those that are
    no user or role.
    """

    for_any_caller: bool
    for_others_than_aws: bool


def _open_conditions(ready: CompiledPolicy) -> _OpenConditions:
    """What AWS's pages leave open of a policy's conditions; worked out once a policy."""
    memo = CACHE.policies.of(ready.policy)
    found: _OpenConditions | None = memo.get(_OpenConditions)
    if found is None:
        clauses = [
            clause for rule in ready.rules for clause in rule.clauses if not clause.operator.is_null
        ]
        is_read_in_two_ways = any(map(_is_read_in_two_ways, clauses))
        has_undocumented_key = any(key_record(clause.key).is_undocumented for clause in clauses)
        found = _OpenConditions(is_read_in_two_ways, has_undocumented_key)
        memo[_OpenConditions] = found
    return found


def _is_read_in_two_ways(clause: CompiledCondition) -> bool:
    """Whether AWS's pages leave open how a condition is read, for any caller."""
    if clause.many and not clause.quantifier:
        return True
    return asks_for_one_asterisk(clause) or has_measured_values(clause)


def spellings(policies: Iterable[CompiledPolicy]) -> dict[str, str]:
    """How the policies spell each key."""
    found: dict[str, str] = {}
    for ready in policies:
        found |= _spellings_in(ready)
    return found


def _spellings_in(ready: CompiledPolicy) -> dict[str, str]:
    memo = CACHE.policies.of(ready.policy)
    found: dict[str, str] | None = memo.get(spellings)
    if found is None:
        clauses = [clause for rule in ready.rules for clause in rule.clauses]
        found = memo[spellings] = {clause.key: clause.name for clause in clauses}
    return found


def role_for(policies: Iterable[CompiledPolicy], home: Home) -> str:
    """The ARN of the role in question: its own if it is known, otherwise one in the
    reader's own account, in the partition of most of those it names.

    Where no principal says a partition, the ARNs in conditions do: a policy for all of an
    organization in GovCloud may name it there alone.
    """
    if account_of_role(home):
        return home.role
    policies = tuple(policies)
    if len(policies) == 1:
        memo = CACHE.policies.of(policies[0].policy)
    else:
        memo = {}
    role: str | None = memo.get((role_for, home.accounts[:1]))
    if role is None:
        role = memo[role_for, home.accounts[:1]] = _role_for(policies, home)
    return role


def _role_for(policies: tuple[CompiledPolicy, ...], home: Home) -> str:
    rules = [rule for ready in policies for rule in ready.rules]
    texts = [named.text for rule in rules for named in rule.principals]
    arns = [text for text in texts if text.startswith("arn:")]
    if not arns:
        clauses = [clause for rule in rules for clause in rule.clauses]
        values = [value.text for clause in clauses for value in clause.values]
        arns = [text for text in values if arn_of(text) and is_partition(partition_of(text))]
    times = Counter(map(partition_of, arns))
    partition = min(times, key=lambda name: (-times[name], name), default="aws")
    account = home.accounts[0] if home.accounts else "111122223333"
    return f"arn:{partition}:iam::{account}:role/example-role"
