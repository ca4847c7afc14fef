"""What the reader has accepted: a finding's value, and whether that is accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from trust_widgets.findings import Finding, path_text
from trust_widgets.pitfalls.former_codes import FormerCode, note_on_former_code
from trust_widgets.policy import Home, Path


def settled(
    finding: Finding,
    document: dict[str, Any],
    home: Home,
    today: date | None,
    former_codes: tuple[FormerCode, ...] = (),
) -> Finding:
    """The finding with the value at its place, and the reason for which it was accepted.

    Args:
        finding: of a pitfall.
        document: the policy as plain JSON values.
        home: what was accepted.
        today: the day on which acceptances may be over; the present one when none is given.
        former_codes: the pitfall's; an acceptance of one counts, and the reason then says so.
    """
    valued = replace(finding, value=value_at(document, finding.path))
    where = path_text(valued.path)
    accepted = home.acceptance(valued.code, where, valued.value, today)
    if accepted:
        return replace(valued, accepted=accepted.reason)
    for former in former_codes:
        accepted = home.acceptance(former.code, where, valued.value, today)
        if accepted:
            note = note_on_former_code(former.code, valued.code)
            return replace(valued, accepted=f"{accepted.reason} ({note})")
    return valued


def value_at(document: Any, path: Path) -> str:
    """The text at a place, or the compact JSON of what is no text; never empty, so that it names
    one value.

    Statements and values are counted also where there is no list. A place that is not there has the
    value of what is around it.

    Args:
        document: plain JSON values.
        path: a place in it.

    Example:
        >>> value_at(
        ...     {"Statement": {"Principal": {"AWS": "444455556666"}}},
        ...     ("Statement", 0, "Principal", "AWS", 0),
        ... )
        '444455556666'
        >>> value_at(
        ...     {"Statement": {"Principal": {"AWS": "444455556666"}}}, ("Statement", 0, "Principal")
        ... )
        '{"AWS":"444455556666"}'
    """
    for step in path:
        if isinstance(step, int) and not isinstance(document, list):
            document = [document]
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            break
    if isinstance(document, str) and document:
        return document
    return json.dumps(document, separators=(",", ":"), sort_keys=True)
