"""One statement against one call, row by row: what the call has beside what the policy wants."""

from __future__ import annotations

from typing import Any

from trust_widgets.aws import operators
from trust_widgets.evaluation import Node, Outcome, Reason, Request, actions_of, nearest, undecided
from trust_widgets.policy import TrustPolicy, text_from_scalar
from trust_widgets.text.diff import Marked, closeness, marked, plain

MOST = 3  # values shown of a condition that has many
NOT_THERE = "not in the call"
ANYTHING_BUT = "anything but"

_WHO = {
    Reason.ACCOUNT_DELEGATES: "whoever this account lets",
    Reason.ROLE_OF_SESSION: "every session of",
    Reason.EVERYONE: "everyone",
    Reason.DELETED_PRINCIPAL: "nobody any more",
}
_PERMISSIONS = {
    Reason.PERMISSION_GIVEN: "its own policies allow the call",
    Reason.PERMISSION_MISSING: "its own policies do not allow the call",
    Reason.PERMISSION_UNKNOWN: "not known",
}
_MISSING = {
    Reason.KEY_MISSING,
    Reason.KEY_MISSING_NEGATED_TRUE,
    Reason.KEY_MISSING_IF_EXISTS,
    Reason.VACUOUS_FORALL,
    Reason.EMPTY_FORANY,
}
TRUTHS = {True: "yes", False: "no", None: "unknown"}
"""How the browser side calls true, false and not known; see `frontend/src/state.ts`."""


def deciding_statement(outcome: Outcome, tree: Node) -> Node | None:
    """The statement that the outcome rests on: that lets in, denies, is open, or comes nearest."""
    match outcome:
        case Outcome.NOT_ALLOWED:
            return nearest(tree)
        case Outcome.DEPENDS:
            return next(iter(undecided(tree)), None)
        case Outcome.ALLOWED | Outcome.DENIED:
            effect = "Allow" if outcome is Outcome.ALLOWED else "Deny"
            statements = (part for action in actions_of(tree) for part in action.parts)
            return next((part for part in statements if part.truth and part.data == (effect,)), None)
    return None


def drawn_rows(statement: Node, policy: TrustPolicy, request: Request) -> list[dict[str, Any]]:
    """A row for the principal, the action, each condition, and the caller's own permission."""
    who, action, *others = statement.parts
    rows = [_principal(who), _action(action)]
    for node in others:
        permission = node.code in _PERMISSIONS
        rows.append(_permission(node, request) if permission else _condition(node, policy, request))
    return rows


def _row(
    node: Node,
    label: str,
    has: list[Marked],
    wants: list[Marked],
    *,
    key: str = "",
    how: str = "",
    has_note: str = "",
    wants_note: str = "",
    more: int = 0,
) -> dict[str, Any]:
    return {
        "label": label,
        "key": key,
        "how": how,
        "truth": TRUTHS[node.truth],
        "path": list(node.path),
        "has": [one.drawn() for one in has],
        "hasNote": has_note,
        "wants": [one.drawn() for one in wants],
        "wantsNote": wants_note,
        "more": more,
    }


def _principal(node: Node) -> dict[str, Any]:
    caller = node.data[0]
    several = [part.data[1] for part in node.parts] or [node.data[1]]
    note = _WHO.get(node.code, "")
    if node.truth is not False:
        return _row(node, "Principal", [plain(caller)], [plain(node.data[1])], wants_note=note)
    has, wants, more = _against(caller, several, wildcards=False)
    return _row(node, "Principal", [has], wants, wants_note=note, more=more)


def _action(node: Node) -> dict[str, Any]:
    asked, written = node.data
    note = ANYTHING_BUT if "NotAction" in node.path else ""
    if node.truth or note:
        return _row(node, "Action", [plain(asked)], [plain(written)], wants_note=note)
    has, wants, more = _against(asked, [written], wildcards=True)
    return _row(node, "Action", [has], wants, more=more)


def _permission(node: Node, request: Request) -> dict[str, Any]:
    note = f"a permission to call {request.action}"
    return _row(node, "Its own policies", [], [], has_note=_PERMISSIONS[node.code], wants_note=note)


def _condition(node: Node, policy: TrustPolicy, request: Request) -> dict[str, Any]:
    key, operator, *given = node.data
    parts = operators.parts(operator)
    base = parts.base if parts else ""
    said: dict[str, Any] = {"key": key, "how": operator}
    values = _values_at(policy, node)
    if base == "Null":
        note = "that it is not there" if "true" in {value.lower() for value in values} else "that it is there"
        return _row(node, short(key), [], [], has_note=_there(node), wants_note=note, **said)
    if "Not" in base:
        said["wants_note"] = ANYTHING_BUT
    if node.code is Reason.NO_SET_OPERATOR:
        held = request.keys.get(key.lower())
        given = list(held) if isinstance(held, tuple) else [str(held)]
    has, wants, more = _sides(node, given, values, base)
    note = NOT_THERE if node.code in _MISSING else "not known" if node.code is Reason.KEY_UNKNOWN else ""
    return _row(node, short(key), has, wants, has_note=note, more=more, **said)


def _sides(node: Node, given: list[str], values: list[str], base: str) -> tuple[list[Marked], list[Marked], int]:
    """The values of both sides; of a miss by a single value the nearest ones, with what differs marked."""
    if node.code is Reason.CONDITION and node.truth is False:
        wildcards = base.endswith("Like") or base.startswith("Arn")
        has, wants, more = _against(given[0], values, wildcards)
        return [has], wants, more
    fitting = [part.data[1] for part in node.parts if part.truth and node.code is Reason.CONDITION]
    shown = fitting or values
    return [plain(value) for value in given], [plain(value) for value in shown[:MOST]], len(shown[MOST:])


def _against(has: str, values: list[str], wildcards: bool) -> tuple[Marked, list[Marked], int]:
    """One value of the call against those of the policy, the nearest first."""
    pairs = sorted((marked(has, value, wildcards) for value in values), key=closeness, reverse=True)
    shown = pairs[:MOST]
    return (shown[0][0] if shown else plain(has)), [wants for _, wants in shown], len(pairs) - len(shown)


def _there(node: Node) -> str:
    return (
        NOT_THERE if node.code is Reason.NULL_ABSENT else "there" if node.code is Reason.NULL_PRESENT else "not known"
    )


def _values_at(policy: TrustPolicy, node: Node) -> list[str]:
    """What the policy's text says at a condition's place."""
    statement = policy.statements[int(node.path[1])]
    found = (each for each in statement.conditions if each.path == tuple(node.path[2:]))
    return [text_from_scalar(value) for each in found for value in each.values]


def short(key: str) -> str:
    """A key as people call it: `sub` of a token, and AWS's own keys in full.

    Example:
        >>> short("token.actions.githubusercontent.com:sub"), short("aws:SourceArn")
        ('sub', 'aws:SourceArn')
    """
    before, _, name = key.rpartition(":")
    return name if "." in before else key
