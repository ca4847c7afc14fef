"""What answers about one policy must have in common, whatever the policy is."""

from __future__ import annotations

import trust_widgets as tw
from trust_widgets.access import can_let_in


def broken_laws(policy: tw.TrustPolicy, home: tw.Home | None = None) -> list[str]:
    """Return a sentence for each law that the answers about a policy break.

    Whoever `is_public` shows has a class in `who_gets_in` that is not said to be without strangers.
    Each Allow statement that names a principal has a class too, unless `can_let_in` says no: "not
    decided" is not "nobody".
    """
    classes = tw.who_gets_in(policy, home)
    found = []
    if tw.is_public(policy, home).found and all(each.stranger is False for each in classes):
        found.append("is_public shows a stranger, and no class of who_gets_in can have strangers")
    with_class = {each.path[1] for each in classes}
    for number, statement in enumerate(policy.statements):
        if statement.effect != "Allow" or _names_nobody(statement) or number in with_class:
            continue
        answer = can_let_in(policy, number, home)
        if answer.found is not False:
            found.append(
                f"can_let_in says {answer.found} of statement {number}, which has no class in"
                " who_gets_in"
            )
    return found


def _names_nobody(statement: tw.Statement) -> bool:
    """Return whether a statement has no principal at all: neither element, or an empty list."""
    if statement.not_principal is not None:
        return False
    return statement.principal is None or not (
        statement.principal.star or any(statement.principal.each())
    )
