"""Which actions a policy allows for which principals: what else a call needs may stand in a
statement of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.policy.edits import Fix, Insert, Replace
from trust_widgets.policy.semantics import may_name
from trust_widgets.policy.statements import statements
from trust_widgets.policy.values import Path, Principal, Statement, TrustPolicy

TAGS, IDENTITY = TAG_SESSION, SET_SOURCE_IDENTITY


def is_allowed(policy: TrustPolicy, principal: Principal | None, action: str) -> bool:
    """Whether some Allow names an action for callers that a principal may mean too."""
    return any(
        may_name(statement, action) and share_callers(principal, statement.principal)
        for _, statement in statements(policy, "Allow")
    )


def share_callers(one: Principal | None, other: Principal | None) -> bool:
    """Whether two principals may mean one caller; where that is not plain, they may."""
    if one is None or other is None or one.star or other.star:
        return True
    mine, theirs = list(_who(one)), set(_who(other))
    return ("AWS", "*") in {*mine, *theirs} or bool(theirs & set(mine))


def _who(principal: Principal) -> Iterator[tuple[str, str]]:
    """Of users and roles their account, which may mean them all."""
    for _, kind, text in principal.each():
        yield kind, (account_of(text) or text) if kind == "AWS" else text


def adding(path: Path, statement: Statement, *actions: str) -> Fix | None:
    """The statement with more actions."""
    if not statement.action:
        return None
    title = f"Allow {' and '.join(actions)} too"
    if len(statement.action) == 1:
        return Fix(title, (Replace((*path, "Action"), [statement.action[0], *actions]),))
    end = len(statement.action)
    return Fix(
        title, tuple(Insert((*path, "Action", end + n), action) for n, action in enumerate(actions))
    )
