"""What is the reader's own, as a form; findings accepted and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.home import Accepted

OPEN = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["444455556666", "999988887777"]}, "Action": "sts:AssumeRole"}]}'
PLACE = "Statement[0].Principal.AWS[0]"


def click(view: Any, do: str, **arguments: Any) -> None:
    """What the browser sends for a click."""
    view._hear(view, {"do": do, **arguments}, [])


def type_(view: Any, revision: int = 1, **fields: Any) -> None:
    """What the browser sends for typing."""
    view.typed = {"revision": revision, "fields": fields}


def field(view: Any, name: str) -> dict[str, Any]:
    """One control as drawn."""
    return next(drawn for drawn in view.state["fields"] if drawn["name"] == name)


def test_what_is_typed_becomes_the_home() -> None:
    """Stripped, without empty lines, each once; the file to keep follows."""
    view = tw.HomeView()
    type_(
        view, accounts=[" 111122223333 ", "", "111122223333"], organization="o-a1b2c3d4e5", github_owners=["octo-org"]
    )

    assert view.model.home == tw.Home(("111122223333",), "o-a1b2c3d4e5", ("octo-org",))
    assert view.state["filename"] == "trust-home.toml"
    assert tw.Home.from_toml(view.state["text"]) == view.model.home


def test_an_unfinished_line_stays_and_is_not_taken() -> None:
    """It complains and names its line; the lines that are right count already."""
    view = tw.HomeView()
    type_(view, accounts=["111122223333", "4444"])

    assert field(view, "accounts")["value"] == ["111122223333", "4444"]
    assert field(view, "accounts")["complaint"].startswith("“4444”: ")
    assert view.model.home.accounts == ("111122223333",)

    type_(view, 2, accounts=["111122223333", "444455556666"])
    assert field(view, "accounts")["complaint"] == ""
    assert view.model.home.accounts == ("111122223333", "444455556666")


def test_a_home_that_is_set_elsewhere_is_drawn() -> None:
    """What was typed before does not stand in its way."""
    view = tw.HomeView()
    type_(view, accounts=["111122223333", "4444"])
    view.model.home = tw.Home(accounts=("999988887777",))

    assert field(view, "accounts")["value"] == ["999988887777"]
    assert field(view, "accounts")["complaint"] == ""


def test_a_wrong_home_complains_and_is_not_written() -> None:
    """A script may say anything; the file is one that can be read again."""
    view = tw.HomeView(tw.TrustModel(home=tw.Home(accounts=("111122223333", "my account"), organization="octo")))

    assert "my account" in field(view, "accounts")["complaint"]
    assert "octo" in field(view, "organization")["complaint"]
    assert tw.Home.from_toml(view.state["text"]) == tw.Home(accounts=("111122223333",))


def test_an_empty_home_has_a_file_that_can_be_read() -> None:
    """A comment, and nothing else."""
    assert tw.Home.from_toml(tw.HomeView().state["text"]) == tw.Home()


def test_typing_keeps_what_was_accepted() -> None:
    """And fields that were not touched keep what they hold."""
    model = tw.TrustModel(home=tw.Home(vendors=("444455556666",), accepted=(Accepted("TP302", "x"),)))
    type_(tw.HomeView(model), github_owners=["octo-org"])

    assert model.home == tw.Home((), "", ("octo-org",), ("444455556666",), (Accepted("TP302", "x"),))


def test_the_form_quietens_a_finding() -> None:
    """An account that is said to be one's own is no other account."""
    model = tw.TrustModel(text=OPEN)
    before = [finding.path for finding in model.findings if finding.name == "another_account_root"]
    type_(tw.HomeView(model), accounts=["444455556666"])

    assert before == [("Statement", 0, "Principal", "AWS", at) for at in (0, 1)]
    assert [f.path for f in model.findings if f.name == "another_account_root"] == before[1:]


def test_accept_and_take_back() -> None:
    """A finding is accepted at its place alone; folded and not counted; undone by undo, or taken back."""
    model = tw.TrustModel(text=OPEN)
    view, home = tw.FindingsView(model), tw.HomeView(model)
    click(view, "accept", id=view.state["findings"][0]["id"], reason=" Ours. ", until="2999-12-31")

    assert model.home.accepted == (Accepted("TP302", "Ours.", "2999-12-31", PLACE),)
    assert [drawn["accepted"] for drawn in view.state["findings"]] == ["", "Ours."]
    assert view.state["counts"]["open"] == 1
    assert "1 open, 1 accepted" in view.state["said"]
    assert home.state["accepted"][0]["where"] == PLACE

    click(view, "take_back", id=view.state["findings"][1]["id"])
    assert model.home.accepted == () == tuple(home.state["accepted"])

    model.undo()
    model.undo()
    assert model.home == tw.Home()


def test_the_home_takes_one_back() -> None:
    """The very one that was clicked."""
    both = (Accepted("TP302", "a"), Accepted("TP302", "b", "2020-01-01", PLACE))
    view = tw.HomeView(tw.TrustModel(home=tw.Home(accepted=both)))
    assert [drawn["over"] for drawn in view.state["accepted"]] == [False, True]

    click(view, "take_back", **{key: value for key, value in view.state["accepted"][0].items() if key != "over"})

    assert view.model.home.accepted == both[1:]
    assert view.state["fault"] is None


def test_mood_and_editor_leave_accepted_findings_out() -> None:
    """The sentence is at ease, nothing is underlined, screen readers hear so; the still form folds them."""
    model = tw.TrustModel(text=OPEN, home=tw.Home(accepted=(Accepted("TP302", "Ours."),)))

    assert tw.SummaryView(model).state["mood"] == "good"
    assert tw.EditorView(model).state["spots"] == []
    assert tw.FindingsView(model).state["said"] == "No pitfalls found, 2 accepted."
    page = tw.FindingsView(model).still()
    assert "No pitfalls found" in page and "<summary>2 accepted</summary>" in page and "Ours." in page


def test_a_text_that_cannot_be_read_cannot_be_accepted() -> None:
    """Its card has no such button."""
    drawn = tw.FindingsView(tw.TrustModel(text="{")).state["findings"]
    assert drawn and not any(finding["acceptable"] for finding in drawn)
    assert tw.FindingsView(tw.TrustModel(text=OPEN)).state["findings"][0]["acceptable"]


def test_the_builder_finds_the_file_beside_the_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless it is told what is whose, or shares a model."""
    (tmp_path / "trust-home.toml").write_text('accounts = ["111122223333"]', encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert tw.TrustBuilder().model.home.accounts == ("111122223333",)
    assert tw.TrustBuilder("aws_service").model.home.accounts == ("111122223333",)
    assert tw.TrustBuilder(home=tw.Home()).model.home == tw.Home()
    assert tw.TrustBuilder(tw.TrustModel()).model.home == tw.Home()
    assert tw.TrustModel().home == tw.Home()

    (tmp_path / "trust-home.toml").write_text("acounts = []", encoding="utf-8")
    with pytest.raises(ValueError, match="did you mean accounts"):
        tw.TrustBuilder()
