"""What an inventory comes to: in numbers, in a line, and as a picture."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from trust_widgets.inventory.store import RoleStore
from trust_widgets.text.english import count_of
from trust_widgets.text.html import STILL, Html, image, tag

if TYPE_CHECKING:
    from trust_widgets.inventory.inventory import Inventory

BAR_WIDTH = 560
_TEXT = "#767676"  # readable on light and on dark pages
_ROW = 24
_COLORS = {
    "refused": "#b3261e",
    "open": "#c4560b",
    "dead": "#6d5e8c",
    "advice": "#3f6ea8",
    "none": "#3b7d4f",
    "not decided": "#8a8a8a",
    "yes": "#c4560b",
    "named account": "#a8871f",
    "no": "#3b7d4f",
}
_VERDICTS = {
    "refused": "IAM would reject the policy",
    "open": "open to more callers than intended",
    "dead": "a statement that matches no caller",
    "advice": "advice only",
    "none": "nothing found",
}
_ACCESS = {
    "yes": "from an external account or token",
    "named account": "from a named account",
    "not decided": "not decided",
    "no": "none",
}


class SummaryCounts(NamedTuple):
    """What an inventory comes to.

    Args:
        roles, policies, accounts: how many.
        verdicts: roles by the verdict of their worst finding; `"none"` without one.
        external: roles by what `RoleAnalysis.access` says.
        statuses: roles by status.
    """

    roles: int
    policies: int
    accounts: int
    verdicts: dict[str, int]
    external: dict[str, int]
    statuses: dict[str, int]

    @property
    def line(self) -> str:
        """All in one line."""
        parts = [
            f"{count_of(self.roles, 'role')} in {count_of(self.accounts, 'account')}",
            count_of(self.policies, "distinct policy", "distinct policies"),
            f"external access to {count_of(self.external.get('yes', 0), 'role')}",
        ]
        if self.external.get("named account"):
            parts.append(
                f"access from a named account to {count_of(self.external['named account'], 'role')}"
            )
        if self.external.get("not decided"):
            parts.append(f"not decided for {count_of(self.external['not decided'], 'role')}")
        failed = self.statuses.get("internal error", 0)
        if failed:
            parts.append(f"the analysis of {count_of(failed, 'role')} failed")
        return ", ".join(parts)


def summary_counts(store: RoleStore) -> SummaryCounts:
    """Count the roles of an inventory."""
    verdicts: Counter[str] = Counter()
    external: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    times = Counter(store.form_of(number) for number in range(len(store)))
    for form, number in times.items():
        summary = store.summary(form)
        verdicts[summary.verdict or "none"] += number
        external[summary.external] += number
        statuses[summary.status] += number
    return SummaryCounts(
        len(store),
        len(times),
        len(store.accounts()),
        dict(verdicts),
        dict(external),
        dict(statuses),
    )


def summary_html(inventory: Inventory) -> Html:
    """The summary as a notebook shows it."""
    counts = summary_counts(inventory.store)
    picture = image(summary_picture(counts), counts.line)
    framed = tag("div", picture, style=f"max-width: {BAR_WIDTH}px")
    return tag("div", tag("p", tag("b", inventory.summary)), framed, style=STILL)


def summary_picture(counts: SummaryCounts) -> Html:
    """Bars of the roles: by their worst finding, and by external access."""
    groups = {
        "Worst finding": [(_VERDICTS[name], counts.verdicts, name) for name in _VERDICTS],
        "External access": [(_ACCESS[name], counts.external, name) for name in _ACCESS],
    }
    most = max((*counts.verdicts.values(), *counts.external.values()), default=1)
    shapes: list[Html] = []
    row = 0
    for title, bars in groups.items():
        shown = [(words, numbers[name], name) for words, numbers, name in bars if name in numbers]
        shapes += [_title(row, title)] if shown else []
        shapes += [_bar(row + at, *bar, most) for at, bar in enumerate(shown, 1)]
        row += len(shown) + 1
    return tag(
        "svg",
        tag("title", counts.line),
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {BAR_WIDTH} {_ROW * row + 4}",
        role="img",
        style=f"width: 100%; max-width: {BAR_WIDTH}px; font: 13px sans-serif",
    )


def _title(row: int, words: str) -> Html:
    return tag(
        "text", words, x="0", y=str(row * _ROW + 18), style=f"fill: {_TEXT}; font-weight: bold"
    )


def _bar(row: int, words: str, number: int, name: str, most: int) -> Html:
    top = row * _ROW + 4
    width = max(2, round(220 * number / most))
    return tag(
        "g",
        tag("text", words, x="0", y=str(top + 14), style=f"fill: {_TEXT}"),
        tag(
            "rect",
            x="250",
            y=str(top + 2),
            width=str(width),
            height="16",
            rx="2",
            style=f"fill: {_COLORS[name]}",
        ),
        tag("text", f"{number:,}", x=str(256 + width), y=str(top + 14), style=f"fill: {_TEXT}"),
    )
