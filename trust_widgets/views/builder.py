"""The whole tool in a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets
from IPython.display import display

from trust_widgets.forms import expect_asked, idle_answers, listed
from trust_widgets.model import Grant, TrustModel, all_written
from trust_widgets.names import hint
from trust_widgets.patterns import PATTERNS
from trust_widgets.policy import Given, Home
from trust_widgets.text.html import Html, tag
from trust_widgets.views.base import Drawn
from trust_widgets.views.changes.view import ChangesPart
from trust_widgets.views.companions import CompanionsPart
from trust_widgets.views.editor import EditorPart
from trust_widgets.views.export import ExportPart
from trust_widgets.views.findings import FindingsPart
from trust_widgets.views.form import FormPart
from trust_widgets.views.grants import GrantsPart
from trust_widgets.views.home import HomePart
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.messages import MessageError
from trust_widgets.views.part import ViewPart, model_of
from trust_widgets.views.permissions import PermissionsPart
from trust_widgets.views.picture_output import PictureOutput
from trust_widgets.views.sent import part_state, without_text
from trust_widgets.views.simulator.view import SimulatorPart
from trust_widgets.views.source import SourcePart
from trust_widgets.views.summary import SummaryPart
from trust_widgets.views.truth_table import TruthTablePart
from trust_widgets.views.who.view import WhoPart

_ALSO = {"pattern": "start", "model": "start", "policy": "text", "document": "text"}
TABS = ("who", "simulator", "changes", "truth", "companions", "export", "home")
ROLE = ("account", "role_name", "path", "max_session")


class TrustBuilder(Drawn):
    """Who may assume this role? All views of one model, laid out together.

    Args:
        start: what to begin with: a pattern's name, a `TrustModel` to share, a `TrustPolicy`, its
            document, a `Role`, or a `RoleRecord`: the builder then names its file and line, shows
            what the file does not say as `${expression}`, and writes the policy back on request.
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

    part = "builder"

    tab = traitlets.Enum(TABS, TABS[0], help="The tool that is open below the policy.").tag(
        sync=True
    )

    grants_state = part_state()
    summary_state = part_state()
    form_state = part_state()
    form_typed = traitlets.Dict().tag(sync=True)
    source_state = part_state()
    editor_state = part_state(without_text)
    editor_typed = traitlets.Dict().tag(sync=True)
    findings_state = part_state()
    who_state = part_state()
    simulator_state = part_state()
    simulator_typed = traitlets.Dict().tag(sync=True)
    permissions_state = part_state()
    permissions_typed = traitlets.Dict().tag(sync=True)
    changes_state = part_state()
    truth_state = part_state()
    companions_state = part_state()
    export_state = part_state()
    export_typed = traitlets.Dict().tag(sync=True)
    home_state = part_state()
    home_typed = traitlets.Dict().tag(sync=True)

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
        super().__init__()
        self.model = model
        with self.hold_sync():  # one message, however many parts
            self._follow_model(model)  # first: the editor and the findings show the text
            self.parts: dict[str, ViewPart] = {part.part: part for part in _parts_of(model)}
            for part in self.parts.values():
                self._connect(part)
        self._picture = PictureOutput(self.framed_still, self.__repr__)

    def _connect(self, part: ViewPart) -> None:
        """Show what a part draws, and hand it what is typed. Tools are drawn when they are seen."""
        traitlets.dlink((part, "state"), (self, f"{part.part}_state"))
        if self.has_trait(f"{part.part}_typed"):
            traitlets.dlink((self, f"{part.part}_typed"), (part, "typed"))
        if not isinstance(part, LazyPart):
            part.redraw()

    @classmethod
    def writable(cls) -> tuple[str, ...]:
        return (*super().writable(), "tab")

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the browser typed, and send what changes in one piece."""
        with self.hold_sync():
            super().set_state(sync_data)
        self._picture.update_soon()

    def _hear(self, _: object, content: Any, __: object) -> None:
        """Hand a message to the part that it names, and send what changes in one piece."""
        name = content.get("part") if isinstance(content, dict) else None
        if name not in self.parts:
            raise MessageError(
                f"a builder has no part {name}; its parts are {', '.join(self.parts)}"
            )
        with self.hold_sync():
            self.parts[name].hear({key: content[key] for key in content if key != "part"})
        if content.get("do") not in ("open", "close"):
            self._picture.update_soon()

    def _part_typed_in(self, trait: str) -> ViewPart:
        return self.parts[trait.removesuffix("_typed")]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.model.summary!r})"

    def close(self) -> None:
        """Stop following the model, and take the builder off the page."""
        for part in getattr(self, "parts", {}).values():
            part.unfollow()
        if "_picture" in self.__dict__:
            self._picture.stop()
        super().close()

    def _ipython_display_(self, **_: Any) -> None:
        """The live widget, and its picture as a separate output, which the live widget hides.

        Where a notebook is opened without its kernel, Jupyter writes "model not found" over the
        first; the second stays.
        """
        data, metadata = self._repr_mimebundle_()
        del data["text/html"]
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
        self._picture.show()

    def still(self) -> Html:
        order = ("grants", "summary", "form", "editor", "findings", "who", "companions")
        return tag("div", *(self.parts[name].still() for name in order))


def _parts_of(model: TrustModel) -> list[ViewPart]:
    """All parts, in the order in which they are redrawn at every key."""
    return [
        EditorPart(model, height="27em"),
        FindingsPart(model),
        SourcePart(model),
        SummaryPart(model),
        FormPart(model),
        GrantsPart(model),
        WhoPart(model),
        ChangesPart(model),
        TruthTablePart(model),
        CompanionsPart(model),
        SimulatorPart(model),
        PermissionsPart(model),
        ExportPart(model),
        HomePart(model),
    ]


def _new_model(
    start: Given | None,
    text: Given | None,
    grants: Sequence[Grant] | Grant | None,
    home: Home | None,
    answers: dict[str, Any],
) -> TrustModel:
    _expect_one_start({"a start": start, "text=": text, "grants=": grants})
    if isinstance(start, (TrustModel, Drawn)):
        return _shared_model(model_of(start), home, answers)
    written = {name: answers.pop(name) for name in ROLE if name in answers}
    if home is not None:
        written["home"] = home
    if isinstance(start, str):
        written["grants"] = [_grant(start, answers)]
    elif answers:
        wrong = min(answers)
        said = hint(wrong, ("start", "text", "grants", "home", *ROLE), _ALSO)
        raise TypeError(f"{wrong} needs a pattern; {said}")
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
        raise TypeError(f"TrustBuilder takes one of {' and '.join(given)}, not both: leave one out")


def _shared_model(model: TrustModel, home: Home | None, answers: Mapping[str, Any]) -> TrustModel:
    """A model as it is; what belongs to it is set on it."""
    more = [*([] if home is None else ["home"]), *answers]
    if more:
        raise TypeError(f"a TrustModel has its own {more[0]}: set model.{more[0]} instead")
    return model


def _grant(name: str, answers: dict[str, Any]) -> Grant:
    if not name.isidentifier():
        raise TypeError(
            f"{name[:40]!r} is not the name of a pattern; to read the text of a policy, write"
            " tw.TrustBuilder(text=...)"
        )
    pattern = PATTERNS[name]
    guards = answers.pop("guards", ())
    fields = pattern.fields_for(answers)
    expect_asked(fields, answers, name, (*ROLE, "guards", "home"))
    grant = Grant(name, answers, guards)
    idle = idle_answers(fields, grant.answers)
    if idle:
        raise ValueError(listed(idle))
    return grant
