"""A decision as a notebook shows it: the outcome, why, and the statement that decided, row by row.

An external ID that the call passes is not shown, because what a notebook shows is saved with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from trust_widgets.aws.keys.records import key_record
from trust_widgets.evaluation import Node, Outcome, Request
from trust_widgets.explain.assumptions import ASSUMPTIONS
from trust_widgets.explain.comparison_rows import ComparisonRow, comparison_rows, deciding_statement
from trust_widgets.explain.places import number_of
from trust_widgets.policy import TrustPolicy
from trust_widgets.text.diff import DiffText
from trust_widgets.text.html import Html, tag

WORDS = {
    Outcome.ALLOWED: "Allowed",
    Outcome.NOT_ALLOWED: "Not allowed",
    Outcome.DENIED: "Denied",
    Outcome.DEPENDS: "It depends",
    Outcome.INVALID: "Cannot be decided",
}
TITLES = {
    Outcome.ALLOWED: "The statement that allows the request",
    Outcome.NOT_ALLOWED: "The closest statement",
    Outcome.DENIED: "The Deny that applies",
    Outcome.DEPENDS: "The statement that decides",
    Outcome.INVALID: "",
}
GIVEN = "(given)"
_SIGNS = {True: "✓", False: "✗", None: "?"}
_MARK = "text-decoration: underline; text-decoration-thickness: 2px; font-weight: 600"
_CELL = "text-align: left; vertical-align: top; padding: 3px 12px 3px 0; overflow-wrap: anywhere"
_LABEL = _CELL.replace("anywhere", "break-word")  # a label is not broken to make a column narrow


@dataclass(frozen=True, slots=True)
class DecisionSummary:
    """A decision as a notebook shows it.

    Args:
        word: the outcome.
        because: its reason.
        title: which statement the rows are of; `""` when there is none.
        rows: as `comparison_rows` makes them.
        assumptions: what it rests on, in words.
    """

    word: str
    because: str
    title: str
    rows: tuple[ComparisonRow, ...]
    assumptions: tuple[str, ...]

    def plain(self) -> str:
        """As text; of a row that fits only what the call has."""
        lines = [f"{self.word}. {self.because}"]
        if self.title:
            lines += ["", self.title]
        width = max((len(row.label) for row in self.rows), default=0)
        for row in self.rows:
            start = f"  {_SIGNS[row.truth]} {row.label:{width}}"
            has, wants = _has(row).plain(), _wants(row).plain()
            if row.truth:
                lines.append(f"{start}  {has}")
            else:
                lines += [start.rstrip(), f"      request  {has}", f"      policy  {wants}"]
        lines += [f"Assumed: {text}" for text in self.assumptions]
        return "\n".join(lines)

    def html(self) -> Html:
        """As HTML that needs no kernel, no script and no style sheet."""
        heads = (
            tag("th", text, scope="col", style=_CELL)
            for text in ("", "", "The request has", "The policy requires")
        )
        table = tag("table", tag("tr", *heads), *map(_row_html, self.rows))
        return tag(
            "div",
            tag("p", tag("b", f"{self.word}. "), self.because),
            *([tag("p", self.title), table] if self.title else []),
            *(
                tag("p", f"Assumed, because AWS does not document it: {text}")
                for text in self.assumptions
            ),
        )


def summarise(
    outcome: Outcome,
    tree: Node,
    policy: TrustPolicy,
    request: Request,
    because: str,
    assumptions: tuple[str, ...],
) -> DecisionSummary:
    """Return what to show of the decision with these parts."""
    statement = deciding_statement(outcome, tree)
    for key, value in request.keys.items():
        if value and key_record(key).secret:
            because = because.replace(f'"{value}"', f'"{GIVEN}"')
            break
    title = ""
    rows: tuple[ComparisonRow, ...] = ()
    if statement is not None:
        title = f"{TITLES[outcome]}: {number_of(statement.path)}"
        rows = tuple(map(without_secret, comparison_rows(statement, policy, request)))
    texts = tuple(ASSUMPTIONS[name].text for name in assumptions)
    return DecisionSummary(WORDS[outcome], because, title, rows, texts)


def without_secret(row: ComparisonRow) -> ComparisonRow:
    """A row without what the call has for a key whose values are secret."""
    is_secret = row.has and key_record(row.key).secret
    if is_secret:
        return replace(row, has=(), has_note=GIVEN)
    return row


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a row: its values, and the text before and after them."""

    before: str
    values: tuple[DiffText, ...]
    after: str = ""

    def plain(self) -> str:
        values = " or ".join("".join(value) for value in self.values)
        return f"{self.before}{values}{self.after}"

    def html(self) -> list[Html | str]:
        """With what differs from the other side underlined."""
        values = [
            tag("code", value.before, *_differing(value.differs), value.after)
            for value in self.values
        ]
        separated = [part for value in values for part in (" or ", value)][1:]
        return [self.before, *separated, self.after]


def _has(row: ComparisonRow) -> _Side:
    return _Side(_before(row.has_note, row.has), row.has)


def _wants(row: ComparisonRow) -> _Side:
    more = f" and {row.more} more" if row.more else ""
    operator = f" ({row.operator})" if row.operator else ""
    return _Side(_before(row.wants_note, row.wants), row.wants, f"{more}{operator}")


def _before(note: str, values: tuple[DiffText, ...]) -> str:
    if note and values:
        return f"{note} "
    return note


def _row_html(row: ComparisonRow) -> Html:
    cells = [
        tag("td", _SIGNS[row.truth], style=_CELL),
        tag("th", row.label, scope="row", style=_LABEL),
    ]
    return tag(
        "tr", *cells, *(tag("td", *side.html(), style=_CELL) for side in (_has(row), _wants(row)))
    )


def _differing(text: str) -> list[Html]:
    if text:
        return [tag("span", text, style=_MARK)]
    return []
