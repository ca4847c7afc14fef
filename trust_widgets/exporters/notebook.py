"""The role as a Jupyter notebook that describes it and tests its policy."""

from __future__ import annotations

from trust_widgets.documents import document
from trust_widgets.exporters import Exporter
from trust_widgets.policy import Home, Role


def render(role: Role) -> str:
    """The notebook as JSON text, with its outputs.

    Example:
        >>> render(Role("app")).splitlines()[-1]
        '}'
    """
    return document(role).notebook()


def render_with(role: Role, home: Home) -> str:
    """The same with the reader's settings, such as the findings that were accepted."""
    return document(role, home).notebook()


EXPORTER = Exporter(
    title="Notebook",
    filename="role.ipynb",
    language="json",
    render=render,
    render_with=render_with,
    note="Open it in Jupyter, or test the policy with it: pytest --nbval role.ipynb.",
    source="https://nbformat.readthedocs.io/en/latest/format_description.html",
)
