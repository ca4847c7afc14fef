"""Reading the tree of a decision: its actions, the statement that came nearest, and what nobody told us.

The call's node stands on top; where a call needs several actions, a node for each; then the statements.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.evaluation.reasons import Node, Reason

CALLER_PERMISSION = "caller permission"
PRINCIPAL = "principal"

# A statement that names the caller is nearer than any that does not, and one for its action than one for another.
_WEIGHTS = {Reason.PRINCIPAL_DIFFERS: 100, Reason.ACTION_DIFFERS: 50}


def actions_of(tree: Node) -> tuple[Node, ...]:
    """The answer for each action that the call needs."""
    several = bool(tree.parts) and tree.parts[0].code is not Reason.STATEMENT
    return tree.parts if several else (tree,)


def failed_action(tree: Node) -> Node | None:
    """The first action that no Allow is for; `None` when there is none."""
    wanting = (Reason.NO_ALLOW, Reason.TAG_SESSION_MISSING, Reason.SOURCE_IDENTITY_MISSING)
    return next((action for action in actions_of(tree) if action.code in wanting), None)


def nearest(tree: Node) -> Node | None:
    """The Allow that came nearest to letting a call in that none let in."""
    failed = failed_action(tree)
    allows = [statement for statement in failed.parts if statement.data == ("Allow",)] if failed else []
    return min(allows, key=_distance, default=None)


def _distance(statement: Node) -> int:
    return sum(_WEIGHTS.get(part.code, 1) for part in statement.parts if part.truth is False)


def undecided(tree: Node) -> tuple[Node, ...]:
    """The statements whose answer depends on what nobody told us, of the actions that depend on them."""
    depending = (action for action in actions_of(tree) if action.code is Reason.DEPENDS)
    return tuple(statement for action in depending for statement in action.parts if statement.truth is None)


def needs_of(tree: Node) -> tuple[str, ...]:
    """What an answer depends on: keys as the policy spells them, `caller permission`, `principal`."""
    return tuple(dict.fromkeys(name for statement in undecided(tree) for name in _unknown_in(statement)))


def _unknown_in(statement: Node) -> Iterator[str]:
    for node in statement.walk():
        if node.code is Reason.KEY_UNKNOWN:
            yield node.data[0]
        elif node.code is Reason.VARIABLE_UNKNOWN:
            yield node.data[2]
        elif node.code is Reason.PERMISSION_UNKNOWN:
            yield CALLER_PERMISSION
        elif node.code is Reason.PRINCIPAL_UNKNOWN and node.truth is None:
            yield PRINCIPAL
