"""A document as a Jupyter notebook: its code cells hold the outputs that a run will give.

The format: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Protocol

from trust_widgets.access import who_gets_in
from trust_widgets.documents.code import code_of_test, setup_code
from trust_widgets.documents.contents import DocumentContents
from trust_widgets.documents.page import (
    PICTURE_WORDS,
    WHO,
    conditions_section,
    footer_of,
    lead_of,
    notes_section,
    permissions_section,
    section_of_tests,
)
from trust_widgets.pitfalls import check
from trust_widgets.text.html import svg_data
from trust_widgets.text.quoting.markdown import picture, plain

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
PICTURE_FILE = "callers.svg"


class Shown(Protocol):
    """A value that shows itself at the end of a cell."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]: ...


def notebook_of(contents: DocumentContents) -> str:
    """Return the notebook as JSON text."""
    cells = list(_cells(contents))
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number:02}"
    _count([cell for cell in cells if cell["cell_type"] == "code"])
    notebook = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _cells(contents: DocumentContents) -> Iterator[dict[str, Any]]:
    policy = contents.role.trust
    yield _markdown(f"# {plain(contents.title)}\n\n{lead_of(contents)}")
    drawing = {PICTURE_FILE: {"image/svg+xml": svg_data(contents.picture)}}
    yield {
        **_markdown(picture(PICTURE_WORDS, f"attachment:{PICTURE_FILE}")),
        "attachments": drawing,
    }
    yield _markdown("## Policy")
    yield _code(setup_code(contents))
    yield _markdown(WHO)
    yield _code("tw.who_gets_in(policy, home)", who_gets_in(policy, contents.home))
    sections = (notes_section(contents), conditions_section(contents))
    yield from map(_markdown, filter(None, sections))
    yield _markdown("## Findings")
    yield _code("tw.check(policy, home)", check(policy, contents.home))
    if contents.permissions:
        yield _markdown(permissions_section(contents))
    if contents.assertions:
        yield _markdown(section_of_tests(contents.assertions))
    for assertion in contents.assertions:
        yield _code(code_of_test(assertion))
    yield _markdown(footer_of(contents))


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _code(source: str, result: Shown | None = None) -> dict[str, Any]:
    """A code cell with the output of its last line."""
    outputs = []
    if result is not None:
        data = result._repr_mimebundle_()
        outputs = [{"output_type": "execute_result", "metadata": {}, "data": data}]
    return {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "outputs": outputs,
        "execution_count": None,
    }


def _count(cells: list[dict[str, Any]]) -> None:
    """Number the code cells in the order in which they run."""
    for number, cell in enumerate(cells, 1):
        cell["execution_count"] = number
        for output in cell["outputs"]:
            output["execution_count"] = number
