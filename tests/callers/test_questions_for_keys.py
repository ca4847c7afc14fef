"""Where a form asks for what a decision needs."""

from __future__ import annotations

from typing import Any

import pytest

from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.callers.questions_for_keys import field_about
from trust_widgets.evaluation import CALLER_PERMISSION
from trust_widgets.forms import complete

KEYS = (
    "sts:ExternalId",
    "sts:RoleSessionName",
    "sts:SourceIdentity",
    "sts:TransitiveTagKeys",
    "aws:TagKeys",
    "aws:RequestTag/Project",
    "aws:PrincipalTag/Department",
    "aws:PrincipalOrgID",
    "aws:SourceIp",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "saml:sub",
)
GITHUB = "token.actions.githubusercontent.com"


def answers_of(name: str, asked: str = "") -> dict[str, Any]:
    """The examples of what a caller has to be asked, and of one question besides."""
    caller = CALLERS[name]
    every = complete(
        caller.fields, {"source": "sent"} if any(f.name == "source" for f in caller.fields) else {}
    )
    for field in caller.fields:
        wanted = field.name == asked or not (field.question.optional or field.default)
        if field.question.example and field.is_asked(every) and wanted:
            every[field.name] = (
                (field.question.example,) if field.kind == "list" else field.question.example
            )
    return every


def told() -> list[Any]:
    """Each caller with each key that its form asks about."""
    pairs = ((name, key) for name in CALLERS for key in KEYS)
    return [
        pytest.param(name, key, id=f"{name}-{key}")
        for name, key in pairs
        if field_about(CALLERS[name], answers_of(name), key)
    ]


@pytest.mark.parametrize(("name", "key"), told())
def test_what_is_answered_there_is_in_the_call(name: str, key: str) -> None:
    """So that the decision needs it no more."""
    field = field_about(CALLERS[name], answers_of(name), key)
    assert field is not None
    answers = answers_of(name, field.name)
    without = CALLERS[name].make(ROLE, answers_of(name))
    request = CALLERS[name].make(ROLE, answers)
    given, before = (
        {held.lower().partition("/")[0] for held in call.context} for call in (request, without)
    )
    assert key.lower().partition("/")[0] in given - before


def test_many_are_asked() -> None:
    """So that the law above says something."""
    assert len(told()) > 40


def test_a_question_that_is_not_asked_is_none() -> None:
    """Then the one on which it hangs is the place."""
    service = CALLERS["aws_service"]
    assert field_about(service, {}, "aws:SourceArn").name == "source"  # type: ignore[union-attr]
    assert field_about(service, {"source": "sent"}, "aws:SourceArn").name == "source_arn"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "need", "field"),
    [
        ("iam_user", CALLER_PERMISSION, "permission"),
        ("error_message", CALLER_PERMISSION, "permission"),
        ("error_message", "sts:ExternalId", None),
        ("iam_user", "aws:MultiFactorAuthAge", "mfa"),
        ("role_session", "aws:PrincipalArn", "path"),
        ("github_actions", f"{GITHUB}:workflow", "workflow"),
        ("github_actions", f"{GITHUB}:actor_id", None),
        ("iam_user", "aws:CurrentTime", None),
        ("buildkite", "aws:PrincipalOrgID", None),
        ("iam_user", "principal", None),
    ],
)
def test_where_it_is_asked(name: str, need: str, field: str | None) -> None:
    """Or that this form does not ask it."""
    found = field_about(CALLERS[name], {}, need)
    assert (found.name if found else None) == field
