"""The code comes to a page once: from a hidden widget in Jupyter, with each view in marimo."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from ipywidgets import Widget
from ipywidgets.embed import embed_data

import trust_widgets as tw
from trust_widgets.views.code import CODE, SharedCode, shared_code
from trust_widgets.views.tables import suggestions_of, tables

GITHUB = {"owner": "octo-org", "repository": "app", "branch": "main"}


def github() -> tw.TrustBuilder:
    """A builder."""
    return tw.TrustBuilder("github_oidc", account="111122223333", **GITHUB)


def size(widget: Any) -> int:
    """The characters that a widget sends when it is made."""
    return len(json.dumps(widget.get_state()))


@pytest.fixture
def marimo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if a marimo notebook ran this."""
    stand_in = SimpleNamespace(running_in_notebook=lambda: True)
    monkeypatch.setitem(sys.modules, "marimo", stand_in)
    yield


def test_two_builders_share_one_copy() -> None:
    """Each names the same hidden widget; its own share is small."""
    one, other = github(), github()
    assert one._code is other._code is shared_code()
    assert len(one._code.code) <= 300_000
    assert size(one) <= 60_000


def test_a_view_by_itself_uses_the_same_copy() -> None:
    """A builder's parts and single views are drawn by the same code."""
    view = tw.SummaryView()
    assert view._code is shared_code()
    assert size(view) < 3_000


def test_the_loader_is_small() -> None:
    """It is in the state of each view."""
    assert len(tw.SummaryView()._esm) < 1000


def test_the_hidden_widget_is_made_again_when_it_was_closed() -> None:
    """`Widget.close_all()` closes it too."""
    before = shared_code()
    Widget.close_all()
    after = tw.SummaryView()._code
    assert after is not before
    assert after.comm is not None and gzip.decompress(after.code).decode() == CODE


def test_saved_state_holds_the_code_once() -> None:
    """A notebook saved with its widgets, or a page of them, can draw them again."""
    saved = embed_data([github(), github()])["manager_state"]["state"]
    assert sum("buffers" in model for model in saved.values()) == 1


@pytest.mark.usefixtures("marimo")
def test_in_marimo_each_view_has_the_code() -> None:
    """It serves each distinct code once, and keeps no hidden widget."""
    one, other = github(), tw.SummaryView()
    assert one._esm == other._esm == CODE
    assert one._code is None and ".tw-view" in CODE


def test_a_builder_is_one_widget() -> None:
    """All of its parts are traits of it."""
    shared_code()
    before = set(all_widgets())
    builder = github()
    made = [type(each).__name__ for each in all_widgets() if each not in before]
    assert sorted(set(made) - {"Layout"}) == ["TrustBuilder"]
    assert builder.form_state["pattern"] == "github_oidc"


def all_widgets() -> list[Any]:
    """The open widgets."""
    from ipywidgets.widgets.widget import _instances

    return list(_instances.values())


def test_the_tables_hold_what_every_question_suggests() -> None:
    """A question names its table, and the table has what the question suggests."""
    asked = [each for pattern in tw.PATTERNS.values() for each in pattern.fields]
    asked += [each for caller in tw.CALLERS.values() for each in caller.fields]
    suggest = [each.question for each in asked if each.question.suggestions]
    assert len(suggest) > 3
    for question in suggest:
        table = tables()["suggestions"][suggestions_of(question)]
        assert [option["value"] for option in table] == list(question.suggestions())


def test_what_is_drawn_holds_no_table() -> None:
    """The names of 170 services would be sent with each form otherwise."""
    form = tw.FormView(tw.TrustModel(grants=[tw.Grant("aws_service")]))
    assert size(form) < 12_000
    assert "glue.amazonaws.com" in CODE and "glue.amazonaws.com" not in str(form.state)


def test_closing_a_builder_leaves_the_code() -> None:
    """Other views still need it."""
    shared = shared_code()
    github().close()
    assert shared.comm is not None and isinstance(shared_code(), SharedCode)
