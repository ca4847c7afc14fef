"""What is said of two values that differ, and when nothing is; each from the page that it names."""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets.explain.hints import hint_about, hint_about_issuers, hint_about_principals

ISSUER = "token.actions.githubusercontent.com"
CLUSTER = "oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111AAAA1111AAAA1111AAAA1111"
ROLE = "arn:aws:iam::444455556666:role/"
PATHS = "The names are equal, but the paths differ. The ARN of a session does not contain the path."


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (f"{ROLE}team/deploy", PATHS),
        (f"{ROLE}team/other", ""),
        ("arn:aws:iam::444455556666:user/team/deploy", ""),
        ("arn:aws:iam::999988887777:role/team/deploy", ""),
        ("deploy", ""),
        (
            "arn:aws:sts::444455556666:assumed-role/deploy/run-1",
            "aws:PrincipalArn contains the ARN of the role, never the ARN of the session.",
        ),
    ],
)
def test_the_arn_of_a_caller(wanted: str, says: str) -> None:
    """Paths are told of one role only:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    assert hint_about("AWS:PrincipalArn", f"{ROLE}deploy", wanted) == says


@pytest.mark.parametrize(
    ("given", "wanted", "says"),
    [
        (
            "octo",
            "sts.amazonaws.com",
            "The client that requests the token chooses its audience. Request sts.amazonaws.com.",
        ),
        ("sts.amazonaws.com", "octo", "The usual client requests sts.amazonaws.com."),
        ("octo", "vault", ""),
    ],
)
def test_an_audience(given: str, wanted: str, says: str) -> None:
    """What the usual client asks for is told where it is one of the two."""
    assert hint_about(f"{ISSUER}:aud", given, wanted) == says


@pytest.mark.parametrize(
    ("given", "wanted", "says"),
    [
        (
            "environment:prod",
            "ref:refs/heads/main",
            "A job that names an environment gets the environment form, "
            "whatever branch it runs on.",
        ),
        (
            "ref:refs/heads/main",
            "environment:prod",
            "A job that names an environment gets the environment form, "
            "whatever branch it runs on.",
        ),
        (
            "ref:refs/heads/main",
            "pull_request",
            "A run for a pull request gets the pull_request form, whatever its branch.",
        ),
        (
            "ref:refs/heads/main",
            "ref:refs/tags/v1",
            "The run is for a branch, and the policy is for a tag.",
        ),
        ("ref:refs/heads/main", "ref:refs/heads/dev", ""),
        ("ref:refs/heads/main", "ref:refs/pull/1", ""),
        ("environment:prod:eu", "environment:dev:us", ""),
    ],
)
def test_a_run_of_github(given: str, wanted: str, says: str) -> None:
    """https://docs.github.com/en/actions/reference/security/oidc"""
    assert (
        hint_about(f"{ISSUER}:sub", f"repo:octo-org/app:{given}", f"repo:octo-org/app:{wanted}")
        == says
    )


def test_a_pod() -> None:
    """https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html"""
    subject = "system:serviceaccount:shop:cart"
    assert (
        hint_about(f"{CLUSTER}:sub", subject, "shop/cart")
        == f"The subject of a pod's token looks like {subject}."
    )
    assert hint_about(f"{CLUSTER}:sub", subject, "system:serviceaccount:shop:till") == ""


CENTER = "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com"
ADMIN, AGAIN = "AWSReservedSSO_Admin_0123456789abcdef", "AWSReservedSSO_Admin_fedcba9876543210"
BY_PATTERN = (
    "Name the account, and add a condition with ArnLike on aws:PrincipalArn, like"
    f" {CENTER}*/AWSReservedSSO_Admin_*."
)


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        (
            f"{CENTER}/eu-west-1/{AGAIN}",
            (
                "IAM Identity Center gives the role of a permission set a new suffix when it "
                "creates the role again"
            ),
        ),
        (
            f"{ROLE}{ADMIN}",
            (
                "Roles of IAM Identity Center have the path aws-reserved/sso.amazonaws.com/, in "
                "most cases followed by a Region"
            ),
        ),
        (
            f"{ROLE}AWSReservedSSO_Admin_*",
            (
                "Roles of IAM Identity Center have the path aws-reserved/sso.amazonaws.com/, "
                "in most cases followed by a Region"
            ),
        ),
        (
            f"{ROLE}AWSReservedSSO_Admin",
            (
                "Roles of IAM Identity Center have the path aws-reserved/sso.amazonaws.com/, "
                "in most cases followed by a Region"
            ),
        ),
    ],
)
def test_a_role_of_identity_center(wanted: str, begins: str) -> None:
    """https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html: a
    path and a suffix.
    """
    said = hint_about("aws:PrincipalArn", f"{CENTER}/eu-west-1/{ADMIN}", wanted)
    assert said.startswith(begins) and said.endswith(BY_PATTERN)


@pytest.mark.parametrize(
    "wanted",
    [
        f"{CENTER}/eu-west-1/AWSReservedSSO_Reader_0123456789abcdef",
        f"{CENTER}/us-east-1/AWSReservedSSO_Admin_*",
        f"{ROLE}deploy",
    ],
)
def test_another_permission_set_or_region_explains_itself(wanted: str) -> None:
    """What differs there is what the policy asks for."""
    assert hint_about("aws:PrincipalArn", f"{CENTER}/eu-west-1/{ADMIN}", wanted) == ""


def test_a_role_of_identity_center_as_principal() -> None:
    """The session's ARN holds the name alone, and the policy's may have been made before."""
    session = f"arn:aws:sts::444455556666:assumed-role/{ADMIN}/octo"
    said = hint_about_principals(session, f"{CENTER}/eu-west-1/{AGAIN}")
    assert (
        "IAM Identity Center gives the role of a permission set a new suffix when it creates "
        "the role again"
    ) in said and said.endswith(BY_PATTERN)
    assert hint_about_principals(session, f"{ROLE}deploy") == ""


@pytest.mark.parametrize(
    ("caller", "named"),
    [("ecs-tasks", "ecs"), ("ecs", "ecs-tasks"), ("lambda", "ecs"), ("ecs", "ec2")],
)
def test_tasks_and_ecs_itself(caller: str, named: str) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html: tasks' roles
    are for ecs-tasks.
    """
    said = hint_about_principals(f"{caller}.amazonaws.com", f"{named}.amazonaws.com")
    assert said.startswith("The role of a task needs ecs-tasks.amazonaws.com") == (
        {caller, named} == {"ecs", "ecs-tasks"}
    )


def test_the_headline_says_so() -> None:
    """Where the simulator refuses a caller because of it."""
    named = tw.Principal(service="ecs.amazonaws.com")
    policy = tw.TrustPolicy((tw.Statement("Allow", named, "sts:AssumeRole"),))
    decision = tw.evaluate(policy, tw.Request("sts:AssumeRole", "ecs-tasks.amazonaws.com"))
    assert "The role of a task needs ecs-tasks.amazonaws.com" in decision.because


def test_of_other_keys_and_issuers_nothing_is_known() -> None:
    """A claim that GitHub has beside the subject, a key of AWS's own, an issuer that is no
    cluster.
    """
    assert hint_about(f"{ISSUER}:workflow", "ci", "cd") == ""
    assert hint_about("sts:ExternalId", "a", "b") == ""
    assert hint_about_issuers(CLUSTER, ISSUER) == ""
