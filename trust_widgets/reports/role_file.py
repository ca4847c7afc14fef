"""A role that was read from a file: its policy to be edited, and written back into that file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from trust_widgets.policy import DocumentError, parse
from trust_widgets.readers import (
    READERS,
    Folder,
    RoleRecord,
    ShownPolicy,
    Sources,
    Unresolved,
    placeholder,
    plain_shown,
    read_in_folder,
    text_of_bytes,
)
from trust_widgets.reports.file_editor import FileEditor
from trust_widgets.reports.file_fixes import FileFix, fix_of_edits, fix_of_splices
from trust_widgets.reports.value_edits import coarse_edits, edits_between
from trust_widgets.text.json.strict import read_strictly

TITLE = "Write the policy back"
_SYNTHESIZED = "aws:cdk:path"


class NotWritable(ValueError):
    """A policy that cannot be written back: why, and what to do."""


class FileChange(NamedTuple):
    """What writing back would do to a file.

    Args:
        file: its name. before, after: its text.
        also: other roles in the file whose trust policy changes too.
        fix: which characters of it change.
    """

    file: str
    before: str
    after: str
    also: tuple[str, ...]
    fix: FileFix


@dataclass(frozen=True)
class RoleFile:
    """A role read from a file, with its policy as it is shown.

    Args:
        record: the role. shown: the policy as JSON, with expressions for what is not known.

    Example:
        >>> from trust_widgets.readers import read_text
        >>> text = 'resource "aws_iam_role" "app" {\\n  assume_role_policy = var.trust\\n}\\n'
        >>> [record] = read_text("roles.tf", text).records
        >>> RoleFile(record).unresolved[0].expression
        'var.trust'
    """

    record: RoleRecord
    shown: ShownPolicy = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", self.record.shown)

    @property
    def unresolved(self) -> tuple[Unresolved, ...]:
        """What the file does not say of the policy."""
        return self.record.unresolved

    @property
    def file(self) -> str:
        """The file's name."""
        return self.record.place.file

    @property
    def can_be_written(self) -> bool:
        """Whether the role was read from a file that is there."""
        return os.path.isfile(self.record.file)

    def is_other(self, text: str) -> bool:
        """Whether a policy's text says something else than the file."""
        new, old = _plain(text, is_own=True), plain_shown_text(self.shown)
        return bool(_normal(new) != _normal(old))

    # -- what would change

    def change_to(self, text: str) -> FileChange | None:
        """What writing a policy back would change; `None` if it says what the file says.

        Args:
            text: the policy's JSON text.

        Raises:
            NotWritable: where the file, or the place in it, does not allow that.
        """
        self._expect_a_source()
        wanted = _plain(text)
        if _normal(wanted) == _normal(plain_shown_text(self.shown)):
            return None
        self._expect_unchanged_files()
        for fix in self._ways(wanted):
            changed = self._tried(fix, wanted)
            if changed is not None:
                return changed
        raise NotWritable(self._by_hand(text))

    def _expect_a_source(self) -> None:
        if not self.can_be_written:
            raise NotWritable(
                f"{self.file} is not a file of this computer. Copy the policy, or take it from"
                " the tab Export."
            )
        readers = [each for each in READERS.values() if each.title == self.record.source]
        if readers and readers[0].edit_instead:
            raise NotWritable(
                f"{self.file} is the output of a command. A change in it does not change the role."
                f" {readers[0].edit_instead}"
            )
        if _SYNTHESIZED in self.record.sources.text_of(self.file):
            raise NotWritable(
                f"{self.file} is written by `cdk synth`, which writes it again. Change the CDK"
                " program: the tab Export shows the policy in Python and TypeScript."
            )

    def _expect_unchanged_files(self, *more: str) -> None:
        """Refuse where a file was changed since it was read."""
        for file in dict.fromkeys((self.record.file, self.file, *more)):
            if _text_in(file) != self.record.sources.text_of(file):
                raise NotWritable(
                    f"{file} was changed after the role was read. Read it again:"
                    f" tw.TrustBuilder(tw.read_roles({self.record.file!r})[0])"
                )

    def _ways(self, wanted: Any) -> Iterator[FileFix | None]:
        """The edits, the smallest first."""
        document, tree = self.record.document, self.shown.tree
        if tree is None:
            return
        old = plain_shown(tree)
        kept = tuple(map(placeholder, (*self.shown.holes, *self.shown.missing)))
        for make in (edits_between, coarse_edits):
            edits = tuple(make(old, wanted))
            if document.tree is not None:
                yield fix_of_edits(TITLE, edits, FileEditor(tree, self.record.sources, kept))
                continue
            within = Sources()
            within.add("policy.json", document.text)
            inner = fix_of_edits(TITLE, edits, FileEditor(tree, within))
            if inner is not None:
                splices = list(inner.splices)
                yield fix_of_splices(TITLE, splices, document, self.record.sources)

    def _tried(self, fix: FileFix | None, wanted: Any) -> FileChange | None:
        """What a change comes to, if the file then says what is wanted; else `None`."""
        if fix is None:
            return None
        before = self.record.sources.text_of(fix.file)
        after = fix.apply(before)
        old = self._policies(fix.file, before)
        new = self._policies(fix.file, after)
        name = self.record.name
        if old.get(name) != _normal(plain_shown_text(self.shown)):
            return None
        if new.get(name) != _normal(wanted):
            return None
        also = [each for each in old if each != name and new.get(each) != old[each]]
        if set(old) != set(new):
            return None
        return FileChange(fix.file, before, after, tuple(also), fix)

    def _policies(self, file: str, text: str) -> dict[str, Any]:
        """The policies of the roles in the files that were read, with one of them changed."""
        read = self.record.sources
        folder = Folder(read.root, var_files=read.var_files)
        for name in read.files:
            folder.add(name, text if name == file else read.text_of(name))
        found: dict[str, Any] = {}
        for name in filter(self._is_read_together, read.files):
            source = folder.read(name)
            if source is None:
                continue
            for record in read_in_folder(folder, source).records:
                found.setdefault(record.name, _normal(plain_shown_text(record.shown)))
        return found

    def _is_read_together(self, file: str) -> bool:
        """Whether a file describes roles of the same folder of Terraform's; else it is the file."""
        own = self.record.file
        is_beside = os.path.dirname(file) == os.path.dirname(own) and own.endswith(".tf")
        return file == own or (is_beside and file.endswith(".tf"))

    def _by_hand(self, text: str) -> str:
        line = self.record.place.line
        return (
            f"This change cannot be made in {self.file}, line {line}: the text to change is part"
            " of an expression, or it is in another place. Change the file by hand. The tab Export"
            " shows the policy in the language of the file."
        )

    # -- writing

    def write(self, change_: FileChange) -> RoleFile:
        """Write a change into the file.

        Returns:
            The role as the file has it now.

        Raises:
            NotWritable: if the file was changed meanwhile. OSError: if it cannot be written.
        """
        self._expect_unchanged_files(change_.file)
        path = Path(change_.file)
        data = path.read_bytes()
        written = _encoded(change_.after, data)
        if _encoded(change_.before, data) != data:
            raise NotWritable(f"{path} is not in UTF-8. Change it in another editor.")
        path.write_bytes(written)
        return self._again()

    def _again(self) -> RoleFile:
        """The role, read again."""
        read = self.record.sources
        folder = Folder(read.root, var_files=read.var_files)
        source = folder.read(self.record.file)
        if source is not None:
            records = read_in_folder(folder, source).records
        else:
            records = ()
        for record in records:
            if record.name == self.record.name:
                return RoleFile(record)
        raise NotWritable(f"{self.record.name} is not in {self.record.file} any more")


