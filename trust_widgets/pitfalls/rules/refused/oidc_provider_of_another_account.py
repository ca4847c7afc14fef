"""An OIDC provider in another account than the role, which has to have its own provider."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.examples import EKS, issued_by
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.policy import Home, TrustPolicy, account_of_role, example, principals
from trust_widgets.providers import issuer_of


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    own, whose = home.accounts, "which is not yours"
    role = account_of_role(home)
    if role:
        own, whose = (role,), f"and the role is in account {role}"
    if not own:
        return
    for path, _, value in principals(policy, "Federated"):
        account = account_of(value)
        if account and issuer_of(value) and account not in own:
            yield Hit(
                path,
                f"This OIDC provider is in account {account}, {whose}. A role can trust only a "
                "provider in its own account. Create the provider in the account of the role, and "
                "name it here.",
            )


def _irsa(account: str) -> str:
    principal = issued_by(EKS, account)
    claims = {f"{EKS}:aud": "sts.amazonaws.com", f"{EKS}:sub": "system:serviceaccount:shop:cart"}
    return example(principal, WITH_WEB_IDENTITY, {"StringEquals": claims})


# The tokens of a provider in another account, and what a condition requires of them, are the same.
PRECEDENCE = Precedence(callers_are_known=True)

PITFALL = Pitfall(
    code="TP123",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An OIDC provider of another account",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine=(
        "When that account is yours and is the account of the role: add it to your accounts. "
        "This check does not establish whether the provider exists in the role's account."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
    bad=(_irsa("444455556666"),),
    good=(_irsa("111122223333"),),
    home=Home(accounts=("111122223333",)),
)
