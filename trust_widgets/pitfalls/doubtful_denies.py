"""Deny statements of `{"AWS": "*"}`, of which AWS does not say whether they mean services and
holders of tokens.
"""

from __future__ import annotations

from dataclasses import replace

from trust_widgets.policy import Statement, TrustPolicy

SEARCH_STATES = 600
"""How many states a rule searches for a caller; a usual policy takes a tenth of that."""


def names_as_everyone(deny: Statement, statement: Statement) -> bool:
    """Whether a Deny names the callers of a statement only if `{"AWS": "*"}` means them too."""
    named, theirs = deny.principal, statement.principal
    if deny.effect != "Deny" or named is None or theirs is None or named.star or theirs.star:
        return False
    if theirs.aws is not None or named.service is not None or named.federated is not None:
        return False
    return "*" in (named.aws or ())


def without_doubtful(policy: TrustPolicy, statement: Statement) -> TrustPolicy:
    """A policy without the Deny statements that name the callers of one of its statements only
    so.
    """
    kept = tuple(each for each in policy.statements if not names_as_everyone(each, statement))
    if len(kept) == len(policy.statements):
        return policy
    return replace(policy, statements=kept)
