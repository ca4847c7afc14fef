"""What was checked, as SARIF 2.1.0, which GitHub code scanning and editors take.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import trust_widgets
from trust_widgets.findings import (
    CODE,
    NAME,
    TITLE,
    Finding,
    Severity,
    Verdict,
    is_internal_error,
    path_text,
)
from trust_widgets.reports.checked_file import Checked, title_of
from trust_widgets.reports.placing import Placed
from trust_widgets.text.terminal import one_line

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME_PAGE = "https://github.com/octo-org/trust_widgets"
# a text that cannot be read has no page
UNREADABLE = f"{HOME_PAGE}/blob/main/docs/command-line.md"
_MEANINGS = {
    Verdict.REFUSED: "IAM rejects this document.",
    Verdict.DEAD: "IAM accepts it, but it never matches any caller.",
    Verdict.OPEN: "It works, and allows more callers than intended in most cases.",
    Verdict.ADVICE: "It works as intended. This is a note.",
}
_LEVELS = {
    Severity.ERROR: "error",
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "warning",
    Severity.INFO: "note",
}


def sarif_report(policies: Iterable[Checked], unread: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The report, as plain JSON values.

    What was accepted is left out: GitHub's page does not list `suppressions` among the properties
    that it reads, so it would be shown there as if nobody had accepted it. An internal error is a
    notification, not a result.

    Args:
        policies: what was checked, in order.
        unread: the files that could not be read, each with the reason.

    Example:
        >>> from trust_widgets.reports.checked_file import checked
        >>> text = '{"Version": "2012-10-17", "Statement": []}'
        >>> report = sarif_report(checked("p.json", text), ())
        >>> [(result["ruleId"], result["level"]) for result in report["runs"][0]["results"]]
        [('TP106', 'error')]
    """
    open_findings = [
        (each, placed) for each in policies for placed in each.placed if not placed.finding.accepted
    ]
    reported = [pair for pair in open_findings if not is_internal_error(pair[1].finding)]
    failed = [pair for pair in open_findings if is_internal_error(pair[1].finding)]
    examples = {placed.finding.code: placed.finding for _, placed in reported}
    codes = sorted(examples)
    run = {
        "tool": {"driver": _driver([_rule(examples[code]) for code in codes], bool(failed))},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(unread, failed)],
        "results": [
            _result(policy, placed, codes.index(placed.finding.code)) for policy, placed in reported
        ],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(rules: list[dict[str, Any]], has_failed: bool) -> dict[str, Any]:
    """What made the report, and which rules and notifications are in it."""
    driver: dict[str, Any] = {
        "name": "trust-widgets",
        "version": trust_widgets.__version__,
        "informationUri": HOME_PAGE,
        "rules": rules,
    }
    if has_failed:
        driver["notifications"] = [_INTERNAL_ERROR]
    return driver


_INTERNAL_ERROR = {
    "id": CODE,
    "name": NAME,
    "shortDescription": {"text": TITLE},
    "fullDescription": {
        "text": f"{TITLE}. Nothing is wrong with the policy, but not everything was checked."
    },
    "helpUri": UNREADABLE,
}


def _rule(finding: Finding) -> dict[str, Any]:
    """What is true of every finding of one code."""
    about = [f"When this is OK: {finding.fine}"] if finding.fine else []
    source = [f"Source: {finding.source}"] if finding.source else []
    meaning = _MEANINGS[finding.verdict]
    return {
        "id": finding.code,
        "name": finding.name,
        "shortDescription": _message(title_of(finding)),
        "fullDescription": _message(f"{title_of(finding)}. {meaning}"),
        "help": _message("\n\n".join([meaning, *about, *source])),
        "helpUri": finding.page or UNREADABLE,
    }


def _result(policy: Checked, placed: Placed, rule: int) -> dict[str, Any]:
    finding = placed.finding
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": _message(one_line(finding.message)),
        "locations": [_location(policy, placed)],
        "properties": {"verdict": str(finding.verdict), "severity": str(finding.severity)},
        **_fixes(placed),
    }


def _fixes(placed: Placed) -> dict[str, Any]:
    """The fix as replacements of the file's characters, as section 3.55 describes them."""
    fix = placed.fix
    if fix is None:
        return {}
    replacements = [
        {
            "deletedRegion": {"charOffset": start, "charLength": end - start},
            "insertedContent": {"text": text},
        }
        for start, end, text in fix.splices
    ]
    changes = [{"artifactLocation": {"uri": _uri(fix.file)}, "replacements": replacements}]
    return {"fixes": [{"description": _message(fix.title), "artifactChanges": changes}]}


def _location(policy: Checked, placed: Placed) -> dict[str, Any]:
    path = path_text(placed.finding.path)
    where = one_line(f"{policy.role}: {path}" if policy.role else path)
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": where}]}
    file = placed.file or policy.file
    if file:
        artifact = {"uri": _uri(file)}
        location["physicalLocation"] = {"artifactLocation": artifact, "region": _region(placed)}
    return location


def _message(text: str) -> dict[str, str]:
    """Return a text whose braces and brackets have no meaning in SARIF (3.11.5, 3.11.6)."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _region(placed: Placed) -> dict[str, int]:
    """Lines and columns from 1; the end is the column after the last character."""
    return {
        "startLine": placed.line,
        "startColumn": placed.column,
        "endLine": placed.end_line,
        "endColumn": placed.end_column,
    }


def _invocation(
    unread: Sequence[tuple[str, str]], failed: Sequence[tuple[Checked, Placed]]
) -> dict[str, Any]:
    """Return whether all was read and checked, with each unread file and internal error."""
    notes: list[dict[str, Any]] = [
        {
            "level": "error",
            "message": _message(one_line(f"Not read: {reason}")),
            "locations": _whole_file(file),
        }
        for file, reason in unread
    ]
    notes += [_notification(policy, placed) for policy, placed in failed]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _whole_file(file: str) -> list[dict[str, Any]]:
    if not file:
        return []
    return [{"physicalLocation": {"artifactLocation": {"uri": _uri(file)}}}]


def _notification(policy: Checked, placed: Placed) -> dict[str, Any]:
    """An internal error, as section 3.58 describes it."""
    return {
        "descriptor": {"id": CODE, "index": 0},
        "level": "error",
        "message": _message(one_line(placed.finding.message)),
        "locations": [_location(policy, placed)],
    }


def _uri(file: str) -> str:
    """A file's name as a URI: relative names stay relative to the working folder, URLs as they are.

    Example:
        >>> _uri("roles/a b#1.json")
        'roles/a%20b%231.json'
    """
    if "://" in file:
        return quote(os.fsencode(file), safe=":/?#[]@!$&'()*+,;=%")
    path = Path(file)
    if path.is_absolute():
        return path.as_uri()
    return quote(os.fsencode(path.as_posix()))
