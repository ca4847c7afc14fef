"""What was checked, as JSON that a script reads; docs/command-line.md describes it.

Its `version` grows when something in it is renamed, taken away or means something else. What is
added, a script that does not know it may pass over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from trust_widgets.findings import is_internal_error
from trust_widgets.readers import Unresolved
from trust_widgets.reports.checked_file import Checked, title_of
from trust_widgets.reports.placing import Placed

VERSION = 1


def json_report(policies: Iterable[Checked], unread: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The report, as plain JSON values.

    Args:
        policies: what was checked, in order.
        unread: the files that could not be read, each with the reason.

    Example:
        >>> from trust_widgets.reports.checked_file import checked
        >>> text = '{"Version": "2012-10-17", "Statement": []}'
        >>> report = json_report(checked("p.json", text), ())
        >>> [(finding["code"], finding["span"]["line"]) for finding in report["findings"]]
        [('TP106', 1)]
    """
    policies = tuple(policies)
    placed = [(each, one) for each in policies for one in each.placed]
    return {
        "version": VERSION,
        "policies": [
            {"file": each.file, "role": each.role, "line": each.line, "column": each.column}
            for each in policies
        ],
        "findings": [
            _finding(each, one) for each, one in placed if not is_internal_error(one.finding)
        ],
        "notifications": [
            _notification(each, one) for each, one in placed if is_internal_error(one.finding)
        ],
        "unresolved": [_unresolved(each, one) for each in policies for one in each.unresolved],
        "not_read": [{"file": file, "reason": reason} for file, reason in unread],
    }


def _notification(policy: Checked, placed: Placed) -> dict[str, Any]:
    """An internal error of the tool, which says nothing about the policy."""
    finding = placed.finding
    return {
        "file": policy.file,
        "role": policy.role,
        "code": finding.code,
        "name": finding.name,
        "level": "error",
        "message": finding.message,
        "path": list(finding.path),
        "span": placed.span,
    }


def _unresolved(policy: Checked, unresolved: Unresolved) -> dict[str, Any]:
    """What a file does not say."""
    place = unresolved.place
    return {
        "file": place.file,
        "role": policy.role,
        "expression": unresolved.expression,
        "reason": unresolved.reason,
        "line": place.line,
        "column": place.column,
    }


def _titles(placed: Placed) -> list[str]:
    fix = placed.finding.fix or placed.fix
    if fix is not None:
        return [fix.title]
    return []


def _edits(placed: Placed) -> list[dict[str, Any]]:
    """The characters of the file that the fix replaces, from 0."""
    if placed.fix is None:
        return []
    return [{"start": start, "end": end, "text": text} for start, end, text in placed.fix.splices]


def _finding(policy: Checked, placed: Placed) -> dict[str, Any]:
    finding = placed.finding
    return {
        "file": placed.file or policy.file,
        "role": policy.role,
        "code": finding.code,
        "name": finding.name,
        "verdict": str(finding.verdict),
        "severity": str(finding.severity),
        "title": title_of(finding),
        "message": finding.message,
        "path": list(finding.path),
        "span": placed.span,
        "callers": list(finding.callers),
        "fixes": _titles(placed),
        "edits": _edits(placed),
        "link": finding.page or None,
        "accepted": finding.accepted or None,
    }
