"""`%%trust_policy`: the findings of a policy in a cell, at their lines, with their fixes.

After `%load_ext trust_widgets`. What a cell shows is still HTML: it reads the same in a saved
notebook, and needs neither a widget nor a script.
"""

from __future__ import annotations

import builtins
import keyword
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any

from trust_widgets.findings import (
    NONE,
    Findings,
    Fix,
    Verdict,
    counted,
    is_internal_error,
    label_of,
    path_text,
    read_policy,
)
from trust_widgets.policy import Home, TrustPolicy, common_start
from trust_widgets.readers import Unresolved, read_pasted
from trust_widgets.reports import (
    FileFix,
    Placed,
    checked_reading,
    counts_in_words,
    is_loud,
    placed_findings,
)
from trust_widgets.text.html import Html, join, tag
from trust_widgets.text.terminal import one_line

CELL = "cell"  # what a cell is called as a file
USAGE = "%%trust_policy [--strict] [NAME]"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")  # as the places of findings count lines
_COLOURS = {
    Verdict.REFUSED: "var(--jp-error-color1, #c62828)",
    Verdict.OPEN: "var(--jp-warn-color1, #b26a00)",
    Verdict.DEAD: "var(--jp-brand-color1, #1565c0)",
    Verdict.ADVICE: "var(--jp-ui-font-color2, #616161)",
}
_MONO = (
    "font-family: var(--jp-code-font-family, monospace); font-size: 12.5px; line-height: 1.5;"
    " white-space: pre-wrap"
)
_FAINT = "color: var(--jp-ui-font-color2, #616161)"


