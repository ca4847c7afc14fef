"""An OIDC issuer whose tokens are all taken, whoever they are for.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import (
    GITHUB,
    GITHUB_PROVIDER,
    WEB,
    fixed,
    found,
    grant,
    loud,
    only,
    places,
    policy,
    several,
    statement,
)
from trust_widgets.findings import Severity, Verdict

NAME = "oidc_without_subject"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
CLUSTER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{EKS}"}
SUB, AUD = f"{EKS}:sub", f"{EKS}:aud"
CART = "system:serviceaccount:shop:cart"


@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"StringEquals": {AUD: "sts.amazonaws.com"}},
        {"StringLike": {SUB: "*"}},
        {"StringLike": {SUB: [CART, "?*"]}},
        {"StringNotEquals": {SUB: CART}},
        {"Null": {SUB: "false"}},
        {"Bool": {"sts:RoleAuthorizedByIdp": "false"}},
        {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    ],
)
def test_a_cluster_whose_every_pod_gets_in(condition: Any) -> None:
    """An audience, wildcards, and what is true without its key choose nobody; a cluster is the
    reader's own: medium.
    """
    finding = only(NAME, policy(CLUSTER, WEB, condition))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.MEDIUM)
    assert finding.callers == (
        f'a token of {EKS} with the subject "system:serviceaccount:default:default"',
    )


CIRCLE = "oidc.circleci.com/org/0f4e2d1c-3b5a-4c6d-8e7f-9a0b1c2d3e4f"


@pytest.mark.parametrize(
    ("issuer", "audience", "begins"),
    [
        (CIRCLE, "0f4e2d1c-3b5a-4c6d-8e7f-9a0b1c2d3e4f", f"{CIRCLE.partition('/')[2]}/project/"),
        ("oidc.vercel.com/octo-app", "https://vercel.com/octo-app", "owner:octo-app:project:"),
    ],
)
@pytest.mark.parametrize("has_audience", [True, False])
def test_every_project_of_one_customer_gets_in(
    issuer: str, audience: str, begins: str, has_audience: bool
) -> None:
    """The issuer is the organization's own and its audience is the same for every project: medium,
    no stranger.
    """
    condition = {"StringEquals": {f"{issuer}:aud": audience}} if has_audience else None
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    finding = only(NAME, policy(provider, WEB, condition))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.MEDIUM)
    assert f'with the subject "{begins}' in finding.callers[0]


POOL = "cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI"
TENANT = "octo-org.eu.auth0.com/"
APP, OTHER_APP = "1example23456789abcdefghij", "2example23456789abcdefghij"
SIGNS_IN = " can assume this role: that of everyone who signs in to "


@pytest.mark.parametrize(
    ("issuer", "condition", "begins"),
    [
        (
            POOL,
            {"StringEquals": {f"{POOL}:aud": APP}},
            f'Every token of {POOL} with the audience "{APP}"{SIGNS_IN}that app. Restrict the',
        ),
        (
            TENANT,
            {"StringEquals": {f"{TENANT}:aud": [APP, OTHER_APP]}},
            f'Every token of {TENANT} with the audience "{APP}" or "{OTHER_APP}"'
            f"{SIGNS_IN}one of those apps. Restrict the",
        ),
        (
            TENANT,
            {"StringEquals": {f"{TENANT}:aud": "https://api.octo.example"}},
            f'Every token of {TENANT} with the audience "https://api.octo.example" can assume this'
            " role. Restrict the",
        ),
        (
            EKS,
            {"StringEquals": {AUD: "sts.amazonaws.com"}},
            f'Every token of {EKS} with the audience "sts.amazonaws.com" can assume this role.'
            " Restrict the",
        ),
        (
            POOL,
            {"StringLike": {f"{POOL}:aud": "*"}},
            f"Every token of {POOL} can assume this role. Restrict the",
        ),
        (
            POOL,
            {"StringNotEquals": {f"{POOL}:aud": APP}},
            f"Every token of {POOL} can assume this role. Restrict the",
        ),
        (POOL, None, f"Every token of {POOL} can assume this role. Restrict the"),
    ],
)
def test_the_audience_that_is_asked_for_is_told(issuer: str, condition: Any, begins: str) -> None:
    """It is no token of the issuer that is taken, but those with this audience, which may be one
    app's.

    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
    """
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    assert only(NAME, policy(provider, WEB, condition)).message.startswith(begins)


@pytest.mark.parametrize(
    ("condition", "ends"),
    [
        ({"StringEquals": {AUD: "sts.amazonaws.com"}}, "...}."),
        (
            {"StringEquals": {AUD: "sts.amazonaws.com"}, "Null": {SUB: "false"}},
            "Every such token can meet its other conditions.",
        ),
        (
            {"Null": {SUB: "false"}},
            "Every token of the issuer can meet its conditions.",
        ),
    ],
)
def test_what_else_is_asked_for_is_judged_apart_from_the_audience(
    condition: Any, ends: str
) -> None:
    """An audience is not something that every token has."""
    assert only(NAME, policy(CLUSTER, WEB, condition)).message.endswith(ends)


AT_THE_PRINCIPAL = ("Statement", 0, "Principal", "Federated", 0)


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        (None, AT_THE_PRINCIPAL),
        ({"StringEquals": {AUD: "sts.amazonaws.com"}}, AT_THE_PRINCIPAL),
        ({"Null": {SUB: "false"}}, AT_THE_PRINCIPAL),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, AT_THE_PRINCIPAL),
        ({"StringLike": {SUB: "*"}}, ("Statement", 0, "Condition", "StringLike", SUB, 0)),
        ({"StringLike": {SUB: [CART, "?*"]}}, ("Statement", 0, "Condition", "StringLike", SUB, 1)),
        ({"StringNotEquals": {SUB: CART}}, ("Statement", 0, "Condition", "StringNotEquals", SUB)),
    ],
)
def test_the_place_is_what_is_at_fault(condition: Any, path: tuple[str | int, ...]) -> None:
    """The value or the condition without which it would be shut; else the principal, for want of a
    condition.
    """
    assert only(NAME, policy(CLUSTER, WEB, condition)).path == path


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike"])
def test_who_is_kept_out_is_not_shown(operator: str) -> None:
    """The token that is shown has a subject, and another one than those that a negation names."""
    provider = {"Federated": "arn:aws:iam::111122223333:oidc-provider/idp.octo.example"}
    kept_out = "somebody-else" if operator == "StringNotEquals" else "somebody*"
    (caller,) = only(
        NAME, policy(provider, WEB, {operator: {"idp.octo.example:sub": kept_out}})
    ).callers
    subject = caller.partition(' with the subject "')[2].removesuffix('"')
    assert subject and not subject.startswith("somebody")


def test_one_bad_value_beside_a_good_one_is_taken_out() -> None:
    """The fix leaves the good one."""
    text = policy(CLUSTER, WEB, {"StringLike": {SUB: [CART, "?*"]}})
    assert statement(fixed(only(NAME, text), text))["Condition"] == {"StringLike": {SUB: [CART]}}


@pytest.mark.parametrize("operator", ["StringEqualsIfExists", "ForAllValues:StringEquals"])
def test_every_token_has_a_subject(operator: str) -> None:
    """What is true of a token without a subject lets in no more than what is not: there is no such
    token.
    """
    assert found(NAME, policy(CLUSTER, WEB, {operator: {SUB: CART}})) == []


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ("accounts.google.com", None),
        ("graph.facebook.com", None),
        ("www.amazon.com", {"StringLike": {"www.amazon.com:app_id": "*"}}),
        ("accounts.google.com", {"StringNotEquals": {"accounts.google.com:sub": "1234"}}),
    ],
)  # fmt: skip
def test_a_public_issuer_is_critical(principal: str, condition: Any) -> None:
    """Anyone in the world can get a token of a public or shared issuer."""
    assert (
        only(NAME, policy({"Federated": principal}, WEB, condition)).severity is Severity.CRITICAL
    )


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        (CLUSTER, {"StringEquals": {SUB: CART}}),
        (CLUSTER, {"StringEquals": {SUB.upper(): CART}}),
        (CLUSTER, {"StringLike": {SUB: "system:serviceaccount:shop:*"}}),
        (CLUSTER, {"ForAllValues:StringEquals": {SUB: CART}, "Null": {SUB: "false"}}),
        (CLUSTER, {"Bool": {"sts:RoleAuthorizedByIdp": "true"}}),
        (CLUSTER, {"StringEquals": {"idp.octo.example:sub": CART}}),
        (CLUSTER, {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        (
            {"Federated": "accounts.google.com"},
            {"StringEquals": {"accounts.google.com:aud": "1234"}},
        ),
        (
            {"Federated": "accounts.google.com"},
            {"StringEquals": {"accounts.google.com:sub": "1234"}},
        ),
        ({"Federated": "www.amazon.com"}, {"StringEquals": {"www.amazon.com:app_id": "amzn1.a"}}),
        (
            {"Federated": "cognito-identity.amazonaws.com"},
            {"StringEquals": {"cognito-identity.amazonaws.com:aud": "a"}},
        ),
    ],
)
def test_a_subject_an_app_or_what_no_token_has(principal: Any, condition: Any) -> None:
    """A claim of whose token it is; an app's id where one registers apps; a key that lets no token
    in at all.
    """
    assert found(NAME, policy(principal, WEB, condition)) == []


def test_what_iam_refuses_is_not_called_open() -> None:
    """A shared issuer without the claim that IAM requires is told as that alone."""
    only("shared_issuer_without_claim", policy(GITHUB_PROVIDER, WEB))


def test_each_issuer_has_its_place() -> None:
    """Of two issuers in a list the one that is not asked about is told, and a SAML provider has no
    subject here.
    """
    both = {"Federated": [CLUSTER["Federated"], "accounts.google.com"]}
    corp = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}
    text = several(grant(corp, "sts:AssumeRoleWithSAML"), grant(both, WEB))
    assert sorted(places(NAME, text)) == [
        ("Statement", 1, "Principal", "Federated", index) for index in (0, 1)
    ]


def test_one_that_another_rule_tells_hides_no_other() -> None:
    """GitHub's pattern is told by GitHub's own rule, the cluster in the next statement by this
    one.
    """
    wide = {"StringLike": {f"{GITHUB}:sub": ["repo:octo-org/app:ref:refs/heads/main", "*"]}}
    text = several(grant(GITHUB_PROVIDER, WEB, wide), grant(CLUSTER, WEB))
    assert places(NAME, text) == [("Statement", 1, "Principal", "Federated", 0)]


def test_a_deny_opens_nothing() -> None:
    """Denying every token lets nobody in."""
    assert found(NAME, policy(CLUSTER, WEB, Effect="Deny")) == []


@pytest.mark.parametrize("key", ["sts:SourceIdentity", "aws:RequestTag/team"])
def test_what_the_issuer_vouches_for_in_another_key_is_a_guard(key: str) -> None:
    """Source identity and tags are claims of the token itself; AWS's own example asks for the
    former alone.
    """
    actions = [WEB, "sts:TagSession", "sts:SetSourceIdentity"]
    assert found(NAME, policy(CLUSTER, actions, {"StringLike": {key: "octo"}})) == []
    assert found(NAME, policy(CLUSTER, actions, {"StringLike": {key: "*"}}))


@pytest.mark.parametrize(
    ("issuer", "audience", "subject"),
    [
        (
            "api.pulumi.com/oidc",
            "aws:octo-org",
            "pulumi:deploy:org:octo-org:project:web:stack:prod:operation:update:scope:write",
        ),
        (
            "oidc.vercel.com",
            "https://vercel.com/octo-org",
            "owner:octo-org:project:web:environment:production",
        ),
    ],
)
def test_an_audience_that_names_the_customer(issuer: str, audience: str, subject: str) -> None:
    """Then no stranger gets in, and everything of one's own organization does: medium."""
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    finding = only(NAME, policy(provider, WEB, {"StringEquals": {f"{issuer}:aud": audience}}))
    assert finding.severity is Severity.MEDIUM
    assert (
        f'"{issuer}:sub": ...' in finding.message and "anyone in the world" not in finding.message
    )
    both = {f"{issuer}:aud": audience, f"{issuer}:sub": subject}
    assert found(NAME, policy(provider, WEB, {"StringEquals": both})) == []


def test_githubs_own_rule_tells_a_pattern_for_every_subject() -> None:
    """Once, at the value."""
    text = policy(
        GITHUB_PROVIDER,
        WEB,
        {"StringLike": {f"{GITHUB}:sub": ["repo:octo-org/app:ref:refs/heads/main", "*"]}},
    )
    assert [finding.name for finding in loud(text)] == ["github_subject_too_wide"]
