"""A finding in a few words, and that nothing else in the package puts a verdict and a severity
together.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trust_widgets.findings import Finding, Severity, Verdict, label_of, line_of

ROOT = Path(__file__).resolve().parents[2]
# The severity in parentheses after the verdict; and a text of the browser's own.
TOGETHER = re.compile(
    r"verdict\} \(\{\w+\.severity|=== \"open\" \?|verdict (?:is|==) Verdict\.OPEN else"
)
HOMES = {
    "trust_widgets/findings/label.py",
    "trust_widgets/findings/values.py",
}


def finding(verdict: Verdict, severity: Severity) -> Finding:
    """A finding of this kind."""
    return Finding("TP399", "a_name", verdict, severity, "Here.\nAnd there.", ("Statement", 0))


@pytest.mark.parametrize(
    ("verdict", "severity", "label"),
    [
        (Verdict.REFUSED, Severity.ERROR, "Rejected by IAM"),
        (Verdict.DEAD, Severity.ERROR, "Never matches"),
        (Verdict.OPEN, Severity.CRITICAL, "Too permissive (critical)"),
        (Verdict.OPEN, Severity.LOW, "Too permissive (low)"),
        (Verdict.ADVICE, Severity.INFO, "Note"),
    ],
)
def test_a_label_has_the_severity_of_what_is_open(
    verdict: Verdict, severity: Severity, label: str
) -> None:
    """The verdict says that of all others."""
    assert label_of(finding(verdict, severity)) == label


def test_a_line_is_one_line() -> None:
    """Whatever the message holds."""
    line = line_of(finding(Verdict.OPEN, Severity.LOW))
    assert line.startswith("TP399 open (low) at Statement[0]: Here.")
    assert "\n" not in line


def sources() -> list[Path]:
    """The package and the browser's side."""
    return [*(ROOT / "trust_widgets").rglob("*.py"), *(ROOT / "frontend" / "src").rglob("*.ts*")]


def test_the_label_is_made_in_one_place() -> None:
    """By `label_of`, from which the browser has it; `str(finding)` tells both to whoever reads
    logs.
    """
    found = {
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if TOGETHER.search(path.read_text(encoding="utf-8"))
    }
    assert found <= HOMES


@pytest.mark.parametrize(
    "planted",
    [
        'kind = f"{finding.verdict} ({finding.severity})"',
        "kind = severity if finding.verdict is Verdict.OPEN else verdict",
        'const word = WORDS[verdict] + (verdict === "open" ? severity : "");',
    ],
)
def test_a_planted_label_is_caught(planted: str) -> None:
    """In either language."""
    assert TOGETHER.search(planted)
