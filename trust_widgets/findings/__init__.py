"""One finding, and several of them as they show themselves."""

from __future__ import annotations

from trust_widgets.findings.card import NONE, still_of
from trust_widgets.findings.collection import Findings
from trust_widgets.findings.internal_errors import (
    CODE,
    ISSUES,
    NAME,
    NOT_CHECKED,
    TITLE,
    finding_of,
    internal_error,
    is_internal_error,
    read_policy,
)
from trust_widgets.findings.label import counted, label_of, line_of
from trust_widgets.findings.not_decided import (
    NOT_DECIDED,
    NOT_DECIDED_NAME,
    NOT_DECIDED_TITLE,
    is_not_decided,
    not_decided,
)
from trust_widgets.findings.values import (
    Finding,
    Fix,
    Severity,
    Verdict,
    by_rank,
    fix_of_all,
    path_text,
    rank_of,
)

__all__ = [
    "CODE",
    "ISSUES",
    "NAME",
    "NONE",
    "NOT_CHECKED",
    "NOT_DECIDED",
    "NOT_DECIDED_NAME",
    "NOT_DECIDED_TITLE",
    "TITLE",
    "Finding",
    "Findings",
    "Fix",
    "Severity",
    "Verdict",
    "by_rank",
    "counted",
    "finding_of",
    "fix_of_all",
    "internal_error",
    "is_internal_error",
    "is_not_decided",
    "label_of",
    "line_of",
    "not_decided",
    "path_text",
    "rank_of",
    "read_policy",
    "still_of",
]
