"""Try a caller: one call against the policy, decided again at every key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from trust_widgets.aws.arns import account_id_of
from trust_widgets.callers import CALLERS, Caller
from trust_widgets.evaluation import Request
from trust_widgets.explain import Decision, evaluate
from trust_widgets.forms import Question
from trust_widgets.policy import Given
from trust_widgets.saved_callers import Kept, from_json
from trust_widgets.text.html import Html, join
from trust_widgets.views.base import View
from trust_widgets.views.fields import (
    answers_from_fields,
    complaint_about_role,
    field_states,
    role_field,
    withheld,
)
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.messages import message
from trust_widgets.views.part import model_of
from trust_widgets.views.requests import call_state
from trust_widgets.views.saving import SavesFiles
from trust_widgets.views.simulator.answer_state import answer_state, change_named
from trust_widgets.views.simulator.form_for_request import form_for
from trust_widgets.views.simulator.guesses import form_to_say_more
from trust_widgets.views.simulator.request_form import CallForm
from trust_widgets.views.simulator.secrets import EXTERNAL_ID, hidden, secrets_of
from trust_widgets.views.simulator.static_html import call_form_html
from trust_widgets.views.simulator.test_bench import (
    file_states,
    kept_html,
    saved_caller_state,
    with_more,
    with_typed,
)
from trust_widgets.views.text_positions import browser_text

if TYPE_CHECKING:
    from trust_widgets.views.state.common import FieldState, TitledFile
    from trust_widgets.views.state.simulator import (
        BenchState,
        RawState,
        SimulatorState,
    )

ACCOUNT = Question(
    "Account of the role",
    "12-digit account ID. Default: 111122223333.",
    "111122223333",
    optional=True,
    more=True,
)
ACCOUNT_NAME = "role_account"  # no question of a caller's own has this name

_KEPT_OUT = "Given, and kept out of what is saved with a notebook. What you type replaces it."


class SimulatorPart(LazyPart, SavesFiles):
    """What `SimulatorView` shows."""

    part = "simulator"
    redraw_on = ("revision", "tried")

    kept: tuple[Kept, ...] = traitlets.Tuple()  # type: ignore[assignment]

    def __init__(
        self,
        model: Given | None = None,
        caller: str = "",
        *,
        kept: Iterable[Kept] = (),
        **answers: Any,
    ) -> None:
        drawn = model_of(model)
        self._call_form = CallForm(drawn)
        self._tried = 0  # how often another view has handed a call over
        # The form that can make the request that was handed over.
        self._form_for_given: tuple[str, dict[str, Any]] | None = None
        self._whole = False
        self._name = ""  # of the kept caller that was opened last
        self._files: list[TitledFile] = []
        self._complaint = ""  # about what was to be loaded last
        if caller or answers:
            self._call_form.begin(caller, answers)
        elif drawn.policy.statements:
            self._call_form.begin_with_first()
        super().__init__(drawn)
        self.model.triers += 1
        self.observe(self._redraw, "kept")
        self.kept = tuple(kept)

    def unfollow(self) -> None:
        """Try no more calls that other views hand over."""
        if self._is_following:
            self.model.triers -= 1
        super().unfollow()

    def __repr__(self) -> str:
        decision = self.decision
        if decision is not None:
            said = f"{self.caller or 'a call'}: {decision.outcome.value}"
        elif self.caller:
            said = f"{self.caller}: no request tried yet"
        else:
            said = "no caller tried yet"
        return f"{type(self).__name__}({said!r}, {self.model.summary!r})"

    def _redraw(self, change: object = None) -> None:
        if self.model.tried and self.model.tried[1] != self._tried:
            request, self._tried = self.model.tried
            self._call_form.use_request(request)
            self._form_for_given = form_for(request)
        super()._redraw(change)

    @property
    def caller(self) -> str:
        """The name in `CALLERS` of the caller that is tried; `""` while nobody was chosen."""
        return self._call_form.name

    @property
    def request(self) -> Request | None:
        """The call that is tried; `None` while its form is unfinished."""
        return self._call_form.ask()[0]

    @property
    def decision(self) -> Decision | None:
        """What the policy, or the last one that could be read, says of it."""
        return self._decided(self.request)

    def _decided(self, request: Request | None) -> Decision | None:
        if request:
            return evaluate(self.model.policy, request)
        return None

    # -- how it is drawn ---------------------------------------------------------------------------

    def draw_seen(self) -> SimulatorState:
        caller = self._call_form.caller
        request, wrong = self._call_form.ask()
        decision = self._decided(request)
        secrets = secrets_of(self._call_form, request, self.model.text)
        answer = None
        if decision is not None:
            answer = answer_state(self.model, self._call_form, decision, self._whole, secrets)
        state: SimulatorState = {
            "caller": self.caller,
            "raw": self._raw_state(),
            "title": caller.title if caller else "",
            "about": caller.about if caller else "",
            "note": caller.note if caller else "",
            "source": caller.source if caller else "",
            "guesses": self._call_form.can_guess,
            "fields": self._fields(caller, secrets) if caller else [],
            "wrong": wrong,
            "remarks": list(self._call_form.remarks) if decision is not None else [],
            "stale": not self.model.is_good,
            "text": browser_text(self.model.text),
            "answer": answer,
            "whole": self._whole,
            **self._bench_state(),
        }
        return hidden(state, secrets)

    def _raw_state(self) -> RawState | None:
        """A call that came ready made, and the form that it can be changed in."""
        raw = self._call_form.given_request
        if raw is None:
            return None
        return {
            "call": call_state(raw),
            "editAs": CALLERS[self._form_for_given[0]].title if self._form_for_given else "",
        }

    def _bench_state(self) -> BenchState:
        policy, role = self.model.policy, self._call_form.role
        self._files = file_states(self.kept, policy, role) if self.kept else []
        return {
            "name": self._name,
            "kept": [saved_caller_state(one, policy, role) for one in self.kept],
            "files": self._files,
            "said": self._complaint,
            "saved": self.saved_state(),
            "canSave": self.can_save(),
        }

    def files(self) -> Mapping[str, str]:
        return {file["filename"]: file["text"] for file in self._files}

    def _fields(self, caller: Caller, secrets: tuple[str, ...]) -> list[FieldState]:
        answers = self._call_form.answers
        fields = field_states(caller.fields, answers, caller.complaints_about(answers))
        if not self._call_form.is_taken:
            fields = [withheld(field) if field["long"] else field for field in fields]
        if secrets:
            fields = [
                _kept_out(field) if field["name"] == EXTERNAL_ID else field for field in fields
            ]
        wrong = complaint_about_role(self.model, "account")
        return [*fields, role_field(ACCOUNT_NAME, ACCOUNT, self.model.account, wrong)]

    # -- what the reader does ----------------------------------------------------------------------

    def take(self, typed: dict[str, Any]) -> None:
        caller = self._call_form.caller
        if typed.get("caller") != self.caller:
            return  # another caller was chosen since this was typed
        fields = typed.get("fields", {})
        if caller:
            self._call_form.say(answers_from_fields(caller.fields, self._call_form.answers, fields))
        if ACCOUNT_NAME in fields:
            self.model.account = account_id_of(str(fields[ACCOUNT_NAME]).strip())
        self.kept = with_typed(self.kept, typed.get("kept"))

    @message
    def do_choose(self, name: str) -> None:
        """Try another kind of caller."""
        if name in CALLERS:
            self._call_form.choose(name)
        self._draw()

    @message
    def do_edit(self) -> None:
        """Put a request that was handed over or pasted into a form in which it can be changed."""
        decision = self.decision
        pasted = form_to_say_more(self._call_form, decision) if decision is not None else None
        form = self._form_for_given if self._call_form.given_request else pasted
        if form:
            self._call_form.begin(*form)
        self._draw()

    @message
    def do_guess(self) -> None:
        """Fill the form again so that the policy would most likely let this caller in."""
        self._call_form.guess_again()
        self._draw()

    @message
    def do_whole(self, whole: bool) -> None:
        """Show the whole reasoning, or no longer."""
        self._whole = whole
        self._draw()

    @message
    def do_apply(self, id: str) -> None:
        """Make a change in the policy's text that would let the caller in."""
        decision = self.decision
        if decision is None or not self.model.is_good:
            return
        secrets = secrets_of(self._call_form, decision.request, self.model.text)
        change = change_named(decision, id, secrets)
        if change and change.fix:
            self.model.repair(change.fix)

    @message
    def do_keep(self, name: str) -> None:
        """Keep the caller as written in the form, and expect of it what is so now."""
        decision = self.decision
        if decision is not None and self.caller and name.strip():
            new = Kept(name.strip(), self.caller, dict(self._call_form.answers), decision.outcome)
            self._name = ""
            self.kept = with_more(self.kept, [new])

    @message
    def do_open_kept(self, index: int) -> None:
        """Put a saved caller into the form."""
        kept = self.kept[index] if 0 <= index < len(self.kept) else None
        if kept is not None and kept.caller in CALLERS:
            self._call_form.begin(kept.caller, kept.answers)
            self._name = kept.name
        self._draw()

    @message
    def do_remove(self, index: int) -> None:
        """Keep a caller no longer."""
        if index >= 0:  # a click may come after the caller is gone
            self.kept = (*self.kept[:index], *self.kept[index + 1 :])

    @message
    def do_load(self, text: str) -> None:
        """Keep the callers of a file besides; one takes the place of another with its name."""
        try:
            self.kept = with_more(self.kept, from_json(text))
            self._complaint = ""
        except ValueError as error:
            self._complaint = str(error)
        self._draw()

    # -- without a kernel --------------------------------------------------------------------------

    def still(self) -> Html:
        simulated = call_form_html(self._call_form, self.decision, self.model.is_good)
        if not self.kept:
            return simulated
        return join(simulated, kept_html(self.kept, self.model.policy, self._call_form.role))


def _kept_out(field: FieldState) -> FieldState:
    """The control of a secret: the page it was typed into alone shows it."""
    return {**withheld(field), "help": _KEPT_OUT}


class SimulatorView(View, SimulatorPart):
    """Pick a caller, fill in its form, and read whether the policy allows it, and why.

    Args:
        model: a `TrustModel`; a new one when none is given.
        caller: a name of `CALLERS` to begin with; when none is given, the first that the policy is
            for.
        kept: callers to keep, decided again at every key; the trait `kept` holds them.
        answers: those of its form; when none are given, such that the policy would most likely let
            it in.

    Raises:
        KeyError: for a caller that is not there; the message lists those that are.
        TypeError: for an answer that the caller does not ask for.

    Example:
        >>> import trust_widgets as tw
        >>> grant = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})
        >>> view = tw.SimulatorView(tw.TrustModel(grants=[grant]))
        >>> view.caller, view.decision.outcome.value
        ('aws_service', 'allowed')
    """
