"""A text that is pasted over the policy and holds roles: unwrapped, with what it says of a role."""

from __future__ import annotations

import re

from trust_widgets.model import TrustModel, known_of
from trust_widgets.readers import FileContents, RoleRecord, read_pasted
from trust_widgets.text.english import listed

SHORTEST = 40  # characters that are put in at once: fewer are typed
_SESSION = re.compile(r"max[-_]?session[-_]?duration\W{1,4}(\d{1,6})", re.IGNORECASE)


def is_pasted(before: str, after: str) -> bool:
    """Whether so much was put in at once that nobody typed it."""
    if len(after) < SHORTEST:
        return False
    if len(after) - len(before) >= SHORTEST:
        return True
    return after[:SHORTEST] != before[:SHORTEST]


def unwrap(model: TrustModel) -> str:
    """Replace a text that describes one role by the role's trust policy.

    The role's name, path, account and longest session are taken over. It is a separate step for
    undo, which brings the text back as it was pasted. Of a text with several roles one is to be
    chosen: they are put into `model.pasted`.

    Returns:
        What was done, or what hinders it, in one line; `""` where the text describes no role.
    """
    contents = read_pasted(model.text)
    records = tuple(record for record in contents.records if is_worth_taking(record))
    if len(records) == 1:
        return take_role(model, records[0])
    if records:
        model.pasted = (model.text, records)
        return f"This text has {len(records)} roles: choose one above."
    return _hindrance(contents)


def is_worth_taking(record: RoleRecord) -> bool:
    """Whether a record is a role, or a policy in another language, and not a policy in JSON."""
    is_other = record.is_role or record.document.tree is not None
    return is_other and bool(record.document.tree or record.trust is not None)


def _hindrance(contents: FileContents) -> str:
    """Why a text of another language is left as it is."""
    unresolved = [one for record in contents.records for one in record.unresolved]
    if unresolved:
        names = dict.fromkeys(one.expression for one in unresolved)
        return f"The trust policy is not in this text: it is {listed(list(names)[:3])}."
    faults = [note.message for note in contents.notes if note.is_fault]
    return f"{faults[0]}." if faults else ""


def take_role(model: TrustModel, record: RoleRecord) -> str:
    """Write a role's trust policy into a model, with what is known of the role.

    Returns:
        What was taken, in one line.
    """
    shown = record.shown
    known = known_of(record)
    of_role = {name: value for name, _, value in known}
    model.replace_with(shown.text, (*shown.holes, *shown.missing), **of_role)
    taken = ", ".join(["its trust policy", *(words for _, words, _ in known)])
    unknown = ""
    if record.unresolved:
        names = dict.fromkeys(one.expression for one in record.unresolved)
        unknown = f" Not known: {listed(list(names)[:3])}."
    return f"Taken from the role that you pasted: {taken}. Undo shows what you pasted.{unknown}"
