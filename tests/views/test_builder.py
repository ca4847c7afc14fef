"""The builder as one widget: what it sends, what it hears."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.views.messages import MessageError

GITHUB = {"owner": "octo-org", "repository": "app", "branch": "main"}
TOOLS = {"who", "simulator", "changes", "truth", "companions", "export", "home"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The traits of each message to the page."""
    messages: list[set[str]] = []

    def send(self: Any, message: dict[str, Any], buffers: Any = None) -> None:
        if message.get("method") == "update":
            messages.append(set(message["state"]))

    monkeypatch.setattr("ipywidgets.Widget._send", send)
    return messages


def builder() -> tw.TrustBuilder:
    """A builder for GitHub."""
    return tw.TrustBuilder("github_oidc", account="111122223333", **GITHUB)


def say(view: tw.TrustBuilder, part: str, do: str, **arguments: Any) -> None:
    """What the browser sends for a click."""
    view._hear(view, {"part": part, "do": do, **arguments}, [])


def type_in_form(view: tw.TrustBuilder, revision: int = 1, **fields: Any) -> None:
    """What arrives from the browser when something was typed into the form."""
    typed = {"revision": revision, "grant": 0, "pattern": "github_oidc", "fields": fields}
    view.set_state({"form_typed": typed})


def states(view: tw.TrustBuilder) -> set[str]:
    """The parts that have been drawn for the page."""
    return {name for name in view.parts if getattr(view, f"{name}_state")}


def test_a_tool_that_was_never_open_sends_no_state() -> None:
    """It is drawn when its tab is chosen."""
    view = builder()
    assert not states(view) & TOOLS
    say(view, "export", "open")
    assert states(view) & TOOLS == {"export"}
    assert view.export_state["exports"]


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_a_tool_follows_only_while_it_is_open(tool: str) -> None:
    """A hidden one is told nothing at a key, but once that it is old."""
    view = builder()
    say(view, tool, "open")
    open_state = getattr(view, f"{tool}_state")
    say(view, tool, "close")
    view.model.account = "999988887777"
    closed_state = getattr(view, f"{tool}_state")
    assert closed_state == {**open_state, "seen": False}
    say(view, tool, "open")
    assert getattr(view, f"{tool}_state")["seen"]


def test_a_key_sends_one_message_with_what_changed(sent: list[set[str]]) -> None:
    """The text, the sentence, the findings, the chip and the form, and no part besides."""
    view = builder()
    sent.clear()
    type_in_form(view, branch="release")
    (message,) = sent
    assert {"editor_state", "summary_state", "form_state"} <= message
    handles = {"text", "summary", "python"}
    assert message <= {f"{name}_state" for name in view.parts if name not in TOOLS} | handles


def test_a_part_that_did_not_change_is_not_sent(sent: list[set[str]]) -> None:
    """An optional id changes the text, and nothing of the sentence."""
    view = builder()
    sent.clear()
    say(view, "grants", "select", index=0)
    assert sent == []


def test_what_is_typed_is_in_no_saved_state() -> None:
    """Only its number, so that a page that is opened later counts on."""
    view = builder()
    type_in_form(view, revision=3, branch="release")
    state = view.get_state()
    assert state["form_typed"] == {"revision": 3}
    assert json.loads(json.dumps(state["form_state"]))["revision"] == 3


def test_a_message_to_no_part_is_an_error() -> None:
    """Only our own browser side sends them."""
    for content in ({"do": "undo"}, {"part": "kitchen", "do": "undo"}, None, []):
        with pytest.raises(MessageError, match="no part"):
            builder()._hear(None, content, [])


def test_a_wrong_message_is_a_fault_of_its_part() -> None:
    """The other parts go on."""
    view = builder()
    say(view, "grants", "dance")
    assert "dance" in view.grants_state["fault"]["title"]
    assert view.form_state["fault"] is None


def test_a_closed_builder_follows_no_more() -> None:
    """And tries no callers that other views hand over."""
    model = tw.TrustModel()
    view = tw.TrustBuilder(model)
    assert model.triers == 1
    view.close()
    assert model.triers == 0
    before = view.summary_state
    model.text = '{"Version": '
    assert view.summary_state == before


def test_builders_come_and_go_without_a_trace() -> None:
    """What follows the model are its own views alone."""
    model = tw.TrustModel()
    followers = lambda: sum(map(len, model._trait_notifiers.get("revision", {}).values()))  # noqa: E731
    before = followers()
    for _ in range(20):
        tw.TrustBuilder(model).close()
    assert followers() == before
