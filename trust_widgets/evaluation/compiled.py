"""A policy made ready for deciding many calls: what of it does not depend on the call is worked out
once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.operators import ParsedOperator, parse_operator
from trust_widgets.evaluation.caller_identity import Identity, identity_from_ref
from trust_widgets.evaluation.operators import Operator, operator_named
from trust_widgets.evaluation.trace import Node, Reason
from trust_widgets.evaluation.variables import Template, Variable, template_from_text
from trust_widgets.policy import (
    CACHE,
    ActionList,
    Condition,
    Path,
    Principal,
    Statement,
    TrustPolicy,
    actions_of,
    expect_policy,
    normalized_key,
    principal_ref,
    remember,
    result_when_absent,
    text_from_scalar,
)
from trust_widgets.text.globs import Test, has_wildcard


@dataclass(frozen=True, slots=True)
class CompiledValue:
    """One value of a condition.

    Args:
        path, text: its place, and itself as a text.
        template: as its operator reads it.
        test: decides whether a value of the call matches; `None` when that depends on a variable,
            or it can't be read.
        why: what is wrong with it whatever the call, `UNREADABLE_VALUE` or `VARIABLE_IS_TEXT`;
            `None` mostly.
        variable: whether a variable is in it.
    """

    path: Path
    text: str
    template: Template
    test: Test | None
    why: Reason | None = None
    variable: bool = False


@dataclass(frozen=True, slots=True)
class CompiledCondition:
    """One condition.

    Args:
        path: its place. key, name: the key in lower case, and as written. spelled: the operator
            as written.
        quantifier: `ForAnyValue`, `ForAllValues` or nothing.
        many: whether AWS knows the key as one with several values; `None` when AWS has no such key.
        missing: what is said when the call has no such key.
    """

    path: Path
    key: str
    name: str
    spelled: str
    operator: Operator
    quantifier: str
    if_exists: bool
    many: bool | None
    values: tuple[CompiledValue, ...]
    missing: Node


@dataclass(frozen=True, slots=True)
class CompiledPrincipal:
    """One principal of a statement: `who` is set when it is an account, a role, a user or a
    session.
    """

    path: Path
    kind: str
    text: str
    who: Identity | None = None


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """One statement.

    Args:
        path: its place. allows: whether it is an Allow.
        principals: whom it names. clauses: its conditions.
        actions: what it names.
    """

    path: Path
    allows: bool
    principals: tuple[CompiledPrincipal, ...]
    actions: ActionList
    clauses: tuple[CompiledCondition, ...]


@dataclass(frozen=True)
class CompiledPolicy:
    """A policy made ready.

    Args:
        policy: the policy. rules: its statements.
        faults: what leaves it without a meaning to decide by.
        number_of_principals, number_of_values: of all its statements together.
    """

    policy: TrustPolicy
    rules: tuple[CompiledStatement, ...]
    faults: tuple[Node, ...]
    number_of_principals: int
    number_of_values: int


def compile_policy(policy: TrustPolicy) -> CompiledPolicy:
    """A policy made ready; the same one is made ready once.

    Raises:
        TypeError: for what is no policy, such as its text.
    """
    memo = CACHE.policies.of(policy)
    ready: CompiledPolicy | None = memo.get(CompiledPolicy)
    if ready is None:
        expect_policy(policy)
        ready = memo[CompiledPolicy] = _compiled(policy)
    return ready


def _compiled(policy: TrustPolicy) -> CompiledPolicy:
    rules, faults = _rules(policy)
    principals = sum(len(rule.principals) for rule in rules)
    values = sum(len(clause.values) for rule in rules for clause in rule.clauses)
    return CompiledPolicy(policy, rules, faults, principals, values)


def _rules(policy: TrustPolicy) -> tuple[tuple[CompiledStatement, ...], tuple[Node, ...]]:
    placed = [(("Statement", index), each) for index, each in enumerate(policy.statements)]
    faults: list[Node] = []
    for path, statement in placed:
        faults += _faults(path, statement)
    if faults:
        return (), tuple(faults)
    variables = policy.version == "2012-10-17"
    rules = [_rule(path, statement, variables) for path, statement in placed]
    return tuple(rules), ()


def _faults(path: Path, statement: Statement) -> Iterator[Node]:
    """What leaves a statement without a meaning."""
    principal = statement.principal
    if statement.effect not in ("Allow", "Deny"):
        yield Node(Reason.NO_EFFECT, False, (*path, "Effect"), (statement.effect or "",))
    if statement.not_principal is not None:
        yield Node(Reason.NOT_PRINCIPAL, False, (*path, "NotPrincipal"))
    elif principal is None or not (principal.star or any(principal.each())):
        yield Node(Reason.NO_PRINCIPAL, False, path)
    else:
        for below, kind, value in principal.each():
            if (kind, value) != ("AWS", "*") and has_wildcard(value):
                yield Node(
                    Reason.WILDCARD_IN_PRINCIPAL, False, (*path, "Principal", *below), (value,)
                )
    if not statement.action and not statement.not_action:
        yield Node(Reason.NO_ACTION, False, path)
    for name in (*(c.operator for c in statement.conditions), *statement.bare_operators):
        if parse_operator(name) is None:
            yield Node(Reason.UNKNOWN_OPERATOR, False, (*path, "Condition", name), (name,))


def _rule(path: Path, statement: Statement, variables: bool) -> CompiledStatement:
    clauses = tuple(
        compiled_clause(path, condition, variables) for condition in statement.conditions
    )
    named = tuple(_named(path, statement.principal or Principal()))
    return CompiledStatement(
        path, statement.effect == "Allow", named, actions_of(statement), clauses
    )


def _named(path: Path, principal: Principal) -> Iterator[CompiledPrincipal]:
    if principal.star:
        yield _principal((*path, "Principal"), "AWS", "*")
    for below, kind, value in principal.each():
        yield _principal((*path, "Principal", *below), kind, value)


def _principal(place: Path, kind: str, text: str) -> CompiledPrincipal:
    """Remembered by its text, as conditions are."""
    if kind == "AWS" and text != "*":
        who = who_of(text)
    else:
        who = None
    return CompiledPrincipal(place, kind, text, who)


def who_of(value: str) -> Identity | None:
    """The account, role, user or session that a text under `AWS` names; `None` for any other text.

    An account ID alone has no partition: it is that of the role.
    """
    ref = principal_ref(value)
    if ref.kind == "aws":
        return identity_from_ref(ref)
    return None


def compiled_clause(path: Path, condition: Condition, variables: bool = True) -> CompiledCondition:
    """One condition made ready; its operator is one that AWS has."""
    place, texts = (*path, *condition.path), tuple(map(text_from_scalar, condition.values))
    at = (place, condition.operator, condition.key, texts, variables)
    clause: CompiledCondition | None = CACHE.conditions.get(at)
    if clause is None:
        clause = remember(CACHE.conditions, at, _clause(*at), most=1024)
    return clause


def _clause(
    place: Path, spelled: str, key: str, texts: tuple[str, ...], variables: bool
) -> CompiledCondition:
    parsed = parse_operator(spelled)
    assert parsed is not None  # reported as a fault before
    operator, known = operator_named(parsed.base), key_named(key)
    values = tuple(
        _value((*place, index), operator, text, variables) for index, text in enumerate(texts)
    )
    missing = _missing(place, (key, spelled), parsed, texts)
    many = known.many if known else None
    clause = (
        place,
        normalized_key(key),
        key,
        spelled,
        operator,
        parsed.quantifier,
        parsed.if_exists,
    )
    return CompiledCondition(*clause, many, values, missing)


def _value(path: Path, operator: Operator, text: str, variables: bool) -> CompiledValue:
    reads = variables and operator.variables is not False
    template = template_from_text(text, wildcards=operator.wildcards, variables=reads)
    if any(isinstance(part, Variable) for part in template):
        return CompiledValue(path, text, template, None, variable=True)
    test = operator.read(template)  # type: ignore[arg-type]  # no variable is left in it
    why = None
    if test is None:
        why = Reason.UNREADABLE_VALUE
    elif not reads and operator.variables is not False and "${" in text:
        why = Reason.VARIABLE_IS_TEXT
    return CompiledValue(path, text, template, test, why)


def _missing(
    place: Path, data: tuple[str, str], operator: ParsedOperator, texts: tuple[str, ...]
) -> Node:
    """What a condition says of a call without its key."""
    truth = result_when_absent(operator, texts)
    if operator.is_null:
        values = sorted({text.lower() for text in texts})
        return Node(Reason.NULL_ABSENT, truth, place, (*data, *values))
    return Node(_reason_when_absent(operator), truth, place, data)


def _reason_when_absent(operator: ParsedOperator) -> Reason:
    if operator.if_exists:
        return Reason.KEY_MISSING_IF_EXISTS
    if operator.quantifier:
        if operator.quantifier == "ForAllValues":
            return Reason.VACUOUS_FORALL
        return Reason.EMPTY_FORANY
    if operator.is_negated:
        return Reason.KEY_MISSING_NEGATED_TRUE
    return Reason.KEY_MISSING
