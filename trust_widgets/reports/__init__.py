"""Whole files checked, and reports about them: text, JSON and SARIF."""

from __future__ import annotations

from trust_widgets.reports.checked_file import (
    FILE_NOT_CHECKED,
    LEVELS,
    USUAL_LEVEL,
    Checked,
    checked,
    checked_reading,
    counts_in_words,
    is_loud,
    not_checked,
)
from trust_widgets.reports.file_fixes import FileFix
from trust_widgets.reports.input_file import text_of_file
from trust_widgets.reports.json import json_report
from trust_widgets.reports.placing import Placed, placed_findings
from trust_widgets.reports.sarif import sarif_report
from trust_widgets.reports.text import counts_line, diff_lines, finding_lines

__all__ = [
    "FILE_NOT_CHECKED",
    "LEVELS",
    "USUAL_LEVEL",
    "Checked",
    "FileFix",
    "Placed",
    "checked",
    "checked_reading",
    "counts_in_words",
    "counts_line",
    "diff_lines",
    "finding_lines",
    "is_loud",
    "json_report",
    "not_checked",
    "placed_findings",
    "sarif_report",
    "text_of_file",
]
