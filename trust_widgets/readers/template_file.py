"""A trust policy as a template that another tool fills in: Terraform's `templatefile`, Jinja, ERB.

What is filled in is not known, and is named; all else of the policy is.
"""

from __future__ import annotations

import re

from trust_widgets.readers._document import document_of
from trust_widgets.readers._placeholders import with_holes
from trust_widgets.readers._records import FileContents, FileRequest, Reader, record_of
from trust_widgets.readers._tree import Tree, not_told

TITLE = "A template of a trust policy"
_ENDINGS = (".tpl", ".tftpl", ".tmpl", ".template", ".j2", ".jinja", ".jinja2", ".erb", ".mustache")
_BEGIN = re.compile(r"\s*(?:[%{<#][^\n]*\n\s*)*\{")
_PLACEHOLDER = re.compile(
    r"\$\{~?\s*((?:[^{}:]|\{[^{}]*\})+?)\s*~?\}|\{\{-?\s*([^{}]+?)\s*-?\}\}|<%=\s*(.+?)\s*%>"
)


def looks(file: str, text: str) -> bool:
    """Whether a file is a template that begins as a JSON object does."""
    is_template = file.lower().endswith(_ENDINGS)
    return is_template and '"Statement"' in text and bool(_BEGIN.match(text))


def read(request: FileRequest) -> FileContents | None:
    """The policy, with what is filled in as not known; `None` for a template without any."""
    source = request.source
    end = source.base + len(source.text)
    text = Tree(
        source.base,
        end,
        value=source.clean,
        places=range(source.base, end + 1),
    )
    filled = with_holes(text, _PLACEHOLDER, lambda _, hole: not_told(hole))
    if filled is text:
        return None
    name = source.file.rpartition("/")[2]
    record = record_of(request, TITLE, name, document_of(filled))
    return FileContents((record,))


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example='{"Version": "2012-10-17", "Statement": [], "Id": "${name}"}\n',
    file="trust.json.tftpl",
    source="https://developer.hashicorp.com/terraform/language/functions/templatefile",
    order=15,
)
