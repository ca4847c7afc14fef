"""An answer is read as the kind of its question, whoever asks, or refused with a right one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.forms import Field, Question, read_answer

OWN = "111122223333"
ROLE = f"arn:aws:iam::{OWN}:role/app"
ASKED = [
    *((tw.PATTERNS, name, field) for name in tw.PATTERNS for field in tw.PATTERNS[name].fields),
    *((tw.CALLERS, name, field) for name in tw.CALLERS for field in tw.CALLERS[name].fields),
]
IDS = [f"{name}.{field.name}" for _, name, field in ASKED]


class Branch(StrEnum):
    MAIN = "main"


def make(family: Any, name: str, answers: Mapping[str, Any]) -> Any:
    """What a person calls, with answers by name."""
    if family is tw.PATTERNS:
        return family[name].build(account=OWN, **answers)
    return family[name].make(ROLE, **answers)


def wrong_answers(asked: Field) -> list[Any]:
    """Values that can be meant in no way as an answer to a question."""
    wrong = [None, b"main", 1.5, object]
    if asked.kind == "flag":
        return [*wrong, "no", "false", "", 0, 1, ()]
    if asked.kind == "list":
        return [*wrong, {"a": "b"}, (None,), (b"x",), (("a",),), True]
    if asked.kind == "choice":
        return [*wrong, ("branch",), "no such choice"]
    return [*wrong, ("main",), ["main"], True, -1]


@pytest.mark.parametrize(("family", "name", "asked"), ASKED, ids=IDS)
def test_no_question_takes_what_cannot_be_meant(family: Any, name: str, asked: Field) -> None:
    """The message names the question, and Python's own words are not shown."""
    for wrong in wrong_answers(asked):
        with pytest.raises(ValueError) as raised:
            make(family, name, {asked.name: wrong})
        message = str(raised.value)
        assert f"{asked.name}: " in message
        assert not any(
            word in message for word in ("iterable", "has no attribute", "len()", "NoneType")
        )


@pytest.mark.parametrize(
    ("pattern", "answers", "alike"),
    [
        ("aws_service", {"services": "ec2.amazonaws.com"}, {"services": ("ec2.amazonaws.com",)}),
        ("aws_service", {"services": ["ec2", "ecs"]}, {"services": ("ec2", "ecs")}),
        ("aws_service", {"services": {"ecs", "ec2"}}, {"services": ("ec2", "ecs")}),
        ("aws_service", {"services": (s for s in ["ec2"])}, {"services": ("ec2",)}),
        ("another_account", {"caller_account": 444455556666}, {"caller_account": "444455556666"}),
        (
            "another_account",
            {"caller_account": "4444-5555-6666", "principals": "role/app"},
            {"caller_account": "444455556666", "scope": "named", "principals": ("role/app",)},
        ),
        ("vendor", {"vendor": 444455556666}, {"vendor": "444455556666"}),
        ("own_account_mfa", {"max_age": 3600}, {"max_age": "3600"}),
        ("github_oidc", {"branch": Branch.MAIN}, {"branch": "main"}),
        ("github_oidc", {"branch": "refs/heads/main"}, {"branch": "main"}),
        ("github_oidc", {"branch": 2024}, {"branch": "2024"}),
        ("github_oidc", {"tag": "refs/tags/v1", "branch": ""}, {"runs": "tag", "tag": "v1"}),
        (
            "github_oidc",
            {"owner_id": 123456, "repository_id": 456789, "branch": "main"},
            {"owner_id": "123456", "repository_id": "456789", "branch": "main"},
        ),
    ],
)
def test_what_can_be_meant_in_one_way_is_read(
    pattern: str, answers: Mapping[str, Any], alike: Mapping[str, Any]
) -> None:
    """One for a list of one, digits for a text, a whole git ref for a branch or a tag."""
    more = {
        "vendor": {"external_id": "b2f6c3de-9a41"},
        "github_oidc": {"owner": "octo-org", "repository": "app"},
    }.get(pattern, {})
    build = tw.PATTERNS[pattern].build
    assert build(account=OWN, **more, **answers).trust == build(account=OWN, **more, **alike).trust


@pytest.mark.parametrize("account", [111122223333, "1111-2222-3333", "1111 2222 3333"])
def test_the_roles_own_account_is_read_too(account: Any) -> None:
    """In `build`, in a builder, in a model, in a `Role` and in `Home`."""
    example = tw.PATTERNS["github_oidc"].example
    role = tw.PATTERNS["github_oidc"].build(account=account, **example)
    builder = tw.TrustBuilder("github_oidc", account=account, **example)
    model = tw.TrustModel(account=account)

    assert role.account == OWN and f"iam::{OWN}:oidc-provider" in str(role.trust)
    assert builder.model.policy == role.trust
    assert model.account == OWN == tw.Role("app", account=account).account
    assert tw.Home(accounts=account).accounts == (OWN,) == tw.Home(accounts=[account]).accounts


