"""The subjects of GitLab's jobs, and what patterns for them admit.

https://docs.gitlab.com/ci/secrets/id_token_authentication/:
project_path:{group}/{project}:ref_type:{type}:ref:{name}
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, provider_of
from trust_widgets.providers.issuers.gitlab import read, subject


@pytest.mark.parametrize(
    ("pattern", "words", "faults", "stranger"),
    [
        (
            "octo-org/app:ref_type:branch:ref:main",
            "GitLab jobs on branch main of octo-org/app",
            (),
            False,
        ),
        (
            "octo-org/team/app:ref_type:tag:ref:v1",
            "GitLab jobs for tag v1 of octo-org/team/app",
            (),
            False,
        ),
        ("octo-org/app:*", "any GitLab job of octo-org/app", ("run_any",), False),
        (
            "octo-org/*",
            "any GitLab job of any project of octo-org",
            ("project_any", "run_any"),
            False,
        ),
        (
            "octo-org/app:ref_type:branch:ref:*",
            "GitLab jobs on any branch of octo-org/app",
            ("branch_any",),
            False,
        ),
        (
            "octo-org/team/*:ref_type:branch:ref:main",
            "GitLab jobs on branch main of any project whose path begins with team/ of octo-org",
            ("project_unterminated",),
            False,
        ),
        (
            "octo*/app:ref_type:branch:ref:main",
            (
                "GitLab jobs on branch main of any project whose path is app or ends with /app of"
                " any group whose name begins with octo"
            ),
            ("group_unterminated", "project_any"),
            True,
        ),
        (
            "*",
            "any GitLab job of any project",
            ("everything", "group_any", "project_any", "run_any"),
            True,
        ),
        (
            "octo-org/app:environment_protected:true",
            (
                "GitLab jobs of octo-org/app whose customized subject says its path and"
                " environment_protected:true"
            ),
            (),
            False,
        ),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    pattern: str, words: str, faults: tuple[str, ...], stranger: bool
) -> None:
    """Groups within the group belong to the same people; a * runs across slashes."""
    reading = read(f"project_path:{pattern}")
    assert reading is not None
    assert (set(reading.words.split()), reading.faults) == (set(words.split()), faults)
    assert reading.stranger is stranger


@pytest.mark.parametrize(
    "pattern", ["", "octo-org/app", "project_path:octo-org", "project_path:octo-org/app:main"]
)
def test_what_no_job_has_as_its_subject(pattern: str) -> None:
    """Without the first claim, the project, or a claim's name."""
    assert read(pattern) is None


def test_a_stranger_gets_in_first() -> None:
    """Anybody can register a group whose name begins so."""
    found = PROVIDERS["gitlab"].subjects_for
    assert found is not None
    assert found("project_path:octo*")[0] == "project_path:octo-evil/app:ref_type:branch:ref:main"
    assert not any("evil" in text for text in found("project_path:octo*", strangers=False))


def test_what_cannot_be_built() -> None:
    """A project with a colon, a branch with a star."""
    with pytest.raises(ValueError, match="is no project"):
        subject("octo-org", "app:x", branch="main")
    with pytest.raises(ValueError, match="is no branch"):
        subject("octo-org", "app", branch="*")


@pytest.mark.parametrize(
    ("issuer", "known"),
    [
        ("gitlab.com", True),
        ("gitlab.octo-org.example", True),
        ("GITLAB.com", True),
        ("evilgitlab.com", False),
    ],
)
def test_issuers_of_gitlab(issuer: str, known: bool) -> None:
    """gitlab.com, and hosts whose name begins so."""
    assert (provider_of(issuer) is PROVIDERS["gitlab"]) is known
