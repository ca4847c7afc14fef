"""A cell's policy with its findings at their lines and their fixes, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from trust_widgets.findings import NONE, Fix, Verdict, counted, label_of, path_text
from trust_widgets.policy import common_start
from trust_widgets.readers import Unresolved
from trust_widgets.reports.checked_file import counts_in_words
from trust_widgets.reports.file_fixes import FileFix
from trust_widgets.reports.placing import Placed
from trust_widgets.text.html import Html, join, tag

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


def cell_html(
    text: str,
    placed: Sequence[Placed],
    unresolved: Iterable[Unresolved] = (),
    notes: Iterable[str] = (),
) -> Html:
    """A cell's text with its findings at their places, as HTML that needs no script.

    Args:
        text: as written in the cell.
        placed: its findings with their places, worst first.
        unresolved: what a cell in another form than JSON does not say.
        notes: why a part of the cell could not be read, in one line each.
    """
    shown = [each for each in placed if not each.finding.accepted]
    accepted = len(placed) - len(shown)
    more = f" {accepted} accepted." if accepted else ""
    counts = counts_in_words([each.finding for each in placed], counted)
    head = tag("p", tag("b", counts or NONE), more)
    told = [tag("div", note, style=_FAINT) for note in notes]
    lines = [*told, *_lines(text, shown), *map(_unresolved_line, unresolved)]
    return tag("div", head, tag("div", *lines, style=_MONO))


def _unresolved_line(unresolved: Unresolved) -> Html:
    return tag("div", f"line {unresolved.place.line}: {unresolved_text(unresolved)}", style=_FAINT)


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
        *_fix(text, fix_of(placed)),
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


def fix_of(placed: Placed) -> Fix | FileFix | None:
    """The fix of a finding, as one of the cell's text."""
    return placed.fix or placed.finding.fix


def unresolved_text(unresolved: Unresolved) -> str:
    """What a cell does not say, as a sentence."""
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
