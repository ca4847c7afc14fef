"""The generated pages in docs/ are what the code says now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import docs_pages
import pitfall_pages
from trust_widgets.pitfalls import PITFALLS, FormerCode
from trust_widgets.pitfalls.caller_half import CALLER_PITFALLS
from trust_widgets.pitfalls.former_codes import moved_codes
from trust_widgets.providers import PROVIDERS

ROOT = Path(__file__).resolve().parent.parent


def text_of(name: str) -> str:
    """A page, which must be there."""
    assert (ROOT / name).is_file(), f"{name} is missing: run make docs"
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", docs_pages.PAGES)
def test_a_page_is_current(name: str) -> None:
    """`python scripts/docs_pages.py` would change nothing."""
    assert text_of(name) == docs_pages.PAGES[name](), f"{name} is not current: run make docs"


@pytest.mark.parametrize("name", docs_pages.PAGES)
def test_a_page_names_the_script_that_writes_it(name: str) -> None:
    """So that nobody edits it by hand."""
    first = text_of(name).split("\n", 1)[0]
    assert first.startswith(("<!-- ", "// ")) and "Written by scripts/docs_pages.py" in first


def test_a_stale_page_is_noticed_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` names it and changes nothing; without it the page is written, and then it is
    current.
    """
    monkeypatch.setattr(docs_pages, "ROOT", tmp_path)
    monkeypatch.setattr(docs_pages, "PAGES", {"page.md": lambda: "new\n"})
    page = tmp_path / "page.md"
    page.write_text("old\n", encoding="utf-8")
    assert docs_pages.main(["--check"]) == 1 and page.read_text(encoding="utf-8") == "old\n"
    assert docs_pages.main([]) == 0 and page.read_text(encoding="utf-8") == "new\n"
    assert capsys.readouterr().out == "page.md\npage.md\n"
    assert docs_pages.main(["--check"]) == 0 and capsys.readouterr().out == ""


def test_every_pitfall_has_its_page_and_no_page_is_left_over() -> None:
    """The page of a pitfall that is gone goes too."""
    pages = {path.stem for path in (ROOT / "docs" / "pitfalls").glob("TP*.md")}
    known = {pitfall.code for pitfall in (*PITFALLS.values(), *CALLER_PITFALLS.values())}
    known |= set(moved_codes(PITFALLS.values()))
    assert pages == known, (
        f"run make docs for {known - pages or 'none'}; "
        f"remove the pages of {pages - known or 'none'}"
    )


def test_the_page_of_a_former_code_names_the_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a retired code says where its findings went; that of one still used, too."""
    for code, moves in moved_codes(PITFALLS.values()).items():
        for move in moves:
            assert f"[{move.code}]({move.code}.md)" in text_of(f"docs/pitfalls/{code}.md")
    former = FormerCode("TP499", "An older mistake", "It is dead now.")
    changed = {"anyone": replace(PITFALLS["anyone"], former_codes=(former,))}
    monkeypatch.setattr(pitfall_pages, "PITFALLS", changed)
    pages = pitfall_pages.pages("note")
    page = pages["docs/pitfalls/TP499.md"]()
    assert "**Retired.**" in page and "[TP301](TP301.md)" in page and "It is dead now." in page
    index = pages["docs/pitfalls/README.md"]()
    assert "| [TP499](TP499.md) | An older mistake | [TP301](TP301.md) |" in index


def test_every_provider_is_told() -> None:
    """Each has a heading, its page, an example of a subject, and says how sure its facts are."""
    text = (ROOT / "docs" / "providers.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n### ")[1:]}
    assert set(sections) == {provider.title for provider in PROVIDERS.values()}
    for provider in PROVIDERS.values():
        section = sections[provider.title]
        assert f"({provider.source})" in section and "*How sure:*" in section
        assert (
            provider.subject is None
            or "| subject, an example | who that is |\n| --- | --- |\n| `" in section
        )


@pytest.mark.parametrize(
    "line",
    [
        "- **Key that AWS demands:** `app.terraform.io:sub`: without it IAM saves no trust policy",
        "- **Audience:** `aws.workload.identity`",
        (
            "| `owner:octo-org:project:shop:environment:production` | Vercel deployments in"
            " environment production of project shop of team octo-org |"
        ),
        (
            r"| `auth0\|5f7c8ec7c33c6c004bbafe82` | Auth0's user 5f7c8ec7c33c6c004bbafe82 of"
            r" connection auth0 |"
        ),
        (
            "| `https://aws.amazon.com/SAML/Attributes/PrincipalTag:KEY` | the value of a session"
            " tag |  | `sts:TagSession` |"
        ),
    ],
)
def test_lines_of_the_page_about_providers(line: str) -> None:
    """Written by hand, from the vendors' pages and AWS's."""
    assert line in (ROOT / "docs" / "providers.md").read_text(encoding="utf-8").splitlines()
