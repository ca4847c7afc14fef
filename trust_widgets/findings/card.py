"""A finding as HTML that needs no kernel and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.findings.label import label_of
from trust_widgets.findings.values import Finding, Verdict, path_text
from trust_widgets.text.html import Html, join, tag

NONE = "No findings."


_CARD = "padding: 1px 0 1px 10px; margin: 8px 0; border-left: 3px solid "
_COLOURS = {
    Verdict.REFUSED: "#c62828",
    Verdict.DEAD: "#6a1b9a",
    Verdict.OPEN: "#b85c00",
    Verdict.ADVICE: "#00695c",
}
"""Of the line at a card's edge: no word has it, so that it need not be readable on any ground."""


def still_of(findings: Iterable[Finding]) -> Html:
    """Cards for what counts; what was accepted is folded away below them."""
    findings = tuple(findings)
    cards = [card_of(finding) for finding in findings if not finding.accepted]
    accepted = [_accepted_card(finding) for finding in findings if finding.accepted]
    if accepted:
        folded = [tag("details", tag("summary", f"{len(accepted)} accepted"), *accepted)]
    else:
        folded = []
    return tag("div", *(cards or [tag("p", NONE)]), *folded)


def card_of(finding: Finding) -> Html:
    """A finding with its callers, when it is fine, and links."""
    callers = [tag("li", tag("code", caller)) for caller in finding.callers]
    return tag(
        "div",
        tag(
            "p",
            tag("b", label_of(finding)),
            " at ",
            tag("code", path_text(finding.path)),
            ": ",
            finding.message,
        ),
        *([tag("ul", *callers)] if callers else []),
        *([tag("p", "When is this OK? ", finding.fine)] if finding.fine else []),
        tag("p", *_links(finding)),
        style=f"{_CARD}{_COLOURS[finding.verdict]}",
    )


def _accepted_card(finding: Finding) -> Html:
    return tag("div", tag("p", tag("b", "Accepted: "), finding.accepted), card_of(finding))


def _links(finding: Finding) -> Iterator[Html]:
    if finding.page:
        yield tag("a", f"Learn more about {finding.code}", href=finding.page)
    if finding.page and finding.source:
        yield join(" · ")
    if finding.source:
        yield tag("a", "Source", href=finding.source)
