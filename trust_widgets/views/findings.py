"""The findings as cards, worst first, each with its place, its callers and its fix."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trust_widgets._html import Html, tag
from trust_widgets.findings import Finding, Verdict, path_text
from trust_widgets.home import Accepted
from trust_widgets.views._places import drawn_findings, finding_named
from trust_widgets.views._view import View, bundle

NOTHING = "Nothing to check yet: nobody is named."
NONE = "No pitfalls found."


class FindingsView(View):
    """What the checker says about the policy. A fix is shown as a diff before it is applied.

    What the reader has accepted is folded away at the end, and not counted.

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
            "none": NOTHING if not self.model.policy.statements and self.model.is_good else NONE,
        }

    def _count(self, verdict: Verdict) -> int:
        return sum(finding.verdict == verdict and not finding.accepted for finding in self.model.findings)

    def _said(self) -> str:
        """For screen readers: the counts and the worst, each time either changes."""
        accepted = sum(bool(finding.accepted) for finding in self.model.findings)
        if not self.model.policy.statements and not self.model.findings:
            return NOTHING
        if accepted == len(self.model.findings):
            return f"{NONE[:-1]}, {accepted} accepted." if accepted else NONE
        counts = [f"{self._count(verdict)} {verdict}" for verdict in Verdict if self._count(verdict)]
        counts += [f"{accepted} accepted"] if accepted else []
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

    def do_accept(self, id: str, reason: str, until: str = "") -> None:
        """Accept a finding at its place, for a reason, perhaps only until a day."""
        finding = finding_named(self.model, id)
        if finding:
            accepted = Accepted(finding.code, reason.strip(), until, path_text(finding.path))
            self.model.home = replace(self.model.home, accepted=(*self.model.home.accepted, accepted))

    def do_take_back(self, id: str) -> None:
        """Accept a finding no longer."""
        finding = finding_named(self.model, id)
        if finding:
            where = path_text(finding.path)
            kept = tuple(one for one in self.model.home.accepted if not one.covers(finding.code, where))
            self.model.home = replace(self.model.home, accepted=kept)

    def still(self) -> Html:
        cards = [_card(finding) for finding in self.model.findings if not finding.accepted]
        accepted = [_accepted_card(finding) for finding in self.model.findings if finding.accepted]
        folded = [tag("details", tag("summary", f"{len(accepted)} accepted"), *accepted)] if accepted else []
        return tag("div", *(cards or [tag("p", NONE)]), *folded)


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
        *([tag("p", tag("a", "Source", href=finding.source))] if finding.source else []),
    )
