"""One statement against one call, row by row: what the call has and what the policy requires."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trust_widgets.aws import operators
from trust_widgets.evaluation import Node, Outcome, Reason, Request, actions_of, nearest, undecided
from trust_widgets.explain.condition_labels import required_presence, short_key
from trust_widgets.policy import Path, TrustPolicy, normalized_key, text_from_scalar
from trust_widgets.text.diff import DiffText, diff_texts, plain, similarity

MOST = 3  # values shown of a condition that has many
NOT_THERE = "not in the request"
NOT_KNOWN = "not known"
ANYTHING_BUT = "anything but"

_WHO = {
    Reason.ACCOUNT_DELEGATES: "any principal that this account allows",
    Reason.ROLE_OF_SESSION: "every session of",
    Reason.EVERYONE: "everyone",
    Reason.EVERYONE_UNDOCUMENTED: "everyone",
    Reason.DELETED_PRINCIPAL: "nobody any more",
}
_PERMISSIONS = {
    Reason.PERMISSION_GIVEN: "its own policies allow the request",
    Reason.PERMISSION_MISSING: "its own policies do not allow the request",
    Reason.PERMISSION_DENIED: "another policy denies the request",
    Reason.PERMISSION_UNKNOWN: NOT_KNOWN,
}
_MISSING = {
    Reason.KEY_MISSING,
    Reason.KEY_MISSING_NEGATED_TRUE,
    Reason.KEY_MISSING_IF_EXISTS,
    Reason.VACUOUS_FORALL,
    Reason.EMPTY_FORANY,
}


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One part of a statement next to what the request has for it.

    Args:
        label: the part: `Principal`, `Action`, or a condition key.
        truth: whether it matches; `None` when that is not known.
        path: its place in the policy.
        has, wants: the values of the request and those of the policy.
        has_note, wants_note: words next to the values, or in place of them.
        more: how many of the policy's values are left out.
        key, operator: those of a condition, as written.
    """

    label: str
    truth: bool | None
    path: Path
    has: tuple[DiffText, ...] = ()
    wants: tuple[DiffText, ...] = ()
    has_note: str = ""
    wants_note: str = ""
    more: int = 0
    key: str = ""
    operator: str = ""


def deciding_statement(outcome: Outcome, tree: Node) -> Node | None:
    """The statement that the outcome rests on: that allows, denies, is open, or comes nearest."""
    match outcome:
        case Outcome.NOT_ALLOWED:
            return nearest(tree)
        case Outcome.DEPENDS:
            return next(iter(undecided(tree)), None)
        case Outcome.ALLOWED | Outcome.DENIED:
            effect = "Allow" if outcome is Outcome.ALLOWED else "Deny"
            return _matching_statement(tree, effect)
    return None


def _matching_statement(tree: Node, effect: str) -> Node | None:
    """The first statement with this effect that matches the request."""
    for action in actions_of(tree):
        for statement in action.parts:
            if statement.truth and statement.data == (effect,):
                return statement
    return None


def comparison_rows(statement: Node, policy: TrustPolicy, request: Request) -> list[ComparisonRow]:
    """A row for the principal, the action, each condition, and the caller's own permission."""
    who, action, *others = statement.parts
    rows = [_principal(who), _action(action)]
    for node in others:
        if node.code in _PERMISSIONS:
            rows.append(_permission(node, request))
        else:
            rows.append(_condition(node, policy, request))
    return rows


def _principal(node: Node) -> ComparisonRow:
    caller, named = node.data[0], node.data[1]
    every = [part.data[1] for part in node.parts] or [named]
    row = ComparisonRow("Principal", node.truth, node.path, wants_note=_WHO.get(node.code, ""))
    if node.truth is not False:
        return replace(row, has=(plain(caller),), wants=(plain(named),))
    return _compared(row, caller, every, wildcards=False)


def _action(node: Node) -> ComparisonRow:
    needed, written = node.data
    note = ANYTHING_BUT if "NotAction" in node.path else ""
    row = ComparisonRow("Action", node.truth, node.path, wants_note=note)
    if node.truth or note:
        return replace(row, has=(plain(needed),), wants=(plain(written),))
    return _compared(row, needed, [written], wildcards=True)


def _permission(node: Node, request: Request) -> ComparisonRow:
    note = f"a permission to call {request.action}"
    has_note = _PERMISSIONS[node.code]
    return ComparisonRow(
        "Its own policies", node.truth, node.path, has_note=has_note, wants_note=note
    )


def _condition(node: Node, policy: TrustPolicy, request: Request) -> ComparisonRow:
    key, spelled, *given = node.data
    operator = operators.parse_operator(spelled)
    row = ComparisonRow(short_key(key), node.truth, node.path, key=key, operator=spelled)
    values = _values_at(policy, node)
    if operator is not None and operator.is_null:
        return replace(row, has_note=_presence_note(node), wants_note=required_presence(values))
    if node.code is Reason.NO_SET_OPERATOR:
        held = request.keys.get(normalized_key(key))
        if isinstance(held, tuple):
            given = list(held)
        else:
            given = [str(held)]
    wants_note = ANYTHING_BUT if operators.is_negated(spelled) else ""
    row = replace(row, has_note=_missing_note(node), wants_note=wants_note)
    return _with_sides(row, node, given, values)


def _with_sides(
    row: ComparisonRow, node: Node, given: list[str], values: list[str]
) -> ComparisonRow:
    """The row with the values of both sides.

    Of a miss by a single value they are the nearest ones, with what differs marked.
    """
    if node.code is Reason.CONDITION and node.truth is False:
        return _compared(row, given[0], values, operators.takes_wildcards(row.operator))
    fitting = [part.data[1] for part in node.parts if part.truth and node.code is Reason.CONDITION]
    shown = fitting or values
    wants = tuple(map(plain, shown[:MOST]))
    return replace(row, has=tuple(map(plain, given)), wants=wants, more=len(shown[MOST:]))


def _compared(row: ComparisonRow, has: str, values: list[str], wildcards: bool) -> ComparisonRow:
    """The row with one value of the request next to those of the policy, the nearest first."""
    pairs = [diff_texts(has, value, wildcards) for value in values]
    pairs.sort(key=similarity, reverse=True)
    shown = pairs[:MOST]
    if shown:
        nearest_has = shown[0][0]
    else:
        nearest_has = plain(has)
    wants = tuple(wanted for _, wanted in shown)
    return replace(row, has=(nearest_has,), wants=wants, more=len(pairs) - len(shown))


def _missing_note(node: Node) -> str:
    if node.code in _MISSING:
        return NOT_THERE
    if node.code is Reason.KEY_UNKNOWN:
        return NOT_KNOWN
    return ""


def _presence_note(node: Node) -> str:
    if node.code is Reason.NULL_ABSENT:
        return NOT_THERE
    if node.code is Reason.NULL_PRESENT:
        return "there"
    return NOT_KNOWN


def _values_at(policy: TrustPolicy, node: Node) -> list[str]:
    """What the policy's text says at a condition's place."""
    statement = policy.statements[int(node.path[1])]
    place = tuple(node.path[2:])
    texts: list[str] = []
    for condition in statement.conditions:
        if condition.path == place:
            texts += map(text_from_scalar, condition.values)
    return texts
