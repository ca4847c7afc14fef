"""Findings with their places: lines and columns of the text, or of the file that holds it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from trust_widgets.findings import Finding, internal_error, read_policy
from trust_widgets.pitfalls import findings_of
from trust_widgets.policy import Home, locate
from trust_widgets.readers import Sources
from trust_widgets.reports.file_fixes import FileFix

_BREAK = re.compile(r"\r\n|\r|\n")
NO_PLACE = "Some findings are shown at the beginning of the policy."


class Placed(NamedTuple):
    """A finding with its place in the file.

    Args:
        finding: the finding.
        start, end: its characters, from 0.
        line, column: of the first character, from 1.
        end_line, end_column: of what follows, from 1.
        file: the file, where it is not the one that was given.
        fix: the finding's fix as an edit of the file.
    """

    finding: Finding
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    file: str = ""
    fix: FileFix | None = None

    @property
    def span(self) -> dict[str, int]:
        """All of its place, by name."""
        kept = self._asdict()
        del kept["finding"], kept["file"], kept["fix"]
        return kept


class _Lines:
    """Lines and columns of a text, however many are needed."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def placed(self, finding: Finding, start: int, end: int) -> Placed:
        return Placed(finding, start, end, *self.at(start), *self.at(end))

    def at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def placed_at(sources: Sources, finding: Finding, start: int, end: int) -> Placed:
    """A finding at its place in the files that were read; both ends are in one file."""
    first = sources.of(start)
    last = min(
        max(end - first.base, start - first.base),
        len(first.text),
    )
    one, other = first.at(start - first.base), first.at(last)
    where = (one.offset, last, one.line, one.column, other.line, other.column)
    return Placed(finding, *where, file=one.file)


def placed_findings(
    text: str, home: Home | None = None, today: date | None = None
) -> Iterator[Placed]:
    """The findings of a text, worst first, each with its place.

    Problems of the text know their own places.

    Internal errors are findings too. Never raises.

    Example:
        >>> text = '{"Version": "2012-10-17",\\n "Statement": [{"Effect": "Allow", '
        >>> text += '"Principal": "*", "Action": "sts:AssumeRole"}]}'
        >>> [(placed.finding.code, placed.line) for placed in placed_findings(text)]
        [('TP101', 2)]
    """
    lines = _Lines(text)
    policy, problems = read_policy(text)
    for problem in problems:
        for finding in findings_of(None, (problem,), home, today):
            yield lines.placed(finding, *problem.span)
    if problems:
        return
    failed: Finding | None = None
    for finding in findings_of(policy, (), home, today):
        try:
            if finding.path:
                span = locate(text, finding.path)
            else:
                span = None
        except Exception as error:
            span, failed = (
                None,
                failed or internal_error("Finding the place of a finding", error, NO_PLACE),
            )
        yield lines.placed(finding, *(span or (0, 0)))
    if failed:
        yield lines.placed(failed, 0, 0)
