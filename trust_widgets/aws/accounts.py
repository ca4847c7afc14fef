"""Whose account an account id is known to be. A name here says who, never that they can be trusted.

From https://github.com/fwdcloudsec/known_aws_accounts, and the accounts from which AWS itself delivers logs.
"""

from __future__ import annotations

from functools import cache

from trust_widgets.aws._data import load


@cache
def _vendors() -> dict[str, str]:
    vendors = load("accounts")["vendors"].items()
    return {account: vendor for vendor, accounts in vendors for account in accounts}


def vendor_of(account: str) -> str:
    """The vendor that an account is publicly known as; `""` if we know none. AWS's own read `AWS (ELB logs)`.

    Public lists of accounts: https://github.com/fwdcloudsec/known_aws_accounts, and for load balancers
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html

    Example:
        >>> vendor_of("464622532012"), vendor_of("127311923021"), vendor_of("111122223333")
        ('Datadog', 'AWS (ELB logs)', '')
    """
    return _vendors().get(account, "")


def accounts_of(vendor: str) -> tuple[str, ...]:
    """The accounts a vendor is known by, as `vendor_of` names it; case does not count.

    From https://github.com/fwdcloudsec/known_aws_accounts.

    Example:
        >>> accounts_of("datadog")
        ('464622532012', '865078226113')
    """
    wanted = vendor.lower()
    return tuple(account for account, name in _vendors().items() if name.lower() == wanted)
