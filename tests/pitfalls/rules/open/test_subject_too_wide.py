"""Subjects of issuers other than GitHub that admit more than one job, pod or stack.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html and the vendors'
own pages.
"""

from __future__ import annotations

import pytest

from support.asking import WEB, fixed, found, grant, loud, only, policy, several, statement
from trust_widgets.findings import Severity, Verdict

NAME = "subject_too_wide"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
BITBUCKET = "api.bitbucket.org/2.0/workspaces/octo-org/pipelines-config/identity/oidc"
ORG, PROJECT = "11111111-2222-4333-8444-555555555555", "22222222-3333-4444-8555-666666666666"
CIRCLECI = f"oidc.circleci.com/org/{ORG}"
TERRAFORM = "organization:octo-org:project:web"
THEIRS = " (anyone can get a token like this)"


def like(issuer: str, *subjects: str, audience: str = "sts.amazonaws.com", **claims: str) -> str:
    """A policy that asks for the audience, one of these subjects, and exactly for these claims."""
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    exact = {f"{issuer}:aud": audience} | {
        f"{issuer}:{claim}": value for claim, value in claims.items()
    }
    return policy(
        provider, WEB, {"StringEquals": exact, "StringLike": {f"{issuer}:sub": list(subjects)}}
    )


@pytest.mark.parametrize(
    ("issuer", "subject", "severity"),
    [
        (EKS, "system:serviceaccount:*", Severity.MEDIUM),
        (EKS, "system:serviceaccount:*:cart", Severity.MEDIUM),
        (EKS, "system:serviceaccount:shop*:cart", Severity.MEDIUM),
        (EKS, "system:serviceaccount:shop:*", Severity.LOW),
        (EKS, "system:serviceaccount:shop:cart*", Severity.LOW),
        (EKS, "system:serviceaccount:shop:default", Severity.LOW),
        ("gitlab.com", "project_path:octo*", Severity.CRITICAL),
        ("gitlab.com", "project_path:*:ref_type:branch:ref:main", Severity.CRITICAL),
        ("gitlab.com", "project_path:octo-org/*", Severity.MEDIUM),
        ("gitlab.com", "project_path:octo-org/app:*", Severity.MEDIUM),
        ("gitlab.com", "project_path:octo-org/app:ref_type:branch:ref:*", Severity.MEDIUM),
        ("gitlab.com", "project_path:octo-org/app:ref_type:tag:ref:*", Severity.LOW),
        ("gitlab.octo.example", "project_path:octo*", Severity.MEDIUM),
        ("app.terraform.io", "organization:octo*", Severity.CRITICAL),
        (
            "app.terraform.io",
            "organization:*:project:web:workspace:prod:run_phase:apply",
            Severity.CRITICAL,
        ),
        (
            "app.terraform.io",
            "organization:octo-org:project:*:workspace:*:run_phase:apply",
            Severity.MEDIUM,
        ),
        ("app.terraform.io", f"{TERRAFORM}:workspace:prod:*", Severity.LOW),
        ("app.terraform.io", f"{TERRAFORM}:workspace:prod:run_phase:*", Severity.LOW),
        ("gitlab.com", "project_path:octo-org/app:ref_type:branch:ref:main*", Severity.LOW),
        (
            "agent.buildkite.com",
            "organization:octo-org:pipeline:web:ref:refs/heads/main*",
            Severity.LOW,
        ),
        (BITBUCKET, "{1a2b*", Severity.MEDIUM),
        (CIRCLECI, f"org/{ORG}/project/*", Severity.MEDIUM),
        ("agent.buildkite.com", "organization:octo*", Severity.CRITICAL),
        ("agent.buildkite.com", "organization:octo-org:pipeline:web:*", Severity.MEDIUM),
        (
            "octo-org.app.spacelift.io",
            "space:root:stack:*:run_type:TRACKED:scope:write",
            Severity.MEDIUM,
        ),
        ("octo-org.app.spacelift.io", "space:root:stack:web:run_type:*:scope:write", Severity.LOW),
        ("octo-org.app.spacelift.io", "*:stack:web:*", Severity.LOW),
        ("oidc.vercel.com", "owner:*:project:web:environment:production", Severity.CRITICAL),
        (
            "oidc.vercel.com/octo-org",
            "owner:octo-org:project:*:environment:production",
            Severity.MEDIUM,
        ),
        ("oidc.vercel.com/octo-org", "owner:octo-org:project:web:environment:*", Severity.LOW),
        # The audience is the organization's.
        ("api.pulumi.com/oidc", "pulumi:deploy:*", Severity.MEDIUM),
        ("api.pulumi.com/oidc", "pulumi:deploy:org:octo-org:*", Severity.MEDIUM),
    ],
)
def test_each_way_of_being_wide(issuer: str, subject: str, severity: Severity) -> None:
    """Other customers of a shared issuer are critical, one's own groups and projects medium, kinds
    of runs low.
    """
    finding = only(NAME, like(issuer, subject))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, severity)
    assert finding.path == ("Statement", 0, "Condition", "StringLike", f"{issuer}:sub", 0)
    assert finding.callers
    assert finding.callers[0].endswith(THEIRS) is (severity is Severity.CRITICAL)


