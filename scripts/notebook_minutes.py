"""How long a notebook takes, computed from what is in it: `make notebooks` writes it into the text.

Prose is read at 160 words a minute, code at 12 lines, output at 25 lines. A view is looked at for
a minute and a half. An exercise takes what it says itself, and one that is only asked in the text,
with its solution, 5 minutes.
"""

from __future__ import annotations

import re
from typing import Any

from trust_widgets.exercises import exercise_named

WORDS, CODE_LINES, OUTPUT_LINES = 160, 12, 25  # a minute
VIEW, ASKED = 1.5, 5.0  # minutes
MOST = 45
LINE = re.compile(r"This notebook takes about \d+ minutes\.")


def minutes_of(notebook: Any) -> int:
    """The minutes that a notebook takes.

    Args:
        notebook: as nbformat reads it, with its outputs.
    """
    return round(sum(_minutes(cell) for cell in notebook.cells))


def with_minutes(notebook: Any) -> None:
    """Write the minutes into the sentence of the notebook that says them."""
    sentence = f"This notebook takes about {minutes_of(notebook)} minutes."
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LINE.sub(sentence, cell.source)


def _minutes(cell: Any) -> float:
    if cell.cell_type == "markdown":
        asked = len(re.findall(r"^#+ (?:Exercise|Solution)\b", cell.source, re.MULTILINE))
        return len(cell.source.split()) / WORDS + asked * ASKED / 2
    exercise = re.search(r'tw\.exercise\("([^"]+)"\)', cell.source)
    if exercise:
        return float(exercise_named(exercise[1]).minutes)
    lines = len(cell.source.splitlines()) / CODE_LINES
    return lines + sum(_minutes_of_output(output) for output in cell.outputs)


def _minutes_of_output(output: Any) -> float:
    if output.output_type == "stream":
        return len(output.text.splitlines()) / OUTPUT_LINES
    data = output.get("data", {})
    plain = "".join(data.get("text/plain", ""))
    if "text/html" in data and len(plain.splitlines()) <= 1:
        return VIEW
    return len(plain.splitlines()) / OUTPUT_LINES
