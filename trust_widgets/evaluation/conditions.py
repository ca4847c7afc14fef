"""Whether one condition is true of one call.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
"""

from __future__ import annotations

from enum import Enum

from trust_widgets.evaluation.compiled import CompiledCondition, CompiledValue
from trust_widgets.evaluation.context import Keys
from trust_widgets.evaluation.context import Value as Given
from trust_widgets.evaluation.organizations import fits_in_organization, organization_of
from trust_widgets.evaluation.role_paths import WithoutPath, asks_for_a_path, possible_arns
from trust_widgets.evaluation.trace import Node, Reason, all_of, any_of
from trust_widgets.evaluation.variables import Variable, fill, template_from_text
from trust_widgets.policy import CACHE, Memo, null_result, remember
from trust_widgets.text.by_head import FEW, TestsByHead, literal_head
from trust_widgets.text.globs import has_wildcard, matcher_from_pattern, pattern_from_text


class _Absent(Enum):
    ABSENT = "absent"


ABSENT = _Absent.ABSENT


def decide_clause(clause: CompiledCondition, keys: Keys, memo: Memo | None = None) -> Node:
    """A condition with the values it was compared with.

    Args:
        clause: the condition.
        keys: the keys of the request.
        memo: what it said of values before, since requests mostly bring the same ones again; looked
            up when not given.
    """
    given = keys.get(clause.key, ABSENT)
    if given is None:
        return _unknown(clause, keys)
    if given is ABSENT:
        return clause.missing
    if memo is None:
        memo = CACHE.parts.of(clause)
    node = _told(clause, given, keys, memo)
    if not isinstance(given, WithoutPath):
        return node
    possible = possible_arns(given)
    if possible:
        node, other = (_of_value(clause, arn, keys) for arn in possible)
        if node.truth is not other.truth:
            node = _path_unknown(clause, given)
    return _without_path(clause, given, keys, node)


def _node(
    clause: CompiledCondition,
    code: Reason,
    truth: bool | None,
    *values: str,
    parts: tuple[Node, ...] = (),
) -> Node:
    """What is said of a condition, and of the values that it was compared with."""
    data = (clause.name, clause.spelled, *values)
    return Node(code, truth, clause.path, data, parts)


def _unknown(clause: CompiledCondition, keys: Keys) -> Node:
    """What a condition says of a key whose value is unknown: nothing, except of paths in an
    organization that is known.
    """
    organization = organization_of(clause.key, keys)
    if organization is not None and clause.operator.is_null:
        return _null_present(clause)
    if organization is not None and clause.quantifier:
        node = _in_organization(clause, organization)
        if node.truth is not None:
            return node
    return _node(clause, Reason.KEY_UNKNOWN, None)


def _in_organization(clause: CompiledCondition, organization: str) -> Node:
    """What a condition with a set operator says of every path in an organization."""
    shown = f"{organization}/..."
    parts = tuple([_path_compared(clause, value, organization) for value in clause.values])
    fits = any_of(parts)
    truth = None if fits is None else fits != clause.operator.negated
    code = Reason.NEGATED_CONDITION if clause.operator.negated else Reason.CONDITION
    one = _node(clause, code, truth, shown, parts=parts)
    return _node(clause, Reason.SET_CONDITION, truth, shown, parts=(one,))


def _path_compared(clause: CompiledCondition, value: CompiledValue, organization: str) -> Node:
    """Every path in an organization against one value of the policy."""
    data = (f"{organization}/...", value.text)
    if value.variable:
        return Node(Reason.VARIABLE_UNKNOWN, None, value.path, (*data, value.text))
    fits = fits_in_organization(clause.operator, value.text, organization)
    code = Reason.VALUE_MATCHES if fits else Reason.VALUE_DIFFERS
    return Node(code, fits, value.path, data)


def truth_of(clause: CompiledCondition, keys: Keys) -> bool | None:
    """Whether a condition is true, as `decide_clause` has it, without the values it was compared
    with.
    """
    given = keys.get(clause.key, ABSENT)
    if given is ABSENT:
        return clause.missing.truth
    if type(given) is not str or clause.many or clause.quantifier or clause.operator.is_null:
        return decide_clause(clause, keys).truth
    fits = _fits_one(clause, given)
    if fits is None:
        return decide_clause(clause, keys).truth
    return fits != clause.operator.negated


def _fits_one(clause: CompiledCondition, given: str) -> bool | None:
    """Whether a text fits one of a condition's values; `None` where a variable has a part in it."""
    if len(clause.values) > FEW and clause.operator.compares_heads:
        if _index_of(clause).is_met(given):
            return True
        if any(value.variable for value in clause.values):
            return None
        return False
    for value in clause.values:
        if value.variable:
            return None
        if value.test is not None and value.test(given):
            return True
    return False


def _index_of(clause: CompiledCondition) -> TestsByHead:
    """The tests of a condition, put in order once."""
    memo = CACHE.parts.of(clause)
    index: TestsByHead | None = memo.get(TestsByHead)
    if index is None:
        index = _by_head(clause)
        memo[TestsByHead] = index
    return index


def _by_head(clause: CompiledCondition) -> TestsByHead:
    """The tests of the values without variables."""
    tests = []
    for value in clause.values:
        if value.test is not None:  # so no variable is left in its template
            head = literal_head(value.template)  # type: ignore[arg-type]
            tests.append((head, value.test))
    return TestsByHead(tests)


