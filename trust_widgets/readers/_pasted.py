"""Pasted texts: whole files without a name, and parts of files that hold a trust policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.policy import POLICY_DOCUMENT
from trust_widgets.readers._cfn_roles import template_of
from trust_widgets.readers._document import document_of
from trust_widgets.readers._folder import Folder
from trust_widgets.readers._records import FileRequest, RoleRecord, record_of
from trust_widgets.readers._tree import Tree
from trust_widgets.readers._tree_contents import walk
from trust_widgets.readers._yaml import documents_of
from trust_widgets.readers._yaml_trees import NotYaml

PASTED = "pasted text"
_ATTRIBUTE = re.compile(r"^[ \t]*assume_role_policy[ \t]*=", re.MULTILINE)
_VALUE = re.compile(r"\s*(?:jsonencode[ \t]*\(|<<-?[ \t]*[\"']?[A-Za-z_])")
_DATA = re.compile(r'^[ \t]*data[ \t]+"?aws_iam_policy_document"?[ \t]+"?([\w-]+)"?', re.MULTILINE)
_STATEMENT = re.compile(r"\s*statement[ \t]*\{")
_YAML = re.compile(
    r"^[ \t-]*[\"']?(?:[aA]ssumeRolePolicy(?:Document)?|Statement)[\"']?[ \t]*:", re.MULTILINE
)
_ROLE = 'resource "aws_iam_role" "pasted" {'
_DOCUMENT = 'data "aws_iam_policy_document" "pasted" {'
_NAMES = (POLICY_DOCUMENT, "assumeRolePolicyDocument", "assumeRolePolicy")
TITLE = "YAML"


def wrapped_hcl(text: str) -> str:
    """A part of a Terraform file as a file with a role; `""` where it is no such part.

    Each line of the part stays on its line.

    Example:
        >>> print(wrapped_hcl("assume_role_policy = jsonencode({})"))
        resource "aws_iam_role" "pasted" {assume_role_policy = jsonencode({})
        }
    """
    if _STATEMENT.match(text):
        return f"{_DOCUMENT}{text}\n}}\n{_using('pasted')}"
    if _VALUE.match(text):
        return f"{_ROLE}assume_role_policy = {text}\n}}"
    if _ATTRIBUTE.search(text) and "aws_iam_role" not in text:
        return f"{_ROLE}{text}\n}}"
    found = _DATA.search(text)
    if found is not None and "aws_iam_role" not in text:
        return f"{text}\n{_using(found[1])}"
    return ""


def _using(name: str) -> str:
    return f"{_ROLE}assume_role_policy = data.aws_iam_policy_document.{name}.json\n}}"


def records_of_yaml(text: str) -> tuple[RoleRecord, ...]:
    """The trust policies in a part of a YAML file, by the names that they have there.

    Raises:
        ModuleNotFoundError: without ruamel.yaml.
    """
    if not _YAML.search(text) or text.lstrip()[:1] in ("{", "["):
        return ()
    folder = Folder(None)
    request = FileRequest(folder.add(PASTED, text), folder)
    try:
        documents = documents_of(request)
    except NotYaml:
        return ()
    return tuple(record for tree in documents for record in _records(request, tree))


def _records(request: FileRequest, tree: Tree) -> Iterator[RoleRecord]:
    template = template_of(request, tree)
    for one in walk(tree):
        for name in _NAMES:
            if one.kind == "object":
                found = one.member(name)
            else:
                found = None
            if found is not None:
                yield record_of(request, TITLE, "", document_of(template.value(found)))
    if tree.kind == "object" and tree.member("Statement") is not None:
        yield record_of(request, TITLE, "", document_of(template.value(tree)))
