"""Comments of a file that accept a finding: `# trust-widgets: ignore TP302 it names no role`.

They are at the end of the finding's line, or on a line of their own before it, and give a reason.
"""

from __future__ import annotations

import re
from dataclasses import replace

from trust_widgets.findings import Finding
from trust_widgets.policy import is_acceptable
from trust_widgets.readers import Sources
from trust_widgets.reports.placing import Placed

_COMMENT = re.compile(r"(?:#|//)\s*trust-widgets:\s*ignore\s+(TP[0-9]{3})\b[:,]?\s*(\S.*)?")


def with_comment(placed: Placed, sources: Sources) -> Finding:
    """A finding, accepted if a comment of its file says so with a reason."""
    finding = placed.finding
    if finding.accepted or not is_acceptable(finding.code):
        return finding
    lines = sources.text_of(placed.file).splitlines()
    at = placed.line - 1
    if at < len(lines):
        near = [lines[at]]
    else:
        near = []
    above = at - 1
    while 0 <= above < len(lines) and _is_comment(lines[above]):
        near.append(lines[above])
        above -= 1
    for line in near:
        found = _COMMENT.search(line)
        if found is not None and found[1] == finding.code and found[2]:
            return replace(finding, accepted=found[2].strip())
    return finding


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(("#", "//"))