def test_a_plan_is_no_apply() -> None:
    """A plan runs before anybody has approved it.

    https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/workload-identity-tokens
    """
    finding = only(NAME, like("app.terraform.io", f"{TERRAFORM}:workspace:prod:run_phase:*"))
    assert "A plan can run before anyone approved it." in finding.message


@pytest.mark.parametrize(
    ("issuer", "subject", "told"),
    [
        (
            "app.terraform.io",
            "organization:octo-org:project:*:workspace:*:run_phase:apply",
            "Name the project and the workspace.",
        ),
        (EKS, "system:serviceaccount:*", "Name the namespace and the service account."),
        ("gitlab.com", "project_path:octo*", "Name the group, the project and the runs to allow."),
    ],
)
def test_it_says_what_to_name(issuer: str, subject: str, told: str) -> None:
    """Every part that is open, the widest first."""
    assert told in only(NAME, like(issuer, subject)).message


def test_a_stranger_comes_first() -> None:
    """The hostile group's job, then one of the reader's."""
    assert only(NAME, like("gitlab.com", "project_path:octo*")).callers == (
        f"project_path:octo-evil/app:ref_type:branch:ref:main{THEIRS}",
        "project_path:octo-org/app:ref_type:branch:ref:main",
    )


def test_a_stranger_beside_an_exact_subject_is_taken_out() -> None:
    """The fix keeps the exact one; between two of one's own there is none."""
    exact = "project_path:octo-org/app:ref_type:branch:ref:main"
    text = like("gitlab.com", exact, "project_path:octo*")
    finding = only(NAME, text)
    assert finding.path[-1] == 1
    assert statement(fixed(finding, text))["Condition"]["StringLike"] == {"gitlab.com:sub": [exact]}
    assert only(NAME, like("gitlab.com", exact, "project_path:octo-org/*")).fix is None


@pytest.mark.parametrize(
    ("issuer", "subject", "claims"),
    [
        ("gitlab.com", "project_path:octo*:ref_type:branch:ref:main", {"project_id": "12345"}),
        # GitLab says which branches and tags are protected.
        ("gitlab.com", "project_path:octo-org/app:*", {"ref_protected": "true"}),
        ("gitlab.com", "project_path:octo-org/app:ref_type:tag:ref:*", {"ref_protected": "true"}),
        # As the vendors' own pages have them.
        ("oidc.codefresh.io", "account:5f30ebd3:pipeline:64de5cd4:*", {}),
        ("oidc.fly.io/octo-org", "octo-org:shop:*", {}),
        (
            "octo-org.app.spacelift.io",
            "space:root:stack:web:run_type:TRACKED:scope:*",
            {},
        ),
        ("octo-org.app.spacelift.io", "*:stack:web:run_type:TRACKED:scope:write", {}),
        (EKS, "system:serviceaccount:spark:emr-containers-sa-*-*-111122223333-1abc2d", {}),
        (
            "agent.buildkite.com",
            "organization:octo-org:pipeline:*:ref:refs/heads/main:*",
            {"pipeline_id": "1a2b"},
        ),
        (CIRCLECI, f"org/{ORG}/project/*", {"oidc.circleci.com/project-id": PROJECT}),
        (EKS, "system:serviceaccount:shop:cart", {}),
        (BITBUCKET, "{1a2b3c4d-1111-4222-8333-123456789012}:*", {}),
        (CIRCLECI, f"org/{ORG}/project/{PROJECT}/user/*", {}),
        ("app.terraform.io", f"{TERRAFORM}:workspace:*:run_phase:plan", {}),
        ("app.terraform.io", f"{TERRAFORM}:workspace:prod:run_phase:apply", {}),
        ("gitlab.com", "project_path:octo-org/app:ref_type:branch:ref:release-*", {}),
        ("gitlab.com", "project_path:octo-org/app:ref_type:branch:ref:release/v*", {}),
        ("idp.octo.example", "deployer-*", {}),
    ],
)
def test_near_cases_are_silent(issuer: str, subject: str, claims: dict[str, str]) -> None:
    """Ids that say whose it is, exact names, what the vendors' own pages write, issuers whose
    subjects nobody knows.
    """
    assert found(NAME, like(issuer, subject, **claims)) == []


