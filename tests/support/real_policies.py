"""Trust policies that other people wrote.

The larger sets are in the folder that the variable TRUST_WIDGETS_DATA names. Without the variable,
tests use the sample in `tests/data`, whose licences allow that it is here.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

VARIABLE = "TRUST_WIDGETS_DATA"
SAMPLE = Path(__file__).resolve().parents[1] / "data" / "policies.jsonl"
_LARGER_SETS = ("policies.jsonl", "policies2.jsonl")

Record = dict[str, Any]


def larger_sets() -> Path | None:
    """Return the folder of the larger sets, or None if the variable is not set.

    Raises:
        FileNotFoundError: if the variable names no such folder, so that no test is left out
            unnoticed.
    """
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    for file in _LARGER_SETS:
        if not (Path(name) / file).is_file():
            raise FileNotFoundError(f"{VARIABLE} is {name}, but there is no {file} in it")
    return Path(name)


@cache
def records() -> tuple[Record, ...]:
    """Return the real policies, each once.

    Each has `id`, `source`, `policy` (the document), `clean` (no placeholders of templates) and
    `set` (the file's name).
    """
    folder = larger_sets()
    files = [SAMPLE] if folder is None else [folder / name for name in _LARGER_SETS]
    found: dict[str, Record] = {}
    for file in files:
        for record in _records_of(file):
            found.setdefault(record["id"], record)
    return tuple(found.values())


def _records_of(file: Path) -> Iterator[Record]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield {"clean": True, **json.loads(line), "set": file.name}


def has_first_set() -> bool:
    """Return whether the whole of `policies.jsonl` is read, and not only the sample."""
    return larger_sets() is not None


def summary() -> str:
    """Return a line that says how many real policies are read, and from where.

    Example:
        >>> "from" in summary()
        True
    """
    counts = Counter(record["set"] for record in records())
    told = ", ".join(f"{count} from {name}" for name, count in counts.items())
    where = f"the folder in {VARIABLE}" if has_first_set() else "tests/data"
    return f"real policies read: {told} ({where})"
