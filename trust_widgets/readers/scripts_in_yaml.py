"""Commands of the AWS CLI in YAML: the steps of a pipeline, such as GitHub Actions or GitLab CI.

https://docs.github.com/actions/writing-workflows/workflow-syntax-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.readers._records import FileContents, FileRequest, Reader
from trust_widgets.readers._shell import Script
from trust_widgets.readers._shell_roles import COMMAND, roles_of_commands
from trust_widgets.readers._sources import SourceText
from trust_widgets.readers._tree import Tree
from trust_widgets.readers._tree_contents import walk
from trust_widgets.readers._yaml import cannot_be_read, documents_of
from trust_widgets.readers._yaml_trees import NotYaml

TITLE = "A script in YAML"
_STEPS = (
    *("run", "script", "before_script", "after_script", "commands", "command", "cmd", "bash"),
    *("shell", "ansible.builtin.shell", "inlineScript", "build"),
)


def looks(file: str, text: str) -> bool:
    """Whether a text may be YAML with such a command."""
    return file.lower().endswith((".yml", ".yaml")) and bool(COMMAND.search(text))


def read(request: FileRequest) -> FileContents | None:
    """The roles that the commands make; `None` for a document without them."""
    try:
        documents = documents_of(request)
    except NotYaml as error:
        return cannot_be_read(request, error)
    steps = [step for document in documents for step in _steps(document)]
    source = request.source
    script = SourceText(source.file, _without_the_rest(source, steps), source.base)
    records = tuple(roles_of_commands(request, TITLE, Script(script, _no_file, is_indented=True)))
    return FileContents(records) if records else None


def _no_file(name: str) -> SourceText | None:
    """No other file: in which folder a step runs is not known."""
    return None


def _steps(document: Tree) -> Iterator[Tree]:
    """The texts that are run."""
    for one in walk(document):
        for member in one.members:
            if member.key.known_text in _STEPS:
                yield from filter(_is_text, (member.value, *member.value.items))


def _is_text(tree: Tree) -> bool:
    return tree.is_text


def _without_the_rest(source: SourceText, steps: list[Tree]) -> str:
    """The texts that are run, at their places, with blanks for all else."""
    text = source.clean
    made = ["\n" if char == "\n" else " " for char in text]
    for step in steps:
        start, end = step.start - source.base, step.end - source.base
        written = text[start:end]
        if written[:1] in ("'", '"'):
            continue  # its quotes are YAML's, and change what is in them
        if written[:1] in ("|", ">"):
            header = written.partition("\n")[0]
            start += len(header)
            written = written[len(header) :]
            if header.startswith(">"):
                written = written.replace("\n", " ")
        made[start:end] = written
    return "".join(made)


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="jobs:\n  roles:\n    steps:\n      - run: |\n          aws iam create-role "
    "--role-name app --assume-role-policy-document "
    '\'{"Version": "2012-10-17", "Statement": []}\'\n',
    file="pipeline.yml",
    source="https://docs.github.com/actions/writing-workflows/workflow-syntax-for-github-actions",
    order=95,
)