def _told(clause: CompiledCondition, given: Given, keys: Keys, memo: Memo) -> Node:
    """What the condition says of a value; remembered where no variable of the call has a part in
    it.
    """
    told: Node | None = memo.get(given)
    if told is not None:
        return told
    node = _of_value(clause, given, keys)
    if not any(value.variable for value in clause.values):
        remember(memo, given, node)
    return node


def _without_path(clause: CompiledCondition, given: WithoutPath, keys: Keys, node: Node) -> Node:
    """What is said of a role's ARN whose path is unknown, where a value that does not fit asks for
    one.
    """
    if clause.operator.is_null or node.truth is not clause.operator.negated:
        return node
    patterns = [fill(value.template, keys) for value in clause.values]
    found = (p for p in patterns if not isinstance(p, Variable))
    if not any(asks_for_a_path(clause.operator.base, pattern, str(given)) for pattern in found):
        return node
    return _path_unknown(clause, given)


def _path_unknown(clause: CompiledCondition, given: WithoutPath) -> Node:
    return _node(clause, Reason.PATH_UNKNOWN, None, str(given))


def _of_value(clause: CompiledCondition, given: Given, keys: Keys) -> Node:
    if clause.operator.is_null:
        if given == ():
            return clause.missing
        return _null_present(clause)
    if clause.quantifier:
        several = given if isinstance(given, tuple) else (given,)
        return _of_set(clause, several, keys)
    if clause.many or isinstance(given, tuple):
        # AWS's pages say that a set operator is required, and not what happens without one.
        return _node(clause, Reason.NO_SET_OPERATOR, False)
    return _of_one(clause, given, keys)


def _null_present(clause: CompiledCondition) -> Node:
    texts = sorted({value.text.lower() for value in clause.values})
    truth = null_result(texts, is_absent=False)
    return _node(clause, Reason.NULL_PRESENT, truth, *texts)


def _of_one(clause: CompiledCondition, given: str, keys: Keys) -> Node:
    parts = tuple([_compared(clause, value, given, keys) for value in clause.values])
    truth = any_of(parts)
    if not clause.operator.negated:
        return _node(clause, Reason.CONDITION, truth, given, parts=parts)
    opposite = None if truth is None else not truth
    return _node(clause, Reason.NEGATED_CONDITION, opposite, given, parts=parts)


def _of_set(clause: CompiledCondition, given: tuple[str, ...], keys: Keys) -> Node:
    """Every value of the call, or any, is compared alone; without values, the answer is that of a
    missing key.

    To `ForAllValues` an empty text is no value either.
    """
    every = clause.quantifier == "ForAllValues"
    if not given or (every and given == ("",)):
        code = Reason.VACUOUS_FORALL if every else Reason.EMPTY_FORANY
        return _node(clause, code, every)
    parts = tuple(_of_one(clause, value, keys) for value in given)
    code = Reason.SET_ON_SINGLE if clause.many is False else Reason.SET_CONDITION
    truth = all_of(parts) if every else any_of(parts)
    return _node(clause, code, truth, *given, parts=parts)


def _compared(clause: CompiledCondition, value: CompiledValue, given: str, keys: Keys) -> Node:
    """One value of the policy against one of the call, as if the operator were not negated."""
    if value.variable:
        return _with_variables(clause, value, given, keys)
    data = (given, value.text)
    if value.test is not None and value.test(given):
        return Node(value.why or Reason.VALUE_MATCHES, True, value.path, data)
    return Node(value.why or _why(clause, value, given), False, value.path, data)


def _with_variables(
    clause: CompiledCondition, value: CompiledValue, given: str, keys: Keys
) -> Node:
    pattern = fill(value.template, keys)
    data = (given, value.text)
    if isinstance(pattern, Variable):
        if pattern.key in keys and keys[pattern.key] is None:
            return Node(Reason.VARIABLE_UNKNOWN, None, value.path, (*data, pattern.name))
        # Without a value nothing fits, so that a negated operator is true.
        return Node(Reason.VARIABLE_MISSING, False, value.path, (*data, pattern.name))
    test = clause.operator.read(pattern)
    if test is None:
        return Node(Reason.UNREADABLE_VALUE, False, value.path, data)
    if test(given):
        return Node(Reason.VALUE_MATCHES, True, value.path, data)
    return Node(Reason.VALUE_DIFFERS, False, value.path, data)


def _why(clause: CompiledCondition, value: CompiledValue, given: str) -> Reason:
    """In which way a value differs that does not fit."""
    operator, wanted = clause.operator, value.text
    if not operator.base.startswith("String") and operator.read((given,)) is None:
        return Reason.UNREADABLE_VALUE
    if operator.variables is not True:
        return Reason.VALUE_DIFFERS
    if has_wildcard(wanted) and not operator.wildcards and _fits_as_pattern(value, given):
        return Reason.GLOB_UNDER_EQUALS
    small = wanted.lower()
    test = operator.read(pattern_from_text(small) if operator.wildcards else (small,))
    if test is not None and test(given.lower()):
        return Reason.VALUE_CASE_DIFFERS
    return Reason.VALUE_DIFFERS


def _fits_as_pattern(value: CompiledValue, given: str) -> bool:
    """Whether a value would fit if its wildcards were read; where variables are, `${*}` is a letter
    all the same.
    """
    reads = value.template != (value.text,)
    pattern = template_from_text(value.text, wildcards=True, variables=reads)
    return matcher_from_pattern(pattern)(given)  # type: ignore[arg-type]  # no variable is left
