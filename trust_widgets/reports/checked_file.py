"""Files checked: each policy in them with its findings, and what could not be known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from trust_widgets.findings import (
    NAME,
    NOT_CHECKED,
    NOT_DECIDED_NAME,
    NOT_DECIDED_TITLE,
    TITLE,
    Finding,
    Severity,
    Verdict,
    internal_error,
    is_internal_error,
)
from trust_widgets.pitfalls import PITFALLS
from trust_widgets.policy import Home
from trust_widgets.readers import FileContents, RoleRecord, Unresolved, read_text
from trust_widgets.reports.ignoring import with_comment
from trust_widgets.reports.judging import judged
from trust_widgets.reports.placing import Placed

FILE_NOT_CHECKED = "This file was not checked."


@dataclass(frozen=True, slots=True)
class Checked:
    """A policy that was checked, with its place in the file that holds it.

    Args:
        file: its name as the reader gave it; `""` for a role that no file holds.
        role: the role's name; `""` when the file names none, `None` when the file is about no role.
        line, column: where the policy begins, from 1.
        placed: what was found, worst first; places are those in the file.
        unresolved: what the file does not say.
        record: the role as it was read; `None` where reading failed.
    """

    file: str
    role: str | None
    line: int
    column: int
    placed: tuple[Placed, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    record: RoleRecord | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, worst first."""
        return tuple(each.finding for each in self.placed)


def checked(
    file: str, text: str, home: Home | None = None, today: date | None = None
) -> Iterator[Checked]:
    """Each policy in a file: the file's text itself, or those of the roles that it describes.

    The account in a role's ARN is where the role lives, and counts as the reader's own. An internal
    error is a finding of the file, or of the policy where it happened, and the other policies are
    checked. Never raises.

    Args:
        file: its name, for messages. text: what it holds.
        home: what is yours. today: the day on which acceptances may be over.

    Example:
        >>> text = '{"Role": {"RoleName": "app", "AssumeRolePolicyDocument": {"Statement": []}}}'
        >>> [(each.role, each.column, each.findings[0].code) for each in checked("role.json", text)]
        [('app', 58, 'TP106')]
    """
    try:
        reading = read_text(file, text)
    except Exception as error:
        yield not_checked(file, internal_error("Reading the file", error, FILE_NOT_CHECKED))
        return
    yield from checked_reading(file, reading, home, today)


def checked_reading(
    file: str, reading: FileContents, home: Home | None = None, today: date | None = None
) -> Iterator[Checked]:
    """Each policy of a file that was read already. Never raises."""
    for record in reading.records:
        role = record.name if record.is_role else None
        try:
            yield _checked_record(file, record, home or Home(), today)
        except Exception as error:
            yield not_checked(
                file, internal_error("The check of this policy", error, NOT_CHECKED), role
            )


def not_checked(file: str, finding: Finding, role: str | None = None) -> Checked:
    """Return a policy with an internal error as its finding, at the beginning of the file."""
    return Checked(file, role, 1, 1, (Placed(finding, 0, 0, 1, 1, 1, 1),))


def _checked_record(file: str, record: RoleRecord, home: Home, today: date | None) -> Checked:
    role = record.name if record.is_role else None
    placed = tuple(
        each._replace(
            finding=with_comment(each, record.sources),
            file="" if each.file == file else each.file,
        )
        for each in judged(record, home, today)
    )
    where = record.place
    return Checked(file, role, where.line, where.column, placed, record.unresolved, record)


def counted_by_name(verdict: Verdict, count: int) -> str:
    """How many findings have a verdict, by its name in code: `2 open`."""
    return f"{count} {verdict}"


def counts_in_words(
    findings: Iterable[Finding], in_words: Callable[[Verdict, int], str] = counted_by_name
) -> str:
    """Return the number of findings by verdict: `2 open, 1 advice, 1 internal error`.

    Args:
        findings: of which those that were accepted are not counted.
        in_words: how a verdict and its number are said.

    Example:
        >>> counts_in_words([])
        ''
    """
    counted = [finding for finding in findings if not finding.accepted]
    errors = sum(map(is_internal_error, counted))
    counts = Counter(finding.verdict for finding in counted if not is_internal_error(finding))
    words = [in_words(verdict, counts[verdict]) for verdict in Verdict if counts[verdict]]
    if errors:
        words.append(f"{errors} internal error{'' if errors == 1 else 's'}")
    return ", ".join(words)


_LEVELS = (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
LEVELS = tuple(map(str, _LEVELS))
"""How bad a finding can be, the least first. What is refused or dead counts as high."""
USUAL_LEVEL = "medium"


def is_loud(findings: Iterable[Finding], level: str = USUAL_LEVEL) -> bool:
    """Whether one of them is as bad as a level, or worse, and was not accepted.

    Advice is below each level, and so are internal errors.

    Args:
        findings: any.
        level: one of `LEVELS`.
    """
    counted = _LEVELS[LEVELS.index(level) :]
    return any(_level_of(finding) in counted for finding in findings if not finding.accepted)


def _level_of(finding: Finding) -> Severity | None:
    """How bad a finding is; `None` for advice."""
    if finding.verdict is Verdict.ADVICE:
        return None
    if finding.severity is Severity.ERROR:
        return Severity.HIGH
    return finding.severity


_TITLES = {NAME: TITLE, NOT_DECIDED_NAME: NOT_DECIDED_TITLE}


def title_of(finding: Finding) -> str:
    """The mistake in a few words, wherever it is made.

    Example:
        >>> [title_of(each.findings[0]) for each in checked("policy.json", "{")]
        ['The text is not a valid trust policy']
    """
    if finding.name in _TITLES:
        return _TITLES[finding.name]
    if finding.name in PITFALLS:
        return PITFALLS[finding.name].title
    return "The text is not a valid trust policy"
