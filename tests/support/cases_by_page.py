"""The cases of the evaluator as data: each is one request against one policy, with the page that it
rests on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import trust_widgets as tw

FOLDER = Path(__file__).resolve().parent.parent / "evaluation" / "cases"
CASES = [
    (path.stem, case)
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))
]


def request_of(case: dict[str, Any]) -> tw.Request:
    """The call that a case describes."""
    said = dict(case["request"])
    context = {
        key: tuple(v) if isinstance(v, list) else v for key, v in said.pop("context", {}).items()
    }
    return tw.Request(**{**said, "context": context, "unknown": frozenset(said.pop("unknown", ()))})
