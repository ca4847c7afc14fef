"""How many planted mistakes the checker names, and how many good policies it leaves alone.

Run it by `.venv/bin/python benchmarks/planted.py [--verbose]`. It prints counts and judges nothing;
`--verbose` lists what was missed. The set is `tests/planted`; its README says how it was made and
what its fields mean.

A planted mistake is **named** when one finding is right about both:

- verdict: the finding's is the planted one;
- place: the finding's path is the planted one; or one of the two is the beginning of the other and
both lie within
  the same element. An element is `Statement[n].Principal` and the like, or `Version` and the like
  at the top. So `Statement[0].Condition.StringEquals` and a value in it are one place, and a
  finding about a whole statement doesn't name the value in it. A plant at a whole statement says
  that something is missing from it: a finding at whatever lacks it, within that statement, names it
  (the strict count, printed beside, asks for the statement itself). Where the plant has a line and
  no path (the text is no JSON), the problem's line is the planted one.

A good policy is **quiet** when nothing above `advice` is said of it. So is a planted `advice`,
besides being named. What the set says of the reader (`home`) is told to the checker; `role_account`
counts as an account of the reader's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trust_widgets as tw
from trust_widgets.findings import Finding, Verdict
from trust_widgets.policy import DocumentError, parse

SET = Path(__file__).parent.parent / "tests" / "planted"
ELSEWHERE = "right verdict, another place"
OTHERWISE = "found as something else"
SILENT = "nothing above advice said"


def main() -> int:
    """Print the counts; returns the exit status."""
    arguments = argparse.ArgumentParser(description="How many planted mistakes are named.")
    arguments.add_argument("--verbose", action="store_true", help="list what was missed")
    verbose = arguments.parse_args().verbose
    print_mistakes(verbose)
    print_good(verbose)
    return 0


def cases(kind: str) -> Iterator[dict[str, Any]]:
    """The cases of `mistakes` or `good`, each with its file's name as `family`."""
    for path in sorted((SET / kind).glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            yield {**case, "family": path.stem}


def text_of(case: dict[str, Any]) -> str:
    """A case's document."""
    return (
        case["text"] if "text" in case else json.dumps(case["policy"], indent=2, ensure_ascii=False)
    )


def home_of(case: dict[str, Any]) -> tw.Home:
    """What a case says is the reader's."""
    said: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in case.get("home", {}).items()
    }
    accounts = said.pop("accounts", ())
    if "role_account" in case and case["role_account"] not in accounts:
        accounts = (*accounts, case["role_account"])
    return tw.Home(accounts=accounts, **said)


def print_mistakes(verbose: bool) -> None:
    """How many are named, by verdict, and how the others were missed."""
    results = [(case, result_of(case)) for case in cases("mistakes")]
    named, total = (
        Counter(c["verdict"] for c, r in results if r == "named" or every)
        for every in (False, True)
    )
    missed = Counter(result for _, result in results if result != "named")
    for verdict in Verdict:
        print(f"{verdict}: {named[verdict]} of {total[verdict]} named")
    print(
        f"all: {named.total()} of {total.total()} named"
        f" ({100 * named.total() / total.total():.1f} %)"
    )
    strict = sum(result_of(case, strict=True) == "named" for case, _ in results)
    print(
        f"strictly, with what is missing told of the statement itself: {strict}"
        f" ({100 * strict / total.total():.1f} %)"
    )
    print(
        "missed:",
        "; ".join(f"{count} {result}" for result, count in missed.most_common()) or "none",
    )
    twice = sum(len(loud(found_in(case))) > 1 for case, _ in results)
    print(f"one mistake told as more than one finding above advice: {twice} of {len(results)}")
    if verbose:
        for case, result in results:
            if result != "named":
                print(f"  {case['family']}/{case['name']}: {case['verdict']}; {result}")


def print_good(verbose: bool) -> None:
    """How many good policies are left alone."""
    results = [(case, loud(found_in(case))) for case in cases("good")]
    print(f"good: {sum(not found for _, found in results)} of {len(results)} quiet")
    if verbose:
        for case, found in results:
            for finding in found:
                print(f"  {case['family']}/{case['name']}: {finding}")


def found_in(case: dict[str, Any]) -> tuple[Finding, ...]:
    """The checker's findings on a case."""
    return tw.check(text_of(case), home_of(case))


def loud(found: tuple[Finding, ...]) -> list[Finding]:
    """Those above advice."""
    return [finding for finding in found if finding.verdict is not Verdict.ADVICE]


def result_of(case: dict[str, Any], strict: bool = False) -> str:
    """`named`, or how it was missed."""
    found = found_in(case)
    alike = [finding for finding in found if finding.verdict == case["verdict"]]
    right = (
        is_at_line(case)
        if "line" in case
        else any(is_one_place(f.path, tuple(case["place"]), strict) for f in alike)
    )
    if case["verdict"] == Verdict.ADVICE and loud(found):
        return OTHERWISE
    if alike and right:
        return "named"
    return ELSEWHERE if alike else OTHERWISE if loud(found) else SILENT


def is_at_line(case: dict[str, Any]) -> bool:
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


if __name__ == "__main__":
    sys.exit(main())
