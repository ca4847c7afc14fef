"""The JSON report, member by member as docs/command-line.md describes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from trust_widgets.findings import internal_error
from trust_widgets.pitfalls import PITFALLS
from trust_widgets.policy import Accepted, Home
from trust_widgets.reports import Checked, Placed, checked, json_report

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "command-line.md"
TEXT = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "allow",
      "Principal": {"Service": "ec2.amazonaws.com"},
      "Action": "sts:AssumeRole"
    }
  ]
}
"""


def report_on(text: str, home: Home | None = None) -> dict[str, Any]:
    """A report, as whoever reads it gets it."""
    report: dict[str, Any] = json.loads(json.dumps(json_report(checked("p.json", text, home), ())))
    return report


def test_a_finding() -> None:
    """The effect, 7 characters, is in line 5 after 6 blanks and `"Effect": `; 2 + 27 + 17 + 6
    characters stand before that line with its breaks.
    """
    report = report_on(TEXT)
    (finding,) = report["findings"]
    assert TEXT.index('"allow"') == 68
    assert finding == {
        "file": "p.json",
        "role": None,
        "code": "TP108",
        "name": "wrong_effect",
        "verdict": "refused",
        "severity": "error",
        "title": PITFALLS["wrong_effect"].title,
        "message": finding["message"],
        "path": ["Statement", 0, "Effect"],
        "span": {"start": 68, "end": 75, "line": 5, "column": 17, "end_line": 5, "end_column": 24},
        "callers": [],
        "fixes": ['Write "Allow"'],
        "edits": [{"start": 69, "end": 70, "text": "A"}],
        "link": "https://github.com/octo-org/trust_widgets/blob/main/docs/pitfalls/TP108.md",
        "accepted": None,
    }
    assert "allow" in finding["message"]


def test_the_whole() -> None:
    """What was checked is told without findings too, and what was not read with its reason."""
    text = TEXT.replace("allow", "Allow")
    report = json_report(checked("p.json", text), [("q.json", "Is a directory")])
    assert report == {
        "version": 1,
        "policies": [{"file": "p.json", "role": None, "line": 1, "column": 1}],
        "findings": [],
        "notifications": [],
        "unresolved": [],
        "not_read": [{"file": "q.json", "reason": "Is a directory"}],
    }


def test_a_role() -> None:
    """It is named at each finding, and its policy begins where its brace stands: in line 1, after
    56 characters.
    """
    inner = json.dumps(json.loads(TEXT))
    head = '{"Role": {"RoleName": "app", "AssumeRolePolicyDocument": '
    report = report_on(f"{head}{inner}}}}}")
    assert report["policies"] == [
        {"file": "p.json", "role": "app", "line": 1, "column": len(head) + 1}
    ]
    (finding,) = report["findings"]
    assert finding["role"] == "app" and finding["span"]["start"] == len(head) + inner.index(
        '"allow"'
    )


def test_what_is_accepted_stays_with_its_reason() -> None:
    """A script may want to list it."""
    star = TEXT.replace("allow", "Allow").replace('"Service": "ec2.amazonaws.com"', '"AWS": "*"')
    report = report_on(star, Home(accepted=(Accepted("TP301", "Public on purpose."),)))
    assert [(each["code"], each["accepted"]) for each in report["findings"]] == [
        ("TP301", "Public on purpose.")
    ]


def test_a_text_that_cannot_be_read() -> None:
    """It has no page, and a title all the same."""
    (finding,) = report_on("")["findings"]
    assert (
        finding["code"] == "TP001"
        and finding["link"] is None
        and finding["title"]
        and finding["path"] == []
    )


def failed() -> Checked:
    """A policy of role `app` in which a check failed at its first statement, in line 4 of
    `p.json`.
    """
    finding = internal_error("Check TP301 (anyone)", KeyError("octo-secret"), path=("Statement", 0))
    return Checked("p.json", "app", 1, 1, (Placed(finding, 46, 182, 4, 5, 8, 6),))


def test_an_internal_error_is_a_notification() -> None:
    """It is no finding about the policy, and what the exception says stays out of the report."""
    report = json_report((failed(),), ())
    (notification,) = report["notifications"]
    assert report["findings"] == [] and report["version"] == 1
    assert notification == {
        "file": "p.json",
        "role": "app",
        "code": "TP000",
        "name": "internal_error",
        "level": "error",
        "message": notification["message"],
        "path": ["Statement", 0],
        "span": {"start": 46, "end": 182, "line": 4, "column": 5, "end_line": 8, "end_column": 6},
    }
    assert (
        "Check TP301 (anyone) failed" in notification["message"]
        and "KeyError" in notification["message"]
    )
    assert "octo-secret" not in json.dumps(report)


def test_the_page_tells_each_member() -> None:
    """And none that is not there."""
    told = re.findall(r"^\| (`[^|]*`) \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = {name for cell in told for name in re.findall(r"`(\w+)`", cell)}
    report = report_on(TEXT)
    notification = json_report((failed(),), ())["notifications"][0]
    assert names == {*report, *report["findings"][0], *notification}
