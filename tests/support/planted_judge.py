"""Judge the checker on the planted sets: which mistakes it names, which policies it leaves alone.

A planted mistake is **named** when one finding is right about both:

- verdict: the finding's is a planted one;
- place: the finding's path is a planted one; or one of the two is the beginning of the other and
  both lie within the same element. An element is `Statement[n].Principal` and the like, or
  `Version` and the like at the top. So `Statement[0].Condition.StringEquals` and a value in it are
  one place, and a finding about a whole statement doesn't name the value in it. A plant at a whole
  statement says that something is missing from it: a finding at whatever lacks it, within that
  statement, names it (the strict count asks for the statement itself). Where the plant has a line
  and no path (the text is no JSON), the problem's line is the planted one.

A good policy is **quiet** when nothing above `advice` is reported. So is a planted `advice`,
besides being named. `home` of a case is given to the checker; `role_account` counts as one of its
accounts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import trust_widgets as tw
from trust_widgets.findings import Finding, Verdict
from trust_widgets.policy import DocumentError, parse

Case = dict[str, Any]
TESTS = Path(__file__).parent.parent
SETS = {name: TESTS / name for name in ("planted", "planted_2026", "planted_variants")}
NAMED = "named"
ELSEWHERE = "right verdict, another place"
OTHERWISE = "found as something else"
SILENT = "nothing above advice said"


def cases(folder: Path, kind: str) -> Iterator[Case]:
    """The cases of `mistakes` or `good` in a set, each with its file's name as `family`."""
    for path in sorted((folder / kind).glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            yield {**case, "family": path.stem}


def text_of(case: Case) -> str:
    """A case's document."""
    if "text" in case:
        return str(case["text"])
    return json.dumps(case["policy"], indent=2, ensure_ascii=False)


def home_of(case: Case) -> tw.Home:
    """What a case says is the reader's."""
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in case.get("home", {}).items()
    }
    accounts = fields.pop("accounts", ())
    if "role_account" in case and case["role_account"] not in accounts:
        accounts = (*accounts, case["role_account"])
    if "today" in case and "today" in tw.Home.__dataclass_fields__:
        fields["today"] = date.fromisoformat(case["today"])
    return tw.Home(accounts=accounts, **fields)


def findings_of(case: Case) -> tuple[Finding, ...]:
    """The checker's findings on a case."""
    return tuple(tw.check(text_of(case), home_of(case)))


def above_advice(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings above advice."""
    return [finding for finding in findings if finding.verdict is not Verdict.ADVICE]


def verdicts_of(case: Case) -> tuple[str, ...]:
    """The verdicts that are right for a case: mostly one."""
    return tuple(case["verdicts"]) if "verdicts" in case else (case["verdict"],)


def places_of(case: Case) -> list[tuple[object, ...]]:
    """The places that are right for a case."""
    return [tuple(place) for place in (case["place"], *case.get("other_places", ()))]


def result_of(case: Case, strict: bool = False) -> str:
    """`NAMED`, or how the mistake was missed."""
    findings = findings_of(case)
    alike = [finding for finding in findings if finding.verdict in verdicts_of(case)]
    if "line" in case:
        right = is_at_line(case)
    else:
        right = any(
            is_one_place(finding.path, place, strict)
            for finding in alike
            for place in places_of(case)
        )
    if verdicts_of(case) == (Verdict.ADVICE,) and above_advice(findings):
        return OTHERWISE
    if alike and right:
        return NAMED
    if alike:
        return ELSEWHERE
    return OTHERWISE if above_advice(findings) else SILENT


def is_at_line(case: Case) -> bool:
    """Whether the text is refused at the planted line."""
    try:
        parse(text_of(case))
    except DocumentError as error:
        return any(problem.line == case["line"] for problem in error.problems)
    return False


def is_one_place(
    found: tuple[object, ...], planted: tuple[object, ...], strict: bool = False
) -> bool:
    """Whether a finding's path is a planted one: equal, or one the beginning of the other within
    one element.

    What is missing from a whole statement is named by whatever lacks it, unless `strict`.

    Example:
        >>> is_one_place(("Statement", 0, "Action"), ("Statement", 0, "Action", 1))
        True
        >>> is_one_place(("Statement", 0), ("Statement", 0, "Action"))
        False
        >>> is_one_place(("Statement", 0, "Principal", "AWS", 0), ("Statement", 0))
        True
    """
    shorter = min(len(found), len(planted))
    element = 3 if found[:1] == ("Statement",) else 1
    if len(planted) == len(("Statement", 0)) and not strict:
        element = len(planted)
    return found == planted or (shorter >= element and found[:shorter] == planted[:shorter])
