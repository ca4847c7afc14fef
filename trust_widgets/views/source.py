"""Where the policy comes from: a file, to which it can be written back, or a pasted text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.policy import Given, change
from trust_widgets.readers import RoleRecord, Unresolved
from trust_widgets.reports import FileChange, NotWritable, RoleFile
from trust_widgets.text.html import Html, tag
from trust_widgets.views.base import View
from trust_widgets.views.messages import MessageError, message
from trust_widgets.views.part import ViewPart
from trust_widgets.views.pasted import take_role
from trust_widgets.views.saving import may_save
from trust_widgets.views.text_positions import browser_length, browser_text

if TYPE_CHECKING:
    from trust_widgets.views.state.source import FilePreview, NotKnown, SourceState

_AROUND = 2  # lines of the file before and after a change


class SourcePart(ViewPart):
    """The file of the role, and the roles of a pasted text, in the builder."""

    part = "source"
    redraw_on = ("revision", "role_file", "pasted")

    def __init__(self, model: Given | None = None) -> None:
        self._preview: FileChange | None = None
        self._said = ""
        self._about = ""  # the text that both are about
        super().__init__(model)

    def draw(self) -> SourceState:
        if self._about != self.model.text:
            self._preview, self._said, self._about = None, "", self.model.text
        file: RoleFile | None = self.model.role_file
        choices = [_described(record) for record in self._choices()]
        if file is None:
            return {**_NO_FILE, "said": self._said, "choices": choices}
        where = file.record.place
        return {
            "title": file.record.name,
            "place": f"{where.file}, line {where.line}",
            "notKnown": list(map(_not_known, file.unresolved)),
            "note": _note(file),
            "changed": file.is_other(self.model.text),
            "canWrite": may_save(),
            "preview": _drawn(self._preview) if self._preview is not None else None,
            "said": self._said,
            "choices": choices,
        }

    def _choices(self) -> tuple[RoleRecord, ...]:
        """The roles of the text that was pasted, while it is there."""
        if not self.model.pasted:
            return ()
        text, records = self.model.pasted
        return records if text == self.model.text else ()

    def _file(self) -> RoleFile:
        file: RoleFile | None = self.model.role_file
        if file is None or not may_save():
            raise MessageError("there is no file to write to")
        return file

    @message
    def do_preview(self) -> None:
        """Show what writing the policy into its file would change there."""
        self._about = self.model.text
        try:
            self._preview = self._file().change_to(self.model.text)
            self._said = ""
        except NotWritable as error:
            self._preview, self._said = None, str(error)
        self._draw()

    @message
    def do_cancel(self) -> None:
        """Leave the file as it is."""
        self._preview = None
        self._draw()

    @message
    def do_write(self) -> None:
        """Write the change that is shown into the file."""
        file, preview = self._file(), self._preview
        if preview is None or self._about != self.model.text:
            raise MessageError("look at the change first")
        self._preview = None
        try:
            written = file.write(preview)
            self._said = f"Written to {preview.file}."
            self.model.role_file = written
        except NotWritable as error:
            self._said = str(error)
        except OSError as error:
            self._said = f"Not written: {error.strerror or error}: {preview.file}"
        self._draw()

    @message
    def do_choose(self, index: int) -> None:
        """Take one of the roles of the text that was pasted."""
        choices = self._choices()
        if not 0 <= index < len(choices):
            raise MessageError(f"there is no role {index} in the text")
        said = take_role(self.model, choices[index])
        self._about, self._said = self.model.text, said
        self._draw()

    def still(self) -> Html:
        file: RoleFile | None = self.model.role_file
        if file is None:
            return tag("div")
        return tag("p", f"{file.record.name}: {file.record.place.file}")


_NO_FILE: SourceState = {
    "title": "",
    "place": "",
    "notKnown": [],
    "note": "",
    "changed": False,
    "canWrite": False,
    "preview": None,
    "said": "",
    "choices": [],
}


def _described(record: RoleRecord) -> str:
    """A role of a text in a few words."""
    return f"{record.name or record.source}, line {record.place.line}"


def _not_known(unresolved: Unresolved) -> NotKnown:
    place = unresolved.place
    return {
        "expression": unresolved.expression,
        "place": f"{place.file}, line {place.line}",
        "reason": unresolved.reason,
    }


def _note(file: RoleFile) -> str:
    """What else is said of the policy that is shown."""
    if file.shown.conditions:
        return f"Shown for: {', '.join(file.shown.conditions)}."
    return ""


def _drawn(changed: FileChange) -> FilePreview:
    """The lines around a change, and the change in them."""
    before, after = browser_text(changed.before), browser_text(changed.after)
    splice = change(before, after)
    start = _lines_back(before, splice.start)
    end = _lines_on(before, splice.end)
    also = ""
    if changed.also:
        also = f"This also changes the trust policy of {', '.join(changed.also)}."
    return {
        "text": before[start:end],
        "change": {
            "title": f"Write to {changed.file}",
            "from": browser_length(before[start : splice.start]),
            "to": browser_length(before[start : splice.end]),
            "insert": splice.text,
        },
        "also": also,
    }


def _lines_back(text: str, at: int) -> int:
    for _ in range(_AROUND + 1):
        at = max(text.rfind("\n", 0, at), 0)
    return at + 1 if at else 0


def _lines_on(text: str, at: int) -> int:
    for _ in range(_AROUND + 1):
        found = text.find("\n", at)
        if found < 0:
            return len(text)
        at = found + 1
    return at - 1


class SourceView(View, SourcePart):
    """The file that a role was read from, what it does not say, and the policy written back to it.

    Args:
        model: a `TrustModel` of a `RoleRecord`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> text = 'resource "aws_iam_role" "app" { assume_role_policy = var.trust }'
        >>> [record] = tw.read_roles(text)
        >>> tw.SourceView(tw.TrustModel(record)).state["place"]
        'text, line 1'
    """
