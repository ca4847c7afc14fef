"""Findings with their lines, for whoever prints or draws them without a model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from trust_widgets.findings import (
    NAME,
    NOT_CHECKED,
    TITLE,
    Finding,
    Verdict,
    internal_error,
    is_internal_error,
    read_policy,
)
from trust_widgets.pitfalls import PITFALLS, findings_of
from trust_widgets.policy import Home, locate
from trust_widgets.readers import Inner, policies_in

_BREAK = re.compile(r"\r\n|\r|\n")
FILE_NOT_CHECKED = "This file was not checked."
NO_PLACE = "Some findings are shown at the beginning of the policy."


class Placed(NamedTuple):
    """A finding with its place in the file.

    Args:
        finding: the finding.
        start, end: its characters, from 0.
        line, column: of the first character, from 1.
        end_line, end_column: of what follows, from 1.
    """

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


def checked(
    file: str, text: str, home: Home | None = None, today: date | None = None
) -> Iterator[Checked]:
    """Each policy in a file: the file's text itself, or those in what IAM's commands print.

    The account in a role's ARN is where the role lives, and counts as the reader's own. An internal
    error is a finding of the file, or of the policy where it happened, and the other policies are
    checked. Never raises.

    Args:
        file: its name, for whoever tells of it. text: what it holds.
        home: what is yours. today: the day on which acceptances may be over.

    Example:
        >>> text = '{"Role": {"RoleName": "app", "AssumeRolePolicyDocument": {"Statement": []}}}'
        >>> [(each.role, each.column, each.findings[0].code) for each in checked("role.json", text)]
        [('app', 58, 'TP106')]
    """
    try:
        policies = policies_in(text)
    except Exception as error:
        yield not_checked(file, internal_error("Reading the file", error, FILE_NOT_CHECKED))
        return
    if policies is None:
        yield Checked(file, None, 1, 1, tuple(placed_findings(text, home, today)))
        return
    lines = _Lines(text)
    for inner in policies:
        try:
            yield _checked_inner(file, inner, lines, home or Home(), today)
        except Exception as error:
            yield not_checked(
                file, internal_error("The check of this policy", error, NOT_CHECKED), inner.role
            )


def not_checked(file: str, finding: Finding, role: str | None = None) -> Checked:
    """Return a policy with an internal error as its finding, at the beginning of the file."""
    return Checked(file, role, 1, 1, (Placed(finding, 0, 0, 1, 1, 1, 1),))


def _checked_inner(
    file: str, inner: Inner, lines: _Lines, home: Home, today: date | None
) -> Checked:
    found = placed_findings(inner.text, _home_of(inner, home), today)
    moved = (
        lines.placed(each.finding, inner.places[each.start], inner.places[each.end])
        for each in found
    )
    return Checked(file, inner.role, *lines.at(inner.places[0]), tuple(moved))


def _home_of(inner: Inner, home: Home) -> Home:
    return replace(home, role=inner.arn) if inner.arn else home


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
            span = locate(text, finding.path) if finding.path else None
        except Exception as error:
            span, failed = (
                None,
                failed or internal_error("Finding the place of a finding", error, NO_PLACE),
            )
        yield lines.placed(finding, *(span or (0, 0)))
    if failed:
        yield lines.placed(failed, 0, 0)


def counts_in_words(findings: Iterable[Finding]) -> str:
    """Return the number of findings by verdict: `2 open, 1 advice, 1 internal error`.

    Example:
        >>> counts_in_words([])
        ''
    """
    counted = [finding for finding in findings if not finding.accepted]
    errors = sum(map(is_internal_error, counted))
    counts = Counter(finding.verdict for finding in counted if not is_internal_error(finding))
    words = [f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]]
    if errors:
        words.append(f"{errors} internal error{'' if errors == 1 else 's'}")
    return ", ".join(words)


def is_loud(findings: Iterable[Finding]) -> bool:
    """Whether one of them is more than advice and was not accepted. Internal errors are advice."""
    return any(
        finding.verdict is not Verdict.ADVICE and not finding.accepted for finding in findings
    )


def title_of(finding: Finding) -> str:
    """The mistake in a few words, wherever it is made.

    Example:
        >>> [title_of(each.finding) for each in placed_findings("{")]
        ['A text that cannot be read as a trust policy']
    """
    if finding.name == NAME:
        return TITLE
    return (
        PITFALLS[finding.name].title
        if finding.name in PITFALLS
        else "A text that cannot be read as a trust policy"
    )
