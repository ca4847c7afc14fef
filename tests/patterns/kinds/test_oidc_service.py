"""Tokens of CI and identity services, one form with the issuer as its first question."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.model import labels_of

PATTERN = tw.PATTERNS["oidc_service"]
ACCOUNT = "111122223333"
BRANCH = {"issuer": "gitlab", "group": "octo-org", "project": "app", "branch": "main"}


def statement(**answers: Any) -> dict[str, Any]:
    """The only statement that is built."""
    (built,) = PATTERN.build(account=ACCOUNT, **answers).trust.to_dict()["Statement"]
    found: dict[str, Any] = built
    return found


# https://docs.gitlab.com/ci/cloud_services/aws/, read on 2026-11-30
def test_a_branch_of_gitlab() -> None:
    """The provider, the audience and the subject as GitLab's page has them."""
    assert statement(**BRANCH) == {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/gitlab.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {
                "gitlab.com:aud": "https://gitlab.com",
                "gitlab.com:sub": "project_path:octo-org/app:ref_type:branch:ref:main",
            }
        },
    }


@pytest.mark.parametrize(
    ("answers", "conditions"),
    [
        (
            {**BRANCH, "branch": "release/*"},
            {"StringLike": "project_path:octo-org/app:ref_type:branch:ref:release/*"},
        ),
        (
            {"issuer": "gitlab", "group": "octo-org", "project": "app", "kind": "any"},
            {"StringLike": "project_path:octo-org/app:*"},
        ),
        (
            {"issuer": "gitlab", "kind": "subjects", "subjects": ("project_path:octo-org/*",)},
            {"StringLike": "project_path:octo-org/*"},
        ),
    ],
)
def test_more_than_one_branch(answers: dict[str, Any], conditions: dict[str, str]) -> None:
    """Wildcards are compared with StringLike."""
    found = statement(**answers)["Condition"]
    assert {operator: found[operator]["gitlab.com:sub"] for operator in conditions} == conditions


def test_a_server_of_ones_own() -> None:
    """Its host is the issuer, and its URL the audience, which a job may name as it likes."""
    found = statement(**BRANCH, host="git.octo.example", partition="aws-cn")
    assert found["Principal"] == {
        "Federated": f"arn:aws-cn:iam::{ACCOUNT}:oidc-provider/git.octo.example"
    }
    assert found["Condition"]["StringEquals"]["git.octo.example:aud"] == "https://git.octo.example"


# https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
def test_an_identity_pool() -> None:
    """The pool's ID is the audience; who signed in is told by amr, which has several values."""
    pool = "us-gov-west-1:12345678-abcd-abcd-abcd-123456790ab0"
    host = "cognito-identity-us-gov.amazonaws.com"
    assert statement(issuer="cognito", pool=pool) == {
        "Effect": "Allow",
        "Principal": {"Federated": host},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {f"{host}:aud": pool},
            "ForAnyValue:StringLike": {f"{host}:amr": "authenticated"},
        },
    }


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
def test_an_app_of_login_with_amazon() -> None:
    """Its keys are app_id and user_id; AWS has the issuer built in, so no account is needed."""
    role = PATTERN.build(issuer="amazon", audience="amzn1.application-oa2-client.octo")
    (found,) = role.trust.to_dict()["Statement"]
    assert found["Principal"] == {"Federated": "www.amazon.com"}
    assert found["Condition"] == {
        "StringEquals": {"www.amazon.com:app_id": "amzn1.application-oa2-client.octo"}
    }
    tried, _ = role.companions
    assert tried.kind == "try_it" and "--provider-id www.amazon.com" in tried.text


