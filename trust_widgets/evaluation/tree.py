"""Reading the tree of a decision: its actions, the statement that came nearest, and what is not
known.

The call's node is on top; where a call needs several actions, a node for each; then the
statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.evaluation.closest import nearness
from trust_widgets.evaluation.trace import Node, Reason
from trust_widgets.policy import CACHE, is_session_action

CALLER_PERMISSION = "caller permission"
PRINCIPAL = "principal"
EVERYONE = "principal *"
"""Whether "*" matches callers with a token or a SAML assertion, which AWS does not say."""

# A statement that names the caller is nearer than any that does not, and one for its action than
# one for another. One that nearly names the caller lies between.
_WEIGHTS = {
    Reason.PRINCIPAL_DIFFERS: 100,
    Reason.ACTION_DIFFERS: 50,
    Reason.DELETED_PRINCIPAL: 20,
    Reason.PARTITION_DIFFERS: 20,
    Reason.PRINCIPAL_CASE_DIFFERS: 20,
    Reason.SESSION_IS_NOT_ROLE: 20,
}
_WANTING = (
    Reason.NO_ALLOW,
    Reason.TAG_SESSION_MISSING,
    Reason.SOURCE_IDENTITY_MISSING,
    Reason.CONTEXT_MISSING,
)
# a statement for session tags alone says nothing about a call that wants to assume the role
_OTHER_HALF = 200


def actions_of(tree: Node) -> tuple[Node, ...]:
    """The answer for each action that the call needs."""
    if tree.parts and tree.parts[0].code is not Reason.STATEMENT:
        return tree.parts
    return (tree,)


def failed_action(tree: Node) -> Node | None:
    """The first action that no Allow is for; `None` when there is none."""
    return next((action for action in actions_of(tree) if action.code in _WANTING), None)


def nearest(tree: Node) -> Node | None:
    """The Allow that came nearest to letting a call in that none allowed; of several as near, the
    first.
    """
    return next(iter(all_nearest(tree)), None)


def all_nearest(tree: Node) -> tuple[Node, ...]:
    """Every Allow than which none came nearer; looked for once, since many sentences need it."""
    memo = CACHE.decisions.of(tree)
    found: tuple[Node, ...] | None = memo.get(all_nearest)
    if found is None:
        found = memo[all_nearest] = _all_nearest(tree)
    return found


def _all_nearest(tree: Node) -> tuple[Node, ...]:
    failed = failed_action(tree)
    if failed is None:
        return ()
    allows = [
        (statement, _distance(statement))
        for statement in failed.parts
        if statement.data == ("Allow",)
    ]
    least = min((distance for _, distance in allows), default=None)
    return tuple(allow for allow, distance in allows if distance == least)


def _distance(statement: Node) -> tuple[int, int]:
    """How far a statement is from letting the call in; of two as far, the one with the more alike
    values is nearer.
    """
    misses = [part for part in statement.parts if part.truth is False]
    return sum(map(weight, misses)), -sum(map(nearness, misses))


def weight(miss: Node) -> int:
    """How far the request is from what the policy requires."""
    if miss.code is Reason.ACTION_DIFFERS:
        wanted, written = miss.data
        if is_session_action(written) and not is_session_action(wanted):
            return _OTHER_HALF
    return _WEIGHTS.get(miss.code, 1)


def undecided(tree: Node) -> tuple[Node, ...]:
    """The statements whose answer depends on what is unknown, of the actions that depend on
    them.
    """
    return undecided_in(actions_of(tree))


def undecided_in(actions: Iterable[Node]) -> tuple[Node, ...]:
    """The same of some of a call's actions."""
    depending = (action for action in actions if action.code is Reason.DEPENDS)
    return tuple(statement for action in depending for statement in _open_in(action))


def _open_in(action: Node) -> Iterator[Node]:
    """Where an Allow lets the call in already, only what a Deny says is open."""
    statements = [part for part in action.parts if part.code is Reason.STATEMENT]
    allowed = any(statement.truth and statement.data == ("Allow",) for statement in statements)
    for statement in statements:
        if statement.truth is None and not (allowed and statement.data == ("Allow",)):
            yield statement


def needs_of(tree: Node) -> tuple[str, ...]:
    """What an answer depends on: keys as the policy spells them, `caller permission`,
    `principal`.
    """
    return needs_in((*undecided(tree), *tags_unknown(tree)))


def needs_in(nodes: Iterable[Node]) -> tuple[str, ...]:
    """What these nodes depend on, each once."""
    return tuple(dict.fromkeys(name for node in nodes for name in _unknown_in(node)))


def tags_unknown(tree: Node) -> tuple[Node, ...]:
    """The unknown keys whose presence alone makes the call need another
    action.
    """
    return tuple(
        part
        for action in actions_of(tree)
        for part in action.parts
        if part.code is Reason.KEY_UNKNOWN
    )


def _unknown_in(node: Node) -> Iterator[str]:
    """What a node depends on; where it is decided, nothing below it matters."""
    if node.truth is not None:
        return
    if node.code in (Reason.KEY_UNKNOWN, Reason.PATH_UNKNOWN):
        yield node.data[0]
    elif node.code is Reason.VARIABLE_UNKNOWN:
        yield node.data[2]
    elif node.code is Reason.PERMISSION_UNKNOWN:
        yield CALLER_PERMISSION
    elif node.code is Reason.PRINCIPAL_UNKNOWN:
        yield PRINCIPAL
    elif node.code is Reason.EVERYONE_UNDOCUMENTED:
        yield EVERYONE
    for part in node.parts:
        yield from _unknown_in(part)
