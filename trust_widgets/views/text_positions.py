"""Places in the policy's text, as a browser counts them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from trust_widgets.explain import line_label
from trust_widgets.findings import Finding, Fix, Verdict, label_of
from trust_widgets.model import TrustModel
from trust_widgets.policy import Path, change, is_acceptable, line_and_column, locate

if TYPE_CHECKING:
    from trust_widgets.views.state.common import TextChange
    from trust_widgets.views.state.findings import FindingCaller, Spot

SHORT = 80  # characters


def browser_text(text: str) -> str:
    """A text as CodeMirror holds it, every line break one character."""
    return text.replace("\r\n", "\n")


def browser_offset(text: str, offset: int) -> int:
    """An offset in UTF-16 units with every line break counted as one, as CodeMirror counts."""
    return browser_length(text[:offset])


def browser_length(text: str) -> int:
    """The length of a text in UTF-16 units, with every line break counted as one."""
    return len(browser_text(text).encode("utf-16-le", "surrogatepass")) // 2


def text_between(text: str, start: int, end: int) -> str:
    """A part of a browser's text, between two offsets as the browser counts them.

    Example:
        >>> text_between("😀ab", 2, 3)
        'a'
    """
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def span_of(text: str, path: tuple[Any, ...]) -> tuple[int, int]:
    """Where a path is in the text, in Python's offsets; `(0, 0)` for the whole document."""
    span = locate(text, path) if path else None
    return (span.start, span.end) if span else (0, 0)


def statement_at(text: str, offset: int) -> int:
    """The index of the statement at an offset as the browser counts it; -1 outside of all.

    Example:
        >>> text = '{"Statement": [{}, {"Sid": "A"}]}'
        >>> statement_at(text, 16), statement_at(text, 22), statement_at(text, 2)
        (0, 1, -1)
    """
    index = 0
    while True:
        span = locate(text, ("Statement", index))
        if span is None:
            return -1
        start = browser_offset(text, span.start)
        end = browser_offset(text, span.end)
        if start <= offset <= end:
            return index
        index += 1


def id_of(finding: Finding, index: int) -> str:
    """A name for a finding that a browser can send back."""
    return f"{index} {finding.code}"


def finding_named(model: TrustModel, name: str) -> Finding | None:
    """The finding that `id_of` named, unless the findings have changed since."""
    named = {id_of(finding, index): finding for index, finding in enumerate(model.findings)}
    return named.get(name)


def change_from_fix(text: str, fix: Fix | None) -> TextChange | None:
    """Return a fix as one replacement in the text; None if it changes nothing."""
    after = fix.apply(text) if fix else text
    if fix is None or after == text:
        return None
    splice = change(text, after)
    return {
        "title": fix.title,
        "from": browser_offset(text, splice.start),
        "to": browser_offset(text, splice.end),
        "insert": splice.text,
    }


def finding_spots(model: TrustModel) -> list[Spot]:
    """Return the findings with their places and fixes, worst first.

    They are made once for all views of a model.
    """
    found = _SPOTS.get(model)
    if found is None or found[0] is not model.findings or found[1] is not model.text:
        drawn = [_drawn(model, index, finding) for index, finding in enumerate(model.findings)]
        found = _SPOTS[model] = model.findings, model.text, drawn
    return found[2]


# Of which findings in which text each was drawn.
_SPOTS: WeakKeyDictionary[TrustModel, tuple[object, str, list[Spot]]] = WeakKeyDictionary()


def _drawn(model: TrustModel, index: int, finding: Finding) -> Spot:
    text = model.text
    start, end = _span(model, finding)
    line = line_and_column(text, start)[0]
    return {
        "id": id_of(finding, index),
        "code": finding.code,
        "name": finding.name,
        "label": label_of(finding),
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "line": line,
        "place": line_label(line) if end else "document",
        "from": browser_offset(text, start),
        "to": browser_offset(text, end),
        "callers": [_caller(caller) for caller in finding.callers],
        "fix": _change_or_none(text, finding.fix),
        "others": [change for fix in finding.other_fixes if (change := _change_or_none(text, fix))],
        "fine": finding.fine,
        "source": finding.source,
        "page": finding.page,
        "assumptions": list(finding.assumptions),
        "accepted": finding.accepted,
        "acceptable": is_acceptable(finding.code) and not _is_never_fine(finding),
        "heldBack": finding.held_back,
        "value": shortened(finding.value),
    }


def _is_never_fine(finding: Finding) -> bool:
    """Whether IAM would not save the policy, whatever the reader thinks of it."""
    return finding.verdict is Verdict.REFUSED and finding.fine.startswith("Never")


def place_of(model: TrustModel, path: Path) -> str:
    """`"line 14"`; `""` while the text cannot be read, and for a place that is not in it."""
    start, end = span_of(model.text, path) if path and model.is_good else (0, 0)
    if end:
        return line_label(line_and_column(model.text, start)[0])
    return ""


def _change_or_none(text: str, fix: Fix | None) -> TextChange | None:
    """Return `change_from_fix`, or None if the fix raises, which is logged.

    The findings are shown all the same.
    """
    try:
        return change_from_fix(text, fix)
    except Exception:
        logging.getLogger(__name__).exception("a fix failed")
        return None


def shortened(value: str) -> str:
    """Enough of a value to know it by."""
    if len(value) <= SHORT:
        return value
    return f"{value[:SHORT]}…"


def _span(model: TrustModel, finding: Finding) -> tuple[int, int]:
    """A problem of the text knows its own place; a finding about the policy has a path."""
    wanted = (finding.code, finding.message, finding.path)
    for problem in model.problems:
        if (problem.code, problem.message, problem.path) == wanted:
            return problem.span.start, problem.span.end
    return span_of(model.text, finding.path)


def _caller(text: str) -> FindingCaller:
    """A caller with its note: `repo:octo-evil/app (this owner may be anyone)`."""
    name, _, note = text.partition(" (")
    return {"text": name, "hostile": note.removesuffix(")")}
