"""The role as a Markdown page for people: its policy, who can assume it, and the findings."""

from __future__ import annotations

from trust_widgets.documents import document
from trust_widgets.exporters import Exporter
from trust_widgets.policy import Home, Role


def render(role: Role) -> str:
    """The page, with its picture in it.

    Example:
        >>> render(Role("app")).splitlines()[0]
        '# Trust policy of role app'
    """
    return document(role).markdown()


def render_with(role: Role, home: Home) -> str:
    """The same with the reader's settings, such as the findings that were accepted."""
    return document(role, home).markdown()


EXPORTER = Exporter(
    title="Markdown",
    filename="role.md",
    language="markdown",
    render=render,
    render_with=render_with,
    note="A page that describes the role. tw.document(role).save() writes the picture as a file.",
    source="https://spec.commonmark.org/0.31.2/",
)
