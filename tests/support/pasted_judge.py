"""Judge what is made of a pasted text, by the cases of `tests/cases/pasted.jsonl`.

`tests/cases/README.md` says what the members of a case mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import trust_widgets as tw

Case = dict[str, Any]
CASES = Path(__file__).parent.parent / "cases" / "pasted.jsonl"
ROLE = "arn:aws:iam::111122223333:role/app"
UNREADABLE = "unreadable"
BOXES = {
    "message": "error_message",
    "record": "cloudtrail_event",
    "token": "token",
    "details": "access_troubleshooter",
}
RECOGNIZED = {
    "message": r"(?i)message",
    "record": r"CloudTrail",
    "token": r"(?i)token",
    "details": r"Access Troubleshooter",
}


def cases() -> list[Case]:
    """All cases of the file."""
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@dataclass(frozen=True)
class Result:
    """What became of a pasted text."""

    outcome: str
    said: str
    request: tw.Request | None = None


def paste(case: Case, box: str) -> Result:
    """Put a case's text into one box, and evaluate its policy with the call made of it."""
    try:
        request = tw.CALLERS[box].make(ROLE, text=case["pasted"])
    except ValueError as error:
        return Result(UNREADABLE, str(error))
    decision = tw.evaluate(case["policy"], request)
    return Result(str(decision.outcome), said_of(decision), request)


def said_of(decision: tw.Decision) -> str:
    """All that a reader of a decision is told, as text."""
    bundle: Any = decision._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    html = unescape(re.sub(r"<[^>]+>", " ", data.get("text/html", "")))
    changes = [getattr(change, "text", str(change)) for change in decision.changes]
    remarks = [str(remark) for remark in decision.remarks]
    return "\n".join([str(decision), html, *changes, *remarks])


def faults(case: Case) -> Iterator[str]:
    """What is wrong with the answer to a case."""
    box = BOXES[case["kind"]]
    result = paste(case, box)
    if result.outcome not in case["outcome"]:
        yield f"{result.outcome}, not {' or '.join(case['outcome'])}: {result.said}"
        return
    yield from _said_amiss(case, result)
    yield from _read_amiss(case, result)
    for other in BOXES.values():
        elsewhere = paste(case, other)
        if elsewhere.outcome != result.outcome:
            yield f"{elsewhere.outcome} in the box {other}, {result.outcome} in {box}"


def _said_amiss(case: Case, result: Result) -> Iterator[str]:
    for pattern in case.get("says", []):
        if not re.search(pattern, result.said):
            yield f"{pattern!r} is not in {result.said!r}"
    for pattern in case.get("says_not", []):
        if re.search(pattern, result.said):
            yield f"{pattern!r} is in {result.said!r}"
    recognized = RECOGNIZED[case["kind"]]
    if result.outcome != UNREADABLE and not re.search(recognized, result.said):
        yield f"what was recognized is not said: {result.said!r}"


def _read_amiss(case: Case, result: Result) -> Iterator[str]:
    if result.request is None:
        return
    for name, wanted in case.get("request", {}).items():
        read = getattr(result.request, name)
        if read != wanted:
            yield f"{name} is {read!r}, not {wanted!r}"
