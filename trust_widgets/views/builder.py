"""The whole tool in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets
from ipywidgets import widget_serialization

from trust_widgets.forms import expect_asked, idle_answers
from trust_widgets.model import Grant, TrustModel
from trust_widgets.patterns import PATTERNS
from trust_widgets.policy import Home, TrustPolicy, expect_policy
from trust_widgets.text.html import Html, tag
from trust_widgets.views.base import View, bundle
from trust_widgets.views.changes.view import ChangesView
from trust_widgets.views.companions import CompanionsView
from trust_widgets.views.editor import EditorView
from trust_widgets.views.export import ExportView
from trust_widgets.views.findings import FindingsView
from trust_widgets.views.form import FormView
from trust_widgets.views.grants import GrantsView
from trust_widgets.views.home import HomeView
from trust_widgets.views.simulator.view import SimulatorView
from trust_widgets.views.summary import SummaryView
from trust_widgets.views.truth_table import TruthTableView
from trust_widgets.views.who.view import WhoView

if TYPE_CHECKING:
    from trust_widgets.views.state.policy import BuilderState

ROLE = ("account", "role_name", "path", "max_session")


class TrustBuilder(View):
    """Who may assume this role? All views of one model, laid out together.

    Args:
        start: what to begin with: a pattern's name, a `TrustModel` to share, or a `TrustPolicy`.
        text: a policy's JSON text to read, instead of `start`.
        grants: a list of `Grant` to begin with, instead of `start`.
        home: what is yours; when none is given, what a `trust-home.toml` in the working folder, or
            the nearest of its parents, says.
        answers: for a pattern, its answers and `guards`; always `account`, `role_name`, `path` and
            `max_session` (seconds) of the role.

    Raises:
        KeyError: for a pattern that is not there; the message lists those that are.
        TypeError: for an answer that the pattern does not ask for, and for a policy's text without
            `text=`.
        ValueError: for a `trust-home.toml` that is wrong.

    Example:
        >>> import trust_widgets as tw
        >>> builder = tw.TrustBuilder("aws_service", services=("ec2.amazonaws.com",))
        >>> builder.model.policy.statements[0].principal.service
        ('ec2.amazonaws.com',)
    """

    _esm = bundle("builder.js")
    _css = bundle("style.css")

    parts = traitlets.Dict().tag(sync=True, **widget_serialization)

    def __init__(
        self,
        start: str | TrustModel | TrustPolicy | None = None,
        *,
        text: str | None = None,
        grants: list[Grant] | None = None,
        home: Home | None = None,
        **answers: Any,
    ) -> None:
        model = (
            start
            if isinstance(start, TrustModel)
            else _new_model(start, text, grants, home, answers)
        )
        super().__init__(model)
        # The editor and the findings come first: they are redrawn in this order at every key.
        self.parts = {
            "editor": EditorView(model),
            "findings": FindingsView(model),
            "summary": SummaryView(model),
            "form": FormView(model),
            "grants": GrantsView(model),
            "who": WhoView(model),
            "changes": ChangesView(model),
            "truth": TruthTableView(model),
            "companions": CompanionsView(model),
            "simulator": SimulatorView(model),
            "export": ExportView(model),
            "home": HomeView(model),
        }

    def draw(self) -> BuilderState:
        return {}

    def close(self) -> None:
        for part in self.parts.values():
            part.close()
        super().close()

    def still(self) -> Html:
        order = ("grants", "summary", "form", "editor", "findings", "who", "companions")
        return tag("div", *(self.parts[name].still() for name in order))


def _new_model(
    start: str | TrustPolicy | None,
    text: str | None,
    grants: list[Grant] | None,
    home: Home | None,
    answers: dict[str, Any],
) -> TrustModel:
    written = {name: answers.pop(name) for name in ROLE if name in answers}
    written["home"] = Home.load(".") if home is None else home
    if isinstance(start, str):
        return TrustModel(grants=[_grant(start, answers)], **written)
    if answers:
        raise TypeError(f"without a pattern there is no place for {', '.join(sorted(answers))}")
    if start is not None:
        expect_policy(start)
        text = str(start)
    if text is not None:
        written["text"] = text
    if grants is not None:
        written["grants"] = tuple(grants)
    return TrustModel(**written)


def _grant(name: str, answers: dict[str, Any]) -> Grant:
    if not name.isidentifier():
        raise TypeError(
            f"{name[:40]!r} is no pattern's name; to read a policy's text:"
            " tw.TrustBuilder(text=...)"
        )
    pattern = PATTERNS[name]
    guards = answers.pop("guards", ())
    grant = Grant(name, answers, guards)
    expect_asked(pattern.fields, answers, name)
    idle = idle_answers(pattern.fields, answers)
    if idle:
        raise ValueError("; ".join(f"{question}: {message}" for question, message in idle.items()))
    return grant
