"""An answer that would not be used is told to whoever gives it in code, and waits in a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.forms import Field, idle_answers
from trust_widgets.saved_callers import Kept

OWN = "111122223333"
ROLE = f"arn:aws:iam::{OWN}:role/app"


def unused(name: str, family: Any) -> list[tuple[str, dict[str, Any]]]:
    """For each question that hangs on a choice, an answer to it beside another choice."""
    fields = {field.name: field for field in family[name].fields}
    found = []
    for field in fields.values():
        other, values = field.question.when or ("", ())
        choice = fields.get(other)
        if choice is not None and choice.options and values:
            rest = [option for option in choice.options if option not in values]
            found += [(field.name, {other: rest[0], field.name: example(field)})] if rest else []
    return found


def example(field: Field) -> Any:
    if field.kind == "flag":
        return True
    if field.options:
        return next(option for option in field.options if option != field.default)
    return (field.question.example,) if field.kind == "list" else field.question.example


CASES = [
    *(("build", name, *each) for name in tw.PATTERNS for each in unused(name, tw.PATTERNS)),
    *(("make", name, *each) for name in tw.CALLERS for each in unused(name, tw.CALLERS)),
]


def test_both_families_have_such_questions() -> None:
    assert {how for how, *_ in CASES} == {"build", "make"} and len(CASES) > 15


@pytest.mark.parametrize(("how", "name", "question", "answers"), CASES)
def test_an_answer_that_another_answer_makes_idle_is_told(
    how: str, name: str, question: str, answers: Mapping[str, Any]
) -> None:
    with pytest.raises(ValueError, match=f"{question}: This value is used only where"):
        if how == "build":
            tw.PATTERNS[name].build(account=OWN, **answers)
        else:
            tw.CALLERS[name].make(ROLE, **answers)


@pytest.mark.parametrize(
    ("name", "question", "answers"), [case[1:] for case in CASES if case[0] == "build"]
)
def test_the_builders_keywords_are_judged_alike(
    name: str, question: str, answers: Mapping[str, Any]
) -> None:
    with pytest.raises(ValueError, match=f"{question}: This value is used only where"):
        tw.TrustBuilder(name, account=OWN, **answers)
    assert tw.Grant(name, answers).answers[question]  # where it waits


GITHUB = {"owner": "octo-org", "repository": "app"}
BOTH = {**GITHUB, "branch": "main", "environment": "production"}


def test_answers_that_contradict_each_other_are_told_in_a_mapping_too() -> None:
    """Nobody chose between them. Where somebody did, the other one waits, as in a form."""
    github = tw.CALLERS["github_actions"]
    with pytest.raises(ValueError, match="environment: This value is used only where runs is"):
        github.make(ROLE, BOTH)
    call = github.make(ROLE, {**BOTH, "runs": "environment"})
    assert "environment:production" in str(call.context)


def test_the_choice_follows_from_the_only_answer_that_needs_it() -> None:
    call = tw.CALLERS["github_actions"].make(ROLE, **GITHUB, environment="production")
    assert "repo:octo-org/app:environment:production" in call.context.values()


def test_what_waits_in_a_form_and_in_a_file_is_as_before() -> None:
    """A saved caller is one that was kept from a form."""
    answers = {**BOTH, "runs": "environment"}
    assert Kept("deploy", "github_actions", answers).request_for(ROLE).context
    view = tw.SimulatorView(None, "github_actions", **answers)
    assert view.request is not None
    assert idle_answers(tw.CALLERS["github_actions"].fields, answers)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda caller: caller.make(), "role"),
        (lambda caller: caller.make(None, GITHUB), "role: None is not the ARN of a role"),
        (lambda caller: caller.make(GITHUB), "The role comes before the answers"),
        (
            lambda caller: caller.make("app", GITHUB),
            ("'app' is not the ARN of a role. Write it like arn:"),
        ),
        (lambda caller: caller.make(tw.Role("app"), GITHUB), "account of this role is not known"),
        (lambda caller: caller.make(ROLE, [("owner", "x")]), "answers: a dict is needed, not list"),
        (lambda caller: caller.make(ROLE, GITHUB, owner="x"), "owner: answered twice"),
        (lambda caller: caller.make(ROLE, repo="app"), "did you mean 'repository'"),
    ],
)
def test_a_call_is_told_what_it_lacks(make: Any, told: str) -> None:
    with pytest.raises((TypeError, ValueError), match=told):
        make(tw.CALLERS["github_actions"])


@pytest.mark.parametrize("role", [ROLE, tw.Role("app", account=OWN)])
def test_answers_are_taken_in_a_mapping_by_name_and_in_both(role: Any) -> None:
    make = tw.CALLERS["github_actions"].make
    calls = {
        make(role, {**GITHUB, "branch": "main"}),
        make(role, **GITHUB, branch="main"),
        make(role, GITHUB, branch="main"),
        make(role=role, answers=GITHUB, branch="main"),
    }
    assert len(calls) == 1 and calls.pop().role == ROLE


@pytest.mark.parametrize("empty", [(), [], "", "  ", ("",), set()])
@pytest.mark.parametrize(
    ("name", "question", "answers"),
    [
        ("another_account", "principals", {"caller_account": "444455556666"}),
        ("own_account_mfa", "users", {}),
        ("organization", "units", {"organization": "o-a1b2c3d4e5"}),
    ],
)
def test_an_empty_list_does_not_open_the_whole(
    name: str, question: str, answers: Mapping[str, Any], empty: Any
) -> None:
    """Who computed a list that came out empty means nobody, and not everyone in the account."""
    with pytest.raises(ValueError, match=f"{question}: This list is empty"):
        tw.PATTERNS[name].build(account=OWN, **answers, **{question: empty})
    with pytest.raises(ValueError, match=f"{question}: This list is empty"):
        tw.TrustBuilder(name, account=OWN, **answers, **{question: empty})
    whole = tw.PATTERNS[name].fields
    choice = next(field for field in whole if field.name == "scope").default
    assert tw.PATTERNS[name].build(account=OWN, **answers, scope=choice, **{question: empty})


def test_answers_stand_by_their_names() -> None:
    with pytest.raises(TypeError, match=r"If you have a dict, write build\("):
        tw.PATTERNS["aws_service"].build({"services": "ec2.amazonaws.com"})
