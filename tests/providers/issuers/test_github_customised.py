"""Customised subjects of GitHub: which claims can have which values, and what a pattern leaves
open.
"""

from __future__ import annotations

import pytest

from trust_widgets.providers.issuers._github_customised import read, subjects_for

CI = "octo-org/app/.github/workflows/ci.yml"


@pytest.mark.parametrize(
    "pattern",
    [
        "repository_owner:octo-org:ref:refs/heads/main",
        "repository_owner:octo-org:ref:refs/*",
        "repository_owner:octo-org:ref:ref*",
        "repository_owner:octo-org:ref:*main",
        "repository:octo-org/app",
        "repository:octo-org@1/app@2",
        "repository:octo*",
        "repository:octo-org/ap?",
    ],
)
def test_a_value_that_a_claim_can_have(pattern: str) -> None:
    """A ref is whole, a repository has its owner:
    https://docs.github.com/en/actions/reference/security/oidc
    """
    assert read(pattern) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        "repository_owner:octo-org:ref:main",
        "repository_owner:octo-org:ref:refs/heads",
        "repository_owner:octo-org:ref:main*",
        "repository:octo-org@1/app",
        "repository:ap?",
        "repo:ap?",
        "repo:octo-org/app/more",
    ],
)
def test_a_value_that_no_claim_can_have(pattern: str) -> None:
    """A branch's name alone, one id of two, a name without its owner."""
    assert read(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "faults"),
    [
        ("repository_owner:octo-org", ()),
        ("repository_owner:octo*", ("owner_unterminated",)),
        ("repository_owner:*org", ("owner_any",)),
        ("repository_owner:?cto", ("owner_any",)),
        ("repository:octo-org/*", ("repository_any",)),
        ("repository:octo-org/app-*", ("repository_unterminated",)),
        ("repository:octo*/app", ("owner_unterminated",)),
        ("repository:octo*", ("owner_unterminated", "repository_any")),
        ("repository:*@1/*@2", ()),
        (f"job_workflow_ref:{CI}@refs/heads/main", ()),
        (f"job_workflow_ref:{CI}@refs/heads/rel*", ()),
        (f"job_workflow_ref:{CI}@refs/heads/*", ("workflow_any",)),
        (f"job_workflow_ref:{CI}@*", ("workflow_any",)),
        (f"workflow_ref:{CI}*", ("workflow_any",)),
        (f"repository:octo-org/app:job_workflow_ref:{CI}@*", ()),
        (f"environment:prod:job_workflow_ref:{CI}@*", ("workflow_any",)),
    ],
)
def test_what_a_pattern_leaves_open(pattern: str, faults: tuple[str, ...]) -> None:
    """An exact id makes up for any name; a workflow that alone says whose run it is has to say at
    which ref.
    """
    reading = read(pattern)
    assert reading is not None
    assert (reading.faults, reading.stranger) == (
        faults,
        any(fault.startswith("owner") for fault in faults),
    )


@pytest.mark.parametrize(
    ("pattern", "says", "wide"),
    [
        ("repo:octo-org/app:ref_type:branch", "repository octo-org/app, ref type branch", ()),
        ("repository_owner:octo-org:repo_property_team:red", "owner octo-org, team red", ()),
        (
            "repository_owner:octo-org:environment:*",
            "owner octo-org, any environment",
            ("any environment",),
        ),
        (
            "repository_owner:octo-org:environment:Prod%3AV1",
            "owner octo-org, environment Prod:V1",
            (),
        ),
        ("repository_owner:octo-org:pull_request", "owner octo-org, event name pull_request", ()),
        ("repository_owner:octo-org:*", "owner octo-org", ()),
        ("repository_owner:octo-org:*:environment:prod", "owner octo-org, environment prod", ()),
    ],
)
def test_claims_in_words(pattern: str, says: str, wide: tuple[str, ...]) -> None:
    """In the pattern's order; a `*` in place of claims says nothing about them."""
    reading = read(pattern)
    assert reading is not None
    assert reading.words == f"GitHub Actions runs whose customized subject says {says}"
    assert reading.wide == wide


@pytest.mark.parametrize(
    "pattern", ["environment:prod", "repo_property_team:red", "ref:refs/heads/main", "pull_request"]
)
def test_a_subject_that_names_nobody_is_anyones(pattern: str) -> None:
    """Anyone may customise theirs alike."""
    reading = read(pattern)
    assert reading is not None and reading.stranger


@pytest.mark.parametrize(
    ("pattern", "faults", "stranger"),
    [
        ("repository_owner:octo-org:env*", (), False),
        ("repository_owner:octo-*:x", ("owner_unterminated",), True),
        ("repository_own*", ("owner_any", "repository_any", "run_any"), True),
        ("repo_prop*", ("owner_any", "repository_any", "run_any"), True),
        ("repository_owner:oc*:ref:refs/heads/main", ("owner_unterminated",), True),
        ("repository_owner:octo-org:xyz*", None, None),
        ("repository_own?", None, None),
    ],
)
def test_an_asterisk_across_claims(
    pattern: str, faults: tuple[str, ...] | None, stranger: bool | None
) -> None:
    """What is exact before it still holds; without a claim before it, it may be anyone's."""
    reading = read(pattern)
    assert (reading and reading.faults, reading and reading.stranger) == (faults, stranger)


def test_subjects_are_made_up() -> None:
    """Only for claims with values that a token can have."""
    assert subjects_for("repository_owner:octo-org:ref:refs/heads/*") == (
        "repository_owner:octo-org:ref:refs/heads/main",
    )
    assert subjects_for("environment:pro?") == ("environment:prox",)
    assert subjects_for("repository_owner:octo-org:ref:*") == (
        "repository_owner:octo-org:ref:refs/heads/main",
    )
    assert subjects_for("repo:octo-org/app:*:job_workflow_ref:octo-org/ops/*@*") == (
        "repo:octo-org/app:ref:refs/heads/main:"
        "job_workflow_ref:octo-org/ops/.github/workflows/deploy.yml@refs/heads/main",
    )
    assert subjects_for("xyz:*") == ()
