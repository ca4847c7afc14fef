"""Holders of a token of any OIDC issuer.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw

PATTERN = tw.PATTERNS["oidc"]
ISSUER = "idp.octo.example/tenant"
SUBJECT = "project:app:branch:main"


def built(**answers: Any) -> tw.Role:
    """The example, with some answers changed."""
    return PATTERN.build(account="111122223333", **{**PATTERN.example, **answers})


def read(conditions: dict[str, Any], issuer: str = ISSUER) -> tw.Grant:
    """The grant that a pasted statement becomes."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": conditions,
    }
    (grant,) = tw.TrustModel(
        text=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    ).grants
    return grant


@pytest.mark.parametrize("issuer", [ISSUER, f"https://{ISSUER}", f" https://{ISSUER} "])
def test_one_subject(issuer: str) -> None:
    """IAM names a provider without https://, in its ARN and before each claim."""
    assert built(issuer=issuer).trust.to_dict()["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com", f"{ISSUER}:sub": SUBJECT}
            },
        }
    ]


def test_subjects_with_a_wildcard_in_china() -> None:
    """One list under StringLike, which compares the rest to the letter as well."""
    subjects = (SUBJECT, "project:app:tag:v*")
    (statement,) = built(subjects=subjects, partition="aws-cn").trust.to_dict()["Statement"]
    assert statement["Principal"] == {
        "Federated": f"arn:aws-cn:iam::111122223333:oidc-provider/{ISSUER}"
    }
    assert statement["Condition"] == {
        "StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com"},
        "StringLike": {f"{ISSUER}:sub": list(subjects)},
    }


def test_a_slash_at_the_end_is_part_of_the_issuer() -> None:
    """Such an issuer's tokens have it, and are compared to the letter."""
    provider = built(issuer="https://octo.idp.example/").companions[0]
    assert dict(provider.data)["url"] == "https://octo.idp.example/"


@pytest.mark.parametrize(
    "issuer",
    [
        "localhost",
        "http://idp.octo.example",
        "idp.octo.example:8443",
        "idp.octo.example/a?b=c",
        "https://https://idp.octo.example",
        "https://idp.octo.example/.well-known/openid-configuration",
        "idp.octo.example/a b",
        "accounts.google.com",
        "https://cognito-identity.amazonaws.com",
    ],
)
def test_what_is_no_issuer_is_refused(issuer: str) -> None:
    """No port, no query; those that AWS has built in are no provider of an account.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html"""
    with pytest.raises(ValueError, match=f"issuer: .*like {ISSUER}"):
        built(issuer=issuer)


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({"subjects": ("*",)}, "subjects: .*like project:app"),
        ({"subjects": (SUBJECT, "?*")}, "subjects: .*like project:app"),
        ({"subjects": ()}, "subjects: Required, for example project:app"),
        ({"audience": "sts.*"}, "audience: .*like sts.amazonaws.com"),
    ],
)
def test_everybody_is_no_answer(answers: dict[str, Any], complaint: str) -> None:
    """Wildcards alone admit each token of the issuer; under StringEquals they admit none."""
    with pytest.raises(ValueError, match=complaint):
        built(**answers)


