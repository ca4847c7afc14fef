"""What readers give: roles with their trust policies, and where each is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from trust_widgets.aws.arns import is_account_id
from trust_widgets.policy import DocumentError, PolicySource, Problem, TrustPolicy, parse
from trust_widgets.readers._document import Document, without_own
from trust_widgets.readers._folder import Folder
from trust_widgets.readers._render import rendered
from trust_widgets.readers._shown import ShownPolicy, shown_document
from trust_widgets.readers._sources import Place, Sources, SourceText
from trust_widgets.readers._tree import Hole, Tree
from trust_widgets.readers._tree_contents import walk


class Unresolved(NamedTuple):
    """What the file does not say.

    Args:
        expression: as it is written there: `"module.hub.role_arn"`.
        place: where it is.
        reason: why it is not known, as a sentence; may be `""`.
    """

    expression: str
    place: Place
    reason: str = ""

    def __str__(self) -> str:
        file, line, column, _ = self.place
        return f"{file}:{line}:{column}: unresolved {self.expression}"


@dataclass(frozen=True)
class RoleRecord:
    """A role as a file describes it.

    Args:
        name: its name, or what the file knows it by, such as Terraform's address.
        place: where its trust policy begins.
        source: what kind of file describes it: `"Terraform"`.
        arn, account, path: as far as they are known; else `""`.
        created, last_used: as IAM gives them; else `""`.
        tags: pairs of key and value.
        permissions: the names or ARNs of policies, as far as they are known.
        boundary: the ARN of the permissions boundary; else `""`.
        is_role: false for a file that is a trust policy and names no role.
        file: the file that describes the role; its policy may be in another one.
        role_name: its name in IAM, where that is known. max_session: seconds; 0: not known.
        document: the trust policy as it is written.
        sources: the files, to find places in.

    Example:
        >>> from trust_widgets.readers import read_text
        >>> text = 'resource "aws_iam_role" "app" {\\n  assume_role_policy = var.trust\\n}\\n'
        >>> [record] = read_text("roles.tf", text).records
        >>> record.name, record.trust, str(record.unresolved[0])
        ('aws_iam_role.app', None, 'roles.tf:2:24: unresolved var.trust')
    """

    name: str
    place: Place
    source: str
    document: Document = field(repr=False)
    sources: Sources = field(repr=False)
    arn: str = ""
    account: str = ""
    path: str = ""
    created: str = ""
    last_used: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    permissions: tuple[str, ...] = ()
    boundary: str = ""
    is_role: bool = True
    file: str = ""
    role_name: str = ""
    max_session: int = 0

    @property
    def shown(self) -> ShownPolicy:
        """The trust policy to look at and to edit, also where it is not known whole."""
        return shown_document(self.document)

    @property
    def unresolved(self) -> tuple[Unresolved, ...]:
        """What the file does not say of the trust policy, in the order of the file.

        Each expression is named once, at its first place.
        """
        first: dict[str, Hole] = {}
        for hole in sorted(self.document.unknown, key=lambda hole: hole.start):
            first.setdefault(hole.expression, hole)
        return tuple(map(self._told, first.values()))

    def _told(self, hole: Hole) -> Unresolved:
        return Unresolved(hole.expression, self.sources.place(hole.start), hole.reason)

    @property
    def trust(self) -> TrustPolicy | None:
        """The trust policy; `None` when it is not known whole, or cannot be read."""
        return self._read[0]

    def __trust_policy__(self) -> PolicySource:
        """The policy, to be checked or analyzed like any other.

        Raises:
            ValueError: when it is not known whole.
        """
        if not self.text:
            missing = "; ".join(map(str, self.unresolved))
            raise ValueError(
                f"the trust policy of {self.name} contains values that are not known: {missing}"
            )
        return PolicySource(text=self.text, account=self.account, arn=self.arn)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why a text that is known whole cannot be read as a trust policy."""
        return self._read[1]

    @property
    def _read(self) -> tuple[TrustPolicy | None, tuple[Problem, ...]]:
        text = self.text
        if not text:
            return None, ()
        try:
            return parse(text), ()
        except DocumentError as error:
            return None, error.problems

    @property
    def text(self) -> str:
        """The trust policy as JSON; `""` when it is not known whole."""
        tree = self.document.tree
        if tree is None:
            return self.document.text
        if self.document.unknown or any(one.kind == "choice" for one in walk(tree)):
            return ""
        return json.dumps(json.loads(rendered(without_own(tree)).text), indent=2)


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a file, or of a part of it, that holds no role that could be read.

    Args:
        place: where. message: what it is, in one line.
        is_fault: whether something is there that could not be read.
    """

    place: Place
    message: str
    is_fault: bool = False


@dataclass(frozen=True, slots=True)
class FileContents:
    """What a reader makes of one file."""

    records: tuple[RoleRecord, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A file to read, with the folder in which others may be read.

    Args:
        source: its text. folder: where other files may be read.
    """

    source: SourceText
    folder: Folder

    @property
    def suffix(self) -> str:
        """The end of its name, `".tf"`, in lower case."""
        return Path(self.source.file).suffix.lower()

    def place(self, number: int) -> Place:
        """The place of a character."""
        return self.folder.sources.place(number)


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of file.

    Args:
        title: what it is: `"Terraform"`.
        looks: whether a text of that name may be of this kind. Cheap, and never raises.
        read: the roles in a file; `None` if it is of another kind.
        example: a text of that kind with one role, for the tests.
        file: what such a file is called.
        source: the page that describes it.
        order: readers with a smaller number are tried first.
        edit_instead: for what a command printed, where a change has an effect, as a sentence.
    """

    title: str
    looks: Callable[[str, str], bool]
    read: Callable[[FileRequest], FileContents | None]
    example: str
    file: str
    source: str
    order: int = 50
    edit_instead: str = ""


UPDATE_ROLE = (
    "Update the role with `aws iam update-assume-role-policy`. The tab Export has the command."
)


def seconds_of(value: Tree | None) -> int:
    """A number of seconds that a file gives; 0 where it gives none.

    Example:
        >>> seconds_of(Tree(0, 4, value="7200"))
        7200
    """
    if value is None or value.holes:
        text = ""
    else:
        text = str(value.value)
    if re.fullmatch(r"[0-9]{1,6}", text):
        return int(text)
    return 0


def record_of(
    request: FileRequest, reader: str, name: str, document: Document, **known: Any
) -> RoleRecord:
    """A record of a role in a file."""
    place = request.place(document.start)
    known.setdefault("file", request.source.file)
    if not is_account_id(known.get("account", "")):
        known["account"] = ""
    return RoleRecord(name, place, reader, document, request.folder.sources, **known)
