"""Calls as they really come: with the tags that a service always sends, and with subjects that
tokens have.
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.changed_policies import GITHUB, PROVIDER, ROLE, WEB
from trust_widgets.access import can_let_in, compare

PODS, ANYWHERE = "pods.eks.amazonaws.com", "rolesanywhere.amazonaws.com"
TAG, IDENTITY = "sts:TagSession", "sts:SetSourceIdentity"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"


def services(
    names: str | tuple[str, ...], *actions: str, **conditions: tuple[str, str]
) -> tw.TrustPolicy:
    """A policy for some services; conditions as `{operator: (key, value)}`."""
    found = tuple(
        tw.Condition(operator, key, (value,)) for operator, (key, value) in conditions.items()
    )
    return tw.TrustPolicy((tw.Statement("Allow", tw.Principal(service=names), actions, found),))


def tokens(issuer: str, *subjects: str, operator: str = "StringEquals") -> tw.TrustPolicy:
    """A policy for tokens with some subjects."""
    provider = f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    condition = tw.Condition(operator, f"{issuer}:sub", subjects)
    return tw.TrustPolicy(
        (tw.Statement("Allow", tw.Principal(federated=provider), WEB, (condition,)),)
    )


@pytest.mark.parametrize(
    ("policy", "missing"),
    [
        (services(PODS, ROLE), TAG),
        (services(ANYWHERE, ROLE), TAG),
        (services(ANYWHERE, ROLE, TAG), IDENTITY),
        (services(ANYWHERE, ROLE, IDENTITY), TAG),
    ],
)
def test_a_service_whose_calls_need_more_actions_does_not_get_in_without_them(
    policy: tw.TrustPolicy, missing: str
) -> None:
    """https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html"""
    assert tw.who_gets_in(policy) == ()
    answer = can_let_in(policy, 0)
    assert (answer.found, answer.path) == (False, ("Statement", 0, "Action"))
    assert f"also needs {missing}" in answer.because


def test_the_call_of_a_pod_carries_its_six_tags() -> None:
    """https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html"""
    (found,) = tw.who_gets_in(
        services(PODS, ROLE, TAG, StringEquals=("aws:RequestTag/kubernetes-namespace", "shop"))
    )
    assert found.witness is not None
    tags = {
        key.partition("/")[2]: v
        for key, v in found.witness.context.items()
        if key.startswith("aws:RequestTag/")
    }
    names = ("eks-cluster-arn", "eks-cluster-name", "kubernetes-namespace",
             "kubernetes-service-account",
             "kubernetes-pod-name", "kubernetes-pod-uid")  # fmt: skip
    assert set(tags) == set(found.witness.context["aws:TagKeys"]) == set(names)
    assert tags["kubernetes-namespace"] == "shop"


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"StringEquals": ("aws:RequestTag/Team", "blue")}, False),
        ({"ForAllValues:StringEquals": ("aws:TagKeys", "kubernetes-namespace")}, False),
        ({"ForAllValues:StringLike": ("aws:TagKeys", "*-*")}, True),
        ({"ForAnyValue:StringEquals": ("sts:TransitiveTagKeys", "kubernetes-namespace")}, True),
        ({"Null": ("aws:RequestTag/eks-cluster-arn", "true")}, False),
    ],
)
def test_a_pod_has_these_tags_and_no_others(
    conditions: dict[str, tuple[str, str]], found: bool
) -> None:
    """All six are there, and all are transitive."""
    assert can_let_in(services(PODS, ROLE, TAG, **conditions), 0).found is found


def test_the_action_may_stand_in_a_statement_of_its_own() -> None:
    """It has to be allowed, wherever."""
    policy = tw.TrustPolicy((*services(PODS, ROLE).statements, *services(PODS, TAG).statements))
    assert [found.who for found in tw.who_gets_in(policy)] == ["the AWS service EKS Pod Identity"]


def test_a_service_beside_it_gets_in() -> None:
    """And is named alone, as the other does not."""
    assert [found.who for found in tw.who_gets_in(services((PODS, "ec2.amazonaws.com"), ROLE))] == [
        "the AWS service EC2"
    ]


@pytest.mark.parametrize(
    "policy",
    [
        tokens(GITHUB, "repo:octo-org/app:ref:main"),
        tokens(GITHUB, "octo-org/app:*", operator="StringLike"),
        tokens(EKS, "system:serviceaccounts:shop:cart"),
        tokens("app.terraform.io", "organization:octo-org:workspace:prod:run_phase:apply"),
        tokens("oidc.vercel.com/octo-org", "owner:octo-evil:project:web:environment:production"),
    ],
)
def test_no_token_with_a_subject_that_none_has(policy: tw.TrustPolicy) -> None:
    """By the issuer's own page; so that nobody gets in, nothing is gained, and the reason is the
    condition.
    """
    assert tw.who_gets_in(policy) == ()
    assert can_let_in(policy, 0).path == ("Statement", 0, *policy.statements[0].conditions[0].path)
    assert compare(tw.TrustPolicy(()), policy).gained.found is False


def test_of_several_subjects_those_that_tokens_have_are_named() -> None:
    """The call has one of them."""
    (found,) = tw.who_gets_in(
        tokens(GITHUB, "repo:octo-org/app:ref:main", "repo:octo-org/app:pull_request")
    )
    assert found.who == "GitHub Actions runs for pull requests of octo-org/app"
    assert found.witness is not None
    assert found.witness.context[f"{GITHUB}:sub"] == "repo:octo-org/app:pull_request"


@pytest.mark.parametrize(
    "policy",
    [tokens("idp.octo.example", "deployer"), tokens("agent.buildkite.com", "0191f956-042f")],
)
def test_where_the_subjects_are_not_known_any_may_be(policy: tw.TrustPolicy) -> None:
    """Of an issuer that nobody knows, and of one whose customers shape their subjects."""
    assert len(tw.who_gets_in(policy)) == 1
    assert can_let_in(policy, 0).found is True


def test_a_denied_subject_that_no_token_has_denies_nobody() -> None:
    """Another Deny takes somebody away."""
    allow = tokens(GITHUB, "repo:octo-org/app:*", operator="StringLike")

    def denying(subject: str) -> tw.TrustPolicy:
        deny = tw.Statement(
            "Deny",
            tw.Principal(federated=PROVIDER),
            WEB,
            tokens(GITHUB, subject).statements[0].conditions,
        )
        return tw.TrustPolicy((*allow.statements, deny))

    assert compare(allow, denying("repo:octo-org/app:ref:main")).lost.found is False
    assert compare(allow, denying("repo:octo-org/app:pull_request")).lost.found is True


def test_a_subject_that_nobody_would_guess_is_one_of_the_issuers() -> None:
    """What differs from each name that is refused still reads as a subject."""
    names = ("repo:octo-*", "repo:octoother*", "repo:octox*", "repo:octo9*", "repo:octo")
    less, more = (
        tokens(GITHUB, *values, operator="StringLike") for values in (names, ("repo:octo*",))
    )
    witness = compare(less, more).gained.witness
    assert witness is not None
    owner, _, rest = str(witness.context[f"{GITHUB}:sub"]).removeprefix("repo:").partition("/")
    assert owner.startswith("octo")
    assert ":" in rest
