"""The callers of a role, one file a kind in `kinds/`: each fills in a call's keys as AWS would.

A member defines `CALLER = Caller(...)`. Its `request` is an ordinary typed function, and its form
is made from that function's signature, as in `patterns/`. What the reader leaves open and AWS would
fill in is unknown to the request, so that the answer is "allowed if ...". The table of who has
which key rests on
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

from trust_widgets.callers.access_denied import Refusal, Reported, told_of
from trust_widgets.evaluation import GivenRole, Request, role_from_given
from trust_widgets.families import Registry, lazy_names
from trust_widgets.forms import (
    Answer,
    Field,
    complaints_about,
    expect_asked,
    fields_of,
    idle_answers,
    listed,
    read_answers,
    settle,
    without_chosen,
)
from trust_widgets.names import helps_with_names
from trust_widgets.policy import TrustPolicy

if TYPE_CHECKING:
    from trust_widgets.callers.questions_for_keys import field_about

__all__ = [
    "CALLERS",
    "GROUPS",
    "ROLE",
    "Caller",
    "Refusal",
    "field_about",
    "told_of",
]

# Its module imports the record from here.
__getattr__ = lazy_names(__name__, {"field_about": "questions_for_keys"})

GROUPS = ("Pasted", "AWS", "CI and CD", "Kubernetes", "People")
ROLE = "arn:aws:iam::111122223333:role/app"


def _none(answers: Mapping[str, Any]) -> tuple[str, ...]:
    return ()


def _not_refused(answers: Mapping[str, Any]) -> Refusal | None:
    return None


@helps_with_names(build="make", call="make", questions="fields", name="title")
@dataclass(frozen=True, slots=True)
class Caller:
    """One kind of caller.

    Args:
        title: who calls, `"GitHub Actions run"`.
        about: one short line for someone who has to choose.
        group: one of `GROUPS`, for the picker.
        request: typed function from a role's ARN and answers to a call; raises `ValueError`, with a
            plain message, for answers that contradict one another.
        source: the page it rests on.
        note: what someone should know who fills in its form.
        guess: of a policy and the role's ARN, answers with which this caller would most likely be
            allowed: from the policy's own values. `None` when the policy is not for this kind of
            caller.
        to_keep: of answers, those that may be written to disk: without the token that was pasted.
        remarks: of answers that make a call, what someone should know about them: that a token has
            expired.
        refusal: of answers that make a call, what AWS said when it refused this very call; `None`
            when it did not.
    """

    title: str
    about: str
    group: str
    request: Callable[..., Request]
    source: str
    note: str = ""
    guess: Callable[[TrustPolicy, str], dict[str, Answer] | None] | None = None
    to_keep: Callable[[Mapping[str, Any]], dict[str, Any]] = dict
    remarks: Callable[[Mapping[str, Any]], tuple[str, ...]] = _none
    refusal: Callable[[Mapping[str, Any]], Refusal | None] = _not_refused

    def __call__(self, *given: Any, **answers: Any) -> NoReturn:
        """A caller is no function: it says what to write."""
        raise TypeError("a caller makes a call with make: tw.CALLERS[...].make(role, ...)")

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions of its form."""
        return fields_of(self.request)

    def __repr__(self) -> str:
        asked = (
            f"{f.name} ({' | '.join(f.options)})" if f.options else f.name for f in self.fields
        )
        return f"<Caller {self.title!r}, answers: {', '.join(asked)}>"

    def complaints_about(self, answers: Mapping[str, Any]) -> dict[str, str]:
        """What keeps answers from becoming a call, by question: a message that shows a right
        answer.
        """
        return complaints_about(self.fields, answers)

    def make(
        self, role: GivenRole, answers: Mapping[str, Any] | None = None, **named: Any
    ) -> Request:
        """The call that answers describe, as typed into its form.

        Args:
            role: the ARN of the role of the request, or a `Role` with its account.
            answers: by question. named: the same, as arguments. One string represents a list of
                one, and digits may be a number.

        Raises:
            ValueError: for answers that break their rules, are of another kind than their
                questions or contradict one another, and for named ones that would not be used;
                every complaint is in the message.
            TypeError: for an answer that this caller does not ask for; the message lists those that
                it does.

        Example:
            >>> CALLERS["iam_user"].make(ROLE, {"arn": "arn:aws:iam::444455556666:user/ops"}).action
            'sts:AssumeRole'
            >>> CALLERS["iam_user"].make(ROLE, arn="arn:aws:iam::444455556666:user/ops").principal
            'arn:aws:iam::444455556666:user/ops'
        """
        arn = role_from_given(role)
        every = _together(answers, named)
        expect_asked(self.fields, every, self.title)
        read, unread = read_answers(self.fields, every)
        idle = idle_answers(self.fields, read)
        if not named:  # an answer may wait in a mapping, as in a form, while the choice is made
            idle = without_chosen(self.fields, read, idle)
        wrong = {**self.complaints_about(read), **idle, **unread}
        if wrong:
            raise ValueError(listed(wrong))
        return self.from_form(arn, read)

    def from_form(self, role: str, answers: Mapping[str, Any]) -> Request:
        """The call that a form describes: answers wait in it that no other answer makes relevant.

        Args:
            role: the ARN of the role of the request. answers: by question.

        Raises:
            ValueError: for answers that break their rules or contradict one another.
            TypeError: for an answer that this caller does not ask for.
        """
        expect_asked(self.fields, answers, self.title)
        wrong = self.complaints_about(answers)
        if wrong:
            raise ValueError(listed(wrong))
        settled = settle(self.fields, answers)
        call = self.request(role=role, **settled)
        reported = Reported(self.remarks(settled), self.refusal(settled))
        if reported == Reported():
            return call
        return replace(call, evidence=reported)


def _together(answers: Mapping[str, Any] | None, named: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that were given in a mapping or by name.

    Raises:
        TypeError: for answers that are no mapping, and for a question answered in both.
    """
    if answers is not None and not isinstance(answers, Mapping):
        kind = type(answers).__name__
        raise TypeError(
            f"answers: a dict is needed, not {kind}: make(role, {{'arn': ...}}), or make(role,"
            " arn=...)"
        )
    twice = sorted(set(answers or ()) & set(named))
    if twice:
        raise TypeError(f"{', '.join(twice)}: answered twice, in answers and by name; give one")
    return {**(answers or {}), **named}


CALLERS: Registry[Caller] = Registry("trust_widgets.callers.kinds", "CALLER")
