"""The subjects of CircleCI's jobs in both forms.

https://circleci.com/docs/openid-connect-tokens/: org/ORG/project/PROJECT/user/USER, and in
CIRCLE_OIDC_TOKEN_V2 with /vcs-origin/ORIGIN/vcs-ref/REF.
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, provider_of
from trust_widgets.providers.issuers.circleci import GRAMMAR, subject

ORGANIZATION = "11111111-2222-4333-8444-555555555555"
PROJECT = "22222222-3333-4444-8555-666666666666"
USER = "33333333-4444-4555-8666-777777777777"
HEAD = f"org/{ORGANIZATION}/project/{PROJECT}/user/"
JOBS = f"CircleCI jobs of project {PROJECT}"


def test_both_forms_are_built() -> None:
    """The second with the repository and the git ref."""
    assert subject(ORGANIZATION, PROJECT, USER) == HEAD + USER
    second = subject(ORGANIZATION, PROJECT, USER, "github.com/octo-org/app", "refs/heads/main")
    assert second == f"{HEAD}{USER}/vcs-origin/github.com/octo-org/app/vcs-ref/refs/heads/main"
    with pytest.raises(ValueError, match="other parts"):
        subject(ORGANIZATION, PROJECT, USER, ref="refs/heads/main")


@pytest.mark.parametrize(
    ("pattern", "words", "faults"),
    [
        (HEAD + USER, f"{JOBS} started by user {USER}", ()),
        (HEAD + "*", f"{JOBS} started by any user", ()),
        (
            HEAD + "*/vcs-origin/github.com/octo-org/app/vcs-ref/refs/heads/main",
            f"{JOBS} on refs/heads/main of repository github.com/octo-org/app started by any user",
            (),
        ),
        (
            HEAD + "*/vcs-origin/*/vcs-ref/refs/heads/main",
            f"{JOBS} on refs/heads/main of any repository started by any user",
            (),
        ),
        (
            f"org/{ORGANIZATION}/*",
            "CircleCI jobs of any project started by any user",
            ("project_any",),
        ),
        ("*", "any CircleCI job of the organization", ("project_any",)),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    pattern: str, words: str, faults: tuple[str, ...]
) -> None:
    """Any user is what CircleCI's page shows; the organization's issuer has no strangers."""
    reading = GRAMMAR.read(pattern)
    assert reading is not None and (reading.words, reading.faults, reading.stranger) == (
        words,
        faults,
        False,
    )


@pytest.mark.parametrize(
    "pattern", [HEAD, HEAD + "me", f"project/{PROJECT}/user/*", HEAD + USER + "/vcs-ref/main"]
)
def test_what_no_job_has_as_its_subject(pattern: str) -> None:
    """Without a user, with a name for it, without the organization, with half of the second
    form.
    """
    assert GRAMMAR.read(pattern) is None


@pytest.mark.parametrize(
    ("issuer", "known"),
    [(f"oidc.circleci.com/org/{ORGANIZATION}", True), ("oidc.circleci.com/org/octo-org", False)],
)
def test_issuers_of_circleci(issuer: str, known: bool) -> None:
    """One for each organization, by its id."""
    assert (provider_of(issuer) is PROVIDERS["circleci"]) is known
