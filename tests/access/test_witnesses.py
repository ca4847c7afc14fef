"""Calls that show a difference are ones that somebody makes: their tokens read as the issuer writes
them.
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets.access import RequestEnvironment, can_let_in, clause_of, compare, is_public
from trust_widgets.access.axioms import claim_axioms, claims_of, is_told
from trust_widgets.access.caller import PrincipalClass
from trust_widgets.access.realistic_subjects import holds
from trust_widgets.access.session_modes import SESSION_MODES
from trust_widgets.providers import provider_of

GITHUB = "token.actions.githubusercontent.com"
EKS = "oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111AAAA1111AAAA1111AAAA1111"
CIRCLE = "oidc.circleci.com/org/11111111-2222-4333-8444-555555555555"
ORG = "org/11111111-2222-4333-8444-555555555555/project/"
PROVIDER = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"
MAIN = "repo:octo-org/app:ref:refs/heads/main"


def one(issuer: str, *conditions: tuple[str, str, str]) -> tw.TrustPolicy:
    """An Allow for tokens of an issuer: operator, claim and value of each condition."""
    provider = tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{issuer}")
    asked = tuple(
        tw.Condition(operator, f"{issuer}:{claim}", (value,))
        for operator, claim, value in conditions
    )
    return tw.TrustPolicy(
        (tw.Statement("Allow", provider, "sts:AssumeRoleWithWebIdentity", asked),)
    )


def sub(value: str) -> tuple[str, str, str]:
    """A condition on the subject."""
    return "StringLike", "sub", value


def token(old: tw.TrustPolicy, new: tw.TrustPolicy, issuer: str) -> dict[str, object]:
    """The claims of a token that no longer gets in."""
    witness = compare(old, new).lost.witness
    assert witness is not None
    return {key.removeprefix(f"{issuer}:"): value for key, value in witness.context.items()}


@pytest.mark.parametrize(
    ("issuer", "old", "new", "subject"),
    [
        (
            GITHUB,
            "repo:octo-org/*",
            "repo:octo-org/app:*",
            "repo:octo-org/other:ref:refs/heads/main",
        ),
        (GITHUB, "repo:octo-org/app:*", MAIN, "repo:octo-org/app:ref:refs/heads/other"),
        (
            GITHUB,
            "repo:octo-org/app:environment:*",
            "repo:octo-org/app:environment:production",
            "repo:octo-org/app:environment:other",
        ),
        (
            GITHUB,
            "repo:octo-org@123456/*",
            "repo:octo-org@123456/app@456789:*",
            "repo:octo-org@123456/other@999988887777:ref:refs/heads/main",
        ),
        (
            EKS,
            "system:serviceaccount:shop:*",
            "system:serviceaccount:shop:cart",
            "system:serviceaccount:shop:other",
        ),
        (
            EKS,
            "system:serviceaccount:*",
            "system:serviceaccount:shop:*",
            "system:serviceaccount:other:cart",
        ),
        (
            "gitlab.com",
            "project_path:octo-org/*",
            "project_path:octo-org/app:*",
            "project_path:octo-org/other:ref_type:branch:ref:main",
        ),
        (
            "app.terraform.io",
            "organization:octo-org:project:shop:workspace:web:run_phase:*",
            "organization:octo-org:project:shop:workspace:web:run_phase:apply",
            "organization:octo-org:project:shop:workspace:web:run_phase:plan",
        ),
    ],
)
def test_a_subject_as_its_issuer_writes_it(issuer: str, old: str, new: str, subject: str) -> None:
    """With one part other than in the policy; the forms are in each issuer's page, as its provider
    says.
    """
    assert token(one(issuer, sub(old)), one(issuer, sub(new)), issuer)["sub"] == subject


@pytest.mark.parametrize(
    ("issuer", "old", "new"),
    [
        (GITHUB, "*", "repo:octo-org/*"),
        (GITHUB, "repo:octo-org/*:ref:refs/heads/*", "repo:octo-org/*:ref:refs/heads/release/*"),
        (CIRCLE, f"{ORG}*", f"{ORG}22222222-3333-4444-8555-666666666666/*"),
        ("gitlab.com", "project_path:*/app:ref_type:*:ref:*", "project_path:octo-org/app:*"),
        ("app.terraform.io", "organization:octo-org:*", "organization:octo-org:project:shop:*"),
    ],
)
def test_a_subject_is_one_that_the_issuer_can_send(issuer: str, old: str, new: str) -> None:
    """Its parts are read back."""
    found, provider = (
        token(one(issuer, sub(old)), one(issuer, sub(new)), issuer)["sub"],
        provider_of(issuer),
    )
    assert provider is not None and provider.answers is not None
    assert provider.answers(str(found)) is not None


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (
            one(GITHUB, sub("repo:octo-org/app:*"), ("StringLike", "ref", "refs/heads/*")),
            one(GITHUB, sub("repo:octo-org/app:*"), ("StringLike", "ref", "refs/heads/main")),
            {"sub": "repo:octo-org/app:ref:refs/heads/other", "ref": "refs/heads/other"},
        ),
        (
            one(GITHUB, sub("repo:octo-org/*"), ("StringEquals", "repository", "octo-org/web")),
            one(GITHUB, sub("repo:octo-org/app:*"), ("StringEquals", "repository", "octo-org/web")),
            {"sub": "repo:octo-org/web:ref:refs/heads/main", "repository": "octo-org/web"},
        ),
        (
            one(GITHUB, sub("repo:octo-org/app:*"), ("StringEquals", "environment", "prod")),
            one(GITHUB, sub("repo:octo-org/web:*"), ("StringEquals", "environment", "prod")),
            {"sub": "repo:octo-org/app:environment:prod", "environment": "prod"},
        ),
    ],
)
def test_the_claims_of_a_token_agree(
    old: tw.TrustPolicy, new: tw.TrustPolicy, wanted: dict[str, str]
) -> None:
    """https://docs.github.com/en/actions/reference/security/oidc"""
    found = token(old, new, GITHUB)
    assert {claim: found.get(claim) for claim in wanted} == wanted


