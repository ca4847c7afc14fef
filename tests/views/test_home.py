"""What is the reader's own, as a form; findings accepted and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.policy import Accepted
from trust_widgets.views.accepting import complaints_about_acceptance

OPEN = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS":'
    ' ["444455556666", "999988887777"]}, "Action": "sts:AssumeRole"}]}'
)
PLACE, VALUE = "Statement[0].Principal.AWS[0]", "444455556666"


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
        view,
        accounts=[" 111122223333 ", "", "111122223333"],
        organization="o-a1b2c3d4e5",
        github_owners=["octo-org"],
    )

    assert view.model.home == tw.Home(("111122223333",), "o-a1b2c3d4e5", ("octo-org",))
    assert view.state["filename"] == "trust-home.toml"
    assert tw.Home.from_toml(view.state["text"]) == view.model.home


def test_an_unfinished_line_stays_and_is_not_taken() -> None:
    """It complains and names its line; the lines that are right count already."""
    view = tw.HomeView()
    type_(view, accounts=["111122223333", "4444"])

    assert field(view, "accounts")["value"] == ["111122223333", "4444"]
    assert field(view, "accounts")["complaint"].startswith('"4444": ')
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
    view = tw.HomeView(
        tw.TrustModel(home=tw.Home(accounts=("111122223333", "my account"), organization="octo"))
    )

    assert "my account" in field(view, "accounts")["complaint"]
    assert "octo" in field(view, "organization")["complaint"]
    assert tw.Home.from_toml(view.state["text"]) == tw.Home(accounts=("111122223333",))


def test_an_empty_home_has_a_file_that_can_be_read() -> None:
    """A comment, and nothing else."""
    assert tw.Home.from_toml(tw.HomeView().state["text"]) == tw.Home()


def test_typing_keeps_what_was_accepted() -> None:
    """And fields that were not touched keep what they hold."""
    model = tw.TrustModel(
        home=tw.Home(vendors=("444455556666",), accepted=(Accepted("TP302", "x"),))
    )
    type_(tw.HomeView(model), github_owners=["octo-org"])

    assert model.home == tw.Home(
        (), "", ("octo-org",), ("444455556666",), (Accepted("TP302", "x"),)
    )


def test_the_form_quietens_a_finding() -> None:
    """An account that is said to be one's own is no other account."""
    model = tw.TrustModel(text=OPEN)
    before = [finding.path for finding in model.findings if finding.name == "another_account_root"]
    type_(tw.HomeView(model), accounts=["444455556666"])

    assert before == [("Statement", 0, "Principal", "AWS", at) for at in (0, 1)]
    assert [f.path for f in model.findings if f.name == "another_account_root"] == before[1:]


def test_accept_and_take_back() -> None:
    """A finding is accepted with its value alone; folded and not counted; undone by undo, or taken
    back.
    """
    model = tw.TrustModel(text=OPEN)
    view, home = tw.FindingsView(model), tw.HomeView(model)
    click(view, "accept", id=view.state["findings"][0]["id"], reason=" Ours. ", until="2999-12-31")

    assert model.home.accepted == (Accepted("TP302", "Ours.", "2999-12-31", value=VALUE),)
    assert [drawn["accepted"] for drawn in view.state["findings"]] == ["", "Ours."]
    assert view.state["counts"]["open"] == 1
    assert "1 too permissive, 1 accepted" in view.state["said"]
    assert home.state["accepted"][0]["value"] == VALUE
    assert f'value = "{VALUE}"' in home.state["text"]

    click(view, "take_back", id=view.state["findings"][1]["id"])
    assert model.home.accepted == () == tuple(home.state["accepted"])

    model.undo()
    model.undo()
    assert model.home == tw.Home()


@pytest.mark.parametrize(
    ("branches", "words"), [(("main",), "1 note. "), (("a", "b"), "2 notes. ")]
)
def test_one_note_is_counted_as_one(branches: tuple[str, ...], words: str) -> None:
    """Screen readers hear "1 note", not "1 notes"."""
    grants = [
        tw.Grant("github_oidc", {"owner": "octo-org", "repository": "app", "branch": branch})
        for branch in branches
    ]

    model = tw.TrustModel(grants=grants, account="111122223333")
    assert tw.FindingsView(model).state["said"].startswith(words)


