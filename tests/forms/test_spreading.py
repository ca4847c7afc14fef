"""A pasted answer that answers more than its own question."""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets.forms import spread_answer

GITHUB = tw.PATTERNS["github_oidc"].fields
ACCOUNT = tw.PATTERNS["another_account"].fields
APP = {"owner": "octo-org", "repository": "app"}


@pytest.mark.parametrize("name", ["owner", "repository"])
@pytest.mark.parametrize(
    "pasted",
    [
        "octo-org/app",
        "https://github.com/octo-org/app",
        "https://github.com/octo-org/app.git",
        "https://github.com/octo-org/app/",
        "git@github.com:octo-org/app.git",
        " github.com/octo-org/app ",
    ],
)
def test_a_repository_is_owner_and_name(name: str, pasted: str) -> None:
    assert spread_answer(GITHUB, {name: pasted}, name) == APP


def test_the_address_of_a_branch_names_it() -> None:
    pasted = "https://github.com/octo-org/app/tree/release/1"
    answers = spread_answer(GITHUB, {"owner": pasted, "runs": "tag"}, "owner")
    assert answers == {**APP, "runs": "branch", "branch": "release/1"}


@pytest.mark.parametrize("plain", ["octo-org", "octo-org/", "https://gitlab.com/octo-org/app", ""])
def test_any_other_text_stays(plain: str) -> None:
    assert spread_answer(GITHUB, {"owner": plain}, "owner") == {"owner": plain}


def test_what_was_not_pasted_stays() -> None:
    """It is still being typed."""
    typed = {"owner": "octo-org/app"}
    assert spread_answer(GITHUB, typed, "") == typed


def test_the_arn_of_a_role_in_the_list_gives_the_account() -> None:
    answers = {
        "scope": "named",
        "principals": ("arn:aws:iam::444455556666:role/deployer", "user/ci"),
    }
    assert spread_answer(ACCOUNT, answers, "principals") == {
        "scope": "named",
        "caller_account": "444455556666",
        "principals": ("role/deployer", "user/ci"),
    }


def test_an_arn_of_another_account_stays_as_it_is() -> None:
    """The account is that of all lines."""
    answers = {
        "caller_account": "999988887777",
        "principals": ("arn:aws:iam::444455556666:role/deployer",),
    }
    assert spread_answer(ACCOUNT, answers, "principals") == answers


def test_the_arn_of_a_role_where_its_account_is_asked_for() -> None:
    pasted = {"caller_account": "arn:aws:iam::444455556666:role/teams/deployer"}
    assert spread_answer(ACCOUNT, pasted, "caller_account") == {
        "caller_account": "444455556666",
        "principals": ("role/teams/deployer",),
        "scope": "named",
    }


def test_the_arn_of_a_saml_provider_gives_the_roles_account() -> None:
    pasted = {"provider": "arn:aws:iam::111122223333:saml-provider/corp"}
    assert spread_answer(tw.PATTERNS["saml"].fields, pasted, "provider") == {
        "provider": "corp",
        "account": "111122223333",
    }
