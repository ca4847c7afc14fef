"""GitHub's subjects, built and read back, and what patterns for them admit.

The forms are those of GitHub's OpenID Connect reference.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.providers import PROVIDERS, issuer_of, provider_of
from trust_widgets.providers.issuers._github_questions import Place
from trust_widgets.providers.issuers.github_actions import (
    ISSUER,
    Subject,
    issuer_from,
    may_have_ids,
    read,
    subject,
    subject_of_run,
)

NAME = st.text("abcXYZ019-_.", min_size=1, max_size=8)
ID = st.text("0123456789", min_size=1, max_size=8)
RUN = st.sampled_from(
    ["pull_request", "ref:refs/heads/main", "ref:refs/tags/v1", "environment:production"]
)


@given(NAME, NAME, RUN, st.none() | st.tuples(ID, ID))
def test_a_subject_that_was_built_is_read_back(
    owner: str, repository: str, run: str, ids: tuple[str, str] | None
) -> None:
    """Both forms."""
    owner_id, repository_id = ids or ("", "")
    text = subject(owner, repository, run, owner_id=owner_id, repository_id=repository_id)
    assert Subject.read(text) == Subject(owner, repository, run, owner_id, repository_id)
    reading = read(text)
    assert reading is not None and f"{owner}/{repository}" in reading.words


@given(st.text())
def test_any_text_is_read_or_not(text: str) -> None:
    """Nothing raises; the wide parts stand in the words."""
    reading = read(text)
    assert reading is None or all(part in reading.words for part in reading.wide)


@pytest.mark.parametrize(
    ("pattern", "words", "faults"),
    [
        (
            "repo:octo-org/app:ref:refs/heads/main",
            "GitHub Actions runs on branch main of octo-org/app",
            (),
        ),
        (
            "repo:octo-org@123456/app@456789:environment:production",
            (
                "GitHub Actions runs in environment production of octo-org/app "
                "(owner ID 123456 and repository ID 456789)"
            ),
            (),
        ),
        (
            "repo:octo-org/app:pull_request",
            "GitHub Actions runs for pull requests of octo-org/app",
            ("pull_request",),
        ),
        (
            "repo:octo-org/app:ref:refs/heads/*",
            "GitHub Actions runs on any branch of octo-org/app",
            ("branch_any",),
        ),
        (
            "repo:octo-org/app:ref:refs/heads/main*",
            "GitHub Actions runs on any branch whose name begins with main of octo-org/app",
            ("branch_unterminated",),
        ),
        (
            "repo:octo-org/app:ref:refs/heads/release/*",
            "GitHub Actions runs on any branch whose name begins with release/ of octo-org/app",
            (),
        ),
        (
            "job_workflow_ref:octo-org/ci/.github/workflows/a.yml@*",
            (
                "GitHub Actions runs whose customized subject says any job workflow ref whose name"
                " begins with octo-org/ci/.github/workflows/a.yml@"
            ),
            ("workflow_any",),
        ),
        (
            "repo:octo-org/app:ref:refs/tags/v1.2.0",
            "GitHub Actions runs for tag v1.2.0 of octo-org/app",
            (),
        ),
        (
            "repo:octo-org/app:environment:*",
            "GitHub Actions runs in any environment of octo-org/app",
            ("environment_any",),
        ),
        ("repo:octo-org/app:*", "any GitHub Actions run of octo-org/app", ("run_any",)),
        ("repo:octo-org/app:ref:*", "any GitHub Actions run of octo-org/app", ("run_any",)),
        (
            "repo:octo-org/*",
            "any GitHub Actions run of any repository of octo-org",
            ("repository_any", "run_any"),
        ),
        (
            "repo:octo-org/app*:pull_request",
            (
                "GitHub Actions runs for pull requests of any repository whose name begins with app"
                " of octo-org"
            ),
            ("repository_unterminated", "pull_request"),
        ),
        (
            "repo:octo*/app:ref:refs/heads/main",
            (
                "GitHub Actions runs on branch main of the repository app of any owner whose name"
                " begins with octo"
            ),
            ("owner_unterminated",),
        ),
        (
            "repo:*/app:ref:refs/heads/main",
            "GitHub Actions runs on branch main of the repository app of any owner",
            ("owner_any",),
        ),
        (
            "*",
            "any GitHub Actions run of any repository on GitHub",
            ("everything", "owner_any", "repository_any", "run_any"),
        ),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    pattern: str, words: str, faults: tuple[str, ...]
) -> None:
    """Each way of being wide has its name."""
    reading = read(pattern)
    assert reading is not None and (reading.words, reading.faults) == (words, faults)


@pytest.mark.parametrize("pattern", ["", "octo-org/app", "repo:octo-org", "repo:octo-org/app:"])
def test_what_no_token_has_as_its_subject(pattern: str) -> None:
    """Without its prefix, its repository, or its run a subject is none."""
    assert read(pattern) is None


def test_an_exact_id_makes_up_for_any_name() -> None:
    """No two owners have the same id."""
    reading = read("repo:*@123456/*@456789:ref:refs/heads/main")
    assert reading is not None and reading.faults == ()


@pytest.mark.parametrize(
    ("issuer", "known"),
    [
        ("token.actions.githubusercontent.com", True),
        ("token.actions.githubusercontent.com/octo-enterprise", True),
        ("token.actions.octo.ghe.com", True),
        ("github.octo-org.example/_services/token", True),
        ("token.actions.githubusercontent.com.evil.example", False),
        ("accounts.google.com", False),
    ],
)
def test_issuers_of_github(issuer: str, known: bool) -> None:
    """github.com, an enterprise's slug, GHE.com and a server of one's own."""
    assert (provider_of(issuer) is PROVIDERS["github_actions"]) is known


@pytest.mark.parametrize(
    ("principal", "issuer"),
    [
        ("arn:aws:iam::111122223333:oidc-provider/idp.octo.example/path", "idp.octo.example/path"),
        ("accounts.google.com", "accounts.google.com"),
        ("arn:aws:iam::111122223333:saml-provider/corp", ""),
        ("*", ""),
    ],
)
def test_the_issuer_in_a_principal(principal: str, issuer: str) -> None:
    """From an ARN, or a built-in domain as it is."""
    assert issuer_of(principal) == issuer


@pytest.mark.parametrize(
    ("pattern", "words", "faults"),
    [
        ("repository_owner:octo-org", "owner octo-org", ()),
        (
            "repository_owner:octo*",
            "any owner whose name begins with octo",
            ("owner_unterminated",),
        ),
        ("repository_id:456789", "repository id 456789", ()),
        ("repo:octo-org/app", "repository octo-org/app", ()),
        (
            "repo:octo-org@123456/app@456789:actor:octo-bot",
            "repository octo-org@123456/app@456789, actor octo-bot",
            (),
        ),
        (
            "repo:octo-org/app:environment:prod:job_workflow_ref:octo-org/ci/.github/workflows/oidc.yml@refs/heads/main",
            (
                "repository octo-org/app, environment prod, "
                "job workflow ref octo-org/ci/.github/workflows/oidc.yml@refs/heads/main"
            ),
            (),
        ),
    ],
)
def test_a_customised_subject(pattern: str, words: str, faults: tuple[str, ...]) -> None:
    """Claims and values in the order that somebody chose; the forms are those of GitHub's
    examples.
    """
    reading = read(pattern)
    assert reading is not None
    assert reading.words == f"GitHub Actions runs whose customized subject says {words}"
    assert (reading.faults, reading.stranger) == (faults, bool(faults))


@pytest.mark.parametrize(
    "pattern", ["octo:org", "repository_owner", "repository_owner:", "invalid", "xyz*", "repo:app"]
)
def test_what_no_customised_subject_is(pattern: str) -> None:
    """A claim that GitHub does not have, one without a value, a repository without its owner."""
    assert read(pattern) is None


def test_the_form_with_ids_is_another() -> None:
    """A pattern for all of an organization takes one form alone; a server of one's own never has
    ids.
    """
    found = PROVIDERS["github_actions"].subjects_for
    assert found is not None
    assert all("@" not in text for text in found("repo:octo-org/*"))
    assert all(text.startswith("repo:octo-org@123456/") for text in found("repo:octo-org@123456/*"))
    assert (may_have_ids("github.octo-org.example/_services/token"), may_have_ids(ISSUER)) == (
        False,
        True,
    )


def test_other_refs_and_colons() -> None:
    """GitHub writes a colon in a name as %3A."""
    assert (
        subject_of_run("octo-org", "app", "ref", ref="pull/12/merge")
        == "repo:octo-org/app:ref:refs/pull/12/merge"
    )
    text = subject_of_run("octo-org", "octo-repo", "environment", environment="Production:V1")
    assert text == "repo:octo-org/octo-repo:environment:Production%3AV1"
    reading = read(text)
    assert reading is not None and "in environment Production:V1 of" in reading.words
    with pytest.raises(ValueError, match="is no branch"):
        subject_of_run("octo-org", "app", "branch", branch="a:b")


@pytest.mark.parametrize(
    ("place", "name", "issuer"),
    [
        ("github.com", "", "token.actions.githubusercontent.com"),
        ("enterprise", "octo-enterprise", "token.actions.githubusercontent.com/octo-enterprise"),
        ("ghe.com", "octo", "token.actions.octo.ghe.com"),
        ("server", "github.octo-org.example", "github.octo-org.example/_services/token"),
    ],
)
def test_issuers_are_made(place: Place, name: str, issuer: str) -> None:
    """As GitHub's page has them."""
    assert issuer_from(place, name) == issuer
