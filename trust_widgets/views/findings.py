"""The findings as cards, worst first, each with its place, its callers and its fix."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from trust_widgets.findings import NONE, Fix, Verdict, counted, fix_of_all, path_text, still_of
from trust_widgets.model import TrustModel
from trust_widgets.policy import Accepted, DocumentError, Given, parse
from trust_widgets.text.html import Html
from trust_widgets.views.accepting import complaints_about_acceptance
from trust_widgets.views.base import View
from trust_widgets.views.changes.consequences import (
    AFTER,
    Consequences,
    consequences_of,
    consequences_state,
)
from trust_widgets.views.messages import message
from trust_widgets.views.part import ViewPart
from trust_widgets.views.text_positions import (
    change_from_fix,
    finding_named,
    finding_spots,
)

if TYPE_CHECKING:
    from trust_widgets.views.state.findings import FindingsState, FindingState, Spot, WeighedState

NOTHING = "No statements yet."


class FindingsPart(ViewPart):
    """What `FindingsView` shows."""

    part = "findings"
    redraw_on = ("revision", "triers")

    def __init__(self, model: Given | None = None) -> None:
        # Of fixes that were opened, by finding and by code, for the text that was there then.
        self._weighed: dict[str, Consequences | None] = {}
        self._weighed_for = ""
        # What was wrong with an acceptance of a finding, while the model is as it was then.
        self._not_taken: dict[str, str] = {}
        self._not_taken_for = (-1, "")
        super().__init__(model)

    def draw(self) -> FindingsState:
        if self._weighed_for != self.model.text:
            self._weighed = {}
        return {
            "canTry": self.model.triers > 0,
            "findings": [self._drawn(each) for each in _one_for_each_cause(self.model)],
            "weighed": {name: self._weighed_state(name) for name in self._weighed},
            "counts": {verdict.value: self._count(verdict) for verdict in Verdict},
            "said": " ".join(self._complaints(self._not_taken_for[1]).values()) or self._said(),
            "none": NOTHING if not self.model.policy.statements and self.model.is_good else NONE,
        }

    def _drawn(self, drawn: Spot) -> FindingState:
        return {**drawn, "alike": self._alike(drawn), "complaints": self._complaints(drawn["id"])}

    def _complaints(self, id: str) -> dict[str, str]:
        if self._not_taken_for == (self.model.revision, id):
            return self._not_taken
        return {}

    def _alike(self, drawn: Spot) -> int:
        """How many findings of its kind can be fixed at once, when it is one of several."""
        count = self._count_alike(drawn["code"]) if drawn["fix"] and not drawn["accepted"] else 0
        return count if count > 1 else 0

    def _count_alike(self, code: str) -> int:
        return sum(
            each.code == code and each.fix is not None and not each.accepted
            for each in self.model.findings
        )

    def _fix_of_all(self, code: str) -> Fix | None:
        return fix_of_all(self.model.text, self.model.findings, code)

    def _consequences(self, fix: Fix | None, saved: bool) -> Consequences | None:
        """Return what a fix does to access; None if the text is no policy before or after it.

        Args:
            fix: the fix. saved: whether IAM can have saved the policy as it is.
        """
        model = self.model
        try:
            after = parse(fix.apply(model.text)) if fix and model.is_good else None
        except DocumentError:
            return None
        if after is None:
            return None
        before = model.callers if model.are_callers_known else None
        found = consequences_of(model.policy, after, model.whole_home, model.role, before=before)
        return replace(found, sessions=saved)

    def _weighed_state(self, name: str) -> WeighedState:
        weighed = self._weighed[name]
        fix = self._fix_of_all(name) if " " not in name else None  # a code, and no finding's name
        return {
            "consequences": consequences_state(weighed, AFTER) if weighed else None,
            "change": change_from_fix(self.model.text, fix),
        }

    def _count(self, verdict: Verdict) -> int:
        return sum(
            finding.verdict == verdict and not finding.accepted for finding in self.model.findings
        )

    def _said(self) -> str:
        """For screen readers: the counts and the worst, each time either changes."""
        accepted = sum(bool(finding.accepted) for finding in self.model.findings)
        if not self.model.policy.statements and not self.model.findings:
            return NOTHING
        if accepted == len(self.model.findings):
            if accepted:
                return f"{NONE[:-1]}, {accepted} accepted."
            return NONE
        counts = [
            counted(verdict, self._count(verdict)) for verdict in Verdict if self._count(verdict)
        ]
        counts += [f"{accepted} accepted"] if accepted else []
        return f"{', '.join(counts)}. Worst: {self.model.findings[0].message}"

    @message
    def do_fix(self, id: str, which: int = 0) -> None:
        """Apply one of a finding's fixes."""
        finding = finding_named(self.model, id)
        if finding:
            self.model.apply(finding, which)

    @message
    def do_fix_all(self, id: str) -> None:
        """Apply the fixes of all findings of one kind."""
        finding = finding_named(self.model, id)
        if finding:
            self.model.apply_all(finding.code)

    @message
    def do_weigh(self, id: str, which: int = 0) -> None:
        """Show who gains, loses and keeps access by one of a finding's fixes.

        Where several findings have its code, also by the fixes of all of them.
        """
        finding = finding_named(self.model, id)
        if finding and 0 <= which < len(finding.fixes):
            if self._weighed_for != self.model.text:
                self._weighed, self._weighed_for = {}, self.model.text
            saved = finding.verdict is not Verdict.REFUSED
            weighed = f"{id} {which}" if which else id
            self._weighed[weighed] = self._consequences(finding.fixes[which], saved)
            if self._count_alike(finding.code) > 1:
                self._weighed[finding.code] = self._consequences(
                    self._fix_of_all(finding.code), saved
                )
            self._draw()

    @message
    def do_try(self, name: str, which: str) -> None:
        """Hand the call of someone who gains or loses access to the view that tries callers."""
        weighed = self._weighed.get(name)
        witness = weighed.answer(which).witness if weighed else None
        if witness:
            self.model.try_caller(witness)

    @message
    def do_show(self, id: str) -> None:
        """Ask the editor to show a finding's place."""
        finding = finding_named(self.model, id)
        if finding:
            self.model.show(finding.path)

    @message
    def do_accept(self, id: str, reason: str, until: str = "") -> None:
        """Accept a finding with its value for a reason, or show what is wrong with that."""
        finding = finding_named(self.model, id)
        if not finding:
            return
        self._not_taken = complaints_about_acceptance(finding.code, reason, until, date.today())
        self._not_taken_for = (self.model.revision, id)
        if self._not_taken:
            self._draw()
        else:
            accepted = Accepted(finding.code, reason.strip(), until, value=finding.value)
            self.model.home = replace(
                self.model.home, accepted=(*self.model.home.accepted, accepted)
            )

    @message
    def do_take_back(self, id: str) -> None:
        """Accept a finding no longer."""
        finding = finding_named(self.model, id)
        if finding:
            where = path_text(finding.path)
            home = self.model.home
            kept = tuple(
                one for one in home.accepted if not one.covers(finding.code, where, finding.value)
            )
            self.model.home = replace(home, accepted=kept)

    def still(self) -> Html:
        return still_of(self.model.findings)


def _one_for_each_cause(model: TrustModel) -> list[Spot]:
    """The findings, and of problems of the text that say the same the first alone."""
    problems = {problem.code for problem in model.problems}
    shown: list[Spot] = []
    told: set[tuple[str, str]] = set()
    for spot in finding_spots(model):
        cause = spot["code"], spot["message"]
        if spot["code"] in problems and cause in told:
            continue
        told.add(cause)
        shown.append(spot)
    return shown


class FindingsView(View, FindingsPart):
    """What the checker says about the policy. A fix is shown as a diff before it is applied.

    What the reader has accepted is folded away at the end, and not counted.

    Args:
        model: a `TrustModel`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> tw.FindingsView().state["counts"]["open"]
        0
    """
