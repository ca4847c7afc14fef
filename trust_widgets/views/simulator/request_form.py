"""The request that is simulated: a kind of caller, its answers, the request made of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trust_widgets.callers import CALLERS, Caller, Refusal
from trust_widgets.evaluation import Request, arn_of_role
from trust_widgets.forms import Answer, expect_asked, listed, read_answers
from trust_widgets.model import TrustModel
from trust_widgets.policy import fault_of

STAND_IN = "111122223333"  # the account of a role whose account is unknown
PASTED = "Pasted"  # the group of callers whose answer `text` is someone's token or event


class CallForm:
    """Which caller is tried against a model's policy.

    What was said of others waits for choosing them again.

    Args:
        model: whose policy and role are meant.
    """

    def __init__(self, model: TrustModel) -> None:
        self.name = ""
        self.given_request: Request | None = (
            None  # a call that came ready made, in place of what a form makes
        )
        self._model = model
        self._answers: dict[str, dict[str, Answer]] = {}
        self._guessed: dict[str, dict[str, Answer]] = {}  # what the policy alone put into a form
        self._remarks: dict[str, tuple[str, ...]] = {}  # about what was pasted
        self._not_taken: set[str] = set()  # callers whose pasted text is not read yet
        # Made of what was said: no key in the policy changes it. Of answers that make no call, what
        # is wrong with them.
        self._calls: dict[tuple[str, str, str], Request | str] = {}

    @property
    def caller(self) -> Caller | None:
        """The kind of caller; `None` while nobody was chosen."""
        return CALLERS.get(self.name)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What was said of it."""
        return self._answers.get(self.name, {})

    @property
    def remarks(self) -> tuple[str, ...]:
        """What someone should know about what was pasted."""
        return self._remarks.get(self.name, ())

    @property
    def is_taken(self) -> bool:
        """Whether what was pasted could be read; what could not may hold a secret."""
        return self.name not in self._not_taken

    @property
    def guessed(self) -> Mapping[str, Answer]:
        """The answers that came from the policy, and that nobody touched since."""
        guessed = self._guessed.get(self.name, {})
        return {
            name: answer for name, answer in guessed.items() if self.answers.get(name) == answer
        }

    @property
    def refusal(self) -> Refusal | None:
        """What AWS said when it refused this request; None if it did not.

        It is None too while the form is unfinished.
        """
        try:
            if self.caller:
                return self.caller.refusal(self.answers)
            return None
        except ValueError:
            return None

    @property
    def role(self) -> str:
        """The ARN of the role of the request."""
        role = self._model.role
        try:
            arn_of_role(role.arn)
        except ValueError:  # its account, path or name is not typed whole yet
            return self._stand_in()
        return role.arn

    def _stand_in(self) -> str:
        """Return the ARN of a role with stand-ins for what is not typed whole."""
        role = self._model.role
        account = STAND_IN if fault_of("accounts", role.account) else role.account
        wrong = {each.question for each in self._model.complaints if each.grant == -1}
        path = "/" if "path" in wrong else role.path
        name = "example-role" if "role_name" in wrong else role.name
        return f"arn:aws:iam::{account}:role{path}{name}"

    def ask(self) -> tuple[Request | None, str]:
        """The call, or else what keeps it from being one."""
        caller = self.caller
        if caller is None:
            return self.given_request, ""
        wrong = caller.complaints_about(self.answers)
        if wrong:
            labels = [f'"{field.question.label}"' for field in caller.fields if field.name in wrong]
            return None, f"Enter {', '.join(labels)} to see the result."
        try:
            return self.call(), ""
        except ValueError as error:
            return None, str(error)

    def call(self, without: str = "") -> Request:
        """The call that the form's answers describe, one of them left out.

        Raises:
            ValueError: for answers that break their rules or contradict one another.
        """
        at = (self.name, self.role, without)
        if at not in self._calls:
            self._calls[at] = self._made(without)
        call = self._calls[at]
        if isinstance(call, str):
            raise ValueError(call)
        return call

    def _made(self, without: str) -> Request | str:
        """The call, or what is wrong with the answers."""
        answers = {name: answer for name, answer in self.answers.items() if name != without}
        try:
            return CALLERS[self.name].from_form(self.role, answers)
        except ValueError as error:
            return str(error)

    def begin(self, name: str, answers: Mapping[str, Any]) -> None:
        """Choose a caller by its name in `CALLERS`, with these answers.

        Raises:
            KeyError: for a caller that is not there.
            TypeError: for an answer that it does not ask for.
            ValueError: for an answer of another kind than its question.
        """
        if not name:
            raise TypeError("answers need a caller: name one, like caller='github_actions'")
        fields = CALLERS[name].fields
        expect_asked(fields, answers, name)
        read, unread = read_answers(fields, answers)
        if unread:
            raise ValueError(listed(unread))
        if read:
            self._say(name, read)
            self._guessed.pop(name, None)
        self.choose(name)

    def begin_with_first(self) -> None:
        """Choose the first caller that the policy is for, if there is one."""
        self.choose(next((name for name in CALLERS if self._guess(name) is not None), ""))

    def choose(self, name: str) -> None:
        """Choose a caller; without answers, its form starts with those that the policy suggests.

        What was pasted for the caller before, and could not be read, is forgotten.
        """
        if not self.is_taken:
            self._not_taken.discard(self.name)
            self._answers.pop(self.name, None)
        self.name, self.given_request = name, None
        if name and name not in self._answers:
            self._guessed[name] = self._guess(name) or {}
            self._say(name, self._guessed[name])

    def use_request(self, request: Request) -> None:
        """Try a call as it is, whatever form could make it. What was said in forms waits."""
        self.name, self.given_request = "", request

    @property
    def can_guess(self) -> bool:
        """Whether the policy is for this caller, so that its form can be filled from it."""
        return bool(self.name) and self._guess(self.name) is not None

    def guess_again(self) -> None:
        """Forget the answers of this caller, and fill the form from the policy."""
        self._answers.pop(self.name, None)
        self.choose(self.name)

    def say(self, answers: Mapping[str, Any]) -> None:
        """Take answers of the chosen caller in.

        What was touched is no guess any more, also when it is put back.
        """
        self._say(self.name, answers)
        self._guessed[self.name] = dict(self.guessed)

    def _guess(self, name: str) -> dict[str, Answer] | None:
        guess = CALLERS[name].guess
        if guess:
            return guess(self._model.policy, self.role)
        return None

    def _say(self, name: str, answers: Mapping[str, Any]) -> None:
        """Set the answers of a caller; of pasted text keep only what AWS reads, and remarks."""
        self._calls.clear()
        caller, before = CALLERS[name], self._answers.get(name, {})
        self._answers[name] = dict(answers)
        self._not_taken.discard(name)
        if caller.group != PASTED:
            return
        try:
            if answers.get("text") != before.get("text"):
                self._remarks[name] = caller.remarks(answers)
            self._answers[name] = dict(caller.to_keep(answers))
        except ValueError:  # not finished, or no token: the form says so
            self._remarks.pop(name, None)
            self._not_taken.add(name)