def plain_shown_text(shown: ShownPolicy) -> Any:
    """The policy that is shown as plain JSON values; its text where it is no JSON."""
    return _plain(shown.text, is_own=True)


def _normal(value: Any) -> Any:
    """A policy in which a list of one is its item: IAM reads both alike."""
    if isinstance(value, dict):
        return {name: _normal(inner) for name, inner in value.items()}
    if isinstance(value, list):
        items = [_normal(item) for item in value]
        if len(items) == 1:
            return items[0]
        return items
    return value


def _plain(text: str, is_own: bool = False) -> Any:
    root = read_strictly(text.strip())
    if root is not None and isinstance(root.plain, dict):
        return root.plain
    if is_own:
        return text
    try:
        parse(text)
    except DocumentError as error:
        line = error.problems[0].line
        raise NotWritable(f"The policy cannot be read yet: see line {line}.") from None
    return json.loads(text)


def _text_in(file: str) -> str | None:
    try:
        return text_of_bytes(Path(file).read_bytes())
    except (OSError, ValueError):
        return None


def _encoded(text: str, like: bytes) -> bytes:
    """A text in the encoding of a file."""
    if like.startswith((b"\xff\xfe", b"\xfe\xff")):
        order = "utf-16-le" if like.startswith(b"\xff\xfe") else "utf-16-be"
        return like[:2] + text.encode(order)
    return text.encode("utf-8")
