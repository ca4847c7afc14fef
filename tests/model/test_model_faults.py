"""A model whose analysis fails says so, and shows nothing of an older text as if it were new."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

import trust_widgets as tw
from support.failing import SECRET, boom, break_pitfall
from trust_widgets.model.analysis import CALLERS_UNKNOWN, NOT_ALL_CHECKED, NOT_READ
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.words import NOT_KNOWN

EC2 = (
    '{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}'
)
OPEN = '{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}'
OLD_SENTENCE = "The AWS service EC2 can assume this role."


def policy(*statements: str) -> str:
    """A policy's text."""
    return f'{{"Version": "2012-10-17", "Statement": [{", ".join(statements)}]}}'


def break_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search for callers raise."""
    monkeypatch.setattr("trust_widgets.model.analysis.who_gets_in", boom)


def break_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sentence about the callers raise."""
    monkeypatch.setattr("trust_widgets.model.analysis.summary_of", boom)


def break_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader raise."""
    monkeypatch.setattr("trust_widgets.findings.internal_errors.parse", boom)


def open_tools(builder: tw.TrustBuilder) -> None:
    """Draw all parts, as if all tools could be seen at once."""
    for part in builder.parts.values():
        if isinstance(part, LazyPart):
            part.do_open()


def codes(model: tw.TrustModel) -> list[str]:
    """The codes of the findings."""
    return [finding.code for finding in model.findings]


def test_a_pitfall_that_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """The callers are known, and told; that not all was checked, too."""
    model = tw.TrustModel(text=policy(EC2))
    assert (codes(model), model.summary) == ([], OLD_SENTENCE)
    break_pitfall(monkeypatch, "nobody")
    model.text = policy(OPEN)

    assert codes(model) == ["TP301", "TP000"]
    assert (
        model.summary
        == f"Anyone with an AWS account can assume this role. {NOT_ALL_CHECKED.format('TP000')}"
    )
    assert [caller.stranger for caller in model.callers] == [True] and model.are_callers_known


@pytest.mark.parametrize("broken", [break_search, break_sentence])
def test_a_search_that_raises(
    monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """Policy and findings are the new text's; there are no callers, and the summary says why."""
    model = tw.TrustModel(text=policy(EC2))
    broken(monkeypatch)
    model.text = policy(OPEN)

    assert model.policy.statements[0].principal == tw.Principal(aws="*")
    assert codes(model) == ["TP301", "TP000"] and SECRET not in str(model.findings)
    assert (model.callers, model.are_callers_known, model.summary) == ((), False, CALLERS_UNKNOWN)


def test_a_reader_that_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last good policy stays, as of a text that cannot be read, and nobody is told as its
    caller.
    """
    model = tw.TrustModel(text=policy(EC2))
    break_reader(monkeypatch)
    model.text = policy(OPEN)

    assert (model.text, model.is_good, codes(model)) == (policy(OPEN), False, ["TP000"])
    assert (model.callers, model.are_callers_known, model.summary) == ((), False, NOT_READ)


@pytest.mark.parametrize("broken", [break_search, break_sentence, break_reader])
def test_the_next_text_is_analysed_as_ever(
    monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """Nothing of the failure stays; undo leads back."""
    model = tw.TrustModel(text=policy(EC2))
    with monkeypatch.context() as inner:
        broken(inner)
        model.text = policy(OPEN)
        assert "TP000" in codes(model)
    model.text = policy(OPEN, EC2)
    assert codes(model) == ["TP301"] and model.are_callers_known and len(model.callers) == 2
    while model.can_undo:
        model.undo()
    assert (model.text, model.summary, codes(model)) == (policy(EC2), OLD_SENTENCE, [])


@pytest.mark.parametrize(
    ("step", "failed"),
    [
        ("text_and_grants.grants_from_statements", "Reading the statements into the form failed"),
        ("analysis.complaints_about_grants", "The check of the form failed"),
        ("analysis.revoke", "Writing the documents that the role needs besides failed"),
    ],
)
def test_another_step_that_raises(monkeypatch: pytest.MonkeyPatch, step: str, failed: str) -> None:
    """Who gets in and what is wrong is known all the same."""
    model = tw.TrustModel(text=policy(EC2))
    monkeypatch.setattr(f"trust_widgets.model.{step}", boom)
    model.text = policy(OPEN)

    assert codes(model) == ["TP301", "TP000"] and failed in model.findings[1].message
    assert model.callers and NOT_ALL_CHECKED.format("TP000") in model.summary
    assert model.role.trust == model.policy and len(model.grants) == 1


def test_statements_that_no_form_could_be_read_from_are_by_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So that no form of the older text rewrites them."""
    model = tw.TrustModel(text=policy(EC2))
    monkeypatch.setattr("trust_widgets.model.text_and_grants.grants_from_statements", boom)
    model.text = policy(OPEN)
    (grant,) = model.grants
    assert grant.pattern == "" and grant.by_hand == model.policy.statements[0]
    model.role_name = "other"
    assert "TP000" in codes(model) and model.text == policy(OPEN)


