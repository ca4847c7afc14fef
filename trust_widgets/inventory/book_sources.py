"""Users, groups and permissions in the sources of a scan, read again when chains need them."""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from trust_widgets.inventory.principals import Book
from trust_widgets.inventory.url_files import EXPORTS, is_url, url_files
from trust_widgets.readers import Exported, ExportedRole, NoExport, exported_items


def book_of(sources: Iterable[Any], unread: Collection[str] = ()) -> Book:
    """What the exports among some sources say of users, groups and permissions.

    Args:
        sources: of a scan. unread: the names of those that it could not read.
    """
    book = Book()
    for source in sources:
        for item in _items_of(source, unread):
            book.add(item)
    return book


def _items_of(source: Any, unread: Collection[str]) -> Iterator[ExportedRole | Exported]:
    if isinstance(source, tuple):
        yield from (each for each in source if isinstance(each, (ExportedRole, Exported)))
    if not isinstance(source, (str, os.PathLike)):
        return
    name = os.fspath(source)
    if is_url(name):
        yield from _items_at(name, unread)
        return
    if "\n" in name or "{" in name:
        yield from _items_in(io.StringIO(name))
        return
    path = Path(name)
    if path.is_dir():
        files = sorted(path.rglob("*"))
    else:
        files = [path]
    for file in files:
        if file.is_file() and file.suffix.lower() in EXPORTS:
            with file.open(encoding="utf-8-sig", newline="") as opened:
                yield from _items_in(opened)


def _items_at(url: str, unread: Collection[str]) -> Iterator[ExportedRole | Exported]:
    """The items of the files that a URL names, without those that the scan could not read."""
    files = () if url in unread else url_files(url)
    for file in files:
        try:
            with file.opened() as opened:
                yield from _items_in(opened)
        except Exception:
            if file.name not in unread:
                raise


def _items_in(file: TextIO) -> Iterator[ExportedRole | Exported]:
    try:
        yield from exported_items(file)
    except (NoExport, ValueError):
        return  # a file of another kind says nothing of permissions