# https://learn.microsoft.com/azure/sentinel/connect-aws
def test_what_iam_requires_of_microsoft_sentinel() -> None:
    """The session's name, and no subject."""
    name = "MicrosoftSentinel_7d2a1f40-8b5c-4f6e-9a3b-2c1d0e9f8a7b"
    audience = "api://1462b192-27f7-4cb9-8523-0f4ecb54b47e"
    found = statement(issuer="microsoft_sentinel", session_name=name, audience=audience)
    keys = found["Condition"]["StringEquals"]
    assert keys["sts:RoleSessionName"] == name
    assert [key.rpartition(":")[2] for key in keys] == ["aud", "RoleSessionName"]


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({}, "issuer: Required, for example"),
        ({"issuer": "gitlba"}, "issuer: 'gitlba' is not one of .* Did you mean 'gitlab'"),
        ({"issuer": "gitlab"}, "group: Required, for example octo-org"),
        ({**BRANCH, "branch": "refs/tags/v1", "group": "octo org"}, "group: .*like octo-org"),
        ({"issuer": "gitlab", "kind": "subjects", "subjects": ("*",)}, "subjects: .*wildcards"),
        ({"issuer": "okta", "id": "*"}, "id: A subject needs more than wildcards"),
        ({"issuer": "circleci", "organization": "octo-org"}, "organization: .*36 characters"),
    ],
)
def test_what_is_wrong(answers: dict[str, Any], complaint: str) -> None:
    """At its question, with a right answer."""
    with pytest.raises(ValueError, match=complaint):
        PATTERN.build(account=ACCOUNT, **answers)


def test_a_question_of_another_issuer() -> None:
    """The message lists those of this one."""
    with pytest.raises(TypeError, match=r"no question branch.*questions are issuer, kind, scalr"):
        PATTERN.build(account=ACCOUNT, issuer="scalr", branch="main")


def test_another_issuer_and_back() -> None:
    """Answers to the questions before are kept; the new form begins empty."""
    model = tw.TrustModel(grants=[tw.Grant("oidc_service", BRANCH)], account=ACCOUNT)
    view = tw.FormView(model)
    assert [field["name"] for field in view.state["fields"]][:4] == [
        *("account", "role_name", "issuer", "host")
    ]
    scalr = {**BRANCH, "issuer": "scalr"}
    view.take({"grant": 0, "pattern": "oidc_service", "fields": scalr})
    assert dict(model.grants[0].answers) == {"issuer": "scalr"}
    assert not any(field["complaint"] for field in view.state["fields"])
    view.take({"grant": 0, "pattern": "oidc_service", "fields": {"issuer": "gitlab"}})
    assert dict(model.grants[0].answers) == BRANCH


def test_copied_as_python() -> None:
    """The call makes the same policy again."""
    builder = tw.TrustBuilder("oidc_service", account=ACCOUNT, **BRANCH)
    code = builder.python.partition("\n\n")[2]
    again = eval(code, {"tw": tw})
    assert '"gitlab"' in code and again.text == builder.text


def test_a_chip_names_the_issuer_and_what_is_trusted() -> None:
    """However unfinished."""
    grants = [tw.Grant("oidc_service", answers) for answers in ({}, {"issuer": "okta"}, BRANCH)]
    assert labels_of(grants) == ("CI or identity service", "Okta", "GitLab · octo-org/app")


def test_what_the_form_does_not_know_stays_a_condition() -> None:
    """A claim beside audience and subject."""
    role = PATTERN.build(account=ACCOUNT, **BRANCH)
    document = role.trust.to_dict()
    document["Statement"][0]["Condition"]["StringEquals"]["gitlab.com:ref_protected"] = "true"
    (grant,) = tw.TrustModel(text=json.dumps(document)).grants
    assert (grant.pattern, dict(grant.answers)) == ("oidc_service", BRANCH)
    assert [guard.key for guard in grant.guards] == ["gitlab.com:ref_protected"]


def test_controls_follow_the_issuer() -> None:
    """Those of another issuer's questions are not shown."""
    model = tw.TrustModel(grants=[tw.Grant("oidc_service", BRANCH)], account=ACCOUNT)
    ask = tw.controls(model)
    ask["branch"].value = "release"
    assert model.grants[0].answers["branch"] == "release"
    ask["issuer"].value = "scalr"
    assert ask["branch"].disabled and ask["branch"].layout.display == "none"
    assert not ask["issuer"].disabled
