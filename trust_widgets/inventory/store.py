"""The roles of a scan in columns, and one analysis for each form: a million roles in some hundred
megabytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from trust_widgets.inventory.analysis import PackedAnalysis, RoleAnalysis, Summary, unpacked
from trust_widgets.inventory.normal_form import NormalForm, OwnRole, own_role
from trust_widgets.inventory.seen_roles import SeenRole, Tags
from trust_widgets.readers import RoleRecord

NOT_ANALYSED = "not analyzed"
_NOTHING = Summary(NOT_ANALYSED, "", "", "not decided", "", 0, 0, 0)
_OF_RECORD = NormalForm("", "", "")
_MOST_UNPACKED = 4096


class StoredRole(NamedTuple):
    """A role of a store.

    Args:
        number: its place in the store. name, own, created, last_used, tags, file, line, column: as
            of `SeenRole`.
        form: the number of its form.
    """

    number: int
    name: str
    own: OwnRole
    created: str
    last_used: str
    tags: Tags
    file: str
    line: int
    column: int
    form: int


class RoleStore:
    """Roles and the analyses of their policies."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._arns: list[str] = []
        self._created: list[str] = []
        self._last_used: list[str] = []
        self._tags: list[Tags] = []
        self._places = array("q")
        self._forms_of = array("q")
        self._files: dict[str, int] = {}
        self._file_names: list[str] = []
        self._known_tags: dict[Tags, Tags] = {}
        self._numbers: dict[NormalForm, int] = {}
        self._summaries: dict[Summary, Summary] = {}
        self._packed: list[PackedAnalysis | None] = []
        self.records: dict[int, RoleRecord] = {}
        self.forms: list[NormalForm] = []
        self._unpacked: dict[int, RoleAnalysis] = {}

    def __len__(self) -> int:
        return len(self._arns)

    def add(self, role: SeenRole, form: NormalForm | None) -> int:
        """Take a role in, and return the number of its form.

        Args:
            role: the role. form: the form of its policy; `None` for one that has none.
        """
        number = self._add_form(form)
        own = role.own
        is_named_by_arn = own.arn != "" and own.name == role.name
        self._names.append("" if is_named_by_arn else role.name)
        self._arns.append(own.arn or own.account)
        self._created.append(role.created)
        self._last_used.append(role.last_used)
        self._tags.append(self._known_tags.setdefault(role.tags, role.tags))
        file = self._files.get(role.file)
        if file is None:
            file = self._files[role.file] = len(self._files)
            self._file_names.append(role.file)
        self._places.extend((file, role.line, role.column))
        self._forms_of.append(number)
        if role.record is not None:
            self.records[len(self) - 1] = role.record
        return number

    def _add_form(self, form: NormalForm | None) -> int:
        if form is None:
            known = None
        else:
            known = self._numbers.get(form)
        if known is not None:
            return known
        number = len(self.forms)
        if form is not None:
            self._numbers[form] = number
        self.forms.append(form or _OF_RECORD)
        self._packed.append(None)
        return number

    def set_analysis(self, form: int, analysis: PackedAnalysis) -> None:
        """Keep the analysis of a form."""
        summary = self._summaries.setdefault(analysis.summary, analysis.summary)
        self._packed[form] = PackedAnalysis(summary, analysis.data)

    def analysis(self, form: int) -> RoleAnalysis:
        """The analysis of a form; those that were used last are kept unpacked."""
        found = self._unpacked.get(form)
        if found is None:
            analysis = self._packed[form]
            if analysis is None:
                return RoleAnalysis(NOT_ANALYSED)
            if len(self._unpacked) >= _MOST_UNPACKED:
                self._unpacked.clear()
            found = self._unpacked[form] = unpacked(analysis)
        return found

    def summary(self, form: int) -> Summary:
        """The summary of a form's analysis."""
        analysis = self._packed[form]
        if analysis is None:
            return _NOTHING
        return analysis.summary

    def role(self, number: int) -> StoredRole:
        """A role by its number."""
        kept = self._arns[number]
        own = own_role(kept, kept)
        at = 3 * number
        file, line, column = self._places[at : at + 3]
        return StoredRole(
            number,
            self._names[number] or own.name,
            own,
            self._created[number],
            self._last_used[number],
            self._tags[number],
            self._file_names[file],
            line,
            column,
            self._forms_of[number],
        )

    def roles(self) -> Iterator[StoredRole]:
        """All roles, in the order in which they were read."""
        return map(self.role, range(len(self)))

    def accounts(self) -> set[str]:
        """The accounts of all roles, as far as they are known."""
        accounts = {own_role(kept, kept).account for kept in self._arns}
        return accounts - {""}

    def form_of(self, number: int) -> int:
        """The number of the form of a role."""
        return self._forms_of[number]
