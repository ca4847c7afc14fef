"""What is said of two values that differ, and when nothing is; each from the page that it names."""

from __future__ import annotations

import pytest

from trust_widgets.evaluation.hints import hint_about, hint_about_issuers

ISSUER = "token.actions.githubusercontent.com"
CLUSTER = "oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111AAAA1111AAAA1111AAAA1111"
ROLE = "arn:aws:iam::444455556666:role/"
PATHS = "The names are the same and the paths differ; a session's own ARN does not tell the path."


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (f"{ROLE}team/deploy", PATHS),
        (f"{ROLE}team/other", ""),
        ("arn:aws:iam::444455556666:user/team/deploy", ""),
        ("arn:aws:iam::999988887777:role/team/deploy", ""),
        ("deploy", ""),
        ("arn:aws:sts::444455556666:assumed-role/deploy/run-1", "aws:PrincipalArn holds the role's ARN, never the session's."),
    ],
)  # fmt: skip
def test_the_arn_of_a_caller(wanted: str, says: str) -> None:
    """Paths are told of one role only: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"""
    assert hint_about("AWS:PrincipalArn", f"{ROLE}deploy", wanted) == says


@pytest.mark.parametrize(
    ("given", "wanted", "says"),
    [
        ("octo", "sts.amazonaws.com", "Whoever asks for the token chooses its audience: have it ask for sts.amazonaws.com."),
        ("sts.amazonaws.com", "octo", "The usual client asks for sts.amazonaws.com."),
        ("octo", "vault", ""),
    ],
)  # fmt: skip
def test_an_audience(given: str, wanted: str, says: str) -> None:
    """What the usual client asks for is told where it is one of the two."""
    assert hint_about(f"{ISSUER}:aud", given, wanted) == says


@pytest.mark.parametrize(
    ("given", "wanted", "says"),
    [
        ("environment:prod", "ref:refs/heads/main", "A job that names an environment gets the environment form, whatever branch it runs on."),
        ("ref:refs/heads/main", "environment:prod", "A job that names an environment gets the environment form, whatever branch it runs on."),
        ("ref:refs/heads/main", "pull_request", "A run for a pull request gets the pull_request form, whatever its branch."),
        ("ref:refs/heads/main", "ref:refs/tags/v1", "The run is for a branch, the policy for a tag."),
        ("ref:refs/heads/main", "ref:refs/heads/dev", ""),
        ("ref:refs/heads/main", "ref:refs/pull/1", ""),
        ("environment:prod:eu", "environment:dev:us", ""),
    ],
)  # fmt: skip
def test_a_run_of_github(given: str, wanted: str, says: str) -> None:
    """https://docs.github.com/en/actions/reference/security/oidc"""
    assert hint_about(f"{ISSUER}:sub", f"repo:octo-org/app:{given}", f"repo:octo-org/app:{wanted}") == says


def test_a_pod() -> None:
    """https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html"""
    subject = "system:serviceaccount:shop:cart"
    assert hint_about(f"{CLUSTER}:sub", subject, "shop/cart") == f"The subject of a pod's token reads like {subject}."
    assert hint_about(f"{CLUSTER}:sub", subject, "system:serviceaccount:shop:till") == ""


def test_of_other_keys_and_issuers_nothing_is_known() -> None:
    """A claim that GitHub has beside the subject, a key of AWS's own, an issuer that is no cluster."""
    assert hint_about(f"{ISSUER}:workflow", "ci", "cd") == ""
    assert hint_about("sts:ExternalId", "a", "b") == ""
    assert hint_about_issuers(CLUSTER, ISSUER) == ""
