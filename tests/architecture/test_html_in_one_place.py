"""HTML is made in one place, and the browser side sets text only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trust_widgets"
SOURCES = sorted(PACKAGE.rglob("*.py"))
FRONT_END = sorted((ROOT / "frontend" / "src").rglob("*.ts*"))
HTML = re.compile(r"(?<!\?P)</?[a-z]+[ >]")
WRITERS_OF_HTML = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "dangerouslySetInnerHTML",
    r"document\.write",
    r"\beval\(",
)
HTML_FROM_TEXT = re.compile("|".join(WRITERS_OF_HTML))


def strings_with_tags(source: str) -> list[str]:
    """The strings of a source in which an HTML tag stands; docstrings do not count."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    strings = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]
    return [text for text in strings if HTML.search(text)]


@pytest.mark.parametrize("path", [pytest.param(p, id=str(p.relative_to(PACKAGE))) for p in SOURCES])
def test_html_is_made_in_one_place(path: Path) -> None:
    """No other file writes a tag in a string."""
    if path != PACKAGE / "text" / "html.py":
        assert strings_with_tags(path.read_text(encoding="utf-8")) == []


def test_a_planted_tag_is_caught() -> None:
    """In a string, not in a docstring."""
    assert strings_with_tags('"""A <b>."""\nx = f"<b>{1}</b>"') == ["<b>", "</b>"]


@pytest.mark.parametrize("path", [pytest.param(p, id=p.name) for p in FRONT_END])
def test_the_browser_side_makes_no_html_from_text(path: Path) -> None:
    """Everything a stranger wrote is set as text."""
    assert not HTML_FROM_TEXT.search(path.read_text(encoding="utf-8"))


def test_the_sources_of_the_browser_side_are_found() -> None:
    """Also those in folders."""
    assert {"state.ts", "editor.tsx"} <= {path.name for path in FRONT_END}
