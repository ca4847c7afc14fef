"""The subjects of Buildkite's jobs.

https://buildkite.com/docs/pipelines/security/oidc:
organization:ORG:pipeline:PIPELINE:ref:REF:commit:COMMIT:step:KEY, with REF refs/heads/BRANCH or,
for a build of a tag, refs/tags/TAG.
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, provider_of
from trust_widgets.providers.issuers.buildkite import GRAMMAR

COMMIT = "9f3182061f1e2cca4702c368cbc039b7dc9d4485"
APP = "organization:octo-org:pipeline:app:ref:"


@pytest.mark.parametrize(
    ("pattern", "words", "faults", "stranger"),
    [
        (
            f"{APP}refs/heads/main:commit:{COMMIT}:step:build",
            f"Buildkite jobs on branch main of octo-org/app, step build, commit {COMMIT}",
            (),
            False,
        ),
        (
            f"{APP}refs/heads/main:commit:{COMMIT}:step:",
            f"Buildkite jobs on branch main of octo-org/app, commit {COMMIT}",
            (),
            False,
        ),
        (f"{APP}refs/heads/main:*", "Buildkite jobs on branch main of octo-org/app", (), False),
        (f"{APP}refs/tags/v1.0:*", "Buildkite jobs for tag v1.0 of octo-org/app", (), False),
        (
            "organization:octo-org:pipeline:app:*",
            "any Buildkite job of octo-org/app",
            ("run_any",),
            False,
        ),
        (
            "organization:octo-org:*",
            "any Buildkite job of any pipeline of octo-org",
            ("pipeline_any", "run_any"),
            False,
        ),
        (
            "organization:octo*",
            "any Buildkite job of any pipeline of any organization whose name begins with octo",
            ("organization_unterminated", "pipeline_any", "run_any"),
            True,
        ),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    pattern: str, words: str, faults: tuple[str, ...], stranger: bool
) -> None:
    """A step without a key leaves the end empty; any commit and any step are no fault."""
    reading = GRAMMAR.read(pattern)
    assert reading is not None
    assert (reading.words, reading.faults, reading.stranger) == (words, faults, stranger)


@pytest.mark.parametrize(
    "pattern", ["octo-org:app", "organization:octo-org", f"{APP}main:commit:{COMMIT}:step:build"]
)
def test_what_no_job_has_as_its_subject(pattern: str) -> None:
    """Without names of parts, without a pipeline, with a branch that is no git ref."""
    assert GRAMMAR.read(pattern) is None


@pytest.mark.parametrize(
    ("issuer", "known"),
    [
        ("agent.buildkite.com", True),
        ("agent.octo.buildkite.site", True),
        ("agent.buildkite.com.evil.example", False),
        ("buildkite.com", False),
    ],
)
def test_issuers_of_buildkite(issuer: str, known: bool) -> None:
    """One for all, and those that AWS lists beside it."""
    assert (provider_of(issuer) is PROVIDERS["buildkite"]) is known