def test_what_the_views_show_of_unknown_callers(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them says that nobody gets in, or who got in before; none of them faults."""
    builder = tw.TrustBuilder(text=policy(EC2))
    open_tools(builder)
    who, changes = builder.parts["who"], builder.parts["changes"]
    break_search(monkeypatch)
    builder.model.text = policy(OPEN)

    parts = builder.parts
    assert who.state["nobody"] == NOT_KNOWN
    assert (who.state["cards"], who.state["shut"], who.state["picture"]) == ([], [], None)
    assert changes.state["wrong"] == NOT_KNOWN and changes.state["consequences"] is None
    assert parts["summary"].state["parts"] == [{"text": CALLERS_UNKNOWN, "wide": False}]
    assert (parts["summary"].state["mood"], parts["summary"].state["stale"]) == ("warn", False)
    assert [each["code"] for each in parts["findings"].state["findings"]] == ["TP301", "TP000"]
    assert [each["acceptable"] for each in parts["findings"].state["findings"]] == [True, False]
    assert NOT_KNOWN in who.still() and OLD_SENTENCE not in builder.still()
    assert "EC2" not in json.dumps(
        {name: part.state for name, part in parts.items() if name in ("who", "summary")}
    )
    assert [part.state["fault"] for part in parts.values()] == [None] * len(parts)


def test_what_the_views_show_of_a_text_that_was_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is of the last good text is marked so, and the editor says why."""
    builder = tw.TrustBuilder(text=policy(EC2))
    open_tools(builder)
    break_reader(monkeypatch)
    builder.model.text = policy(OPEN)

    parts = builder.parts
    assert (
        parts["editor"].state["good"] is False
        and "internal error" in parts["editor"].state["status"]
    )
    assert parts["summary"].state["parts"] == [{"text": NOT_READ, "wide": False}]
    assert (parts["summary"].state["mood"], parts["summary"].state["stale"]) == ("warn", False)
    assert parts["who"].state["nobody"] == NOT_KNOWN and parts["who"].state["picture"] is None
    stale = {name for name, part in parts.items() if part.state.get("stale")}
    assert {"grants", "export", "companions", "who", "simulator"} <= stale
    assert [part.state["fault"] for part in parts.values()] == [None] * len(parts)


def test_a_pitfall_that_raises_gives_no_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good policy of which not all was checked."""
    view = tw.SummaryView(tw.TrustModel(text=policy(EC2)))
    assert view.state["mood"] == "good"
    break_pitfall(monkeypatch, "anyone")
    view.model.role_name = "other"
    assert view.state["mood"] == "warn"


def test_a_view_that_cannot_be_drawn_marks_what_it_drew_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As stale, until it is drawn again."""
    view = tw.ExportView(tw.TrustModel(text=policy(EC2)))
    with monkeypatch.context() as inner:
        inner.setattr(view, "draw", boom)
        view.model.text = policy(OPEN)
        assert view.state["stale"] is True and view.state["fault"]
    view.model.text = policy(EC2, OPEN)
    assert view.state["stale"] is False and view.state["fault"] is None


def test_a_fix_that_raises_hides_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not offered."""
    monkeypatch.setattr("trust_widgets.views.text_positions.change_from_fix", boom)
    view = tw.FindingsView(tw.TrustModel(text=policy(EC2.replace("Allow", "allow"))))
    assert [(each["code"], each["fix"]) for each in view.state["findings"]] == [("TP108", None)]
