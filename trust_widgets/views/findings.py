"""The findings as cards, worst first, each with its place, its callers and its fix."""

from __future__ import annotations

from typing import Any

from trust_widgets._html import Html, tag
from trust_widgets.findings import Finding, Verdict, path_text
from trust_widgets.views._places import drawn_findings, finding_named
from trust_widgets.views._view import View, bundle


class FindingsView(View):
    """What the checker says about the policy. A fix is shown as a diff before it is applied.

    Args:
        model: a `TrustModel`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> tw.FindingsView().state["counts"]["open"]
        0
    """

    _esm = bundle("findings.js")
    _css = bundle("style.css")

    def draw(self) -> dict[str, Any]:
        return {
            "findings": drawn_findings(self.model),
            "counts": {verdict.value: self._count(verdict) for verdict in Verdict},
            "text": self.model.text.replace("\r\n", "\n"),
            "said": self._said(),
        }

    def _count(self, verdict: Verdict) -> int:
        return sum(finding.verdict == verdict for finding in self.model.findings)

    def _said(self) -> str:
        """For screen readers: the counts and the worst, each time either changes."""
        if not self.model.findings:
            return "No pitfalls found."
        counts = [f"{self._count(verdict)} {verdict}" for verdict in Verdict if self._count(verdict)]
        return f"{', '.join(counts)}. Worst: {self.model.findings[0].message}"

    def do_fix(self, id: str) -> None:
        """Apply a finding's fix."""
        finding = finding_named(self.model, id)
        if finding:
            self.model.apply(finding)

    def do_show(self, id: str) -> None:
        """Ask the editor to show a finding's place."""
        finding = finding_named(self.model, id)
        if finding:
            self.model.show(finding.path)

    def still(self) -> Html:
        cards = [_card(finding) for finding in self.model.findings]
        return tag("div", *(cards or [tag("p", "No pitfalls found.")]))


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
        *([tag("p", tag("a", "Source", href=finding.source))] if finding.source else []),
    )
