"""A GitHub subject that admits more than one branch or environment of one repository.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import pytest

from support.asking import (
    GITHUB,
    GITHUB_PROVIDER,
    HOME,
    WEB,
    fixed,
    found,
    grant,
    loud,
    only,
    places,
    policy,
    several,
)
from trust_widgets.findings import Severity, Verdict

NAME = "github_subject_too_wide"
STRANGER = " (this owner may be anyone)"
SUB = f"{GITHUB}:sub"


def like(*subjects: str, operator: str = "StringLike", **claims: str) -> str:
    """A policy that asks for one of these subjects, and exactly for these claims."""
    return policy(GITHUB_PROVIDER, WEB, block(*subjects, operator=operator, **claims))


def block(
    *subjects: str, operator: str = "StringLike", **claims: str
) -> dict[str, dict[str, object]]:
    """The conditions alone."""
    exact: dict[str, object] = {f"{GITHUB}:{claim}": value for claim, value in claims.items()}
    return {operator: {SUB: list(subjects)}} | ({"StringEquals": exact} if exact else {})


@pytest.mark.parametrize(
    ("subject", "severity"),
    [
        ("repo:octo*", Severity.CRITICAL),
        ("repo:octo-or?/app:ref:refs/heads/main", Severity.CRITICAL),
        ("repo:*", Severity.CRITICAL),
        ("repo:*/app:ref:refs/heads/main", Severity.CRITICAL),
        ("*:ref:refs/heads/main", Severity.CRITICAL),
        # One wildcard for owner and repository.
        ("repo:*:ref:refs/heads/main", Severity.CRITICAL),
        ("repo:octo*:ref:refs/heads/main", Severity.CRITICAL),
        ("repo:*:environment:production", Severity.CRITICAL),
        ("repo:*heads/main", Severity.CRITICAL),
        ("repo:octo-org/*", Severity.MEDIUM),
        ("repo:octo-org@123456/*", Severity.MEDIUM),
        ("repo:octo-org/*:ref:refs/heads/main", Severity.MEDIUM),
        ("repo:octo-org/app*:ref:refs/heads/main", Severity.MEDIUM),
        ("repo:octo-org/app:*", Severity.MEDIUM),
        ("repo:octo-org/app:ref:*", Severity.MEDIUM),
        ("repo:octo-org/app:ref:refs/heads/*", Severity.MEDIUM),
        ("repo:octo-org/app:pull_request", Severity.MEDIUM),
        ("repo:octo-org/app:environment:*", Severity.LOW),
        ("repo:octo-org/app:ref:refs/tags/v*", Severity.LOW),
        ("repo:octo-org/app:ref:refs/heads/main*", Severity.LOW),
        ("repo:octo-org@123456/app@456789:ref:refs/heads/release/2*", Severity.LOW),
        ("repo:octo-org/app:environment:prod*", Severity.LOW),
        ("job_workflow_ref:octo-org/shared/.github/workflows/deploy.yml@*", Severity.MEDIUM),
        (
            "job_workflow_ref:octo-org/shared/.github/workflows/deploy.yml@refs/heads/*",
            Severity.MEDIUM,
        ),
        ("environment:production:job_workflow_ref:octo-org/shared/*", Severity.MEDIUM),
    ],
)
def test_each_way_of_being_wide(subject: str, severity: Severity) -> None:
    """Any owner is critical; more of one organization or repository is medium; tags and
    environments are low.
    """
    finding = only(NAME, like(subject))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, severity)
    assert finding.path == ("Statement", 0, "Condition", "StringLike", SUB, 0)
    assert finding.fix is None
    assert all(caller.endswith(STRANGER) for caller in finding.callers[:1]) is (
        severity is Severity.CRITICAL
    )
    assert len(set(finding.callers)) == len(finding.callers) > 0


@pytest.mark.parametrize(
    ("subject", "callers"),
    [
        (
            "repo:octo*",
            (
                f"repo:octo-evil/app:ref:refs/heads/main{STRANGER}",
                "repo:octo-org/app:ref:refs/heads/main",
            ),
        ),
        (
            "repo:octo*/app:ref:refs/heads/main",
            (
                f"repo:octo-evil/app:ref:refs/heads/main{STRANGER}",
                "repo:octo-org/app:ref:refs/heads/main",
            ),
        ),
        (
            "repo:octo-*/app:environment:prod",
            (
                f"repo:octo-evil/app:environment:prod{STRANGER}",
                "repo:octo-org/app:environment:prod",
            ),
        ),
        (
            "repo:cat*/app:ref:refs/heads/rel-*",
            (
                f"repo:cat-evil/app:ref:refs/heads/rel-anything{STRANGER}",
                "repo:cat/app:ref:refs/heads/rel-anything",
            ),
        ),
        (
            "repo:octo-org/app:ref:refs/heads/*",
            tuple(f"repo:octo-org/app:ref:refs/heads/{b}" for b in ("main", "anything")),
        ),
        ("repo:octo-org/app:environment:*", ("repo:octo-org/app:environment:anything",)),
        ("repo:octo-org/app:pull_request", ("repo:octo-org/app:pull_request",)),
        (
            "repo:octo-org/app:ref:refs/heads/main*",
            tuple(f"repo:octo-org/app:ref:refs/heads/{b}" for b in ("main-anything", "main")),
        ),
        (
            "job_workflow_ref:octo-org/ci/.github/workflows/a.yml@*",
            ("job_workflow_ref:octo-org/ci/.github/workflows/a.yml@refs/heads/anything",),
        ),
    ],
)
def test_who_gets_in(subject: str, callers: tuple[str, ...]) -> None:
    """A stranger's subject, noted, beside a tame one; and only tame ones where the owner is
    fixed.
    """
    assert only(NAME, like(subject)).callers == callers


def test_the_fix_spells_the_readers_owner_out() -> None:
    """Where the owner alone is wide and the reader's fits, that one is written."""
    text = like("repo:octo*/app:ref:refs/heads/main")
    (after,) = fixed(only(NAME, text, HOME), text)["Statement"]
    assert after == grant(GITHUB_PROVIDER, WEB, block("repo:octo-org/app:ref:refs/heads/main"))
    assert only(NAME, like("repo:cat*/app:ref:refs/heads/main"), HOME).fix is None
    assert only(NAME, like("repo:octo*"), HOME).fix is None


