"""Findings with their lines, for whoever prints or draws them without a model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from trust_widgets.document import DocumentError, locate, parse
from trust_widgets.findings import Finding, Verdict
from trust_widgets.home import Home
from trust_widgets.pitfalls import PITFALLS, findings_of
from trust_widgets.unwrapping import Inner, policies_in

_BREAK = re.compile(r"\r\n|\r|\n")


class Placed(NamedTuple):
    """A finding with its characters, from 0, and the lines and columns of the first and of what follows, from 1."""

    finding: Finding
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> dict[str, int]:
        """All of its place, by name."""
        return {name: value for name, value in self._asdict().items() if name != "finding"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A policy that was checked, with its place in the file that holds it.

    Args:
        file: its name as the reader gave it.
        role: the role's name; `""` when the file tells none, `None` when the file is about no role.
        line, column: where the policy begins, from 1.
        placed: what was found, worst first; places are those in the file.
    """

    file: str
    role: str | None
    line: int
    column: int
    placed: tuple[Placed, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, worst first."""
        return tuple(each.finding for each in self.placed)


class _Lines:
    """Lines and columns of a text, however many are asked for."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def placed(self, finding: Finding, start: int, end: int) -> Placed:
        return Placed(finding, start, end, *self.at(start), *self.at(end))

    def at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def checked(file: str, text: str, home: Home | None = None, today: date | None = None) -> Iterator[Checked]:
    """Each policy in a file: the file's text itself, or those in what IAM's commands print.

    The account in a role's ARN is where the role lives, and counts as the reader's own.

    Args:
        file: its name, for whoever tells of it. text: what it holds.
        home: what is yours. today: the day on which acceptances may be over.

    Example:
        >>> text = '{"Role": {"RoleName": "app", "AssumeRolePolicyDocument": {"Statement": []}}}'
        >>> [(each.role, each.column, each.findings[0].code) for each in checked("role.json", text)]
        [('app', 58, 'TP106')]
    """
    policies = policies_in(text)
    if policies is None:
        yield Checked(file, None, 1, 1, tuple(placed_findings(text, home, today)))
        return
    lines = _Lines(text)
    for inner in policies:
        found = placed_findings(inner.text, _home_of(inner, home or Home()), today)
        moved = (lines.placed(each.finding, inner.places[each.start], inner.places[each.end]) for each in found)
        yield Checked(file, inner.role, *lines.at(inner.places[0]), tuple(moved))


def _home_of(inner: Inner, home: Home) -> Home:
    return replace(home, accounts=(*home.accounts, inner.account)) if inner.account else home


def placed_findings(text: str, home: Home | None = None, today: date | None = None) -> Iterator[Placed]:
    """The findings of a text, worst first, each with its place. Problems of the text know their own places.

    Example:
        >>> text = '{"Version": "2012-10-17",\\n "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}'
        >>> [(placed.finding.code, placed.line) for placed in placed_findings(text)]
        [('TP101', 2)]
    """
    lines = _Lines(text)
    try:
        policy = parse(text)
    except DocumentError as error:
        for problem in error.problems:
            for finding in findings_of(None, (problem,), home, today):
                yield lines.placed(finding, *problem.span)
        return
    for finding in findings_of(policy, (), home, today):
        span = locate(text, finding.path) if finding.path else None
        yield lines.placed(finding, *(span or (0, 0)))


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


def title_of(finding: Finding) -> str:
    """The mistake in a few words, wherever it is made.

    Example:
        >>> [title_of(each.finding) for each in placed_findings("{")]
        ['A text that cannot be read as a trust policy']
    """
    return PITFALLS[finding.name].title if finding.name in PITFALLS else "A text that cannot be read as a trust policy"
