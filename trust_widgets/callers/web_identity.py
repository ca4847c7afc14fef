"""What calls with an OIDC token have in common, no matter who issued it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from trust_widgets.aws.oidc_issuers import BUILT_IN, claims_of
from trust_widgets.callers.from_policy import allows, wanted_all
from trust_widgets.callers.request_context import ContextBuilder, home_of
from trust_widgets.evaluation import Request, Value
from trust_widgets.forms import Answer
from trust_widgets.policy import Statement, TrustPolicy
from trust_widgets.providers import Provider, issuer_of

ACTION = "sts:AssumeRoleWithWebIdentity"
Claims = Mapping[str, "Value | None"]
"""Claims by name: `None` where the value is unknown; what is not here is not in the token."""


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """A token, as far as AWS reads it.

    Args:
        issuer: without `https://`.
        subject, audience: empty while unknown.
        claims: what else it says; those of which AWS makes no key for this issuer are left out.
        tags, transitive, source_identity: what it passes to the session.
    """

    issuer: str
    subject: str
    audience: str
    claims: Claims = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    transitive: tuple[str, ...] = ()
    source_identity: str = ""


def filling_of(
    role: str, token: TokenClaims, session_name: str = "", source_ip: str = ""
) -> ContextBuilder:
    """The keys of a call with a token.

    Args:
        role: the role's ARN.
        token: what the caller brings.
        session_name, source_ip: of the call.
    """
    filling = ContextBuilder(ACTION, role)
    issuer = token.issuer
    filling.told(f"{issuer}:sub", token.subject)
    filling.told(f"{issuer}:aud", token.audience)
    # AWS takes `aud` from the claim azp where there is one; `oaud` is the token's own.
    every: dict[str, Value | None] = {"oaud": token.audience or None, **token.claims}
    for claim in (*exposed(issuer), "oaud", "email"):
        if claim in every:
            filling.told(f"{issuer}:{claim}", every[claim])
    filling.session(session_name, token.source_identity, token.tags, token.transitive)
    filling.came_from(source_ip)
    leave_open(filling)
    return filling


def leave_open(filling: ContextBuilder) -> None:
    """Keys that only the token or AWS itself provides."""
    # It is there when the token lists roles that it may be used for.
    filling.leave_open("sts:RoleAuthorizedByIdp")
    # Of these AWS does not say whether a call that is not signed has them.
    filling.leave_open(
        "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid", "aws:FederatedProvider"
    )


def exposed(issuer: str) -> tuple[str, ...]:
    """The claims that AWS makes keys of, besides subject and audience.

    Example:
        >>> exposed("idp.octo.example"), "project_id" in exposed("gitlab.com")
        (('amr',), True)
    """
    names = (key[len(issuer) + 1 :] for key in claims_of(issuer))
    return tuple(name for name in names if name not in ("sub", "aud"))


def principal_of(role: str, issuer: str) -> str:
    """The identity provider that the call names: an issuer that AWS has built in, or one in the
    role's account.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
    """
    if issuer in BUILT_IN:
        return issuer
    home = home_of(role)
    return f"arn:{home.partition}:iam::{home.account}:oidc-provider/{issuer}"


def request(role: str, token: TokenClaims, session_name: str = "", source_ip: str = "") -> Request:
    """The call; see `filling_of`."""
    return filling_of(role, token, session_name, source_ip).request(
        principal_of(role, token.issuer)
    )


def asked(policy: TrustPolicy, owns: Callable[[str], bool]) -> Iterator[tuple[Statement, str]]:
    """Each Allow for tokens of an issuer, with the issuer."""
    for statement, written in allows(policy, ACTION, "Federated"):
        issuer = issuer_of(written)
        if issuer and owns(issuer):
            yield statement, issuer


def subjects(provider: Provider, statement: Statement, issuer: str) -> Iterator[str]:
    """Subjects of the provider that a statement admits; where it requires none, any subject."""
    patterns = [
        str(value)
        for _, operator, value in statement.values_of(f"{issuer}:sub")
        if "Not" not in operator
    ]
    if provider.subjects_for:
        for pattern in patterns or ["*"]:
            yield from provider.subjects_for(pattern, strangers=False)


def subject_wanted(provider: Provider, statement: Statement, issuer: str) -> str:
    """A subject that a statement requires and the provider reads, though it makes none up from
    answers.
    """
    found = wanted_all(statement, f"{issuer}:sub")
    return next((subject for subject in found if provider.read(subject) is not None), "")


def start(provider: Provider, policy: TrustPolicy) -> tuple[Statement, str, dict[str, str]] | None:
    """A statement for a provider's tokens, the issuer, and answers for a subject that it admits."""
    for statement, issuer in asked(policy, provider.owns):
        for subject in subjects(provider, statement, issuer):
            answers = provider.answers(subject) if provider.answers else None
            if answers is not None:
                return statement, issuer, answers
    return None


def guess(
    provider: Provider,
    policy: TrustPolicy,
    of_issuer: Callable[[str], dict[str, str]] = lambda issuer: {},
    claims: Mapping[str, str] | None = None,
) -> dict[str, Answer] | None:
    """Answers with which a provider's token would most likely be allowed.

    Args:
        provider: whose tokens.
        policy: with the conditions that they must meet.
        of_issuer: the answers that an issuer was made from.
        claims: of each question for a claim, the claim.
    """
    found = start(provider, policy)
    if found is None:
        return None
    statement, issuer, answers = found
    return {
        **answers,
        **of_issuer(issuer),
        **claims_wanted(statement, issuer, {"audience": "aud", **(claims or {})}),
    }


def claims_wanted(statement: Statement, issuer: str, names: Mapping[str, str]) -> dict[str, Answer]:
    """What a statement requires of claims, by the question that each answers: `{"repository_id":
    "repository_id"}`.
    """
    found = {
        name: next(wanted_all(statement, f"{issuer}:{claim}"), "") for name, claim in names.items()
    }
    return {name: value for name, value in found.items() if value}
