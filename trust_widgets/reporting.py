"""Findings with their lines, for whoever prints or draws them without a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from trust_widgets.document import DocumentError, line_and_column, locate, parse
from trust_widgets.findings import Finding, Verdict
from trust_widgets.home import Home
from trust_widgets.pitfalls import findings_of


class Placed(NamedTuple):
    """A finding with its characters, from 0, and the line and column of the first, from 1."""

    finding: Finding
    start: int
    end: int
    line: int
    column: int


def placed_findings(text: str, home: Home | None = None, today: date | None = None) -> Iterator[Placed]:
    """The findings of a text, worst first, each with its place. Problems of the text know their own places.

    Example:
        >>> text = '{"Version": "2012-10-17",\\n "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}'
        >>> [(placed.finding.code, placed.line) for placed in placed_findings(text)]
        [('TP101', 2)]
    """
    try:
        policy = parse(text)
    except DocumentError as error:
        for problem in error.problems:
            for finding in findings_of(None, (problem,), home, today):
                yield Placed(finding, problem.span.start, problem.span.end, problem.line, problem.column)
        return
    for finding in findings_of(policy, (), home, today):
        span = locate(text, finding.path) if finding.path else None
        start, end = (span.start, span.end) if span else (0, 0)
        yield Placed(finding, start, end, *line_and_column(text, start))


def counts_in_words(findings: Iterable[Finding]) -> str:
    """How many findings of each verdict count: `2 open, 1 advice`; nothing for none.

    Example:
        >>> counts_in_words([])
        ''
    """
    counts = Counter(finding.verdict for finding in findings if not finding.accepted)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])


def is_loud(findings: Iterable[Finding]) -> bool:
    """Whether one of them is more than advice and was not accepted."""
    return any(finding.verdict is not Verdict.ADVICE and not finding.accepted for finding in findings)
