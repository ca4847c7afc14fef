"""A text that is pasted over the policy and holds one: unwrapped, with what it says of the role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from trust_widgets.aws.limits import ROLE_NAME, SESSION_SECONDS
from trust_widgets.readers import RoleRecord, read_text

if TYPE_CHECKING:
    from trust_widgets.model import TrustModel

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

    The role's name, path, account and longest session are taken over. It is a step of its own for
    undo, which brings the text back as it was pasted.

    Returns:
        What was done, in one line; `""` where the text describes no role, or several.
    """
    record = _described_role(model.text)
    if record is None:
        return ""
    known = _known_of_role(record, model.text)
    model.replace_with(record.text, **{name: value for name, _, value in known})
    taken = ", ".join(["its trust policy", *(words for _, words, _ in known)])
    return f"Taken from the role that you pasted: {taken}. Undo shows what you pasted."


def _described_role(text: str) -> RoleRecord | None:
    records = read_text("pasted", text).records
    if len(records) != 1:
        return None
    record = records[0]
    if record.is_role and record.trust is not None:
        return record
    return None


def _known_of_role(record: RoleRecord, pasted: str) -> list[tuple[str, str, Any]]:
    """What is said of the role: the model's name for it, in words, and the value."""
    said: list[tuple[str, str, Any]] = [
        ("role_name", "name", _name_in(record, pasted)),
        ("path", "path", record.path),
        ("account", "account", record.account),
        ("max_session", "session duration", _session_in(pasted)),
    ]
    return [each for each in said if each[2]]


def _name_in(record: RoleRecord, pasted: str) -> str:
    """The role's name where the text gives it; a template's own name for the role is none."""
    name = record.name
    if not re.fullmatch(ROLE_NAME, name, re.ASCII):
        return ""
    is_given = re.search(
        rf"role-?name\W{{1,4}}{re.escape(name)}\b",
        pasted,
        re.IGNORECASE,
    )
    return name if is_given else ""


def _session_in(pasted: str) -> int:
    found = _SESSION.search(pasted)
    if found is None:
        return 0
    seconds = int(found[1])
    shortest, longest = SESSION_SECONDS
    return seconds if shortest <= seconds <= longest else 0
