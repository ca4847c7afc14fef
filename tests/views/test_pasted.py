"""A role that is pasted over the policy: unwrapped at once, with what is said of the role."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.views.editor import EditorView

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
ROLE = {
    "Path": "/teams/web/",
    "RoleName": "web",
    "Arn": "arn:aws:iam::111122223333:role/teams/web/web",
    "CreateDate": "2026-01-01T00:00:00+00:00",
    "AssumeRolePolicyDocument": TRUST,
    "MaxSessionDuration": 7200,
}
GET_ROLE = json.dumps({"Role": ROLE}, indent=4)
COMMAND = f"aws iam create-role --role-name web --assume-role-policy-document '{json.dumps(TRUST)}'"


def pasted(text: str) -> EditorView:
    """An editor over which a text was pasted."""
    editor = tw.EditorView(tw.TrustModel(text='{"Version": "2012-10-17", "Statement": []}'))
    editor.typed = {"revision": 1, "text": text}
    return editor


def of_role(model: tw.TrustModel) -> tuple[Any, ...]:
    return model.role_name, model.path, model.account, model.max_session


def test_the_output_of_get_role_becomes_the_policy_and_the_role() -> None:
    editor = pasted(GET_ROLE)
    assert json.loads(editor.model.text) == TRUST
    assert of_role(editor.model) == ("web", "/teams/web/", "111122223333", 7200)
    assert editor.state["status"] == (
        "Taken from the role that you pasted: its trust policy, name, path, account,"
        " session duration. Undo shows what you pasted."
    )
    assert editor.state["good"] and editor.state["text"] == editor.model.text


def test_one_undo_shows_what_was_pasted_and_one_more_what_was_there() -> None:
    editor = pasted(GET_ROLE)
    editor.model.undo()
    assert editor.model.text == GET_ROLE
    assert of_role(editor.model) == ("example-role", "/", "", 3600)
    editor.model.undo()
    assert json.loads(editor.model.text)["Statement"] == []


def test_a_command_is_unwrapped_too() -> None:
    editor = pasted(COMMAND)
    assert json.loads(editor.model.text) == TRUST
    assert editor.model.role_name == "web"


def test_the_notice_goes_with_the_next_key() -> None:
    editor = pasted(GET_ROLE)
    editor.typed = {"revision": 2, "text": editor.model.text.replace("ec2", "ecs")}
    assert editor.state["status"] == ""


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"Roles": [ROLE, {**ROLE, "RoleName": "other"}]}, indent=2),
        GET_ROLE[:-30],
        json.dumps(TRUST)[:-3] + " " * 40,
    ],
    ids=["several roles", "cut off", "a policy that is cut off"],
)
def test_what_is_not_one_whole_role_stays(text: str) -> None:
    editor = pasted(text)
    assert editor.model.text == text and editor.model.problems


def test_a_policy_stays_as_it_was_pasted() -> None:
    text = json.dumps(TRUST)
    assert pasted(text).model.text == text


def test_a_role_that_is_typed_is_not_taken_from_under_the_fingers() -> None:
    editor = tw.EditorView(tw.TrustModel(text=GET_ROLE[:-1]))
    editor.typed = {"revision": 1, "text": GET_ROLE}
    assert editor.model.text == GET_ROLE
