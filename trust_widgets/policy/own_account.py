"""The role's own account and partition, where its ARN or its policy implies them."""

from __future__ import annotations

from dataclasses import replace

from trust_widgets.aws.arns import arn_of, is_account_id
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.policy.home import Home
from trust_widgets.policy.semantics import principal_ref
from trust_widgets.policy.statements import principals
from trust_widgets.policy.values import TrustPolicy


def with_own_account(home: Home, *policies: TrustPolicy) -> Home:
    """What is the reader's own, with the role's account where that is known.

    It is in the role's ARN. Without one, and if no accounts are named as the reader's, the account
    of an identity provider in a policy of the role is used: a provider in IAM is usable in its own
    account alone.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html

    Args:
        home: what is the reader's.
        policies: trust policies of one role.

    Example:
        >>> from trust_widgets.policy.values import Principal, Statement
        >>> corp = Principal(federated=("arn:aws:iam::111122223333:saml-provider/corp",))
        >>> with_own_account(Home(), TrustPolicy((Statement("Allow", corp),))).accounts
        ('111122223333',)
    """
    account = account_of_role(home) or ("" if home.accounts else _account_of_providers(policies))
    if not account or account in home.accounts:
        return home
    return replace(home, accounts=(*home.accounts, account))


def account_of_role(home: Home) -> str:
    """The account in the role's ARN; `""` if that is not known."""
    arn = arn_of(home.role)
    if arn is not None and is_account_id(arn.account):
        return arn.account
    return ""


def partition_of_role(home: Home) -> str:
    """The partition in the role's ARN; `""` if that is not known."""
    if arn_of(home.role) is not None:
        return partition_of(home.role)
    return ""


def _account_of_providers(policies: tuple[TrustPolicy, ...]) -> str:
    """The account of all providers that are named; `""` if there is none, or if they differ."""
    accounts: set[str] = set()
    for policy in policies:
        for _, _, value in principals(policy, "Federated", "Allow"):
            accounts.add(principal_ref(value).account)
    accounts.discard("")
    if len(accounts) == 1:
        return accounts.pop()
    return ""
