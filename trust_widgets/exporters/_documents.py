"""Exporters that describe a role for people."""

from __future__ import annotations

from collections.abc import Callable

from trust_widgets.documents import RoleDocument, document
from trust_widgets.exporters import Exporter
from trust_widgets.policy import Home, Role


def document_exporter(
    write: Callable[[RoleDocument], str],
    *,
    title: str,
    filename: str,
    language: str,
    note: str,
    source: str,
) -> Exporter:
    """An exporter that writes a role's document in one form.

    Args:
        write: gives the document in that form.
        title, filename, language, note, source: as an `Exporter` has them.
    """

    def render(role: Role) -> str:
        return write(document(role))

    def render_with(role: Role, home: Home) -> str:
        return write(document(role, home))

    return Exporter(
        title=title,
        filename=filename,
        language=language,
        render=render,
        render_with=render_with,
        note=note,
        source=source,
    )
