"""Runs the notebooks and writes them back in one form, so that a change shows only what changed.

Run it by `make notebooks`. Outputs stay, for readers and for nbval; widget state goes, because a
notebook that holds it shows "model not found" where the kernel is gone, and the still HTML where it
does not.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from notebook_minutes import with_minutes

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def main() -> int:
    """Run and write all notebooks, or those that are named; returns the exit status."""
    named = sys.argv[1:]
    for path in sorted(FOLDER.glob("*.ipynb")):
        if named and path.name not in named:
            continue
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": FOLDER}}
        )
        client.execute()
        path.write_text(text_of(notebook), encoding="utf-8")
        print(path.name)
    return 0


def text_of(notebook: Any) -> str:
    """A notebook that was run, as it is committed."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for index, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{index:02}"
        cell.metadata = nbformat.from_dict(_kept_metadata(cell))
        if cell.cell_type == "code":
            _settle(cell)
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = count
    with_minutes(notebook)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)) + "\n"


def _kept_metadata(cell: Any) -> dict[str, Any]:
    """The tags of a cell: the student's edition leaves out the cells of solutions."""
    tags = cell.metadata.get("tags", [])
    return {"tags": list(tags)} if tags else {}


def _settle(cell: Any) -> None:
    cell.outputs = _joined(cell.outputs)
    for output in cell.outputs:
        output.pop("metadata", None)
        if "data" in output:
            output.data.pop(WIDGET, None)
            output.metadata = nbformat.from_dict({})


def _joined(outputs: list[Any]) -> list[Any]:
    """Outputs with neighbouring pieces of one stream put together: where the kernel cuts it is
    chance.
    """
    joined: list[Any] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


if __name__ == "__main__":
    sys.exit(main())