def test_a_strangers_claims_are_those_of_their_subject() -> None:
    """The repository is theirs too."""
    witness = is_public(
        one(GITHUB, sub("repo:octo*"), ("StringLike", "repository", "octo*"))
    ).witness
    assert witness is not None
    subject = str(witness.context[f"{GITHUB}:sub"])
    assert (
        witness.context[f"{GITHUB}:repository"]
        == claims_of(GITHUB, subject)[f"{GITHUB}:repository"]
    )


@pytest.mark.parametrize(
    ("subject", "claim", "value"),
    [
        (MAIN, "ref", "refs/heads/release"),
        (MAIN, "ref", "refs/tags/*"),
        ("repo:octo-org@123456/app@456789:pull_request", "repository", "octo-org/web"),
        ("repo:octo-org@123456/*", "repository", "octo-evil/*"),
        ("repo:octo-org/app:environment:prod", "environment", "staging"),
        ("repo:octo-org/app:*", "repository", "octo-org/web"),
        ("repo:octo-org/app:pull_request", "repository", "octo-evil/*"),
    ],
)
def test_a_subject_and_a_claim_that_no_token_has_together(
    subject: str, claim: str, value: str
) -> None:
    """GitHub fills both from the same run.

    https://docs.github.com/en/actions/reference/security/oidc
    """
    answer = can_let_in(one(GITHUB, sub(subject), ("StringLike", claim, value)), 0)
    assert answer.found is False
    assert [(b.code, b.path[-1]) for b in answer.blockers] == [("disagreement", f"{GITHUB}:sub")]
    assert answer.blockers[0].others == (
        ("Statement", 0, "Condition", "StringLike", f"{GITHUB}:{claim}"),
    )


