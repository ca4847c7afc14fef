"""The form of the selected grant: its questions and its conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trust_widgets.aws.arns import account_id_of
from trust_widgets.explain import exact_words, label_of_value
from trust_widgets.forms import Field, Question, complete, said, spread_answer
from trust_widgets.model import Grant, complaints_of, kind_of, label_of, statements_of
from trust_widgets.patterns import Pattern
from trust_widgets.policy import (
    Condition,
    Guard,
    policy_html,
    statement_to_dict,
)
from trust_widgets.policy import kind_of as kind_of_guard
from trust_widgets.text.html import Html, join, tag
from trust_widgets.text.json.writer import json_text
from trust_widgets.views.base import View
from trust_widgets.views.fields import (
    answers_from_fields,
    complaint_about_role,
    field_states,
    role_field,
)
from trust_widgets.views.guard_offers import guard_state, new_guard, offers
from trust_widgets.views.messages import message
from trust_widgets.views.part import ViewPart

if TYPE_CHECKING:
    from trust_widgets.views.state.policy import FormState, GrantForm

ACCOUNT = Question("AWS account of the role", "12-digit account ID", "111122223333")
OPTIONAL_ACCOUNT = replace(
    ACCOUNT,
    help=("Used only in the setup snippets. It is not part of the policy."),
    optional=True,
    more=True,
)
ROLE_NAME = Question("Role name", "Used in exports and commands.", "deploy-app")
LOCKED = "The JSON is invalid. Fix it in the editor, or revert to the last valid version."
BY_HAND = (
    "Custom statement: no form matches it. It stays exactly as written. Change it in the editor."
)


class FormPart(ViewPart):
    """What `FormView` shows."""

    part = "form"
    redraw_on = ("revision", "selected", "asked")

    def _grant(self) -> Grant | None:
        index = self.model.selected
        if 0 <= index < len(self.model.grants):
            return self.model.grants[index]
        return None

    def draw(self) -> FormState:
        grant = self._grant()
        pattern = kind_of(grant) if grant else None
        drawn = self._grant_form(grant, pattern) if grant and pattern else EMPTY_FORM
        return {
            **drawn,
            "grant": self.model.selected,
            "pattern": grant.pattern if grant else "",
            "byHand": _by_hand(grant),
            "locked": "" if self.model.is_good else LOCKED,
            "empty": grant is None,
            "asked": self.model.asked,
        }

    def _grant_form(self, grant: Grant, pattern: Pattern) -> GrantForm:
        complaints = {
            c.question: c.message for c in self.model.complaints if c.grant == self.model.selected
        }
        fields = field_states(pattern.fields_for(grant.answers), grant.answers, complaints)
        name = role_field("role_name", ROLE_NAME, self.model.role_name, self._about("role_name"))
        if grant.needs_account:
            complaint = complaints.get("account", "") if self.model.account else ""
            account = role_field("account", ACCOUNT, self.model.account, complaint)
            fields = [account, name, *fields]
        else:
            account = role_field(
                "account", OPTIONAL_ACCOUNT, self.model.account, self._about("account")
            )
            fields += [account, {**name, "more": True}]
        without_guards = replace(grant, guards=())
        is_complete = not complaints_of(without_guards, self.model.account)
        built = statements_of(without_guards, self.model.account) if is_complete else ()
        return {
            "title": pattern.title,
            "about": pattern.about,
            "fields": fields,
            "fixed": _fixed(grant, pattern, self.model.account) if not complaints else [],
            "guards": [
                guard_state(guard, complaints.get(f"guards.{index}", ""), pattern, built)
                for index, guard in enumerate(grant.guards)
            ],
            "offers": offers(pattern, grant, built),
        }

    def _about(self, name: str) -> str:
        return complaint_about_role(self.model, name)

    def take(self, typed: dict[str, Any]) -> None:
        index = typed.get("grant", -1)
        grant = self.model.grants[index] if 0 <= index < len(self.model.grants) else None
        pattern = kind_of(grant) if grant else None
        if grant is None or pattern is None or grant.pattern != typed.get("pattern"):
            return  # the grant was changed or taken away since this was typed
        fields = typed.get("fields", {})
        if "account" in fields:
            self.model.account = account_id_of(str(fields["account"]).strip())
        if "role_name" in fields:
            self.model.role_name = str(fields["role_name"]).strip()
        asked = pattern.fields_for(grant.answers)
        answers = answers_from_fields(asked, grant.answers, fields)
        answers = spread_answer(asked, answers, str(typed.get("pasted", "")))
        if "account" in answers:
            self.model.account = str(answers.pop("account"))
        self.model.change_grant(
            index, replace(grant.answered(answers), guards=_typed_guards(typed, grant))
        )

    @message
    def do_switch(self, pattern: str) -> None:
        """Give the selected grant another pattern; the old answers are kept for switching back."""
        grant = self._grant()
        if grant:
            self.model.change_grant(self.model.selected, grant.switched_to(pattern))

    @message
    def do_add_guard(self, name: str) -> None:
        """Add a condition of a named kind, or a free one (`"any"`)."""
        self._set_guards(lambda guards: (*guards, new_guard(name)))

    @message
    def do_remove_guard(self, index: int) -> None:
        """Take a condition away."""
        if index >= 0:  # a click may come after the guard is gone
            self._set_guards(lambda guards: (*guards[:index], *guards[index + 1 :]))

    @message
    def do_generate(self, name: str) -> None:
        """Answer a question with something new, where it can be generated."""
        grant = self._grant()
        pattern = kind_of(grant) if grant else None
        if grant is None or pattern is None:
            return
        for field in pattern.fields_for(grant.answers):
            generate = field.question.generate
            if field.name == name and generate:
                answers = {**grant.answers, name: generate()}
                changed = replace(grant, answers=answers)
                self.model.change_grant(self.model.selected, changed)

    @message
    def do_generate_guard(self, index: int) -> None:
        """Give a condition a new value, where it can be generated."""
        grant = self._grant()
        if grant is None or not 0 <= index < len(grant.guards):
            return
        guard = grant.guards[index]
        kind = kind_of_guard(guard)
        generate = kind.question.generate if kind else None
        if generate:
            guards = list(grant.guards)
            guards[index] = replace(guard, values=(generate(),))
            self._set_guards(lambda _: tuple(guards))

    @message
    def do_discard(self) -> None:
        """Give up a text that cannot be read."""
        self.model.discard()

    def _set_guards(self, change: Any) -> None:
        grant = self._grant()
        if grant:
            self.model.change_grant(
                self.model.selected, replace(grant, guards=change(grant.guards))
            )

    def still(self) -> Html:
        grant = self._grant()
        pattern = kind_of(grant) if grant else None
        if grant is None:
            return tag("p", "No entry is selected.")
        if pattern is None:
            return tag("div", policy_html(_by_hand(grant)))
        fields = pattern.fields_for(grant.answers)
        answers = complete(fields, grant.answers)
        rows = [
            tag("li", f.question.label, ": ", tag("code", _as_text(f, answers[f.name])))
            for f in fields
            if f.is_asked(answers) and answers[f.name]
        ]
        if self.model.account:
            rows.insert(0, tag("li", ACCOUNT.label, ": ", tag("code", self.model.account)))
        guards = [tag("li", tag("code", _guard_text(guard))) for guard in grant.guards]
        return join(tag("p", tag("b", label_of(grant))), tag("ul", *rows, *guards))


class FormView(View, FormPart):
    """Controls for the selected grant, made from its pattern's signature, and its conditions.

    Args:
        model: a `TrustModel`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> form = tw.FormView(tw.TrustModel(grants=[tw.Grant("aws_service")]))
        >>> [field["label"] for field in form.state["fields"]]
        ['AWS services', 'AWS account of the role', 'Role name']
    """


EMPTY_FORM: GrantForm = {
    "title": "",
    "about": "",
    "fields": [],
    "fixed": [],
    "guards": [],
    "offers": [],
}


def _by_hand(grant: Grant | None) -> str:
    if grant is None or grant.by_hand is None:
        return ""
    return json_text(statement_to_dict(grant.by_hand), indent=2)


def _fixed(grant: Grant, pattern: Pattern, account: str) -> list[str]:
    """The conditions that the pattern writes by itself: those without a part of an answer."""
    answered: list[str] = []
    for answer in said(pattern.fields_for(grant.answers), grant.answers).values():
        answered += filter(None, _texts(answer))
    labels = []
    for statement in statements_of(replace(grant, guards=()), account):
        for condition in statement.conditions:
            labels += [
                label_of_value(condition, value)
                for value in condition.values
                if not _holds_any(str(value), answered)
            ]
    return labels


def _texts(answer: Any) -> tuple[str, ...]:
    """The texts of an answer; a flag has none."""
    if isinstance(answer, tuple):
        return answer
    return (answer,) if isinstance(answer, str) else ()


def _holds_any(text: str, parts: Sequence[str]) -> bool:
    return any(part in text for part in parts)


def _typed_guards(typed: dict[str, Any], grant: Grant) -> tuple[Guard, ...]:
    """Return the conditions as typed, or the model's if their number differs.

    A click came between then, and the model's are newer.
    """
    said = typed.get("guards", [])
    if len(said) != len(grant.guards):
        return grant.guards
    return tuple(
        Guard(str(g["key"]), str(g["operator"]), tuple(map(str, g["values"]))) for g in said
    )


def _as_text(field: Field, answer: Any) -> str:
    """An answer as the form shows it."""
    if isinstance(answer, tuple):
        return ", ".join(answer)
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(field.question.choices.get(answer, answer))


def _guard_text(guard: Guard) -> str:
    condition = Condition(guard.operator, guard.key, guard.values)
    return exact_words(condition, between=", ", none="")