@pytest.mark.parametrize(
    "subject",
    [
        *(
            f"repo:octo-org/app:ref:refs/heads/{branch}"
            for branch in ("release/*", "release-*", "v1.*", "v*", "x_*")
        ),
        *(
            f"repo:octo-org/app:ref:refs/heads/{branch}"
            for branch in ("release/v*", "release-202?", "*/hotfix")
        ),
        "repo:octo-org/app:environment:eu-*",
        "job_workflow_ref:octo-org/shared/.github/workflows/deploy.yml@refs/tags/v2.*",
        "job_workflow_ref:octo-org/shared/.github/workflows/deploy.yml@refs/heads/main",
        "repo:octo-org/app:environment:production:job_workflow_ref:octo-org/shared/.github/workflows/deploy.yml@*",
    ],
)
def test_beginnings_that_are_ended_and_workflows_that_are_pinned(subject: str) -> None:
    """`main*` takes main-evil too; `release/*` takes what its authors meant. A subject that names a
    repository does without the version of the workflow.
    """
    assert loud(like(subject, aud="sts.amazonaws.com")) == []


def test_the_bad_value_of_a_list_governs() -> None:
    """Beside good values, in the second statement and whatever the key's case, it is told at its
    own place.
    """
    good = grant(
        GITHUB_PROVIDER, WEB, {"StringEquals": {SUB: "repo:octo-org/app:environment:prod"}}
    )
    values = ["repo:octo-org/app:environment:prod", "repo:octo-org/app:*"]
    wide = grant(GITHUB_PROVIDER, WEB, {"ForAnyValue:StringLike": {SUB.upper(): values}})
    place = ("Statement", 1, "Condition", "ForAnyValue:StringLike", SUB.upper(), 1)
    assert places(NAME, several(good, wide)) == [place]


@pytest.mark.parametrize(
    ("subject", "claims", "severity"),
    [
        ("repo:octo*", {"repository_owner_id": "123456"}, Severity.MEDIUM),
        ("repo:octo-org/*", {"repository_id": "456789"}, Severity.MEDIUM),
        ("repo:octo-org/*", {"ref": "refs/heads/main"}, Severity.MEDIUM),
        ("repo:octo-org/app:ref:refs/heads/*", {"workflow": "deploy"}, Severity.MEDIUM),
        ("repo:octo*", {"repository_id": "456789", "ref": "refs/heads/main"}, None),
        ("repo:octo-org/app:*", {"ref": "refs/heads/main"}, None),
        ("repo:octo-org/app:*", {"environment": "prod"}, None),
    ],
)
def test_other_claims_close_what_they_name(
    subject: str, claims: dict[str, str], severity: Severity | None
) -> None:
    """An owner's or repository's id, a ref, an environment; a workflow's name any branch can give
    its own.
    """
    assert [finding.severity for finding in found(NAME, like(subject, **claims))] == (
        [severity] if severity else []
    )


