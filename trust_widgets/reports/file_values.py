"""Values of a policy written in the language of the file that holds it."""

from __future__ import annotations

import json
from typing import Any

from trust_widgets.readers import Sources, Tree
from trust_widgets.reports.file_places import HCL, YAML, FilePlaces, NoPlace
from trust_widgets.text.quoting import hcl, yaml


class FileValues(FilePlaces):
    """The places of a policy in its file, and values as that file writes them.

    Args:
        tree: the policy as a value of the file. sources: the files.
        kept: expressions of the file as written in the policy's text; no value that is written
            anew may hold one.
    """

    def __init__(self, tree: Tree, sources: Sources, kept: tuple[str, ...] = ()) -> None:
        super().__init__(tree, sources)
        self.kept = kept

    def value_text(self, near: Tree, value: Any) -> str:
        """A value in the language of the file, on one line where that is usual."""
        self.expect_known(value)
        language = self.language(near)
        if language == HCL:
            return hcl.value(value, self.indent_of_line(near, self.column(near.start)))
        if language == YAML and isinstance(value, str):
            if self.written(near)[:1] == '"':
                return json.dumps(value, ensure_ascii=False)
            return yaml.string(value)
        return json.dumps(value, ensure_ascii=False)

    def expect_known(self, value: Any) -> None:
        """Refuse to write an expression of the file as if it were a text."""
        written = json.dumps(value, ensure_ascii=False)
        if any(json.dumps(each, ensure_ascii=False)[1:-1] in written for each in self.kept):
            raise NoPlace

    def key_text(self, near: Tree, key: str) -> str:
        """A member's name in the language of the file, in quotes where names near it are."""
        self.expect_known(key)
        is_quoted = self.written(near)[:1] in ('"', "'")
        if self.language(near) == HCL:
            if is_quoted or not key.isidentifier():
                return hcl.string(key)
            return key
        if is_quoted:
            return json.dumps(key, ensure_ascii=False)
        return yaml.string(key)
