"""Who can assume the roles of files, as text and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trust_widgets.explain import access_words
from trust_widgets.policy import Home
from trust_widgets.readers import RoleRecord
from trust_widgets.reports.change_report import json_callers
from trust_widgets.reports.comparing import RoleChange, change_of_role

VERSION = 1


def callers_of_roles(records: Iterable[RoleRecord], home: Home) -> tuple[RoleChange, ...]:
    """Who can assume each role: what callers would gain if the role were new.

    Args:
        records: the roles, as `read_roles` gives them.
        home: what is yours.
    """
    return tuple(change_of_role(None, record, home) for record in records)


def callers_lines(role: RoleChange) -> Iterator[str]:
    """A role as lines of text: its place, and a line for each kind of caller."""
    is_role = role.new is not None and role.new.is_role
    yield f"{role.place}: role {role.name}" if is_role else f"{role.place}: the trust policy"
    if role.status == "not compared":
        yield f"  Who can assume this role is not known. {role.reason}"
        yield from (f"  {each}" for each in role.unresolved)
    elif role.gained.found is False:
        yield "  Nobody can assume this role."
    else:
        if role.gained.found is None:
            yield f"  {role.gained.because}"
        for each in role.callers:
            yield f"  {each.sentence} {access_words(each.external, each.accounts)}"


def json_of_callers(roles: Iterable[RoleChange]) -> dict[str, Any]:
    """All as plain values of JSON."""
    return {"version": VERSION, "roles": [_json_of(role) for role in roles]}


def _json_of(role: RoleChange) -> dict[str, Any]:
    if role.gained.found:
        reason = ""
    else:
        reason = role.reason or role.gained.because
    return {
        "role": role.name,
        "place": role.place,
        "can_be_assumed": role.gained.found,
        "callers": json_callers(role.callers),
        "unresolved": [str(each) for each in role.unresolved],
        "reason": reason,
    }