@pytest.mark.parametrize(
    ("issuer", "subject", "claims"),
    [
        ("gitlab.com", "project_path:octo-org/app:*", {"ref_protected": "false"}),
        ("gitlab.com", "project_path:octo-org/*", {"ref_protected": "true"}),
        ("oidc.codefresh.io", "account:5f30ebd3:*", {}),
        ("oidc.fly.io/octo-org", "octo-org:*", {}),
        ("octo-org.app.spacelift.io", "space:root:stack:*:run_type:TRACKED:scope:*", {}),
        (EKS, "system:serviceaccount:spark:emr-containers-sa-*", {}),
        (EKS, "system:serviceaccount:*:emr-containers-sa-*-*-111122223333-1abc2d", {}),
    ],
)
def test_nearly_what_the_pages_have(issuer: str, subject: str, claims: dict[str, str]) -> None:
    """One part more is open than on the vendor's page, or the claim has the other value."""
    assert found(NAME, like(issuer, subject, **claims))


def test_what_nothing_is_equal_to_and_a_deny_open_nothing() -> None:
    """A wildcard under StringEquals is a letter, and a Deny lets nobody in."""
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{EKS}"}
    wide = {f"{EKS}:sub": "system:serviceaccount:*"}
    assert found(NAME, policy(provider, WEB, {"StringEquals": wide})) == []
    assert found(NAME, policy(provider, WEB, {"StringLike": wide}, Effect="Deny")) == []


def test_beside_an_operator_that_iam_does_not_know() -> None:
    """IAM saves nothing of it, so that nobody gets in: the operator is all that is told."""
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{EKS}"}
    block = {
        "StringLike": {f"{EKS}:sub": "system:serviceaccount:*"},
        "StringMatches": {f"{EKS}:aud": "a"},
    }
    assert [finding.name for finding in loud(policy(provider, WEB, block))] == ["unknown_operator"]


def test_a_deny_takes_the_strangers_away() -> None:
    """Who is denied is not shown: the finding is as bad as those who get in."""
    import json

    text = json.loads(like("gitlab.com", "project_path:octo*"))
    provider = {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}
    outside = {"StringNotLike": {"gitlab.com:sub": "project_path:octo-org/*"}}
    text["Statement"].append(
        {"Effect": "Deny", "Principal": provider, "Action": WEB, "Condition": outside}
    )
    (finding,) = found(NAME, json.dumps(text))
    assert finding.severity is Severity.MEDIUM
    assert not any(caller.endswith(THEIRS) for caller in finding.callers)


@pytest.mark.parametrize(
    ("issuer", "app"), [("accounts.google.com", "aud"), ("graph.facebook.com", "app_id")]
)
def test_of_public_issuers_the_app_is_asked(issuer: str, app: str) -> None:
    """AWS's own examples ask for the app's id alone; which people are meant, a beginning of their
    numbers adds to.
    """
    block = {
        "StringEquals": {f"{issuer}:{app}": "1234567890"},
        "StringLike": {f"{issuer}:sub": "1111*"},
    }
    assert found(NAME, policy({"Federated": issuer}, WEB, block)) == []


def test_strangers_alone() -> None:
    """A Deny of one's own group leaves the others: no less critical."""
    provider = {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}
    wide = {
        "StringLike": {"gitlab.com:sub": "project_path:octo*"},
        "StringEquals": {"gitlab.com:aud": "octo"},
    }
    own = {"StringLike": {"gitlab.com:sub": "project_path:octo-org/*"}}
    (finding,) = found(
        NAME, several(grant(provider, WEB, wide), grant(provider, WEB, own, Effect="Deny"))
    )
    assert finding.severity is Severity.CRITICAL
    assert finding.callers and all(caller.endswith(THEIRS) for caller in finding.callers)
