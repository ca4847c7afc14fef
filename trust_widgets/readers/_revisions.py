"""The files of a git revision, copied into a folder of their own so that readers can read them.

Only git's plumbing is run, `git ls-tree` and `git cat-file`, which run no hook, filter or program
that a repository names. https://git-scm.com/docs/git-cat-file
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from trust_widgets.readers._folder import LARGEST_FILE
from trust_widgets.readers._walk import ENDINGS

_REGULAR = ("100644", "100755")
_MORE = (".tfvars", ".gitignore", "trust-home.toml")


def copy_revision(revision: str, path: str, target: Path) -> None:
    """Copy the files of a revision that may hold roles into a folder.

    Args:
        revision: a commit, branch or tag, as git knows it.
        path: the file or folder in it, from the present folder.
        target: where they are written, below their names from the present folder.

    Raises:
        ValueError: for what git does not know, with what it says.
        OSError: where git cannot be run, or a file not be written.
    """
    listing = _git("ls-tree", "-r", "-l", "-z", "--end-of-options", revision, "--", path)
    wanted = list(_files(listing))
    objects = "".join(f"{name}\n" for name, _ in wanted).encode()
    data = _git("cat-file", "--batch", given=objects)
    for (_, file), content in zip(wanted, _contents(data), strict=True):
        copy = target / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)


def is_revision(text: str) -> bool:
    """Whether git knows a text as a revision, with or without a path behind it."""
    revision = text.partition(":")[0]
    if not revision or revision.startswith("-"):
        return False
    try:
        _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except (OSError, ValueError):
        return False
    return True


def _git(*arguments: str, given: bytes = b"") -> bytes:
    done = subprocess.run(
        ["git", "--no-pager", "--literal-pathspecs", *arguments],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"},
    )
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ValueError(lines[0] if lines else f"git {arguments[0]} failed")
    return done.stdout


def _files(listing: bytes) -> Iterator[tuple[str, PurePosixPath]]:
    """The objects and names of the regular files that may hold roles."""
    for entry in listing.decode("utf-8", "surrogateescape").split("\0"):
        if not entry:
            continue
        head, _, name = entry.partition("\t")
        mode, _, number, size = head.split()
        path = PurePosixPath(name)
        is_inside = not path.is_absolute() and ".." not in path.parts
        if mode in _REGULAR and is_inside and int(size) <= LARGEST_FILE:
            if name.lower().endswith((*ENDINGS, *_MORE)) or "." not in path.name:
                yield number, path


def _contents(data: bytes) -> Iterator[bytes]:
    """The files in what `git cat-file --batch` prints."""
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[2])
        yield data[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
