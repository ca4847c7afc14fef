"""The role in the forms that tools take it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trust_widgets.aws.limits import SESSION_SECONDS
from trust_widgets.exporters import EXPORTERS
from trust_widgets.forms import Question
from trust_widgets.policy import Given, policy_html
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.base import View
from trust_widgets.views.fields import role_field
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.messages import message

if TYPE_CHECKING:
    from trust_widgets.views.state.common import FieldState
    from trust_widgets.views.state.policy import ExportedFile, ExportState

SHORTEST, LONGEST = SESSION_SECONDS
FIELDS = {
    "role_name": Question("Role name", "Letters, digits and + = , . @ - _", "deploy-app"),
    "path": Question("Path", "Groups roles. The default is /.", "/"),
    "max_session": Question(
        "Maximum session duration", f"{SHORTEST} to {LONGEST} seconds", str(SHORTEST)
    ),
    "account": Question("AWS account of the role", "12-digit account ID", "111122223333"),
}
NOBODY = "Nothing to export yet. First choose who can assume this role."


class ExportPart(LazyPart):
    """What `ExportView` shows."""

    part = "export"

    def __init__(self, model: Given | None = None) -> None:
        self._session = ""  # as typed, while it is no number of seconds that IAM takes
        self._chosen = "json"  # the only file that is written anew at every key
        super().__init__(model)

    def draw_seen(self) -> ExportState:
        return {
            "fields": self._fields(),
            "chosen": self._chosen,
            "exports": [self._export(name) for name in self._names()],
            "stale": not self.model.is_good,
            "blocked": "" if self.model.policy.statements else NOBODY,
        }

    def _fields(self) -> list[FieldState]:
        wrong = {c.question: c.message for c in self.model.complaints if c.grant < 0}
        values = {name: str(getattr(self.model, name)) for name in FIELDS}
        if self._session:
            values["max_session"] = self._session
            wrong["max_session"] = (
                f"A session lasts {SHORTEST} to {LONGEST} seconds. For one hour, write {SHORTEST}."
            )
        drawn = [
            role_field(name, asked, values[name], wrong.get(name, ""))
            for name, asked in FIELDS.items()
        ]
        return [{**field, "half": True, "optional": field["name"] == "account"} for field in drawn]

    def _names(self) -> list[str]:
        """The exporters, JSON first; none while there is nothing to export."""
        if not self.model.policy.statements:
            return []
        return sorted(EXPORTERS, key=lambda name: name != "json")

    def _export(self, name: str) -> ExportedFile:
        exporter = EXPORTERS[name]
        return {
            "name": name,
            "title": exporter.title,
            "filename": exporter.filename,
            "language": exporter.language,
            "note": exporter.note,
            "source": exporter.source,
            "text": self._text(name) if name == self._chosen else "",
        }

    def _text(self, name: str) -> str:
        return EXPORTERS[name].text(self.model.role, self.model.whole_home)

    @message
    def do_choose(self, name: str) -> None:
        """Show the file of an exporter."""
        if name in EXPORTERS:
            self._chosen = name
            self._draw()

    def take(self, typed: dict[str, Any]) -> None:
        fields = typed.get("fields", {})
        for name in ("role_name", "path", "account"):
            if name in fields:
                setattr(self.model, name, str(fields[name]).strip())
        if "max_session" in fields:
            self._take_session(str(fields["max_session"]).strip())

    def _take_session(self, said: str) -> None:
        good = said.isascii() and said.isdigit() and SHORTEST <= int(said[:6]) <= LONGEST
        self._session = "" if good else said or " "
        if good:
            self.model.max_session = int(said)

    def still(self) -> Html:
        parts = [
            join(tag("p", tag("b", EXPORTERS[name].title)), policy_html(self._text(name)))
            for name in self._names()
        ]
        return tag("div", *(parts or [tag("p", NOBODY)]))


class ExportView(View, ExportPart):
    """The role as JSON, AWS CLI, Terraform and CloudFormation, with the role's own fields.

    Args:
        model: a `TrustModel`; a new one when none is given.
    """
