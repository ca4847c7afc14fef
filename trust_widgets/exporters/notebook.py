"""The role as a Jupyter notebook that describes it and tests its policy, with its outputs.

The settings of the reader count, such as the findings that were accepted.
"""

from __future__ import annotations

from trust_widgets.documents import RoleDocument
from trust_widgets.exporters._documents import document_exporter

EXPORTER = document_exporter(
    RoleDocument.notebook,
    title="Notebook",
    filename="role.ipynb",
    language="json",
    note="Open it in Jupyter, or test the policy with it: pytest --nbval role.ipynb.",
    source="https://nbformat.readthedocs.io/en/latest/format_description.html",
)
