"""Signatures become questions, and answers are judged as they are typed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.forms import (
    Question,
    complaint_about_letters,
    complaints_about,
    complete,
    fields_of,
    idle_answers,
    settle,
)


def example(
    account: str,
    owner: Annotated[
        str, Question("Owner", example="octo-org", rule=r"[a-z-]+", message="Small letters.")
    ],
    names: Annotated[
        tuple[str, ...], Question("Names", example="a", rule=r"\w+", message="A word.")
    ],
    runs: Annotated[Literal["branch", "any"], Question("Runs")] = "branch",
    branch: Annotated[str, Question("Branch", example="main", when=("runs", ("branch",)))] = "",
    note: Annotated[str, Question("Note", optional=True)] = "",
    loud: Annotated[bool, Question("Loud")] = False,
) -> None:
    """A function with a question of each kind."""


FIELDS = fields_of(example)


def test_fields_follow_the_signature() -> None:
    """Order, kinds and defaults are the function's own; a parameter without a question is left
    out.
    """
    assert [(f.name, f.kind) for f in FIELDS] == [
        ("owner", "text"),
        ("names", "list"),
        ("runs", "choice"),
        ("branch", "text"),
        ("note", "text"),
        ("loud", "flag"),
    ]
    assert complete(FIELDS, {})["runs"] == "branch"


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"owner": "octo-org", "names": ("a",), "branch": "main"}, set()),
        ({"owner": " octo-org\n", "names": ("a", " ", "b "), "branch": " main"}, set()),
        ({"owner": "Octo", "names": ("a",), "branch": "main"}, {"owner"}),
        ({"owner": "octo\n", "names": ("a b",), "branch": "main"}, {"names"}),
        ({"owner": "octo", "names": ()}, {"names", "branch"}),
        ({"owner": "octo", "names": ("a",), "runs": "any"}, set()),
        ({"owner": "octo", "names": ("a",), "runs": "nonsense", "branch": "x"}, {"runs"}),
    ],
)
def test_complaints(answers: dict[str, object], wrong: set[str]) -> None:
    """What breaks a rule is said; blanks round an answer and questions that are not asked are no
    matter.
    """
    assert set(complaints_about(FIELDS, answers)) == wrong


def test_a_list_names_the_value_that_is_wrong() -> None:
    """With several values the message says which one."""
    message = complaints_about(
        FIELDS, {"owner": "o", "names": ("good", "not good"), "branch": "b"}
    )["names"]

    assert "not good" in message
    assert "A word." in message


def test_settled_answers_leave_idle_questions_out() -> None:
    """A branch typed before "any" was chosen is kept in the answers, but not built with."""
    settled = settle(FIELDS, {"owner": "o", "names": (" a ", ""), "runs": "any", "branch": "main"})

    assert settled == {"owner": "o", "names": ("a",), "runs": "any", "note": "", "loud": False}


@given(
    st.dictionaries(
        st.sampled_from([f.name for f in FIELDS]),
        st.one_of(st.text(), st.booleans(), st.tuples(st.text())),
    )
)
def test_no_answer_is_an_exception(answers: dict[str, object]) -> None:
    """Law: any answer of any type gets a complaint or none, never an exception."""
    assert set(complaints_about(FIELDS, answers)) <= {f.name for f in FIELDS}


def test_letters_that_iam_takes_in_no_policy() -> None:
    """The pattern of AssumeRolePolicyDocument is U+0009, U+000A, U+000D and U+0020 to U+00FF.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"""
    assert complaint_about_letters("plain", "Ä\u00ff", "") == ""
    assert "(U+0100)" in complaint_about_letters("plain", "a\u0100b")


def named(
    scope: Annotated[Literal["account", "named"], Question("Who")] = "account",
    roles: Annotated[tuple[str, ...], Question("Roles", when=("scope", ("named",)))] = (),
    group: Annotated[str, Question("Group", optional=True, when=("scope", ("account",)))] = "",
) -> None:
    """A choice on which two questions hang."""


@pytest.mark.parametrize(
    ("answers", "scope"),
    [
        ({}, "account"),
        ({"roles": ()}, "account"),
        ({"roles": ("  ",)}, "account"),
        ({"roles": ("role/app",)}, "named"),
        ({"group": "ops"}, "account"),
        ({"roles": ("role/app",), "group": "ops"}, "account"),
        ({"scope": "account", "roles": ("role/app",)}, "account"),
    ],
)
def test_a_choice_follows_from_the_answers_that_need_it(
    answers: dict[str, Any], scope: str
) -> None:
    """An answer that was given is never left out because nobody made the choice; one that was made
    stays.
    """
    assert complete(fields_of(named), answers)["scope"] == scope


def test_answers_that_would_be_left_out_are_told() -> None:
    """In code, that is a slip."""
    told = idle_answers(fields_of(named), {"scope": "account", "roles": ("role/app",), "group": ""})
    assert list(told) == ["roles"] and "scope is 'named'" in told["roles"]
    assert idle_answers(fields_of(named), {"roles": ("role/app",)}) == {}