@pytest.mark.parametrize("account", [1111222233, None, 1.5, b"111122223333", True])
def test_an_account_that_cannot_be_meant_is_refused(account: Any) -> None:
    """A number of ten digits has lost its zeros, or is none."""
    answers = tw.PATTERNS["github_oidc"].example
    for ask in (
        lambda: tw.PATTERNS["github_oidc"].build(account=account, **answers),
        lambda: tw.TrustBuilder("github_oidc", account=account, **answers),
        lambda: tw.TrustModel(account=account),
        lambda: tw.Role("app", account=account),
        lambda: tw.Home(accounts=account),
        lambda: tw.Grant("another_account", {"caller_account": account}),
    ):
        with pytest.raises((TypeError, ValueError), match=r"account.*Write .*'\d{12}'"):
            ask()


@pytest.mark.parametrize("branch", ["refs/tags/v1", "refs/pull/12/merge"])
def test_a_ref_of_another_kind_is_no_branch(branch: str) -> None:
    with pytest.raises(ValueError, match="branch: A branch name"):
        tw.PATTERNS["github_oidc"].build(
            account=OWN, owner="octo-org", repository="app", branch=branch
        )
    with pytest.raises(ValueError, match="branch: A branch name"):
        tw.CALLERS["github_actions"].make(ROLE, owner="octo-org", repository="app", branch=branch)


@pytest.mark.parametrize(
    ("caller", "answers", "subject"),
    [
        ("github_actions", {"owner": "octo-org", "repository": "app"}, "ref:refs/heads/main"),
        ("gitlab_ci", {"group": "octo-org", "project": "app"}, "ref_type:branch:ref:main"),
        (
            "buildkite",
            {"organization": "octo-org", "pipeline": "app", "commit": "9f31820", "step": "x"},
            "ref:refs/heads/main",
        ),
    ],
)
def test_a_whole_ref_is_its_branch_for_every_caller(
    caller: str, answers: Mapping[str, Any], subject: str
) -> None:
    """https://docs.gitlab.com/ci/secrets/id_token_authentication/ and those of the others: the
    subject has the branch once.
    """
    for branch in ("main", "refs/heads/main"):
        call = tw.CALLERS[caller].make(ROLE, {**answers, "branch": branch})
        subjects = [value for key, value in call.context.items() if key.endswith(":sub")]
        assert len(subjects) == 1 and subject in subjects[0]
        assert "refs/heads/refs" not in subjects[0]


def test_a_record_that_was_read_already_is_its_text() -> None:
    """What boto3 or `json.loads` returns."""
    claims = {"iss": "https://gitlab.com", "sub": "project_path:octo-org/app", "aud": "x"}
    made = [tw.CALLERS["token"].make(ROLE, text=text) for text in (claims, json.dumps(claims))]
    assert made[0] == made[1]


def test_a_choice_that_is_near_is_named() -> None:
    with pytest.raises(ValueError, match=r"runs: 'Branch' is not one of .*Did you mean 'branch'\?"):
        tw.PATTERNS["github_oidc"].build(
            account=OWN, owner="octo-org", repository="app", runs="Branch"
        )


def test_a_truth_value_is_a_choice_where_the_words_are_choices() -> None:
    asked = Field("protected", Question("Protected"), "choice", "unknown", ("unknown", "true"))
    assert read_answer(asked, True) == "true"
    with pytest.raises(ValueError, match="False is not one of 'unknown', 'true'"):
        read_answer(asked, False)


def test_a_grant_reads_its_answers_and_a_form_shows_them() -> None:
    grant = tw.Grant("another_account", {"caller_account": 444455556666, "principals": "role/app"})
    model = tw.TrustModel(grants=grant)

    assert grant.answers == {"caller_account": "444455556666", "principals": ("role/app",)}
    assert model.policy.statements[0].principal == tw.Principal(
        aws="arn:aws:iam::444455556666:role/app"
    )
    assert not tw.FormView(model).state["fault"]


def test_a_view_reads_its_answers() -> None:
    view = tw.SimulatorView(None, "token", account=111122223333)
    assert view._call_form.answers["account"] == OWN
    with pytest.raises(ValueError, match="account: None is not an answer"):
        tw.SimulatorView(None, "token", account=None)
