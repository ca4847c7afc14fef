"""The roles of a YAML file, one document after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trust_widgets.readers._records import FileContents, FileRequest, RoleRecord
from trust_widgets.readers._tree import Tree
from trust_widgets.readers._yaml import cannot_be_read, documents_of
from trust_widgets.readers._yaml_trees import NotYaml


def roles_of_documents(
    request: FileRequest, roles_of: Callable[[FileRequest, Tree], Iterable[RoleRecord]]
) -> FileContents | None:
    """The roles in all documents; `None` where there are none, so that it is another kind of file.

    Args:
        request: the file.
        roles_of: the roles in one of its documents.

    Raises:
        ModuleNotFoundError: without ruamel.yaml.
    """
    try:
        documents = documents_of(request)
    except NotYaml as error:
        return cannot_be_read(request, error)
    records: list[RoleRecord] = []
    for document in documents:
        records += roles_of(request, document)
    if records:
        return FileContents(tuple(records))
    return None
