"""The whole tool in a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import traitlets
from ipywidgets import widget_serialization

from trust_widgets.forms import expect_asked, idle_answers, listed
from trust_widgets.model import Grant, TrustModel, all_written
from trust_widgets.patterns import PATTERNS
from trust_widgets.policy import Given, Home
from trust_widgets.text.html import Html, tag
from trust_widgets.views.base import View, bundle, model_of
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
        start: what to begin with: a pattern's name, a `TrustModel` to share, a `TrustPolicy`, its
            document, or a `Role`.
        text: a policy's JSON text to read, instead of `start`; or what `start` takes.
        grants: a list of `Grant` to begin with, instead of `start`.
        home: what is yours; when none is given, what a `trust-home.toml` in the working folder, or
            the nearest of its parents, says.
        answers: for a pattern, its answers and `guards`; always `account`, `role_name`, `path` and
            `max_session` (seconds) of the role.

    Raises:
        KeyError: for a pattern that is not there; the message lists those that are.
        TypeError: for an answer that the pattern does not ask for, for a policy's text without
            `text=`, and for two things to begin with.
        ValueError: for an answer that would not be used, and for a `trust-home.toml` that is wrong.

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
        start: Given | None = None,
        *,
        text: Given | None = None,
        grants: Sequence[Grant] | Grant | None = None,
        home: Home | None = None,
        **answers: Any,
    ) -> None:
        model = _new_model(start, text, grants, home, answers)
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
    start: Given | None,
    text: Given | None,
    grants: Sequence[Grant] | Grant | None,
    home: Home | None,
    answers: dict[str, Any],
) -> TrustModel:
    _expect_one_start({"a start": start, "text=": text, "grants=": grants})
    if isinstance(start, (TrustModel, View)):
        return _shared_model(model_of(start), home, answers)
    written = {name: answers.pop(name) for name in ROLE if name in answers}
    if home is not None:
        written["home"] = home
    if isinstance(start, str):
        written["grants"] = [_grant(start, answers)]
    elif answers:
        raise TypeError(f"without a pattern there is no place for {', '.join(sorted(answers))}")
    elif grants is not None:
        written["grants"] = grants
    policy = text if start is None or isinstance(start, str) else start
    if policy is not None:
        written = all_written(policy, written)
    return TrustModel(**{"home": Home.load("."), **written})


def _expect_one_start(starts: Mapping[str, object]) -> None:
    """Refuse two things to begin with, of which one would be dropped."""
    given = [name for name, start in starts.items() if start is not None]
    if len(given) > 1:
        raise TypeError(
            f"TrustBuilder begins with one thing, not with {' and '.join(given)}: leave one out"
        )


def _shared_model(model: TrustModel, home: Home | None, answers: Mapping[str, Any]) -> TrustModel:
    """A model as it is; what belongs to it is set on it."""
    more = [*([] if home is None else ["home"]), *answers]
    if more:
        raise TypeError(f"a TrustModel has its own {more[0]}: set model.{more[0]} instead")
    return model


def _grant(name: str, answers: dict[str, Any]) -> Grant:
    if not name.isidentifier():
        raise TypeError(
            f"{name[:40]!r} is no pattern's name; to read a policy's text:"
            " tw.TrustBuilder(text=...)"
        )
    pattern = PATTERNS[name]
    guards = answers.pop("guards", ())
    expect_asked(pattern.fields, answers, name, (*ROLE, "guards", "home"))
    grant = Grant(name, answers, guards)
    idle = idle_answers(pattern.fields, grant.answers)
    if idle:
        raise ValueError(listed(idle))
    return grant
