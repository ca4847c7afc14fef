"""The subjects of Bitbucket's steps, which name the repository by its id in braces.

https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, provider_of
from trust_widgets.providers.issuers.bitbucket import GRAMMAR, subject

REPOSITORY = "11111111-2222-4333-8444-555555555555"
ENVIRONMENT = "22222222-3333-4444-8555-666666666666"
STEP = "33333333-4444-4555-8666-777777777777"
RUN = f"of repository {REPOSITORY}"


def test_both_forms_are_built() -> None:
    """With an environment and without; the braces belong to the subject."""
    assert subject(REPOSITORY, STEP) == f"{{{REPOSITORY}}}:{{{STEP}}}"
    assert (
        subject(REPOSITORY, STEP, ENVIRONMENT) == f"{{{REPOSITORY}}}:{{{ENVIRONMENT}}}:{{{STEP}}}"
    )


@pytest.mark.parametrize(
    ("pattern", "words", "faults"),
    [
        (f"{{{REPOSITORY}}}:{{{STEP}}}", f"the Bitbucket Pipelines step {STEP} {RUN}", ()),
        (f"{{{REPOSITORY}}}*", f"any Bitbucket Pipelines step {RUN}", ("run_any",)),
        (f"{{{REPOSITORY}}}:*", f"any Bitbucket Pipelines step {RUN}", ("run_any",)),
        (
            f"{{{REPOSITORY}}}:{{{ENVIRONMENT}}}:*",
            f"any Bitbucket Pipelines step {RUN} in environment {ENVIRONMENT}",
            (),
        ),
        ("*", "any Bitbucket Pipelines step of the workspace", ("repository_any", "run_any")),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    pattern: str, words: str, faults: tuple[str, ...]
) -> None:
    """A step has another id each time, so that any step is no fault; the workspace's issuer has no
    strangers.
    """
    reading = GRAMMAR.read(pattern)
    assert reading is not None and (reading.words, reading.faults, reading.stranger) == (
        words,
        faults,
        False,
    )


@pytest.mark.parametrize(
    "pattern",
    [
        f"{REPOSITORY}:{STEP}",
        f"{{{REPOSITORY}}}",
        f"{{{REPOSITORY}}}:",
        f"{{{REPOSITORY[:-1]}}}:{{{STEP}}}",
    ],
)
def test_what_no_step_has_as_its_subject(pattern: str) -> None:
    """Without braces, without a step, with an id too short."""
    assert GRAMMAR.read(pattern) is None


@pytest.mark.parametrize(
    ("issuer", "known"),
    [
        ("api.bitbucket.org/2.0/workspaces/octo-org/pipelines-config/identity/oidc", True),
        ("api.bitbucket.org/2.0/workspaces/octo-org/evil/pipelines-config/identity/oidc", False),
        ("api.bitbucket.org", False),
    ],
)
def test_issuers_of_bitbucket(issuer: str, known: bool) -> None:
    """One for each workspace."""
    assert (provider_of(issuer) is PROVIDERS["bitbucket"]) is known
