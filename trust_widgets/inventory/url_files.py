"""Files elsewhere that fsspec opens by their URL: `s3://bucket/exports/*.json`."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TextIO, cast

from trust_widgets.inventory.arrow import INSTALL
from trust_widgets.readers import LARGEST_FILE

EXPORTS = (".json", ".jsonl", ".ndjson")
_COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.:-]*://")
_WILDCARD = re.compile(r"[*?\[]")


class UrlFile(NamedTuple):
    """A file that fsspec opens.

    Args:
        name: its URL. path: as its file system knows it. filesystem: of fsspec.
    """

    name: str
    path: str
    filesystem: Any

    def opened(self) -> TextIO:
        """Its characters, line breaks as they are. A compressed file is unpacked on the way."""
        file = self.filesystem.open(
            self.path, "rt", compression="infer", encoding="utf-8-sig", newline=""
        )
        return cast(TextIO, file)

    def text(self) -> str:
        """All of its characters.

        Raises:
            ValueError: for a file that is too large to be anything but an export.
        """
        with self.opened() as opened:
            text = opened.read(LARGEST_FILE + 1)
        if len(text) > LARGEST_FILE:
            size = LARGEST_FILE // 1024**2
            raise ValueError(f"larger than {size} MiB, and not an export of roles")
        return text


def is_url(name: str) -> bool:
    """Whether a name is a URL.

    Example:
        >>> [is_url(name) for name in ("s3://bucket/*.json", "exports/roles.json", "C:/roles.json")]
        [True, False, False]
    """
    return _URL.match(name) is not None


def url_files(url: str) -> list[UrlFile]:
    """The files that a URL names.

    Args:
        url: of one file, a pattern with `*`, or a folder, which ends with `/`: all exports in it.

    Raises:
        ModuleNotFoundError: without fsspec, with what to install.
        ImportError, ValueError: for a protocol without a library, as fsspec says it.
        FileNotFoundError: where nothing fits.

    Example:
        >>> [file.name for file in url_files("memory://exports/roles.json")]
        ['memory:///exports/roles.json']
    """
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise ModuleNotFoundError(f"URLs need fsspec: {INSTALL}") from None
    filesystem, path = url_to_fs(url)
    has_wildcard = _WILDCARD.search(url.partition("://")[2])
    if has_wildcard and not url.startswith("http"):
        paths = filesystem.glob(path)
    elif url.endswith("/"):
        paths = [each for each in filesystem.find(path) if _is_export(each)]
    else:
        paths = [path]
    if not paths:
        raise FileNotFoundError("no file matches this URL")
    return [UrlFile(filesystem.unstrip_protocol(each), each, filesystem) for each in paths]


def _is_export(path: str) -> bool:
    name = path.lower()
    for ending in _COMPRESSED:
        name = name.removesuffix(ending)
    return name.endswith(EXPORTS)
