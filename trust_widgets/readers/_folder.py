"""The files that readers may look at: those in the folder that was given, and no others."""

from __future__ import annotations

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trust_widgets.readers._sources import Sources, SourceText
from trust_widgets.text.json.strict import Value

LARGEST_FILE = 64 * 1024 * 1024  # bytes; far more than all roles of an account take


def text_of_bytes(data: bytes) -> str:
    """The characters of a file; UTF-16 where a mark before them says so.

    Raises:
        ValueError: for what is no text.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encoding = "UTF-16"
    else:
        encoding = "UTF-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"not {encoding} text (byte {error.start + 1}). Save the file as UTF-8"
        ) from None


@dataclass
class Folder:
    """A folder whose files may be read, and what was read of them.

    Args:
        root: the folder; `None` for a text that is in no folder.
        sources: all texts, with the places of their characters.
        var_files: files with values for Terraform's variables that were given.
        modules: Terraform's modules by their folders. blocks: the blocks of its files.
        expressions: its expressions by their text.
        last_json, last_yaml: the last documents.
    """

    root: Path | None
    sources: Sources = field(default_factory=Sources)
    var_files: tuple[str, ...] = ()
    _texts: dict[str, SourceText | None] = field(default_factory=dict)
    modules: dict[str, Any] = field(default_factory=dict)
    blocks: dict[int, Any] = field(default_factory=dict)
    expressions: dict[str, Any] = field(default_factory=dict)
    last_json: tuple[int, Value | None] | None = None
    last_yaml: tuple[int, Any] | None = None

    def __post_init__(self) -> None:
        self.sources.root = self.root
        self.sources.var_files = self.var_files

    def add(self, file: str, text: str) -> SourceText:
        """Take in a text that was read already."""
        source = self.sources.add(file, text)
        self._texts[os.path.normpath(file)] = source
        return source

    def read(self, file: str) -> SourceText | None:
        """A file's text; `None` when it is not there, no text, too large, or outside the folder."""
        name = os.path.normpath(file)
        if name not in self._texts:
            text = self._text_of(name)
            if text is None:
                self._texts[name] = None
            else:
                self._texts[name] = self.sources.add(name, text)
        return self._texts[name]

    def _text_of(self, name: str) -> str | None:
        path = Path(name)
        try:
            if not self.holds(name):
                return None
            if path.stat().st_size > LARGEST_FILE or not path.is_file():
                return None
            return text_of_bytes(path.read_bytes())
        except (OSError, ValueError):
            return None

    def holds(self, file: str) -> bool:
        """Whether a file is in the folder, links followed."""
        if self.root is None:
            return False
        try:
            return Path(file).resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError, ValueError):
            return False

    def names_in(self, folder: str, *endings: str) -> list[str]:
        """The files of a folder with one of these endings, sorted."""
        if not self.holds(folder):
            return []
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:
            return []
        return [os.path.join(folder, name) for name in names if name.endswith(endings)]
