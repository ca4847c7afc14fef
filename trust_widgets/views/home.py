"""What is the reader's own, and what the reader has accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trust_widgets.forms import Answer, Field, Question
from trust_widgets.policy import FILE, Accepted, Given, Home, fault_of, find, policy_html
from trust_widgets.text.html import Html, tag
from trust_widgets.text.quoting import toml
from trust_widgets.views.base import View
from trust_widgets.views.fields import field_state
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.messages import message_about
from trust_widgets.views.saving import SavesFiles

if TYPE_CHECKING:
    from trust_widgets.views.state.common import FieldState
    from trust_widgets.views.state.policy import AcceptedState, HomeState

FIELDS = (
    Field(
        "accounts",
        Question("Your AWS accounts", "12-digit account IDs", "111122223333"),
        "list",
        (),
    ),
    Field(
        "organization", Question("Your organization", "Organization ID", "o-a1b2c3d4e5"), "text", ""
    ),
    Field(
        "github_owners",
        Question("Your GitHub owners", "Your organizations and users", "octo-org"),
        "list",
        (),
    ),
    Field(
        "vendors",
        Question("Vendors you work with", "12-digit account IDs of these vendors", "444455556666"),
        "list",
        (),
    ),
)
NOTHING = "# (empty)\n"


class HomePart(LazyPart, SavesFiles):
    """What `HomeView` shows."""

    part = "home"

    def __init__(self, model: Given | None = None) -> None:
        self._answers: dict[
            str, Answer
        ] = {}  # as typed, wrong lines and all; the model holds the right ones
        super().__init__(model)

    def draw_seen(self) -> HomeState:
        return {
            "fields": [self._field(asked) for asked in FIELDS],
            "accepted": [_accepted_state(one) for one in self.model.home.accepted],
            "filename": FILE,
            "text": self.files()[FILE],
            "saved": self.saved_state(),
            "canSave": self.can_save(),
        }

    def files(self) -> Mapping[str, str]:
        return {FILE: toml_from_home(self.model.home) or NOTHING}

    def path_for(self, filename: str) -> Path:
        """Return the file that a builder started here reads; a new one is next to the notebook."""
        return find(Path.cwd()) or super().path_for(filename)

    def _field(self, asked: Field) -> FieldState:
        held = getattr(self.model.home, asked.name)
        typed = self._answers.get(asked.name, held)
        # What was typed is shown only for as long as it is what the model has taken.
        shown = typed if _right(asked.name, typed) == held else held
        return {**field_state(asked, shown, _complaint(asked.name, shown)), "half": True}

    def take(self, typed: dict[str, Any]) -> None:
        fields = typed.get("fields", {})
        for asked in FIELDS:
            if asked.name in fields:
                self._answers[asked.name] = _tidy(fields[asked.name])
        right: dict[str, Any] = {
            f.name: _right(f.name, self._answers[f.name]) for f in FIELDS if f.name in fields
        }
        self.model.home = replace(self.model.home, **right)

    @message_about(Accepted)
    def do_take_back(self, **accepted: str) -> None:
        """Accept a finding no longer."""
        gone = Accepted(**accepted)
        kept = tuple(one for one in self.model.home.accepted if one != gone)
        self.model.home = replace(self.model.home, accepted=kept)

    def still(self) -> Html:
        wide = [
            tag("p", f"{one.code}: accepted at any value.")
            for one in self.model.home.accepted
            if not one.value
        ]
        return tag("div", tag("p", tag("b", FILE)), *wide, policy_html(self.draw_seen()["text"]))


class HomeView(View, HomePart):
    """What is yours, as a form; the findings that you have accepted; the file that keeps both.

    Args:
        model: a `TrustModel`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> home = tw.Home(accounts=("111122223333",))
        >>> print(tw.HomeView(tw.TrustModel(home=home)).state["text"], end="")
        accounts = ["111122223333"]
    """


def _accepted_state(accepted: Accepted) -> AcceptedState:
    return {
        "code": accepted.code,
        "reason": accepted.reason,
        "until": accepted.until,
        "where": accepted.where,
        "value": accepted.value,
        "over": accepted.is_over(date.today()),
    }


def toml_from_home(home: Home) -> str:
    """Return the file that `Home.from_toml` reads as this home; `""` for an empty one.

    What is wrong in it is left out.
    """
    said = {field.name: _right(field.name, getattr(home, field.name)) for field in FIELDS}
    accepted = [_filled(asdict(one)) for one in home.accepted]
    return toml.document(_filled(said), {"accepted": accepted})


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in members.items() if value}


def _tidy(value: Any) -> Answer:
    if isinstance(value, list):
        return tuple(dict.fromkeys(line for line in map(str.strip, map(str, value)) if line))
    return str(value).strip()


def _right(name: str, answer: Answer) -> Answer:
    """What of an answer can be taken."""
    if isinstance(answer, tuple):
        return tuple(line for line in answer if not fault_of(name, line))
    return "" if fault_of(name, str(answer)) else answer


def _complaint(name: str, answer: Answer) -> str:
    lines = answer if isinstance(answer, tuple) else (str(answer),)
    wrong = next((line for line in lines if line and fault_of(name, line)), None)
    if wrong is None:
        return ""
    return f'"{wrong}": {fault_of(name, wrong)}'
