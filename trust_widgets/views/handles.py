"""The public traits of each widget: what ipywidgets users link, watch and set."""

from __future__ import annotations

from typing import Any

import traitlets

from trust_widgets.access import CallerClass
from trust_widgets.findings import Finding, path_text
from trust_widgets.model import EMPTY, PolicyText, TrustModel
from trust_widgets.names import hint
from trust_widgets.views.copy_as_python import python_from_model

WRITABLE = ("text", "layout")
READ_ONLY = ("findings", "summary", "callers", "python")
_SET_ONCE = ("model", "parts")


class Handles(traitlets.HasTraits):
    """`text` can be written; all others follow from the model, and can only be read.

    `text`, `summary` and `python` are known to the page too, for `jslink`.
    """

    text = PolicyText(EMPTY, help="The policy's JSON text.").tag(sync=True)
    summary = traitlets.Unicode(read_only=True, help="The sentence.").tag(sync=True)
    python = traitlets.Unicode(
        read_only=True, help="Python source that makes this state again."
    ).tag(sync=True)
    findings: list[dict[str, Any]] = traitlets.List(  # type: ignore[assignment]
        read_only=True, help="The findings, worst first, each as a dict of plain values."
    )
    callers: list[dict[str, Any]] = traitlets.List(  # type: ignore[assignment]
        read_only=True, help="Who can assume the role, each as a dict of plain values."
    )

    model: TrustModel
    _followed: TrustModel | None = None

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name.startswith("_") or name in _SET_ONCE or hasattr(type(self), name)):
            kind = type(self).__name__
            known = (*self.writable(), *READ_ONLY)
            raise AttributeError(f"{kind} has no attribute {name!r}; {hint(name, known)}")
        super().__setattr__(name, value)

    @classmethod
    def writable(cls) -> tuple[str, ...]:
        """The names of the traits that can be set."""
        return WRITABLE

    def _follow_model(self, model: TrustModel) -> None:
        """Let the traits follow a model, and the model the text."""
        self._followed = model
        self._take_from_model()
        model.observe(self._take_from_model, "revision")
        self.observe(self._give_text, "text")

    def _unfollow_model(self) -> None:
        if self._followed is not None:
            self._followed.unobserve(self._take_from_model, "revision")
            self._followed = None

    def _give_text(self, change: Any) -> None:
        if self._followed is not None:
            self._followed.text = change.new

    def _take_from_model(self, _: object = None) -> None:
        model = self._followed
        if model is None:
            return
        with self.hold_trait_notifications():
            self.text = model.text
            self.set_trait("summary", model.summary)
            self.set_trait("python", python_from_model(model))
            self.set_trait("findings", [finding_as_dict(each) for each in model.findings])
            self.set_trait("callers", [caller_as_dict(each) for each in model.callers])


def finding_as_dict(finding: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "code": finding.code,
        "name": finding.name,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": path_text(finding.path),
        "value": finding.value,
        "callers": list(finding.callers),
        "accepted": finding.accepted,
        "fix": finding.fix.title if finding.fix else "",
    }


def caller_as_dict(caller: CallerClass) -> dict[str, Any]:
    """A class of callers as plain values; `stranger` is None where it is not decided."""
    witness = caller.witness
    return {
        "sentence": caller.sentence,
        "stranger": caller.stranger,
        "external": caller.external,
        "accounts": list(caller.accounts),
        "place": path_text(caller.path),
        "principal": witness.principal if witness else "",
        "context": dict(witness.context) if witness else {},
    }
