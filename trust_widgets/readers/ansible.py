"""Ansible's `iam_role` in playbooks and lists of tasks.

https://docs.ansible.com/ansible/latest/collections/amazon/aws/iam_role_module.html
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._optional import members_of
from trust_widgets.readers._placeholders import with_holes
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
    record_of,
    seconds_of,
)
from trust_widgets.readers._tree import Entry, Hole, Tree, not_told, own, scalar
from trust_widgets.readers._tree_contents import is_known, walk
from trust_widgets.readers._yaml import yaml_documents
from trust_widgets.readers._yaml_roles import roles_of_documents
from trust_widgets.readers._yaml_trees import NotYaml

TITLE = "Ansible"
_FIELD = "assume_role_policy_document"
_MODULES = ("iam_role", "amazon.aws.iam_role", "community.aws.iam_role")
_VARIABLE = re.compile(r"\{\{\s*((?:[^{}]|\{[^{}]*\})*?)\s*\}\}")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_LOOKUP = re.compile(
    r"""lookup\(\s*['"](?:ansible\.builtin\.)?(file|template)['"]\s*,\s*(.+?)\s*\)"""
)
_PATH = re.compile(
    r"""(?:(?:role_path|playbook_dir)\s*[+~]\s*)?['"]/?([^'"]+)['"]"""
    r"""|['"]?\{?\{?\s*(?:role_path|playbook_dir)\s*\}?\}?/([^'"{}]+)['"]?"""
)
_DEFAULT = re.compile(
    r"""([A-Za-z_][\w.]*)\s*\|\s*(?:default|d)\(\s*['"]([^'"]*)['"]\s*(?:,.*)?\)"""
)
_FILTER = re.compile(r"\s*\|\s*(?:to_json|to_nice_json|from_json|string)\s*$")
_DEEPEST = 6
_LOOPS = ("loop", "with_items", "with_list")
_MOST_TURNS = 200
_STATEMENTS = "The template has Jinja statements, which are not evaluated."
_OF_ROLE = (("..", "vars"), ("..", "defaults"))
_MOST_LOOKUPS = 400  # of variables: one may be in the value of another, many times

_ARGUMENT = re.compile(_FIELD + r"""=("[^"]*"|'[^']*'|\S+)""")
_NAME_ARGUMENT = re.compile(r"\bname=(\S+)")


def looks(file: str, text: str) -> bool:
    """Whether a text may be a playbook with such a task."""
    return _FIELD in text and "iam_role" in text and not file.endswith((".tf", ".json", ".py"))


def read(request: FileRequest) -> FileContents | None:
    """The roles of the tasks; `None` for any other document."""
    return roles_of_documents(request, _roles_of_tasks)


def _roles_of_tasks(request: FileRequest, root: Tree) -> Iterator[RoleRecord]:
    variables = _PlaybookVariables(request, root)
    for one in walk(root):
        for entry in one.members:
            if entry.key.known_text in _MODULES:
                yield from _turns(request, one, entry, variables)


def _turns(
    request: FileRequest, task: Tree, entry: Entry, variables: _PlaybookVariables
) -> Iterator[RoleRecord]:
    """The roles of a task: one, or one for each turn of its loop, where the items are known.

    https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_loops.html
    """
    given = next(filter(None, map(task.member, _LOOPS)), None)
    items = variables.filled(given) if given is not None else None
    if items is None or items.kind != "list" or items.holes:
        yield from _role(request, entry, variables)
        return
    name = task.text_at("loop_control", "loop_var") or "item"
    for item in items.items[:_MOST_TURNS]:
        with variables.with_value(name, item):
            yield from _role(request, entry, variables)


def _role(
    request: FileRequest, entry: Entry, variables: _PlaybookVariables
) -> Iterator[RoleRecord]:
    document = entry.value.member(_FIELD)
    if document is None:
        yield from _in_one_line(request, entry.value)
        return
    name = entry.value.member("name")
    told = variables.filled(name) if name is not None else None
    text = name.known_text if name is not None else ""
    if told is not None and told.known_text:
        text = told.known_text
    yield record_of(
        request,
        TITLE,
        text,
        document_of(variables.filled(document)),
        role_name=text,
        path=entry.value.text_at("path"),
        max_session=seconds_of(entry.value.member("max_session_duration")),
    )


def _in_one_line(request: FileRequest, value: Tree) -> Iterator[RoleRecord]:
    """A task whose arguments are one text: `iam_role: name=app assume_role_policy_document=...`.

    Its policy is not read from there: quotes, variables and spaces have rules of their own.
    https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_syntax.html
    """
    if value.is_text:
        found = _ARGUMENT.search(value.known_text)
    else:
        found = None
    if found is None:
        return
    name = _NAME_ARGUMENT.search(value.known_text)
    hole = Hole(found[1].strip("\"'"), value.start, value.end)
    document = Document(holes=(hole,))
    yield record_of(request, TITLE, name[1] if name else "", document)


class _PlaybookVariables:
    """The variables that a playbook itself gives."""

    def __init__(self, request: FileRequest, root: Tree) -> None:
        self.request = request
        self.depth = 0
        self.lookups = _MOST_LOOKUPS
        self.values: dict[str, Tree] = {}
        for one in walk(root):
            for name in ("vars", "set_fact", "ansible.builtin.set_fact"):
                for entry in members_of(one.member(name)):
                    self.values.setdefault(entry.key.known_text, entry.value)
        for folder in _OF_ROLE:
            self._take_role_variables(*folder)

    def _take_role_variables(self, *folder: str) -> None:
        """Take in what `defaults/main.yml` and `vars/main.yml` of a role give."""
        here = os.path.dirname(self.request.source.file)
        for name in ("main.yml", "main.yaml"):
            source = self.request.folder.read(os.path.join(here, *folder, name))
            if source is None or os.path.basename(here) != "tasks":
                continue
            try:
                documents = yaml_documents(source)
            except NotYaml:
                continue
            for entry in (entry for document in documents for entry in document.members):
                rests = entry.value.resting_on(frozenset([entry.key.known_text]))
                self.values.setdefault(entry.key.known_text, rests)

    @contextmanager
    def with_value(self, name: str, value: Tree) -> Iterator[None]:
        """With a variable that has a value for a while."""
        before = self.values.get(name)
        self.values[name] = value
        try:
            yield
        finally:
            del self.values[name]
            if before is not None:
                self.values[name] = before

    def filled(self, tree: Tree) -> Tree:
        """A value with the variables that are known in it."""
        if tree.is_text:
            return with_holes(tree, _VARIABLE, self.resolve)
        return Tree(
            tree.start,
            tree.end,
            tree.kind,
            tree.value,
            tree.holes,
            tree.places,
            tuple(Entry(self._key(m.key), self.filled(m.value)) for m in tree.members),
            tuple(map(self.filled, tree.items)),
        )

    def _key(self, key: Tree) -> Tree:
        filled = self.filled(key)
        if filled.is_text:
            return filled
        return key

    def resolve(self, expression: str, hole: Hole) -> Tree:
        """What an expression of Jinja represents."""
        name = _FILTER.sub("", expression)
        lookup = _LOOKUP.fullmatch(name)
        if lookup is not None:
            path = _PATH.fullmatch(lookup[2])
            if path:
                file = path[1] or path[2]
            else:
                file = self.resolve(lookup[2], hole).known_text
            if file:
                return self._file(lookup[1], file, hole)
            return not_told(hole)
        default = _DEFAULT.fullmatch(name)
        if default is not None and default[1].split(".")[0] not in self.values:
            return scalar(default[2], hole.start, hole.end, frozenset([default[1]]))
        if default is not None:
            name = default[1]
        if name.endswith(("caller_facts.account", "caller_info.account")):
            return own("account", name, hole.start, hole.end)
        if not _NAME.fullmatch(name) or self.depth > _DEEPEST or not self.lookups:
            return not_told(hole)
        self.lookups -= 1
        first, *rest = name.split(".")
        found = self.values.get(first)
        if found is not None:
            value = found.at(*rest)
        else:
            value = None
        if value is None:
            return not_told(hole)
        self.depth += 1
        try:
            filled = self.filled(value)
        finally:
            self.depth -= 1
        if filled.kind != "unknown" or is_known(filled):
            return filled
        return not_told(hole)

    def _file(self, kind: str, name: str, hole: Hole) -> Tree:
        """The text of a file; of a template with its variables."""
        here = os.path.dirname(self.request.source.file)
        beside = "files" if kind == "file" else "templates"
        paths = (
            os.path.join(here, name),
            os.path.join(here, "..", name),
            os.path.join(here, beside, name),
            os.path.join(here, "..", beside, name),
        )
        for path in paths:
            source = self.request.folder.read(path)
            if source is None:
                continue
            end = source.base + len(source.text)
            places = range(source.base, end + 1)
            text = Tree(source.base, end, value=source.clean, places=places)
            if kind == "template":
                return self._template(text)
            return text
        return not_told(hole)

    def _template(self, text: Tree) -> Tree:
        """A template of Jinja with its variables; one with statements is not known."""
        if "{%" in str(text.value):
            end = text.start + 1
            return not_told(Hole("{% ... %}", text.start, end, reason=_STATEMENTS))
        if self.depth > _DEEPEST:
            return text
        self.depth += 1
        try:
            return with_holes(text, _VARIABLE, self.resolve)
        finally:
            self.depth -= 1


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="- hosts: localhost\n  tasks:\n    - amazon.aws.iam_role:\n        name: app\n"
    "        assume_role_policy_document:\n"
    '          Version: "2012-10-17"\n          Statement: []\n',
    file="site.yml",
    source="https://docs.ansible.com/ansible/latest/collections/amazon/aws/iam_role_module.html",
    order=40,
)
