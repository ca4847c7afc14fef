"""The student's edition of a notebook: without outputs, and without the cells of solutions.

There is one source, the notebook with its outputs. A cell tagged `solution` is left out here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SOLUTION = "solution"


def student_edition(path: Path) -> str:
    """The text of a notebook's student's edition.

    Args:
        path: the notebook.
    """
    notebook = json.loads(path.read_text("utf-8"))
    cells = [_for_students(cell) for cell in notebook["cells"] if not _is_solution(cell)]
    return json.dumps({**notebook, "cells": cells}, indent=1, ensure_ascii=False) + "\n"


def _is_solution(cell: dict[str, Any]) -> bool:
    return SOLUTION in cell["metadata"].get("tags", ())


def _for_students(cell: dict[str, Any]) -> dict[str, Any]:
    if cell["cell_type"] != "code":
        return cell
    return {**cell, "outputs": [], "execution_count": None}