@dataclass(frozen=True)
class Report:
    """A policy's text with its findings.

    Args:
        text: as written in the cell.
        placed: its findings with their places, worst first.
        unresolved: what a cell in another form than JSON does not say.
        notes: why a part of the cell could not be read, in one line each.

    Example:
        >>> text = '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", '
        >>> text += '"Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}]}'
        >>> fixed = Report(text, tuple(placed_findings(text))).fixed("TP108")
        >>> fixed == text.replace("allow", "Allow")
        True
    """

    text: str
    placed: tuple[Placed, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def findings(self) -> Findings:
        """What was found, worst first."""
        return Findings(each.finding for each in self.placed)

    def fixed(self, code: str) -> str:
        """The text with the fixes of all findings of one code made, the last place first.

        Raises:
            KeyError: when no finding of this code has a fix.
        """
        fixes = [
            fix for each in self.placed if each.finding.code == code and (fix := _fix_of(each))
        ]
        if not fixes:
            having = (
                ", ".join(dict.fromkeys(each.code for each in self.findings if each.fix)) or "none"
            )
            raise KeyError(f"{code}: no finding of this code has a fix; those that have: {having}")
        text = self.text
        for fix in reversed(fixes):
            text = fix.apply(text)
        return text

    def __repr__(self) -> str:
        lines = (
            f"line {each.line}: {each.finding.code} {each.finding.verdict}: {each.finding.message}"
            for each in self.placed
        )
        open_lines = (
            f"line {each.place.line}: {_unresolved_text(each)}" for each in self.unresolved
        )
        lines_told = map(one_line, [*self.notes, *lines, *open_lines])
        return "\n".join([counts_in_words(self.findings) or NONE, *lines_told])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": _html(self)}


class PolicyFindings(Exception):
    """What `--strict` raises, so that a notebook that is run as a test fails."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback: the cell is at fault, no code is."""
        reason = "--strict: a finding is worse than advice, or not everything was checked."
        return [f"{type(self).__name__}: {reason}", str(self)]


def trust_policy(line: str, cell: str, namespace: dict[str, Any]) -> Report:
    """Check the policy in a cell, with the `trust-home.toml` found from here upwards.

    Args:
        line: `NAME` to keep the policy under, if it can be read; `--strict` to fail for more than
            advice, and for an internal error.
        cell: the policy's JSON text.
        namespace: where `NAME` is kept.

    Raises:
        ValueError: for a line that says something else, for a name that means something already,
            or a home file that is wrong.
        PolicyFindings: with `--strict`.
    """
    strict, name = _asked(line)
    _expect_free(name, namespace)
    report = _report(cell)
    if name:
        policy = _policy(cell)
        if policy is not None:
            namespace[name] = policy
    if strict and (is_loud(report.findings) or any(map(is_internal_error, report.findings))):
        raise PolicyFindings(repr(report))
    return report


def _asked(line: str) -> tuple[bool, str]:
    words = shlex.split(line)
    names = [word for word in words if word != "--strict"]
    if len(names) > 1 or not all(name.isidentifier() for name in names):
        raise ValueError(f"{USAGE}: NAME must be a Python name for the policy, not {line!r}")
    return len(names) < len(words), names[0] if names else ""


def _expect_free(name: str, namespace: Mapping[str, Any]) -> None:
    """Refuse a name under which the notebook would lose something that is no data.

    Raises:
        ValueError: for a word or a built-in of Python, for a name that begins with `_`, with which
            IPython keeps results, and for that of a module, a class or a function.
    """
    held = namespace.get(name)
    is_taken = (
        keyword.iskeyword(name)
        or name.startswith("_")
        or name in ("In", "Out")
        or hasattr(builtins, name)
        or isinstance(held, ModuleType)
        or callable(held)
    )
    if is_taken:
        raise ValueError(f"{USAGE}: {name!r} is already in use. Choose another NAME, like policy")


def _report(cell: str) -> Report:
    """The report on a cell: a policy, or the roles of a file in another form."""
    home = Home.load(".")
    contents = read_pasted(cell, is_exact=True)
    notes = tuple(note.message for note in contents.notes if note.is_fault)
    if not any(record.is_role for record in contents.records):
        return Report(cell, tuple(placed_findings(cell, home)), notes=notes)
    policies = tuple(checked_reading(CELL, contents, home))
    placed = [each._replace(file="") for policy in policies for each in policy.placed]
    unresolved = [each for policy in policies for each in policy.unresolved]
    return Report(cell, tuple(placed), tuple(unresolved), notes)


def _policy(text: str) -> TrustPolicy | None:
    """The policy of a cell, or that of the only role in it."""
    records = read_pasted(text, is_exact=True).records
    if len(records) == 1 and records[0].is_role:
        return records[0].trust
    policy, problems = read_policy(text)
    if problems:
        return None
    return policy


def load(shell: Any) -> None:
    """Register the magic with an IPython shell."""
    from IPython.display import display  # there whenever there is a shell

    def magic(line: str, cell: str) -> Report:
        try:
            return trust_policy(line, cell, shell.user_ns)
        except PolicyFindings:
            report = _report(cell)
            display(report)  # type: ignore[no-untyped-call]
            raise

    magic.__doc__ = f"{USAGE}\n\n{trust_policy.__doc__}"
    shell.register_magic_function(magic, "cell", "trust_policy")


# -- the report as HTML ----------------------------------------------------------------------------


def _html(report: Report) -> Html:
    shown = [each for each in report.placed if not each.finding.accepted]
    accepted = len(report.placed) - len(shown)
    more = f" {accepted} accepted." if accepted else ""
    counts = counts_in_words(report.findings, counted)
    head = tag("p", tag("b", counts or NONE), more)
    notes = [tag("div", note, style=_FAINT) for note in report.notes]
    lines = [*notes, *_lines(report.text, shown), *map(_unresolved_line, report.unresolved)]
    return tag("div", head, tag("div", *lines, style=_MONO))


def _unresolved_line(unresolved: Unresolved) -> Html:
    return tag("div", f"line {unresolved.place.line}: {_unresolved_text(unresolved)}", style=_FAINT)


def _lines(text: str, placed: list[Placed]) -> Iterator[Html]:
    """Yield each line with its number and its findings; those of the whole text come first."""
    for each in (each for each in placed if not each.end):
        yield _card(text, each)
    start = 0
    lines = _LINE.findall(text)
    for number, line in enumerate(lines, 1):
        here = [each for each in placed if each.end and each.line == number]
        number_text = tag("span", f"{number:>{len(str(len(lines)))}}  ", style=_FAINT)
        yield tag("div", number_text, *_marked(line, start, placed))
        for each in here:
            yield _card(text, each)
        start += len(line)


def _marked(line: str, start: int, placed: list[Placed]) -> Iterator[str]:
    """A line's text, the places of findings underlined in the color of the worst."""
    stop = start + len(line)
    edges = {start, stop}
    for each in placed:
        edges |= {min(max(each.start, start), stop), min(max(each.end, start), stop)}
    ordered = sorted(edges)
    for one, other in pairwise(ordered):
        piece = line[one - start : other - start].rstrip("\r\n")
        over = next((each for each in placed if each.start <= one and other <= each.end), None)
        if over is None:
            yield piece
        else:
            colour = _COLOURS[over.finding.verdict]
            yield tag(
                "span", piece, style=f"text-decoration: underline; text-decoration-color: {colour}"
            )


def _card(text: str, placed: Placed) -> Html:
    finding = placed.finding
    colour = _COLOURS[finding.verdict]
    said = tag("div", tag("b", f"{label_of(finding)} ", style=f"color: {colour}"), finding.message)
    callers = [tag("div", "allows: ", tag("code", caller)) for caller in finding.callers]
    about = tag("span", f"{finding.code} at {path_text(finding.path)}. ", style=_FAINT)
    named = ((f"Learn more about {finding.code}", finding.page), ("Source", finding.source))
    links = [tag("a", words, href=href) for words, href in named if href]
    between = [" · "] if len(links) > 1 else []
    parts = [
        said,
        *callers,
        *_fix(text, _fix_of(placed)),
        tag("div", about, *links[:1], *between, *links[1:]),
    ]
    frame = (
        f"border-left: 3px solid {colour}; margin: 2px 0 6px 2em; padding: 1px 0 1px 10px;"
        " white-space: normal"
    )
    return tag("div", *parts, style=f"{frame}; font-family: var(--jp-ui-font-family, sans-serif)")


def _lines_of(text: str) -> list[str]:
    """The lines of a text, without what ends them."""
    return [line.rstrip("\r\n") for line in _LINE.findall(text)]


def _fix_of(placed: Placed) -> Fix | FileFix | None:
    """The fix of a finding, as one of the cell's text."""
    return placed.fix or placed.finding.fix


def _unresolved_text(unresolved: Unresolved) -> str:
    reason = f" {unresolved.reason}" if unresolved.reason else ""
    return f"unresolved {unresolved.expression}: the cell does not contain its value.{reason}"


def _fix(text: str, fix: Fix | FileFix | None) -> Iterator[Html]:
    """A fix as the lines it takes and gives."""
    after = fix.apply(text) if fix else text
    if fix is None or after == text:
        return
    old, new = _lines_of(text), _lines_of(after)
    head, tail = common_start(old, new), common_start(old[::-1], new[::-1])
    tail = min(tail, len(old) - head, len(new) - head)
    taken = [tag("div", f"- {line}") for line in old[head : len(old) - tail]]
    given = [
        tag("div", f"+ {line}", style="font-weight: 600") for line in new[head : len(new) - tail]
    ]
    yield tag("div", tag("i", f"{fix.title}:"), tag("div", join(*taken, *given), style=_MONO))
