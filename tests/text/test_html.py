"""HTML is made in one place, and nothing a stranger wrote gets through it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.text.html import Html, join, tag


class Reader(HTMLParser):
    """Collects the elements and the text of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(), st.text())
def test_text_stays_text(child: str, title: str) -> None:
    """Whatever is written, a browser sees the text, and at most one more element around it."""
    reader = Reader()
    reader.feed(tag("p", child, title=title))
    reader.close()

    assert reader.elements in (["p"], ["p", "span"])
    assert reader.text == child


@pytest.mark.parametrize("text", ["${aws:username}", r"\(x\)", r"\[x\]", r"\begin{x}", r"\ref{x}"])
def test_text_is_never_a_formula(text: str) -> None:
    """JupyterLab looks for formulas, but not in elements of these classes, and not in code.

    https://docs.mathjax.org/en/v3.2/options/document.html
    """
    inside = f'<span class="mathjax_ignore tex2jax_ignore">{text}</span>'
    assert tag("p", text) == f"<p>{inside}</p>"
    assert join(text, tag("b", "x")) == f"{inside}<b>x</b>"
    assert tag("code", text) == f"<code>{text}</code>"


def test_html_is_kept_and_text_is_escaped() -> None:
    """Elements nest; plain text beside them is escaped."""
    assert tag("p", tag("b", "<x>"), "&") == "<p><b>&lt;x&gt;</b>&amp;</p>"
    assert join("<", Html("<br>")) == "&lt;<br>"


@pytest.mark.parametrize("attribute", ["onclick", "onerror", "srcdoc", "formaction", "src"])
def test_attributes_that_run_scripts_are_refused(attribute: str) -> None:
    """Only a few attributes exist for us, none of which can run a script."""
    with pytest.raises(ValueError, match=attribute):
        tag("p", **{attribute: "x"})


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "http://example.com", " https://x"]
)
def test_only_secure_links(link: str) -> None:
    """A link that is not https is refused."""
    with pytest.raises(ValueError, match="https"):
        tag("a", "x", href=link)
