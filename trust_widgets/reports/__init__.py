"""Whole files checked, and reports about them: text, JSON and SARIF."""

from __future__ import annotations

from trust_widgets.reports.callers_report import (
    callers_lines,
    callers_of_roles,
    json_of_callers,
)
from trust_widgets.reports.cell_html import cell_html, fix_of, unresolved_text
from trust_widgets.reports.change_report import (
    change_lines,
    changed_roles,
    json_changes,
    markdown,
    summary_line,
)
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
from trust_widgets.reports.comparing import (
    RoleChange,
    change_of_role,
    compare_roles,
    home_of_completed,
    policies_by_conditions,
)
from trust_widgets.reports.file_fixes import FileFix
from trust_widgets.reports.input_file import text_of_file
from trust_widgets.reports.json import json_report
from trust_widgets.reports.judging import home_of_record, judged
from trust_widgets.reports.placing import Placed, placed_findings
from trust_widgets.reports.role_file import FileChange, NotWritable, RoleFile
from trust_widgets.reports.sarif import sarif_report
from trust_widgets.reports.shown_findings import CompletedText, completed_text, shown_findings
from trust_widgets.reports.text import counts_line, diff_lines, finding_lines
from trust_widgets.reports.versions import Version, read_version

__all__ = [
    "FILE_NOT_CHECKED",
    "LEVELS",
    "USUAL_LEVEL",
    "Checked",
    "CompletedText",
    "FileChange",
    "FileFix",
    "NotWritable",
    "Placed",
    "RoleChange",
    "RoleFile",
    "Version",
    "callers_lines",
    "callers_of_roles",
    "cell_html",
    "change_lines",
    "change_of_role",
    "changed_roles",
    "checked",
    "checked_reading",
    "compare_roles",
    "completed_text",
    "counts_in_words",
    "counts_line",
    "diff_lines",
    "finding_lines",
    "fix_of",
    "home_of_completed",
    "home_of_record",
    "is_loud",
    "json_changes",
    "json_of_callers",
    "json_report",
    "judged",
    "markdown",
    "not_checked",
    "placed_findings",
    "policies_by_conditions",
    "read_version",
    "sarif_report",
    "shown_findings",
    "summary_line",
    "text_of_file",
    "unresolved_text",
]
