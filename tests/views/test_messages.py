"""Only a message that a view declares calls something; the view shows a fault for any other one."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.saved_callers import Kept
from trust_widgets.views.messages import is_of_kind, messages_of

EC2 = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})


def heard(view: Any, content: object) -> str:
    """What the view shows after a message: the title of a fault, or nothing."""
    view._hear(view, content, [])
    fault = view.state["fault"]
    return str(fault["title"]) if fault else ""


@pytest.mark.parametrize("content", [None, 1, "add", ["add"], True])
def test_a_message_that_is_no_object_is_a_fault(content: object) -> None:
    """Jupyter would drop the exception."""
    assert "a message must be an object, not" in heard(tw.GrantsView(), content)


@pytest.mark.parametrize("typed", ["x", 1, ["x"]])
def test_typing_that_is_no_object_is_a_fault(typed: object) -> None:
    """Nothing is done then."""
    view = tw.GrantsView()
    title = heard(view, {"do": "add", "pattern": "aws_service", "typed": typed})
    assert "the typed values must be an object, not" in title and view.model.grants == ()


@pytest.mark.parametrize(
    "do", ["nothing", "", None, 1, ["add"], "_draw", "close", "add ", "__init__"]
)
def test_an_unknown_message_is_a_fault(do: object) -> None:
    """It names the messages that there are; a method without the mark is none."""
    title = heard(tw.GrantsView(), {"do": do})
    assert "GrantsView has no message" in title and "add, remove, select" in title


def test_a_method_without_the_mark_is_no_message() -> None:
    """Whatever its name."""

    class Extended(tw.GrantsView):
        def do_forget(self) -> None:
            raise AssertionError("called")

    assert "no message 'forget'" in heard(Extended(), {"do": "forget"})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "needs the argument 'index'"),
        ({"index": 0, "more": 1}, "has no argument 'more'"),
        ({"self": 1, "index": 0}, "has no argument 'self'"),
        ({"index": "0"}, "index cannot be a string"),
        ({"index": True}, "index cannot be true or false"),
        ({"index": None}, "index cannot be null"),
        ({"index": 0.5}, "index cannot be a number"),
        ({"index": [0]}, "index cannot be an array"),
        ({"index": {}}, "index cannot be an object"),
    ],
)
def test_wrong_arguments_are_a_fault(arguments: dict[str, object], said: str) -> None:
    """And the model stays as it is."""
    view = tw.GrantsView(tw.TrustModel(grants=[EC2]))
    assert said in heard(view, {"do": "remove", **arguments})
    assert view.model.grants == (EC2,)
    assert heard(view, {"do": "remove", "index": 0}) == "" and view.model.grants == ()


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ([], True),
        (["Statement", 0], True),
        (["Statement", 0.5], False),
        ([True], False),
        ("x", False),
    ],
)
def test_a_path_is_a_list_of_names_and_indexes(path: object, fits: bool) -> None:
    """In each of its steps."""
    assert is_of_kind(path, list[str | int]) is fits


def test_an_argument_may_be_left_out_only_if_it_is_optional() -> None:
    """`until` of an acceptance is; the members of an accepted finding are those of `Accepted`."""
    home = tw.HomeView()
    assert "needs the argument 'reason'" in heard(home, {"do": "take_back", "code": "TP302"})
    assert heard(home, {"do": "take_back", "code": "TP302", "reason": "x"}) == ""
    assert "has no argument 'over'" in heard(
        home, {"do": "take_back", "code": "TP302", "reason": "x", "over": False}
    )


def test_typing_is_taken_before_the_message() -> None:
    """Also when the message is unknown: nothing typed is lost."""
    view = tw.EditorView()
    text = json.dumps({"Version": "2012-10-17", "Statement": []})
    assert "no message" in heard(view, {"do": "x", "typed": {"revision": 1, "text": text}})
    assert view.model.text == text


def test_every_handler_is_declared() -> None:
    """A public method `do_NAME` of a view is a message."""
    for name in tw.__all__:
        view = getattr(tw, name)
        if isinstance(view, type) and hasattr(view, "_hear"):
            methods = {each.removeprefix("do_") for each in dir(view) if each.startswith("do_")}
            assert set(messages_of(view)) == methods, name


@pytest.mark.parametrize(
    "revision", [float("inf"), float("nan"), 1e308, 2**53, 10**400, -1, True, "7", None, [1]]
)
@pytest.mark.parametrize("how", ["message", "typed"])
def test_a_revision_that_is_no_count_does_not_make_a_view_deaf(revision: Any, how: str) -> None:
    """No later one would be greater than infinity, and it is no JSON either."""
    view = tw.EditorView()
    typed = {"revision": revision, "text": "typed"}
    if how == "typed":
        view.typed = typed
    else:
        heard(view, {"do": "undo", "typed": typed})
    assert "revision must be a count, not" in view.state["fault"]["title"]
    assert view.model.text != "typed"
    json.dumps(view.get_state()["typed"], allow_nan=False)
    json.dumps(view.state, allow_nan=False)

    view.typed = {"revision": 1, "text": "later"}
    assert view.model.text == "later" and view.state["fault"] is None


@pytest.mark.parametrize("index", [-1, -2, 2, 99])
def test_a_click_on_what_is_not_there_changes_nothing(index: int) -> None:
    """Counted from the end, -1 would be another one: it has to be the one that was shown."""
    grants = (EC2, tw.Grant("aws_service", {"services": ("lambda.amazonaws.com",)}))
    view = tw.GrantsView(tw.TrustModel(grants=grants))
    for do in ("remove", "select"):
        assert heard(view, {"do": do, "index": index}) == ""
    assert view.model.grants == grants and view.model.selected == 0

    guards = (tw.Guard("aws:SourceAccount"), tw.Guard("aws:SourceArn"))
    form = tw.FormView(tw.TrustModel(grants=[tw.Grant("aws_service", EC2.answers, guards)]))
    assert heard(form, {"do": "remove_guard", "index": index}) == ""
    assert form.model.grants[0].guards == guards

    bench = tw.SimulatorView(kept=[Kept("a", "iam_user"), Kept("b", "iam_user")])
    for do in ("remove", "open_kept"):
        assert heard(bench, {"do": do, "index": index}) == ""
    assert [each.name for each in bench.kept] == ["a", "b"] and bench.caller == ""
