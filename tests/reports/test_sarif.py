"""SARIF 2.1.0, by the sections of
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import trust_widgets
from trust_widgets.findings import Severity, Verdict, internal_error
from trust_widgets.pitfalls import PITFALLS
from trust_widgets.policy import Accepted, Home
from trust_widgets.reports import Checked, Placed, checked, sarif_report

STAR = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "*"},
      "Action": "sts:AssumeRole"
    }
  ]
}
"""
LEVELS = {"none", "note", "warning", "error"}  # 3.27.10


def run_of(*policies: Checked, unread: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    """The one run of a report, as a reader of the file gets it."""
    report = json.loads(json.dumps(sarif_report(policies, unread)))
    (run,) = report["runs"]
    return run


def run_on(text: str, file: str = "p.json", home: Home | None = None) -> dict[str, Any]:
    """The run over one file."""
    return run_of(*checked(file, text, home))


def test_the_log() -> None:
    """3.13: `version` is "2.1.0", `$schema` is the URI of that version's schema, `runs` is a
    list.
    """
    report = sarif_report((), ())
    assert set(report) == {"$schema", "version", "runs"}
    assert report["version"] == "2.1.0"
    assert (
        report["$schema"].startswith("https://docs.oasis-open.org/")
        and "sarif-schema-2.1.0.json" in report["$schema"]
    )


def test_a_run_without_findings() -> None:
    """3.14.23: results are there and empty, so that a reader knows that all was looked at; 3.19.2:
    a driver's name.
    """
    run = run_of()
    assert run["results"] == [] and run["tool"]["driver"]["rules"] == []
    assert run["tool"]["driver"]["name"] == "trust-widgets"
    assert run["tool"]["driver"]["version"] == trust_widgets.__version__
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_columns_are_counted_in_code_points() -> None:
    """3.14.17 and 3.30.2: an emoji is one column, where UTF-16 counts two.

    `{"Id": "😀", "Statement": [` is 27 long.
    """
    run = run_on(
        '{"Id": "😀", "Statement": [{"Effect": "allow", "Principal": {"Service":'
        ' "ec2.amazonaws.com"}}]}'
    )
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert {"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 10} in regions


def test_a_region() -> None:
    """3.30: lines and columns from 1, the end is the column after the last character.

    `"*"` is 3 long, in line 6.
    """
    (result,) = run_on(STAR)["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "p.json"},
        "region": {"startLine": 6, "startColumn": 28, "endLine": 6, "endColumn": 31},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "Statement[0].Principal.AWS[0]"}]


def test_a_region_of_several_lines() -> None:
    """What is missing is told at its statement, which begins in line 4 and ends with the bracket in
    line 8.
    """
    text = STAR.replace('"Effect": "Allow"', '"Sid": "A"')
    regions = [
        result["locations"][0]["physicalLocation"]["region"] for result in run_on(text)["results"]
    ]
    assert {"startLine": 4, "startColumn": 5, "endLine": 8, "endColumn": 6} in regions


def test_a_finding_about_the_whole_is_at_its_beginning() -> None:
    """3.30.2: a region of length 0 is an insertion point; `startLine` is never 0."""
    (result,) = run_on("")["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_rules_and_results_belong_together() -> None:
    """3.27.6: `ruleIndex` is the rule's place in the list; 3.49: a rule has its id, texts and an
    absolute helpUri.
    """
    run = run_of(*checked("a.json", STAR), *checked("b.json", "{"), *checked("c.json", STAR))
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 2
    for rule in rules:
        assert rule["helpUri"].startswith("https://")
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        r["ruleId"] for r in run["results"]
    ]
    by_id = {rule["id"]: rule for rule in rules}
    assert by_id["TP301"]["helpUri"].endswith("/docs/pitfalls/TP301.md")
    assert by_id["TP301"]["shortDescription"]["text"] == PITFALLS["anyone"].title


def test_the_page_of_a_text_that_cannot_be_read_is_there() -> None:
    """Such a finding has no page of its own; the one it links to exists."""
    (rule,) = run_on("{")["tool"]["driver"]["rules"]
    page = rule["helpUri"].partition("/blob/main/")[2]
    assert (Path(__file__).resolve().parent.parent.parent / page).is_file()


@pytest.mark.parametrize("name", sorted(PITFALLS))
def test_every_pitfall_can_be_told(name: str) -> None:
    """3.27.10: a level that exists, no lower than `warning` for whatever fails a build; 3.11.8: a
    text.
    """
    pitfall = PITFALLS[name]
    results = run_on(pitfall.bad[0], home=pitfall.home)["results"]
    assert pitfall.code in {result["ruleId"] for result in results}
    for result in results:
        assert result["level"] in LEVELS and result["message"]["text"]
        assert (result["level"] == "note") == (result["properties"]["verdict"] == Verdict.ADVICE)
        if result["properties"]["severity"] in (Severity.CRITICAL, Severity.HIGH, Severity.ERROR):
            assert result["level"] == "error"


def test_braces_are_doubled() -> None:
    """3.11.5: `{` and `}` in a message are written `{{` and `}}`, or they are placeholders."""
    for text in (STAR, STAR.replace('"*"', '"{0}"')):
        for result in run_on(text)["results"]:
            left = result["message"]["text"].replace("{{", "").replace("}}", "")
            assert "{" not in left and "}" not in left


def test_a_stranger_makes_no_link() -> None:
    """3.11.6: `[text](destination)` would be one; nor can a value begin a line, or steer a
    terminal.
    """
    text = STAR.replace('"*"', json.dumps("[x](https://octo-evil.example)\n\x1b[2J"))
    messages = [result["message"]["text"] for result in run_on(text)["results"]]
    assert any("octo-evil" in message for message in messages)
    assert not any(re.search(r"\]\(|[\n\x1b]", message) for message in messages)


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("roles/app.json", "roles/app.json"),
        ("./app.json", "app.json"),
        ("a b#1?.json", "a%20b%231%3F.json"),
        ("a:b.json", "a%3Ab.json"),
        ("100%.json", "100%25.json"),
        ("-", "-"),
    ],
)
def test_a_file_is_a_uri(file: str, uri: str) -> None:
    """3.10.1: a URI reference of RFC 3986, in which a blank, `#`, `?`, `%` and a colon of the name
    are escaped.
    """
    (result,) = run_on("{", file)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_an_absolute_file_is_a_file_uri(tmp_path: Path) -> None:
    """As RFC 8089 has it; the name comes back from it."""
    file = tmp_path / "a b.json"
    (result,) = run_on("{", str(file))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file:///") and unquote(uri).endswith("/a b.json")