def test_companions_in_a_shell(tmp_path: Path) -> None:
    """Hostile words stay words, and the token is handed on without the newline at its file's
    end.
    """
    role = built(audience="$(touch${IFS}x)'", subjects=("a b",))
    provider, tried, _ = role.companions
    assert (provider.kind, dict(provider.data)) == (
        "oidc_provider",
        {"url": f"https://{ISSUER}", "client_id": "$(touch${IFS}x)'"},
    )
    (tmp_path / "token.jwt").write_text("eyJ.eyJ.sig\n")
    script = (
        f"aws() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{provider.text}{tried.text}"
    )
    ran = subprocess.run(
        ["sh", "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert ran.stdout.split("\0") == [
        *("iam", "create-open-id-connect-provider", "--url", f"https://{ISSUER}"),
        *("--client-id-list", "$(touch${IFS}x)'"),
        *(
            "sts",
            "assume-role-with-web-identity",
            "--role-arn",
            "arn:aws:iam::111122223333:role/example-role",
        ),
        *("--role-session-name", "trying-it", "--web-identity-token", "eyJ.eyJ.sig", ""),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["token.jwt"]


def test_reading_back() -> None:
    """A subject with blanks is one; further claims stay guards."""
    claims = {f"{ISSUER}:aud": "aws", f"{ISSUER}:sub": ["organization:octo:project:My Shop"]}
    grant = read({"StringEquals": {**claims, f"{ISSUER}:email": "ops@octo.example"}})
    assert (grant.pattern, grant.answers) == (
        "oidc",
        {"issuer": ISSUER, "audience": "aws", "subjects": ("organization:octo:project:My Shop",)},
    )
    assert [guard.key for guard in grant.guards] == [f"{ISSUER}:email"]


@pytest.mark.parametrize(
    ("issuer", "subject", "pattern"),
    [
        (
            "token.actions.githubusercontent.com",
            "repo:octo-org/app:ref:refs/heads/main",
            "github_oidc",
        ),
        ("token.actions.githubusercontent.com", "repository_owner:octo-org", "custom"),
        (
            "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
            "system:serviceaccount:shop:cart",
            "irsa",
        ),
        ("idp.octo.example", "system:serviceaccount:shop:cart", "oidc"),
        (
            "app.terraform.io",
            "organization:octo-org:project:web:workspace:shop:run_phase:apply",
            "oidc_service",
        ),
    ],
)
def test_an_issuer_with_a_form_of_its_own_is_left_to_it(
    issuer: str, subject: str, pattern: str
) -> None:
    """Also what that form does not take."""
    claims = {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": subject}
    assert read({"StringEquals": claims}, issuer).pattern == pattern


@pytest.mark.parametrize(
    "conditions",
    [
        {"StringEquals": {f"{ISSUER}:sub": SUBJECT}},
        {"StringEquals": {f"{ISSUER}:aud": ["aws", "sts.amazonaws.com"], f"{ISSUER}:sub": SUBJECT}},
        {"StringEquals": {f"{ISSUER}:aud": "aws", "other.example:sub": SUBJECT}},
        {"StringEquals": {f"{ISSUER}:aud": "aws"}, "StringNotLike": {f"{ISSUER}:sub": SUBJECT}},
        {"StringEquals": {f"{ISSUER}:aud": "aws"}, "StringLike": {f"{ISSUER}:sub": "*"}},
    ],
)
def test_what_says_something_else_is_not_read_as_this(conditions: dict[str, Any]) -> None:
    """It asks for one audience, and for subjects."""
    assert read(conditions).pattern == "custom"


@pytest.mark.parametrize(
    ("issuer", "label"), [(f"https://{ISSUER}", f"OIDC · {ISSUER}"), ("", "OIDC")]
)
def test_the_chip_says_which(issuer: str, label: str) -> None:
    """However unfinished."""
    assert PATTERN.label({**PATTERN.example, "issuer": issuer}) == label


@pytest.mark.parametrize(
    ("question", "text", "whose"),
    [
        ("issuer", "gitlab.com", "GitLab"),
        ("issuer", "agent.buildkite.com", "Buildkite"),
        ("audience", "aws.workload.identity", "HCP Terraform, Terraform Enterprise"),
        ("subjects", "project_path:octo-org/app:ref_type:branch:ref:main", "GitLab"),
    ],
)
def test_what_is_known_is_offered_while_typing(question: str, text: str, whose: str) -> None:
    """With whose it is, and each as its question takes it."""
    asked = next(field.question for field in PATTERN.fields if field.name == question)
    assert asked.suggestions is not None and asked.named is not None
    assert text in asked.suggestions() and asked.named(text) == whose
    assert all(re.fullmatch(asked.rule, offered) for offered in asked.suggestions())
