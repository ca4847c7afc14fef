"""Files that a view saves in the folder of the notebook: by the kernel, so also on a JupyterHub.

In Voilà the reader is a visitor, and nothing is saved.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trust_widgets.views.messages import MessageError, message
from trust_widgets.views.part import ViewPart

if TYPE_CHECKING:
    from trust_widgets.views.state.common import SavedState


def may_save() -> bool:
    """Whether the reader may write files here."""
    return not os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


class Saved(NamedTuple):
    """What was said when a file was last saved."""

    filename: str
    text: str
    said: str
    exists: bool = False


class SavesFiles(ViewPart):
    """A part with files that can be saved."""

    _saved: Saved | None = None

    def files(self) -> Mapping[str, str]:
        """Return the text of each file that can be saved now, by its name."""
        raise NotImplementedError

    def path_for(self, filename: str) -> Path:
        """Return where a file is saved."""
        return Path.cwd() / filename

    def can_save(self) -> bool:
        """Whether the reader may write files here."""
        return may_save()

    def saved_state(self) -> SavedState | None:
        """What to say about the last saving, for as long as it is about the present text."""
        saved = self._saved
        if saved is None:
            return None
        if self.files().get(saved.filename) != saved.text:
            return None
        return {
            "filename": saved.filename,
            "said": saved.said,
            "exists": saved.exists,
        }

    @message
    def do_save(self, filename: str, replace: bool = False) -> None:
        """Save one of the files; another file of that name is replaced only on request."""
        text = self.files().get(filename)
        if text is None or not self.can_save():
            raise MessageError(f"there is no file {filename!r} to save")
        path = self.path_for(filename)
        try:
            self._saved = self._write(path, text, replace)
        except OSError as error:
            said = f"Not saved: {error.strerror or error}: {path}"
            self._saved = Saved(filename, text, said)
        self._draw()

    def _write(self, path: Path, text: str, replace: bool) -> Saved:
        if not replace and self._is_another(path, text):
            return Saved(
                path.name,
                text,
                f"{path} exists and has another text.",
                exists=True,
            )
        path.write_text(text, encoding="utf-8", newline="\n")
        return Saved(path.name, text, f"Saved as {path}")

    def _is_another(self, path: Path, text: str) -> bool:
        """Whether a file is there that this part did not save."""
        if not path.exists():
            return False
        there = path.read_text(encoding="utf-8", errors="replace")
        if there == text:
            return False
        before = self._saved
        if before is None or before.exists:
            return True
        return there != before.text
