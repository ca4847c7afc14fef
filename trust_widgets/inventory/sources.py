"""Where the roles of a scan come from: files, folders, texts, records and live accounts."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from trust_widgets.inventory.live import is_live, live_items
from trust_widgets.inventory.seen_roles import SeenRole, seen_in_export, seen_in_record
from trust_widgets.inventory.url_files import EXPORTS, UrlFile, is_url, url_files
from trust_widgets.readers import (
    LARGEST_FILE,
    Exported,
    ExportedRole,
    FileContents,
    Folder,
    NoExport,
    RoleRecord,
    exported_roles,
    files_in,
    read_file,
    read_folder,
    read_text,
    text_of_bytes,
)

TEXT, LIVE = "text", "live account"
SMALL_FILE = 16 * 1024 * 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Unread(NamedTuple):
    """What could not be read. It shows itself as `file: reason`."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


@dataclass
class ScanSources:
    """The sources of a scan, which are read once.

    Args:
        given: names of files and folders, texts, records of roles.
        unread: what could not be read, so far.
        notes: what is said of files without a role.
        live: what was read from live accounts.
    """

    given: tuple[Any, ...]
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    live: list[ExportedRole | Exported] = field(default_factory=list)
    _before: int = 0
    _last: int = 0
    _open: io.BufferedReader | None = None

    @property
    def size(self) -> int:
        """The bytes of all files that are named, as far as the file system knows them."""
        return sum(map(_size_of, self.given))

    @property
    def bytes_read(self) -> int:
        """How many bytes of files were read so far."""
        if self._open is None or self._open.closed:
            return self._before + self._last
        return self._before + self._open.tell()

    def roles(self) -> Iterator[SeenRole]:
        """The roles, in the order of the sources."""
        for source in self.given:
            yield from self._roles_in(source)

    def _roles_in(self, source: Any) -> Iterator[SeenRole]:
        if isinstance(source, RoleRecord):
            yield seen_in_record(source)
        elif is_live(source):
            yield from self._roles_of_account(source)
        elif not isinstance(source, (str, os.PathLike)):
            for record in source:
                yield seen_in_record(record)
        else:
            yield from self._roles_of_name(os.fspath(source))

    def _roles_of_account(self, source: Any) -> Iterator[SeenRole]:
        """The roles of a live account, whose other items are kept."""

        def not_allowed(advice: str) -> None:
            self.unread.append(Unread(LIVE, advice))

        for item in live_items(source, not_allowed):
            if isinstance(item, ExportedRole):
                self.live.append(item)
                yield seen_in_export(LIVE, item)
            else:
                self.live.append(item)

    def _roles_of_name(self, name: str) -> Iterator[SeenRole]:
        if is_url(name):
            yield from self._roles_of_url(name)
        elif "\n" in name or "{" in name:
            yield from self._roles_of_text(name)
        elif Path(name).is_dir():
            yield from self._roles_of_folder(name)
        else:
            try:
                yield from self._roles_of_file(name)
            except (OSError, ValueError) as error:
                self._is_unread(name, error)

    def _is_unread(self, name: str, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) else None
        self.unread.append(Unread(name, reason or str(error)))

    def _roles_of_text(self, text: str) -> Iterator[SeenRole]:
        try:
            yield from [seen_in_export(TEXT, role) for role in exported_roles(io.StringIO(text))]
        except NoExport:
            yield from self._roles_of_contents(read_text(TEXT, text))

    def _roles_of_url(self, url: str) -> Iterator[SeenRole]:
        """The roles of files that fsspec opens: `s3://bucket/exports/*.json`."""
        try:
            files = url_files(url)
        except Exception as error:  # each protocol has errors of its own
            self._is_unread(url, error)
            return
        for file in files:
            try:
                yield from self._roles_of_url_file(file)
            except Exception as error:
                self._is_unread(file.name, error)

    def _roles_of_url_file(self, file: UrlFile) -> Iterator[SeenRole]:
        count, line = 0, 0
        try:
            with file.opened() as opened:
                for role in exported_roles(opened):
                    count, line = count + 1, role.line
                    yield seen_in_export(file.name, role)
        except NoExport:
            if count:
                self.unread.append(_not_a_role(file.name, count, line))
            else:
                yield from self._roles_of_contents(read_text(file.name, file.text()))

    def _roles_of_folder(self, name: str) -> Iterator[SeenRole]:
        streamed = set()
        try:
            files = [file for file in files_in(name) if file.lower().endswith(EXPORTS)]
        except ModuleNotFoundError:
            files = []  # read_folder says what to install
        for file in files:
            try:
                roles = self._export(file)
            except (OSError, ValueError) as error:
                self._is_unread(file, error)
                continue
            if roles is not None:
                streamed.add(file)
                yield from roles
        for one in read_folder(name, without=streamed):
            if one.reading is None:
                self.unread.append(Unread(one.file, one.reason))
            else:
                yield from self._roles_of_contents(one.reading)

    def _roles_of_file(self, name: str) -> Iterator[SeenRole]:
        roles = self._export(name)
        if roles is not None:
            yield from roles
            return
        if Path(name).stat().st_size > LARGEST_FILE:
            raise ValueError(
                f"larger than {LARGEST_FILE // 1024**2} MiB, and not an export of roles"
            )
        text = text_of_bytes(Path(name).read_bytes())
        folders: dict[str, Folder] = {}
        yield from self._roles_of_contents(read_file(name, text, folders))

    def _roles_of_contents(self, contents: FileContents) -> Iterator[SeenRole]:
        for note in contents.notes:
            if note.is_fault:
                self.unread.append(Unread(note.place.file, note.message))
            else:
                self.notes.append(f"{note.place.file}: {note.message}")
        yield from map(seen_in_record, contents.records)

    def _export(self, name: str) -> Iterable[SeenRole] | None:
        """The roles of a file that is an export; `None` for one of another kind.

        Raises:
            OSError, ValueError: for a file that cannot be read.
        """
        if Path(name).stat().st_size > SMALL_FILE:
            roles = self._streamed(name)
            first = next(roles, None)
            if first is None:
                return None
            return _before(first, roles)
        try:
            with self._opened(name) as file:
                return [seen_in_export(name, role) for role in exported_roles(file)]
        except NoExport:
            return None

    def _streamed(self, name: str) -> Iterator[SeenRole]:
        count = 0
        role = None
        try:
            with self._opened(name) as file:
                for role in exported_roles(file):
                    count += 1
                    yield seen_in_export(name, role)
        except NoExport:
            if role is not None:
                self.unread.append(_not_a_role(name, count, role.line))

    @contextmanager
    def _opened(self, name: str) -> Iterator[TextIO]:
        """A file's characters, line breaks as they are."""
        with Path(name).open("rb") as handle:
            if handle.peek(2)[:2] in _UTF_16:
                raise NoExport
            self._open = handle
            self._before += self._last
            self._last = Path(name).stat().st_size
            yield io.TextIOWrapper(handle, encoding="utf-8-sig", newline="")


def _not_a_role(name: str, count: int, line: int) -> Unread:
    return Unread(name, f"what follows role {count}, on line {line}, is not a role")


def _before(first: SeenRole, others: Iterator[SeenRole]) -> Iterator[SeenRole]:
    yield first
    yield from others


def _size_of(source: Any) -> int:
    if not isinstance(source, (str, os.PathLike)):
        return 0
    name = os.fspath(source)
    if is_url(name) or "\n" in name or "{" in name:
        return 0
    path = Path(name)
    files = (path,) if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())