def test_a_name_that_is_no_text() -> None:
    """A byte that is no UTF-8, as Linux lets names have: Python's stand-in for it is no character
    of a URI.
    """
    (result,) = run_on("{", "a\udcff.json")["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%FF.json"


def test_what_is_accepted_is_left_out() -> None:
    """GitHub does not list `suppressions` among what it reads."""
    home = Home(accepted=(Accepted("TP301", "Public on purpose."),))
    run = run_on(STAR, home=home)
    assert run["results"] == [] and run["tool"]["driver"]["rules"] == []


def test_what_was_not_read_is_a_notification() -> None:
    """3.20.14: the run was not successful; 3.58: a notification has a message, a level and its
    place.
    """
    run = run_of(unread=(("none.json", "No such file or directory"),))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert note["level"] == "error" and "No such file" in note["message"]["text"]
    assert note["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "none.json"}}}]


def test_an_internal_error_is_a_notification() -> None:
    """3.58: it has its descriptor in the driver, a level, a message and its place; there is no
    result for it.
    """
    finding = internal_error("Check TP301 (anyone)", KeyError("octo-secret"), path=("Statement", 0))
    run = run_of(
        Checked("p.json", "app", 1, 1, (Placed(finding, 46, 182, 4, 5, 8, 6),)),
        *checked("q.json", STAR),
    )
    (invocation,) = run["invocations"]
    (note,) = invocation["toolExecutionNotifications"]
    descriptor = run["tool"]["driver"]["notifications"][note["descriptor"]["index"]]

    assert [result["ruleId"] for result in run["results"]] == ["TP301"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["TP301"]
    assert invocation["executionSuccessful"] is False and note["level"] == "error"
    assert (
        note["descriptor"]["id"] == descriptor["id"] == "TP000"
        and descriptor["name"] == "internal_error"
    )
    assert "Check TP301 (anyone) failed" in note["message"][
        "text"
    ] and "octo-secret" not in json.dumps(run)
    assert note["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "p.json"},
        "region": {"startLine": 4, "startColumn": 5, "endLine": 8, "endColumn": 6},
    }
    assert note["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "app: Statement[0]"}]


def test_a_role_is_named_at_its_place() -> None:
    """3.33.5: in front of the path, on one line, whatever the name is."""
    text = json.dumps(
        {"Role": {"RoleName": "app\n\x1b[2J", "AssumeRolePolicyDocument": json.loads(STAR)}}
    )
    (result,) = run_on(text)["results"]
    (named,) = result["locations"][0]["logicalLocations"]
    assert named["fullyQualifiedName"] == r"app\n\x1b[2J: Statement[0].Principal.AWS[0]"
