"""One kept caller, and what of it may be written to disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trust_widgets.aws.keys.records import key_record
from trust_widgets.callers import CALLERS
from trust_widgets.evaluation import Outcome, Request
from trust_widgets.names import helps_with_names

EXTERNAL_ID = "the external ID"
PASTED = "the pasted text"


@helps_with_names(outcome="expected", title="name")
@dataclass(frozen=True, slots=True)
class Kept:
    """A caller that someone keeps, to have it decided again whenever the policy changes.

    Args:
        name: what it is called, by the one who keeps it.
        caller: a name of `CALLERS`; `""` for a call given as a `Request`.
        answers: to that caller's questions.
        expected: the outcome that is wanted, `"allowed"`; `None` while nobody said.
        request: the call itself, where it has no caller.
        left_out: what was not written to disk; it is unknown to the call.

    Raises:
        ValueError: for an outcome that there is not, and for both or neither of caller and request.

    Example:
        >>> kept = Kept("ops", "iam_user", {"arn": "arn:aws:iam::444455556666:user/ops"}, "allowed")
        >>> kept.request_for("arn:aws:iam::111122223333:role/app").principal
        'arn:aws:iam::444455556666:user/ops'
    """

    name: str
    caller: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    expected: Outcome | str | None = None
    request: Request | None = None
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.caller) == (self.request is not None):
            raise ValueError("A saved caller is either one of CALLERS with answers, or a Request.")
        if self.expected not in (None, *(outcome.value for outcome in Outcome)):
            raise ValueError(
                f"expected: one of {', '.join(Outcome)}, not {str(self.expected)[:60]!r}."
            )
        object.__setattr__(
            self, "expected", self.expected if self.expected is None else Outcome(self.expected)
        )

    def request_for(self, role: str) -> Request:
        """The call.

        Args:
            role: the ARN of the role; a `Request` and a CloudTrail event have their own.

        Raises:
            ValueError: for a caller that is not there, and for answers that make no call.
        """
        if self.request is None and self.caller not in CALLERS:
            raise ValueError(
                f"There is no caller {self.caller[:60]!r}; there are {', '.join(CALLERS)}."
            )
        try:
            call = self.request or CALLERS[self.caller].from_form(role, self.answers)
        except TypeError as error:  # an answer that this kind does not ask for, or no longer
            raise ValueError(str(error)) from None
        if EXTERNAL_ID in self.left_out:
            return replace(call, unknown=call.unknown | {"sts:ExternalId"})
        return call


def for_disk(kept: Kept) -> Kept:
    """The same without external ID, token and credentials, and with what was left out."""
    if kept.request is not None:
        call = without_external_id(kept.request)
        if call != kept.request:
            return replace(kept, request=call, left_out=_more(kept, EXTERNAL_ID))
        return kept
    answers, left = dict(kept.answers), kept.left_out
    if answers.pop("external_id", ""):
        left = _more(kept, EXTERNAL_ID)
    try:
        if kept.caller in CALLERS:
            answers = CALLERS[kept.caller].to_keep(answers)
        else:
            answers = answers
    except ValueError:  # it is no token and no event, so that nobody knows what it is
        if answers.pop("text", ""):
            left = (*left, PASTED)
        else:
            left = left
    return replace(kept, answers=answers, left_out=left)


def without_external_id(call: Request) -> Request:
    """The same call, with an external ID that it passes unknown."""
    shown = {key: value for key, value in call.context.items() if not key_record(key).secret}
    if len(shown) == len(call.context):
        return call
    hidden = {key_record(key).name for key in call.context.keys() - shown.keys()}
    return replace(call, context=shown, unknown=call.unknown | hidden)


def _more(kept: Kept, what: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kept.left_out, what)))
