"""Whose account an account ID is known to be. A name here says who, never that they can be trusted.

From https://github.com/fwdcloudsec/known_aws_accounts, and the accounts from which AWS itself
delivers logs.
"""

from __future__ import annotations

import re

from trust_widgets.aws._data import load, table
from trust_widgets.aws.arns import ACCOUNT_ID


@table
def _vendors() -> dict[str, str]:
    vendors = load("accounts")["vendors"].items()
    return {account: vendor for vendor, accounts in vendors for account in accounts}


def vendor_of(account: str) -> str:
    """The vendor that an account is publicly known as; `""` if we know none.

    AWS's own read `AWS (ELB logs)`.

    Public lists of accounts: https://github.com/fwdcloudsec/known_aws_accounts, and for load
    balancers
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


def vendors() -> tuple[str, ...]:
    """Each vendor's account with its name, for choosing; AWS's own accounts, which only deliver,
    are left out.

    From https://github.com/fwdcloudsec/known_aws_accounts.

    Example:
        >>> [vendor for vendor in vendors() if vendor.startswith("Datadog")]
        ['Datadog (464622532012)', 'Datadog (865078226113)']
    """
    named = (
        f"{vendor} ({account})"
        for account, vendor in _vendors().items()
        if not vendor.startswith("AWS ")
    )
    return tuple(sorted(named, key=str.lower))


def with_vendor(account: str) -> str:
    """An account as `vendors` lists it; the account alone when it is not there.

    Example:
        >>> with_vendor("464622532012"), with_vendor("111122223333")
        ('Datadog (464622532012)', '111122223333')
    """
    named = f"{vendor_of(account)} ({account})"
    if named in vendors():
        return named
    return account


def account_in(text: str) -> str:
    """The account ID in what `vendors` lists, or in an ID alone; `""` while there is none.

    Example:
        >>> account_in("Datadog (464622532012)"), account_in("464622532012"), account_in("Data")
        ('464622532012', '464622532012', '')
    """
    found = re.fullmatch(rf"(?:.* \()?({ACCOUNT_ID})\)?", text.strip(), re.DOTALL)
    if found:
        return found[1]
    return ""
