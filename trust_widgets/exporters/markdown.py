"""The role as a Markdown page for people: its policy, who can assume it, and the findings.

The settings of the reader count, such as the findings that were accepted.
"""

from __future__ import annotations

from trust_widgets.documents import RoleDocument
from trust_widgets.exporters._documents import document_exporter

EXPORTER = document_exporter(
    RoleDocument.markdown,
    title="Markdown",
    filename="role.md",
    language="markdown",
    note="A page that describes the role. tw.document(role).save() writes the picture as a file.",
    source="https://spec.commonmark.org/0.31.2/",
)
