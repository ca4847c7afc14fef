"""A decision as a notebook shows it: the outcome, why, and the statement that decided, row by row.

An external id that the call passes is not shown, because what a notebook shows is saved with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trust_widgets.evaluation import Node, Outcome, Request
from trust_widgets.explain.assumptions import ASSUMPTIONS
from trust_widgets.explain.comparison_rows import deciding_statement, drawn_rows
from trust_widgets.explain.wording import number_of
from trust_widgets.policy import TrustPolicy
from trust_widgets.text.html import Html, tag

WORDS = {
    Outcome.ALLOWED: "Allowed",
    Outcome.NOT_ALLOWED: "Not allowed",
    Outcome.DENIED: "Denied",
    Outcome.DEPENDS: "It depends",
    Outcome.INVALID: "Can't be decided",
}
TITLES = {
    Outcome.ALLOWED: "The statement that lets it in",
    Outcome.NOT_ALLOWED: "The statement that comes nearest",
    Outcome.DENIED: "The Deny that applies",
    Outcome.DEPENDS: "The statement that it depends on",
    Outcome.INVALID: "",
}
GIVEN = "(given)"
_SECRET = "sts:externalid"
_SIGNS = {"yes": "✓", "no": "✗", "unknown": "?"}
_MARK = "text-decoration: underline; text-decoration-thickness: 2px; font-weight: 600"
_CELL = "text-align: left; vertical-align: top; padding: 3px 12px 3px 0; overflow-wrap: anywhere"
_LABEL = _CELL.replace("anywhere", "break-word")  # a label is not broken to make a column narrow


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a decision.

    Args:
        word: the outcome. because: its reason. title: which statement the rows are of; `""` when there is none.
        rows: as `drawn_rows` makes them. assumptions: what it rests on, in words.
    """

    word: str
    because: str
    title: str
    rows: tuple[dict[str, Any], ...]
    assumptions: tuple[str, ...]

    def plain(self) -> str:
        """As text; of a row that fits only what the call has."""
        lines = [f"{self.word}. {self.because}", *(["", self.title] if self.title else [])]
        width = max((len(row["label"]) for row in self.rows), default=0)
        for row in self.rows:
            start = f"  {_SIGNS[row['truth']]} {row['label']:{width}}"
            if row["truth"] == "yes":
                lines.append(f"{start}  {_text(row, 'has')}")
            else:
                lines += [start.rstrip(), f"      call    {_text(row, 'has')}", f"      policy  {_text(row, 'wants')}"]
        lines += [f"Taken to be so: {text}" for text in self.assumptions]
        return "\n".join(lines)

    def html(self) -> Html:
        """As HTML that needs no kernel, no script and no style sheet."""
        heads = (tag("th", text, scope="col", style=_CELL) for text in ("", "", "The call has", "The policy wants"))
        table = tag("table", tag("tr", *heads), *map(_row_html, self.rows))
        return tag(
            "div",
            tag("p", tag("b", f"{self.word}. "), self.because),
            *([tag("p", self.title), table] if self.title else []),
            *(tag("p", f"Taken to be so, because AWS does not say: {text}") for text in self.assumptions),
        )


def shown(
    outcome: Outcome, tree: Node, policy: TrustPolicy, request: Request, because: str, assumptions: tuple[str, ...]
) -> Shown:
    """What to show of the decision with these parts."""
    statement = deciding_statement(outcome, tree)
    passed = request.keys.get(_SECRET)
    return Shown(
        WORDS[outcome],
        because.replace(f"“{passed}”", f"“{GIVEN}”") if passed else because,
        f"{TITLES[outcome]}: {number_of(statement.path)}" if statement else "",
        tuple(_without_secret(row) for row in drawn_rows(statement, policy, request)) if statement else (),
        tuple(ASSUMPTIONS[name].text for name in assumptions),
    )


def _without_secret(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "has": [], "hasNote": GIVEN} if row["has"] and row["key"].lower() == _SECRET else row


def _row_html(row: dict[str, Any]) -> Html:
    cells = [tag("td", _SIGNS[row["truth"]], style=_CELL), tag("th", row["label"], scope="row", style=_LABEL)]
    return tag("tr", *cells, *(tag("td", *_side(row, side), style=_CELL) for side in ("has", "wants")))


def _side(row: dict[str, Any], side: str) -> list[Html | str]:
    """One side of a row, what differs from the other underlined."""
    values = [tag("code", v["before"], *_differing(v["differs"]), v["after"]) for v in row[side]]
    parted = [part for value in values for part in (" or ", value)][1:]
    before, after = _around(row, side)
    return [before, *parted, after]


def _differing(text: str) -> list[Html]:
    return [tag("span", text, style=_MARK)] if text else []


def _text(row: dict[str, Any], side: str) -> str:
    before, after = _around(row, side)
    values = " or ".join("".join(value.values()) for value in row[side])
    return f"{before}{values}{after}"


def _around(row: dict[str, Any], side: str) -> tuple[str, str]:
    """What stands before the values of a side, and behind them."""
    note = row[f"{side}Note"]
    before = f"{note} " if note and row[side] else note
    more = f" and {row['more']} more" if side == "wants" and row["more"] else ""
    how = f" ({row['how']})" if side == "wants" and row["how"] else ""
    return before, f"{more}{how}"
