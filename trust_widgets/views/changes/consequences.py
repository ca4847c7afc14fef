"""What a change does to who can assume the role.

Who gains access, who loses it and who keeps it is proved, shown by a request, or not decided.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from trust_widgets.access import Answer, CallerClass, Comparison, compare, who_gets_in
from trust_widgets.patterns import revoke
from trust_widgets.policy import Home, Role, TrustPolicy, policy_html
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.requests import call_html, call_state, who_calls
from trust_widgets.views.words import TRUTHS

if TYPE_CHECKING:
    from trust_widgets.views.state.common import TextFile
    from trust_widgets.views.state.findings import ChangeAnswer, ConsequencesState

SIGNS = {True: "+", False: "=", None: "?"}
SAME = "Nothing changes: the two policies allow exactly the same requests (proven)."
SESSIONS = (
    "Existing sessions stay valid when the trust policy changes. After you save the policy, "
    "this command revokes them."
)
_QUESTIONS = {
    "gained": (
        "New callers can assume this role",
        "No one gains access (proven)",
        "Whether anyone gains access",
    ),
    "lost": (
        "Some callers can no longer assume this role",
        "No one loses access (proven)",
        "Whether anyone loses access",
    ),
}
NOW, AFTER = "Now", "After"
Which = Literal["gained", "lost"]
BOTH: tuple[Which, ...] = ("gained", "lost")


@dataclass(frozen=True)
class Consequences:
    """What comes of a change.

    Args:
        comparison: who gained and who lost. before, after: who can assume the role, by statement.
        role: the role with the policy as it is after.
        sessions: whether the policy before can have given out sessions: not one that IAM refuses to
            save.
    """

    comparison: Comparison
    before: tuple[CallerClass, ...]
    after: tuple[CallerClass, ...]
    role: Role
    sessions: bool = True

    @property
    def headline(self) -> str:
        """All of it in one sentence.

        Example:
            >>> nothing = Comparison(Answer(False), Answer(False))
            >>> Consequences(nothing, (), (), Role("app")).headline
            'Nothing changes: the two policies allow exactly the same requests (proven).'
        """
        gained, lost = self.comparison.gained, self.comparison.lost
        if self.comparison.same:
            return SAME
        return f"{sentence_of('gained', gained)} {sentence_of('lost', lost)}"

    def answer(self, which: str) -> Answer:
        """The answer about `"gained"` or `"lost"`."""
        if which == "gained":
            return self.comparison.gained
        return self.comparison.lost


def consequences_of(
    old: TrustPolicy,
    new: TrustPolicy,
    home: Home,
    role: Role,
    *,
    before: tuple[CallerClass, ...] | None = None,
    after: tuple[CallerClass, ...] | None = None,
) -> Consequences:
    """Compare two policies of a role.

    Args:
        old, new: the policies. home: what is yours. role: the role; its own policy does not count.
        before, after: who can assume the role by each, where that is known already.
    """
    before = who_gets_in(old, home) if before is None else before
    after = who_gets_in(new, home) if after is None else after
    return Consequences(compare(old, new, home), before, after, replace(role, trust=new))


def sentence_of(which: str, answer: Answer) -> str:
    """One answer as a sentence.

    Example:
        >>> sentence_of("gained", Answer(None, None, "Not decided: it would take too long."))
        'Whether anyone gains access is not decided: it would take too long.'
    """
    yes, no, unknown = _QUESTIONS[which]
    if answer.found is None:
        why = answer.because.removeprefix("Not decided: ") or "the analysis took too long."
        return f"{unknown} is not decided: {why}"
    return f"{yes}." if answer.found else f"{no}."


def consequences_state(consequences: Consequences, now: str = NOW) -> ConsequencesState:
    """Consequences as a browser draws them.

    Args:
        consequences: what comes of a change. now: what the newer policy is called, `AFTER` while it
            is not made yet.
    """
    new, kept, gone = _words(consequences)
    comparison = consequences.comparison
    answers: list[ChangeAnswer] = []
    if comparison.same is not True:
        answers = [_answer(which, consequences.answer(which), now) for which in BOTH]
    return {
        "headline": consequences.headline,
        "same": TRUTHS[comparison.same],
        "answers": answers,
        "new": new,
        "kept": kept,
        "gone": gone,
        "now": now,
        "revoke": _revoke_state(consequences),
    }


def _answer(which: Which, answer: Answer, now: str) -> ChangeAnswer:
    return {
        "which": which,
        "found": TRUTHS[answer.found],
        "sentence": sentence_of(which, answer),
        "call": call_state(answer.witness) if answer.witness else None,
        "because": _because(which, answer, now) if answer.found else "",
    }


def _because(which: str, answer: Answer, now: str) -> str:
    """Who gained was kept out before, who lost is kept out by the newer one."""
    if not answer.because:
        return ""
    when = "Before" if which == "gained" else now
    return f"{when}: {answer.because}"


def _words(consequences: Consequences) -> tuple[list[str], list[str], list[str]]:
    """Sentences that only one policy says, in the middle those of both.

    Two that count different lists in the same words are given with all items.
    """
    before = {caller.sentence: caller.brief for caller in consequences.before}
    after = {caller.sentence: caller.brief for caller in consequences.after}
    every = before | after
    times = Counter(every.values())
    briefs = {}
    for whole, brief in every.items():
        is_clear = times[brief] == 1
        briefs[whole] = brief if is_clear else whole
    return (
        [briefs[each] for each in after if each not in before],
        [briefs[each] for each in after if each in before],
        [briefs[each] for each in before if each not in after],
    )


def _revoke_state(consequences: Consequences) -> TextFile | None:
    """How to end old sessions, when access was taken away."""
    if not (consequences.comparison.lost.found and consequences.sessions):
        return None
    for companion in revoke(consequences.role):
        return {"note": SESSIONS, "filename": companion.filename, "text": companion.text}
    return {"note": SESSIONS.partition(" Once ")[0], "filename": "", "text": ""}


def consequences_html(consequences: Consequences) -> Html:
    """Consequences as they read without a kernel."""
    drawn = consequences_state(consequences)
    parts = [tag("p", tag("b", drawn["headline"]))]
    for which in ("gained", "lost"):
        answer = consequences.answer(which)
        if answer.witness:
            parts += [tag("p", f"{sentence_of(which, answer)}"), call_html(answer.witness)]
            parts += [tag("p", _because(which, answer, NOW))] if answer.because else []
    for title, sentences in (("Before", drawn["gone"]), (NOW, drawn["new"])):
        if sentences:
            parts += [tag("p", title, ":"), tag("ul", *(tag("li", each) for each in sentences))]
    revoked = drawn["revoke"]
    if revoked:
        parts.append(tag("p", revoked["note"]))
        if revoked["text"]:
            parts.append(policy_html(revoked["text"]))
    return join(*parts)


def in_one_line(consequences: Consequences) -> str:
    """Return for a `repr` who gained and who lost."""
    witnesses = (consequences.answer(which).witness for which in BOTH)
    callers = [who_calls(witness) for witness in witnesses if witness]
    if not callers:
        return consequences.headline
    return f"{consequences.headline} For example {' and '.join(callers)}."
