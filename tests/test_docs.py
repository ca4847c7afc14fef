"""The pages in docs/ say what the checker says: below each policy stand the codes it gives."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from trust_widgets.pitfalls import check
from trust_widgets.policy import Home

DOCS = Path(__file__).resolve().parent.parent / "docs"
BLOCK = re.compile(r"^```json\n(?P<policy>.*?)^```\n\s*(?P<below>[^\n]*)", re.MULTILINE | re.DOTALL)
SAYS = re.compile(
    r"`tw\.check` says: (?P<codes>nothing|TP\d{3}(?:, TP\d{3})*)(?:, where account"
    r" (?P<account>\d{12}) is yours)?\."
)


class Shown(NamedTuple):
    """A policy of a page, and the line below it."""

    policy: str
    below: str
    place: str


def shown_in(text: str, name: str = "") -> list[Shown]:
    """Every policy in a page's JSON blocks."""
    found = []
    for match in BLOCK.finditer(text):
        if '"Statement"' in match["policy"]:
            line = text[: match.start()].count("\n") + 1
            found.append(Shown(match["policy"], match["below"], f"{name}:{line}"))
    return found


def differs(shown: Shown) -> str:
    """How the line below a policy differs from what the checker says; `""` if it does not."""
    said = SAYS.fullmatch(shown.below.strip())
    if said is None:
        return f"{shown.place}: below the policy stands no line like: `tw.check` says: TP301."
    home = Home(accounts=(said["account"],) if said["account"] else ())
    codes = sorted({finding.code for finding in check(shown.policy, home)})
    written = [] if said["codes"] == "nothing" else said["codes"].split(", ")
    return "" if written == codes else f"{shown.place}: {written} is written, {codes} is said"


def failures_in(page: Path) -> int:
    """How many lines of a page's examples print something else; `text` is the first policy of the
    page.
    """
    text = page.read_text(encoding="utf-8")
    shown = shown_in(text, page.name)
    names = {"text": shown[0].policy} if shown else {}
    example = doctest.DocTestParser().get_doctest(text, names, page.name, str(page), 0)
    return doctest.DocTestRunner(verbose=False).run(example).failed


PAGES = sorted(DOCS.glob("*.md"))
POLICIES = [
    shown for page in PAGES for shown in shown_in(page.read_text(encoding="utf-8"), page.name)
]


@pytest.mark.parametrize("shown", [pytest.param(shown, id=shown.place) for shown in POLICIES])
def test_a_page_says_what_the_checker_says(shown: Shown) -> None:
    """Each policy in docs/*.md, with the codes in the line below it, in order."""
    assert differs(shown) == ""


WITH_EXAMPLES = [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in WITH_EXAMPLES])
def test_the_examples_of_a_page_run(page: Path) -> None:
    """Each `>>>` prints what stands below it."""
    assert failures_in(page) == 0


def test_the_page_about_the_search_has_its_example() -> None:
    """And the README and the page for newcomers lead to it."""
    assert "how-the-search-works.md" in {page.name for page in WITH_EXAMPLES}
    for page in ("README.md", "CONTRIBUTING.md"):
        assert "docs/how-the-search-works.md" in (DOCS.parent / page).read_text(encoding="utf-8")


def test_a_wrong_example_is_noticed(tmp_path: Path) -> None:
    """The test above fails on an example that has gone stale."""
    page = tmp_path / "page.md"
    page.write_text(
        f"```json\n{STAR}\n```\n\n```python\n>>> text.count('sts:')\n1\n>>> 1 + 1\n3\n\n```\n"
    )
    assert failures_in(page) == 1


def test_the_page_about_tutorials_is_among_them() -> None:
    """Each of its ten points has at least one policy, and says how sure it is."""
    text = (DOCS / "what-tutorials-get-wrong.md").read_text(encoding="utf-8")
    points = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [point.split(".")[0] for point in points] == [str(number) for number in range(1, 11)]
    for point in points:
        assert shown_in(point), point[:40]
        [sure] = re.findall(r"^\*\*How sure:\*\* (.*)$", point, flags=re.MULTILINE)
        assert "verified" in sure


STAR = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action":'
    ' "sts:AssumeRole"}]}'
)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("`tw.check` says: TP101.", ""),
        ("`tw.check` says: nothing.", "page:1: [] is written, ['TP101'] is said"),
        ("`tw.check` says: TP301.", "page:1: ['TP301'] is written, ['TP101'] is said"),
        ("It is refused.", "page:1: below the policy stands no line like: `tw.check` says: TP301."),
    ],
)
def test_a_wrong_line_is_noticed(below: str, expected: str) -> None:
    """The test above fails on a page that has gone stale; a bare star is TP101."""
    [shown] = shown_in(f"```json\n{STAR}\n```\n\n{below}\n", "page")
    assert differs(shown) == expected


def test_a_policy_without_a_line_is_noticed() -> None:
    """Also at the very end of a page."""
    [shown] = shown_in(f"```json\n{STAR}\n```\n", "page")
    assert "no line" in differs(shown)
