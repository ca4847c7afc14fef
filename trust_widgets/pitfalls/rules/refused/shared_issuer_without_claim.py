"""An issuer that many customers share, without the claim that IAM requires to distinguish them."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import oidc_issuers
from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import (
    COGNITO,
    GITHUB,
    issued_by,
    token_example,
)
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.pitfalls.required_claims import is_counted, lacks_control
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import Condition, Home, Statement, TrustPolicy, example, principals
from trust_widgets.providers import facts_of_issuer, issuer_of


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Federated", "Allow"):
        issuer = issuer_of(value)
        if not lacks_control(statement, issuer):
            continue
        keys = oidc_issuers.control_keys(issuer)
        weak = _weak_condition(statement, keys)
        names = " or ".join(f'"{key}"' for key in keys)
        if weak is None:
            yield Hit(path, _message(issuer, f"a condition on {names}"))
        else:
            place = (*path[:2], *weak.path)
            yield Hit(place, _message(issuer, f"a value that is more than a wildcard for {names}"))


def _weak_condition(statement: Statement, keys: tuple[str, ...]) -> Condition | None:
    """The first condition on one of the keys; IAM counts none of them, since wildcards are all."""
    for key in keys:
        for condition in statement.conditions:
            if is_counted(condition, key):
                return condition
    return None


def _message(issuer: str, wanted: str) -> str:
    since = (
        "A role that was saved before AWS had this rule still works until you change its policy."
    )
    if facts_of_issuer(issuer).required_at_call:
        since = "According to AWS, AWS STS also denies requests to assume a role without it."
    return (
        f"Many customers share the issuer {issuer}. When you save the policy, IAM therefore "
        f"requires {wanted}, with StringEquals or StringLike. {since}"
    )


_GITHUB = issued_by(GITHUB)

PITFALL = Pitfall(
    code="TP121",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A shared issuer without the claim that AWS requires",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine=(
        "A role that already has this policy keeps it: IAM rejects the policy only when it is "
        "saved. For HCP Terraform, AWS STS also denies the requests."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
    bad=(
        example(
            _GITHUB, WITH_WEB_IDENTITY, {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}
        ),
        example(_GITHUB, WITH_WEB_IDENTITY, {"StringLike": {f"{GITHUB}:sub": "*"}}),
        example(
            _GITHUB,
            WITH_WEB_IDENTITY,
            {"StringNotEquals": {f"{GITHUB}:sub": "repo:octo-org/app:pull_request"}},
        ),
        example(
            {"Federated": COGNITO},
            WITH_WEB_IDENTITY,
            {"ForAnyValue:StringLike": {f"{COGNITO}:amr": "authenticated"}},
        ),
    ),
    good=(
        example(
            _GITHUB,
            WITH_WEB_IDENTITY,
            {
                "StringEquals": {
                    f"{GITHUB}:aud": "sts.amazonaws.com",
                    f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main",
                }
            },
        ),
        token_example("idp.octo.example", {"StringEquals": {"sub": "deployer"}}),
    ),
)