@pytest.mark.parametrize(
    ("reason", "until", "field", "words"),
    [
        (
            "Ours.",
            "70630-01-01",
            "until",
            ('" is not a date. Write year, month and day, like 2027-01-31'),
        ),
        ("Ours.", "soon", "until", '"soon"'),
        ("Ours.", "2001-01-01", "until", "This date has passed"),
        ("  ", "", "reason", "Enter the reason"),
    ],
)
def test_an_acceptance_that_is_not_taken_says_why(
    reason: str, until: str, field: str, words: str
) -> None:
    """At the field, and to screen readers; on the card alone that asked, until the next change."""
    view = tw.FindingsView(tw.TrustModel(text=OPEN))
    other = view.state["findings"][1]
    click(view, "accept", id=other["id"], reason=reason, until=until)

    complaints = [drawn["complaints"] for drawn in view.state["findings"]]
    assert complaints[0] == {} and list(complaints[1]) == [field] and words in complaints[1][field]
    assert words in view.state["said"]
    assert view.model.home == tw.Home() and view.state["fault"] is None

    click(view, "accept", id=other["id"], reason="Ours.")
    assert [drawn["complaints"] for drawn in view.state["findings"]] == [{}, {}]
    assert view.model.home.accepted == (Accepted("TP302", "Ours.", value="999988887777"),)


def test_the_last_day_may_be_today() -> None:
    """Only a day that has passed would accept nothing."""
    today = date.today()
    assert complaints_about_acceptance("TP302", "x", today.isoformat(), today) == {}
    assert list(
        complaints_about_acceptance("TP302", "x", today.isoformat(), today + timedelta(1))
    ) == ["until"]


def test_a_wide_acceptance_is_said_to_be_wide() -> None:
    """Without a value it is as good for what is written in the place later; the still form says
    so.
    """
    wide, bound = Accepted("TP302", "a"), Accepted("TP305", "b", value="*")
    page = tw.HomeView(tw.TrustModel(home=tw.Home(accepted=(wide, bound)))).still()
    assert "TP302: accepted at any value" in page and "TP305: accepted" not in page


def test_a_long_value_is_shortened_on_its_card() -> None:
    """Enough to know it by; what is accepted is the whole of it."""
    name = "a" * 64  # IAM's longest role name
    text = OPEN.replace('"444455556666"', f'"arn:aws:iam::444455556666:role/{"b" * 64}/{name}"')
    view = tw.FindingsView(tw.TrustModel(text=text))
    drawn = next(each for each in view.state["findings"] if "bbbb" in each["value"])
    assert len(drawn["value"]) == 81 and drawn["value"].endswith("…")
    click(view, "accept", id=drawn["id"], reason="x")
    assert view.model.home.accepted[0].value.endswith(name)


def test_the_home_takes_one_back() -> None:
    """The very one that was clicked."""
    both = (Accepted("TP302", "a"), Accepted("TP302", "b", "2020-01-01", PLACE))
    view = tw.HomeView(tw.TrustModel(home=tw.Home(accepted=both)))
    assert [drawn["over"] for drawn in view.state["accepted"]] == [False, True]

    click(
        view,
        "take_back",
        **{key: value for key, value in view.state["accepted"][0].items() if key != "over"},
    )

    assert view.model.home.accepted == both[1:]
    assert view.state["fault"] is None


def test_mood_and_editor_leave_accepted_findings_out() -> None:
    """The sentence is at ease, nothing is underlined, screen readers hear so; the still form folds
    them.
    """
    model = tw.TrustModel(text=OPEN, home=tw.Home(accepted=(Accepted("TP302", "Ours."),)))

    assert tw.SummaryView(model).state["mood"] == "good"
    assert tw.EditorView(model).state["spots"] == []
    assert tw.FindingsView(model).state["said"] == "No findings, 2 accepted."
    page = tw.FindingsView(model).still()
    assert "No findings" in page and "<summary>2 accepted</summary>" in page and "Ours." in page


def test_a_text_that_cannot_be_read_cannot_be_accepted() -> None:
    """Its card has no such button."""
    drawn = tw.FindingsView(tw.TrustModel(text="{")).state["findings"]
    assert drawn and not any(finding["acceptable"] for finding in drawn)
    assert tw.FindingsView(tw.TrustModel(text=OPEN)).state["findings"][0]["acceptable"]


def test_the_builder_finds_the_file_beside_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
