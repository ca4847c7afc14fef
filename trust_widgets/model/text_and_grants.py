"""From a policy's statements to grants, and from grants that changed to the policy's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trust_widgets.findings import Finding, internal_error
from trust_widgets.model.grant_reading import grants_from_statements
from trust_widgets.model.grants import Grant, complaints_of, statements_of
from trust_widgets.model.placement import Placed, Statements, said
from trust_widgets.policy import statement_to_dict
from trust_widgets.text.json.edit import replace_slice


class ReadGrants(NamedTuple):
    """Grants that were read from statements.

    Args:
        placed: the grants with their statements.
        account: the role's account, if it is known or a statement names it.
        failure: why all of them are shown as written by hand, if reading them raised.
    """

    placed: tuple[Placed, ...]
    account: str
    failure: Finding | None = None


def read_grants(statements: Statements, account: str) -> ReadGrants:
    """Read statements as grants; when that raises, each counts as written by hand."""
    try:
        return ReadGrants(*grants_from_statements(statements, account))
    except Exception as error:
        effect = "The statements are shown as custom statements."
        failure = internal_error("Reading the statements into the form", error, effect)
        by_hand = tuple((Grant("", by_hand=each), (each,)) for each in statements)
        return ReadGrants(by_hand, account, failure)


def statements_to_write(grant: Grant, in_text: Statements, account: str) -> Statements:
    """Return a grant's statements.

    They are those in the text while the grant is unfinished, or means the same.
    """
    if complaints_of(grant, account):
        return in_text
    now = statements_of(grant, account)
    if said(in_text) == said(now):
        return in_text
    return now


def all_statements_to_write(
    grants: Sequence[Grant], in_text: Sequence[Statements], waits: Sequence[bool], account: str
) -> list[Statements]:
    """Return the statements of each grant.

    Args:
        grants: all of a model.
        in_text: what each has in the text.
        waits: whether it stays out of the text while it has nothing there.
        account: the account the role lives in.
    """
    statements = []
    for grant, before, is_waiting in zip(grants, in_text, waits, strict=True):
        if is_waiting and not before:
            statements.append(before)
        else:
            statements.append(statements_to_write(grant, before, account))
    return statements


def rewritten_text(text: str, changes: Iterable[tuple[int, int, Statements]]) -> str:
    """Replace ranges of statements in a policy's text, the last ones first."""
    for first, last, statements in changes:
        documents = [statement_to_dict(statement) for statement in statements]
        text = replace_slice(text, ("Statement",), first, last, documents)
    return text