@pytest.mark.parametrize(
    ("claim", "value"), [("ref", "refs/heads/*"), ("repository", "octo-org/*"), ("ref", "?*")]
)
def test_a_claim_that_is_open_itself_closes_nothing(claim: str, value: str) -> None:
    """Every branch, or every repository, is as wide as the subject."""
    text = policy(
        GITHUB_PROVIDER,
        WEB,
        {"StringLike": {SUB: "repo:octo-org/app:*", f"{GITHUB}:{claim}": value}},
    )
    assert [finding.severity for finding in found(NAME, text)] == [Severity.MEDIUM]


def test_a_closed_owner_has_no_strangers() -> None:
    """With the owner's id asked for, the callers shown are not a stranger's, who would be kept
    out.
    """
    callers = only(NAME, like("repo:octo*", repository_owner_id="123456")).callers
    assert callers
    assert not any("evil" in caller or STRANGER in caller for caller in callers)


@pytest.mark.parametrize(
    "issuer",
    ["github.octo.example/_services/token", f"{GITHUB}/octo", "token.actions.octo.ghe.com"],
)
def test_an_issuer_of_ones_own_has_no_strangers(issuer: str) -> None:
    """On GitHub Enterprise's own issuers every owner is the reader's, so that any owner is
    medium.
    """
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    finding = only(NAME, policy(provider, WEB, {"StringLike": {f"{issuer}:sub": "repo:octo*"}}))
    assert finding.severity is Severity.MEDIUM
    assert not any(caller.endswith(STRANGER) for caller in finding.callers)


@pytest.mark.parametrize(
    "text",
    [
        like(
            "repo:octo-org/app:ref:refs/heads/main",
            "repo:octo-org@123456/app@456789:environment:prod",
        ),
        like("repo:octo-org/app:ref:refs/heads/release/*"),
        like("repo:octo-org/app:ref:refs/tags/v1.2.3"),
        like("repo:octo-org/app:*", operator="StringEquals"),
        policy(GITHUB_PROVIDER, WEB, block("repo:octo*"), Effect="Deny"),
        policy(
            {"Federated": "arn:aws:iam::111122223333:oidc-provider/idp.octo.example"},
            WEB,
            block("repo:octo*"),
        ),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Exact subjects in both forms, a prefix of branches, what nothing equals, a Deny, another
    issuer's token.
    """
    assert found(NAME, text) == []


def test_a_deny_takes_the_strangers_away() -> None:
    """Whom a Deny stops is not shown, and what is left is as bad as those who get in."""
    outside = {"StringNotLike": {SUB: "repo:octo-org/*"}}
    text = several(
        grant(GITHUB_PROVIDER, WEB, block("repo:octo*")),
        grant(GITHUB_PROVIDER, WEB, outside, Effect="Deny"),
    )
    (finding,) = found(NAME, text)
    assert finding.severity is Severity.MEDIUM
    assert finding.callers and not any(caller.endswith(STRANGER) for caller in finding.callers)


def test_a_set_operator_or_if_exists_asks_for_a_subject_as_well() -> None:
    """Every token has one, so that the pattern decides."""
    for operator in ("StringLikeIfExists", "ForAllValues:StringLike", "ForAnyValue:StringLike"):
        assert (
            found(NAME, like("repo:octo-org/*", operator=operator))[0].severity is Severity.MEDIUM
        )


@pytest.mark.parametrize(
    ("subject", "later"),
    [("repo:octo-org/*", False), ("repo:octo-org@123456/*", True), ("repo:octo-org*", True)],
)
def test_an_owner_without_an_id_admits_no_new_repositories(subject: str, later: bool) -> None:
    """Repositories made since 15 July 2026 have ids in their subjects.

    https://docs.github.com/en/actions/reference/security/oidc
    """
    claims = {f"{GITHUB}:aud": "sts.amazonaws.com", f"{GITHUB}:repository_owner_id": "123456"}
    condition = {"StringEquals": claims, "StringLike": {f"{GITHUB}:sub": subject}}
    (finding,) = found("github_subject_too_wide", policy(GITHUB_PROVIDER, WEB, condition))
    assert ("including later ones" in finding.message) is later
    assert ("that sends subjects without IDs" in finding.message) is not later


@pytest.mark.parametrize("subject", ["repo:*", "repo:octo*"])
def test_beside_one_workflow_any_owner_may_be_one_who_calls_it(subject: str) -> None:
    """A workflow that others can call is not theirs: medium, and the owner is what is missing.

    https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
    """
    workflow = "octo-org/ops/.github/workflows/deploy.yml@refs/heads/main"
    block = {
        "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"},
        "StringLike": {f"{GITHUB}:sub": subject},
    }
    block["StringEquals"][f"{GITHUB}:job_workflow_ref"] = workflow
    finding = only(NAME, policy(GITHUB_PROVIDER, WEB, block))
    assert finding.severity is Severity.MEDIUM
    assert "job_workflow_ref" in finding.message and "every repository whose" in finding.message
