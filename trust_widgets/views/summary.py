"""One plain sentence that says who can assume the role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.access import emphasis, summary_of
from trust_widgets.explain import SHOW_ALL
from trust_widgets.findings import Finding, Verdict, is_internal_error, is_not_decided
from trust_widgets.model import TrustModel, unreadable_now
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.accepting import is_accepted_risk
from trust_widgets.views.base import View
from trust_widgets.views.part import ViewPart

if TYPE_CHECKING:
    from trust_widgets.views.state.policy import Mood, SummaryState


class SummaryPart(ViewPart):
    """What `SummaryView` shows."""

    part = "summary"

    def draw(self) -> SummaryState:
        return {
            "parts": [{"text": text, "wide": wide} for text, wide in self._parts(self._sentence)],
            "whole": self._whole(),
            "mood": _mood(self.model),
            "stale": self._is_stale(),
            "behind": self.model.is_good and self.model.is_behind,
        }

    def _is_stale(self) -> bool:
        """Whether the sentence is about an older text."""
        model = self.model
        return not model.is_good and model.are_callers_known and bool(model.policy.statements)

    @property
    def _sentence(self) -> str:
        """The summary without its first words about an older text, which the page says itself."""
        return self.model.summary.removeprefix(unreadable_now(self.model.problems))

    def _parts(self, sentence: str) -> tuple[tuple[str, bool], ...]:
        wide = tuple(phrase for caller in self.model.callers for phrase in caller.wide)
        return emphasis(sentence, wide)

    def _whole(self) -> str:
        """The sentence with all items of its lists; `""` where it has them already."""
        model = self.model
        denies = sum(statement.effect == "Deny" for statement in model.policy.statements)
        brief = summary_of(model.callers, denies)
        whole = self._sentence.replace(brief, summary_of(model.callers, denies, whole=True))
        return "" if whole == self._sentence else whole

    def still(self) -> Html:
        parts = self._parts(self.model.summary)
        sentence = tag("p", *(tag("b", text) if wide else text for text, wide in parts))
        whole = self._whole()
        if not whole:
            return sentence
        return join(sentence, tag("details", tag("summary", SHOW_ALL), tag("p", whole)))


class SummaryView(View, SummaryPart):
    """The sentence, with the parts in bold that allow more than one caller.

    Args:
        model: a `TrustModel`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> tw.SummaryView().model.summary
        'No one can assume this role yet.'
    """


def _is_incomplete(finding: Finding) -> bool:
    """Whether a finding says that not everything was checked."""
    return is_internal_error(finding) or is_not_decided(finding)


def _mood(model: TrustModel) -> Mood:
    if model.are_callers_known and not model.callers and model.is_good:
        return "empty"
    verdicts = {finding.verdict for finding in model.findings if not finding.accepted}
    if verdicts & {Verdict.REFUSED, Verdict.DEAD}:
        return "bad"
    if Verdict.OPEN in verdicts or any(map(_is_incomplete, model.findings)):
        return "warn"
    if any(map(is_accepted_risk, model.findings)):
        return "warn"
    unfinished = any(complaint.grant >= 0 for complaint in model.complaints)
    if unfinished or model.not_known:
        return "empty"  # what is being typed, or is not known, may change it: no tick yet
    return "good"
