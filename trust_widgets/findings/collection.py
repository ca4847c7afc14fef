"""Findings as a notebook shows them: a line each, and HTML that needs no kernel and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.findings.values import Finding, Verdict, path_text
from trust_widgets.text.html import STILL, Html, join, tag
from trust_widgets.text.terminal import one_line

NONE = "No pitfalls found."


class Findings(tuple[Finding, ...]):
    """What was found: a tuple of findings that shows itself, a line each.

    It equals any tuple of the same findings; what is sliced or added is a plain tuple.

    Example:
        >>> import trust_widgets as tw
        >>> tw.check('{"Version": "2012-10-17", "Statement": []')
        TP006 refused (error) at Statement: The text ends before it is finished: } still to come. Was it cut off when it was copied?
        >>> Findings()
        No pitfalls found.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(_line(finding) for finding in self) or NONE

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": tag("div", still_of(self), style=STILL)}


def _line(finding: Finding) -> str:
    accepted = f" (accepted: {finding.accepted})" if finding.accepted else ""
    return one_line(f"{finding}{accepted}")


def still_of(findings: Iterable[Finding]) -> Html:
    """Cards for what counts; what was accepted is folded away below them."""
    findings = tuple(findings)
    cards = [_card(finding) for finding in findings if not finding.accepted]
    accepted = [_accepted_card(finding) for finding in findings if finding.accepted]
    folded = [tag("details", tag("summary", f"{len(accepted)} accepted"), *accepted)] if accepted else []
    return tag("div", *(cards or [tag("p", NONE)]), *folded)


def _links(finding: Finding) -> Iterator[Html]:
    if finding.page:
        yield tag("a", f"More about {finding.code}", href=finding.page)
    if finding.page and finding.source:
        yield join(" · ")
    if finding.source:
        yield tag("a", "Source", href=finding.source)


def _accepted_card(finding: Finding) -> Html:
    return tag("div", tag("p", tag("b", "Accepted: "), finding.accepted), _card(finding))


def _card(finding: Finding) -> Html:
    kind = f"{finding.verdict} ({finding.severity})" if finding.verdict == Verdict.OPEN else finding.verdict
    callers = [tag("li", tag("code", caller)) for caller in finding.callers]
    return tag(
        "div",
        tag(
            "p",
            tag("b", kind.capitalize()),
            " at ",
            tag("code", path_text(finding.path)),
            ": ",
            finding.message,
        ),
        *([tag("ul", *callers)] if callers else []),
        *([tag("p", "When is this fine? ", finding.fine)] if finding.fine else []),
        tag("p", *_links(finding)),
    )
