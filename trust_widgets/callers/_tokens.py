"""What calls with an OIDC token have in common, whoever issued it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from trust_widgets.aws.oidc_issuers import claims_of
from trust_widgets.callers._filling import Filling, home_of
from trust_widgets.callers._guessing import allows, wanted, wanted_all
from trust_widgets.evaluation import Request
from trust_widgets.evaluation.context import Value
from trust_widgets.evaluation.identity import BUILT_IN
from trust_widgets.policy import Statement, TrustPolicy
from trust_widgets.providers import Provider, issuer_of
from trust_widgets.questions import Answer

ACTION = "sts:AssumeRoleWithWebIdentity"
Claims = Mapping[str, "Value | None"]
"""Claims by name: with `None` the token has it and nobody told us its value; one that is not there it lacks."""


def filling_of(
    role: str, issuer: str, subject: str, audience: str, claims: Claims, session_name: str = "", source_ip: str = ""
) -> Filling:
    """The keys of a call with a token.

    Args:
        role: the role's ARN.
        issuer: of the token, without `https://`.
        subject, audience: of the token; empty while nobody told us.
        claims: what else the token says; those of which AWS makes no key for this issuer are left out.
        session_name, source_ip: of the call.
    """
    filling = Filling(ACTION, role)
    filling.told(f"{issuer}:sub", subject)
    filling.told(f"{issuer}:aud", audience)
    # AWS takes `aud` from the claim azp where there is one; `oaud` is the token's own.
    every: dict[str, Value | None] = {"oaud": audience or None, **claims}
    for claim in (*exposed(issuer), "oaud", "email"):
        if claim in every:
            filling.told(f"{issuer}:{claim}", every[claim])
    filling.session(session_name, "")
    filling.came_from(source_ip)
    # It is there when the token lists roles that it may be used for.
    filling.leave_open("sts:RoleAuthorizedByIdp")
    # Of these AWS does not say whether a call that is not signed has them.
    filling.leave_open("aws:PrincipalAccount", "aws:PrincipalType", "aws:userid", "aws:FederatedProvider")
    return filling


def exposed(issuer: str) -> tuple[str, ...]:
    """The claims that AWS makes keys of, besides subject and audience.

    Example:
        >>> exposed("idp.octo.example"), "project_id" in exposed("gitlab.com")
        (('amr',), True)
    """
    names = (key[len(issuer) + 1 :] for key in claims_of(issuer))
    return tuple(name for name in names if name not in ("sub", "aud"))


def principal_of(role: str, issuer: str) -> str:
    """The identity provider that the call names: an issuer that AWS has built in, or one in the role's account.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
    """
    if issuer in BUILT_IN:
        return issuer
    home = home_of(role)
    return f"arn:{home.partition}:iam::{home.account}:oidc-provider/{issuer}"


def request(
    role: str, issuer: str, subject: str, audience: str, claims: Claims, session_name: str = "", source_ip: str = ""
) -> Request:
    """The call; see `filling_of`."""
    filling = filling_of(role, issuer, subject, audience, claims, session_name, source_ip)
    return filling.request(principal_of(role, issuer))


def asked(policy: TrustPolicy, owns: Callable[[str], bool]) -> Iterator[tuple[Statement, str]]:
    """Each Allow for tokens of an issuer, with the issuer."""
    for statement, written in allows(policy, ACTION, "Federated"):
        issuer = issuer_of(written)
        if issuer and owns(issuer):
            yield statement, issuer


def subjects(provider: Provider, statement: Statement, issuer: str) -> Iterator[str]:
    """Subjects of the provider that a statement admits; where it asks none, any subject does."""
    patterns = [str(value) for _, operator, value in statement.values_of(f"{issuer}:sub") if "Not" not in operator]
    if provider.subjects_for:
        for pattern in patterns or ["*"]:
            yield from provider.subjects_for(pattern, strangers=False)


def subject_wanted(provider: Provider, statement: Statement, issuer: str) -> str:
    """A subject that a statement asks for and the provider reads, though it makes none up from answers."""
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


def audience_of(statement: Statement, issuer: str) -> str:
    """The audience that a statement asks for; `""` when it asks for none."""
    return wanted(statement, f"{issuer}:aud")


def claims_wanted(statement: Statement, issuer: str, names: Mapping[str, str]) -> dict[str, Answer]:
    """What a statement asks of claims, by the question that each answers: `{"repository_id": "repository_id"}`."""
    found = {name: next(wanted_all(statement, f"{issuer}:{claim}"), "") for name, claim in names.items()}
    return {name: value for name, value in found.items() if value}