@pytest.mark.parametrize(
    ("subject", "claim", "value"),
    [
        (MAIN, "ref", "refs/heads/m*"),
        # A job in an environment, and one for a pull request, run on some ref that the subject does
        # not tell.
        ("repo:octo-org/app:environment:prod", "ref", "refs/heads/main"),
        ("repo:octo-org/app:pull_request", "ref", "refs/pull/*"),
        # A customized subject may leave the environment out.
        (MAIN, "environment", "prod"),
        ("repo:octo-org/app:environment:prod%3Aeu", "environment", "prod:eu"),
        ("repo:octo-org@123456/app@456789:*", "repository", "octo-org/app"),
        ("repo:octo-org@123456/app@456789:*", "repository", "octo-org/*"),
        ("repo:octo-org/app:environment:prod:workflow:deploy", "environment", "prod"),
        ("repo:octo-org/app:workflow:environment:event_name:push", "environment", "prod"),
    ],
)
def test_a_subject_and_a_claim_that_a_token_has_together(
    subject: str, claim: str, value: str
) -> None:
    """https://docs.github.com/en/actions/reference/security/oidc"""
    assert can_let_in(one(GITHUB, sub(subject), ("StringLike", claim, value)), 0).found is True


RUNS = [
    ("ref:refs/heads/main", {"ref": "refs/heads/main"}),
    ("ref:refs/heads/a/environment@1/b", {"ref": "refs/heads/a/environment@1/b"}),
    ("ref:refs/tags/v1", {"ref": "refs/tags/v1"}),
    ("pull_request", {"ref": "refs/pull/12/merge"}),
    ("environment:prod", {"ref": "refs/heads/main", "environment": "prod"}),
    ("environment:prod%3Aeu", {"ref": "refs/tags/v1", "environment": "prod:eu"}),
    ("environment:app@1/web@2", {"ref": "refs/heads/main", "environment": "app@1/web@2"}),
    # customised,
    # https://docs.github.com/en/actions/reference/security/oidc#customizing-the-token-claims
    ("ref:refs/heads/main:environment:prod", {"ref": "refs/heads/main", "environment": "prod"}),
    ("environment:prod:ref:refs/heads/main", {"ref": "refs/heads/main", "environment": "prod"}),
    ("workflow:environment:ref:refs/heads/main", {"ref": "refs/heads/main"}),
    ("environment:a/web@2:workflow:x", {"ref": "refs/heads/main", "environment": "a/web@2"}),
    ("event_name:push", {"ref": "refs/heads/main", "environment": "prod"}),
]
WHERE = [
    ("octo-org/app", "octo-org/app"),
    ("octo-org/app", "octo-org@1/app@2"),
    ("octo-org/web", "octo-org@1/web@3"),
]
ASKED = {
    "repository": (
        "octo-org/app",
        "octo-org/*",
        "octo*",
        "octo-org/w*",
        "octo-org/web",
        "octo-evil/*",
        "*",
    ),
    "ref": (
        "refs/heads/main",
        "refs/heads/*",
        "refs/heads/m*",
        "refs/tags/*",
        "refs/tags/v",
        "refs/pull/*",
        "*",
    ),
    "environment": ("prod", "prod:eu", "prod*", "p*", "app@1/web@2", "ref", "*"),
}


@pytest.mark.parametrize(("run", "more"), RUNS)
@pytest.mark.parametrize(("repository", "written"), WHERE)
def test_every_token_agrees_with_itself(
    repository: str, written: str, run: str, more: dict[str, str]
) -> None:
    """What is taken to hold between a subject and its claims holds for each token that GitHub may
    send.
    """
    claims = {"sub": f"repo:{written}:{run}", "repository": repository, **more}
    keys = {f"{GITHUB}:{claim}": value for claim, value in claims.items()}
    case = RequestEnvironment(
        PrincipalClass("oidc", "", PROVIDER, issuer=GITHUB),
        SESSION_MODES[0],
        "arn:aws:iam::111122223333:role/app",
    )
    for claim, values in ASKED.items():
        for value in values:
            case.read(clause_of("StringLike", f"{GITHUB}:{claim}", value))
    told = list(claim_axioms(GITHUB, case.atoms, case.read))
    assert len(told) == sum(map(len, ASKED.values()))
    assert all(holds(case, formula, keys) for formula in told)


def test_other_issuers_claims_are_left_alone() -> None:
    """What their subjects tell was not looked up."""
    assert is_told(GITHUB, "ref") and not is_told("gitlab.com", "ref")
    assert claims_of("gitlab.com", "project_path:octo-org/app:ref_type:branch:ref:main") == {}
