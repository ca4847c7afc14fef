"""Sentences about external access that a statement leaves undecided, and about a Deny."""

from __future__ import annotations

from trust_widgets.aws.arns import arn_of, is_account_id
from trust_widgets.explain.conditions import limits_of
from trust_widgets.explain.places import number_of
from trust_widgets.explain.principals import rests_on_star, who_of
from trust_widgets.policy import Home, Statement
from trust_widgets.text.english import listed

NOT_DOCUMENTED = (
    'AWS does not document whether "*" matches callers with a token or a SAML assertion.'
)
ONE_ACCOUNT = (
    "Account {} decides which of its principals can assume this role, and it is not in your "
    "settings."
)
SEVERAL_ACCOUNTS = (
    "Accounts {} decide which of their principals can assume this role, and they are not "
    "in your settings."
)
BY_CONDITIONS = (
    "The conditions prevent external access only if the accounts and owners they name are "
    "yours. They are not in your settings."
)


def why_access_is_undecided(statement: Statement, home: Home, advice: str = "") -> str:
    """Return why it is not decided whether a statement gives external access.

    Args:
        statement: an Allow.
        home: the reader's settings.
        advice: a sentence that says where the settings are changed; it ends the answer where the
            settings decide.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> other = Statement(principal=Principal(aws="444455556666"))
        >>> why_access_is_undecided(other, Home())[:58]
        'Account 444455556666 decides which of its principals can a'
    """
    if rests_on_star(statement):
        return NOT_DOCUMENTED
    principal = statement.principal
    others = _others(statement, home)
    vendors = [account for account in others if account in home.vendors]
    if others and others == vendors:
        return (
            f"Your vendor's account {listed(others)} decides which of its principals can "
            "assume this role."
        )
    if others:
        template = ONE_ACCOUNT if len(others) == 1 else SEVERAL_ACCOUNTS
        return f"{template.format(listed(others))} {advice}".strip()
    if principal and principal.federated:
        return "It depends on who can get tokens from this provider."
    if statement.conditions:
        return f"{BY_CONDITIONS} {advice}".strip()
    return "It cannot be decided from the policy alone."


def unnamed_accounts(statement: Statement, home: Home) -> list[str]:
    """Return the accounts that a statement names as a whole and that the settings do not have.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> unnamed_accounts(Statement(principal=Principal(aws="444455556666")), Home())
        ['444455556666']
    """
    return [account for account in _others(statement, home) if account not in home.vendors]


def deny_words(index: int, statement: Statement) -> str:
    """Return a Deny as one line.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> deny_words(1, Statement("Deny", Principal(star=True), ("sts:*",)))
        'Statement 2 denies everyone, whatever an Allow says.'
    """
    principal = statement.principal
    names = [words.text for words in who_of(statement, Home())] or ["no one"]
    if principal is not None and (principal.star or principal.aws == ("*",)):
        names = ["everyone"]
    limits = "".join(f" {limit}" for limit in limits_of(statement))
    return (
        f"{number_of(('Statement', index))} denies {listed(dict.fromkeys(names))}{limits}, whatever"
        " an Allow says."
    )


def _others(statement: Statement, home: Home) -> list[str]:
    """The accounts that a statement names as a whole, without the reader's own."""
    principal = statement.principal
    values = principal.aws if principal and principal.aws else ()
    accounts = filter(None, map(_whole_account, values))
    return [account for account in dict.fromkeys(accounts) if account not in home.accounts]


def _whole_account(value: str) -> str:
    """The account that a value of `AWS` names as a whole, or an empty string."""
    if is_account_id(value):
        return value
    arn = arn_of(value)
    if arn is None or arn.resource != "root" or not is_account_id(arn.account):
        return ""
    return arn.account
