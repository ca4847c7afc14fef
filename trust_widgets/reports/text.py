"""A report as text: a line for each finding, and all of it counted in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from trust_widgets.findings import Finding
from trust_widgets.policy import Home, find
from trust_widgets.readers import Unresolved
from trust_widgets.reports.checked_file import Checked, counts_in_words


def finding_lines(name: str, policies: Sequence[Checked]) -> Iterator[str]:
    """Yield a line for each finding of a file, its text as written.

    Before them, where the file names roles, a line with the role of the policy.
    """
    if not policies:
        yield f"{name}: no role found"
    told: set[str] = set()
    for policy in policies:
        if policy.record is not None:
            file = policy.record.place.file
        else:
            file = name
        if policy.role is not None:
            whose = f"role {policy.role}" if policy.role else "a role without a name"
            yield f"{file}:{policy.line}:{policy.column}: the trust policy of {whose}"
        lines = [*_lines_of_findings(name, policy), *map(unresolved_line, policy.unresolved)]
        for line in lines:
            if line not in told:
                yield line
            told.add(line)


def _lines_of_findings(name: str, policy: Checked) -> Iterator[str]:
    for placed in sorted(policy.placed, key=lambda each: (each.line, each.column)):
        finding = placed.finding
        if not finding.accepted:
            yield (
                f"{placed.file or name}:{placed.line}:{placed.column}: {finding.code}"
                f" {finding.verdict} {finding.severity} {finding.message}"
            )


def diff_lines(policies: Iterable[Checked]) -> Iterator[str]:
    """The fixes that the files allow, each as a unified diff under its finding's code."""
    for policy in policies:
        for placed in policy.placed:
            fix, record = placed.fix, policy.record
            if fix is None or record is None or placed.finding.accepted:
                continue
            yield f"# {placed.finding.code} line {placed.line}: {fix.title}"
            yield from fix.diff(record.sources.text_of(fix.file)).splitlines()


def unresolved_line(unresolved: Unresolved) -> str:
    """What a file does not say, as a line."""
    file, line, column, _ = unresolved.place
    reason = f" {unresolved.reason}" if unresolved.reason else ""
    return (
        f"{file}:{line}:{column}: unresolved {unresolved.expression}: this file does not contain"
        f" its value.{reason} Everything that does not depend on it was checked."
    )


def counts_line(findings: Sequence[Finding], unread: int, home: Home, home_file: str | None) -> str:
    """Return all in one line: `3 findings: 2 open, 1 advice; 1 accepted (trust-home.toml)`.

    After that come `TP302 is accepted at any value`, for entries that name no value, and
    `1 not read`.

    Args:
        findings: those of all files.
        unread: how many files could not be read.
        home: what is yours.
        home_file: the file that says so, if one was named.
    """
    accepted = [finding for finding in findings if finding.accepted]
    count = len(findings) - len(accepted)
    parts = ["1 finding" if count == 1 else f"{count} findings"]
    by_verdict = counts_in_words(findings)
    if by_verdict:
        parts[0] += f": {by_verdict}"
    if accepted:
        parts.append(f"{len(accepted)} accepted ({find(home_file or '.')})")
    parts += [f"{code} is accepted at any value" for code in _codes_accepted_at_any_value(home)]
    if unread:
        parts.append(f"{unread} not read")
    return "; ".join(parts)


def _codes_accepted_at_any_value(home: Home) -> list[str]:
    today = date.today()
    entries = [entry for entry in home.accepted if not entry.value and not entry.is_over(today)]
    return sorted({entry.code for entry in entries})
