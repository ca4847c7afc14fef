"""Sentences about external access that a statement leaves undecided, and about a Deny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

from trust_widgets.aws.arns import arn_of, is_account_id, with_root
from trust_widgets.aws.oidc_issuers import is_shared
from trust_widgets.aws.operators import parse_operator
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.explain.caller_lists import with_limits
from trust_widgets.explain.folding import Fold, shortest_form
from trust_widgets.explain.places import number_of
from trust_widgets.explain.principal_words import PrincipalWords
from trust_widgets.explain.principals import rests_on_star, who_of
from trust_widgets.policy import Home, Statement, principals_of_kind
from trust_widgets.providers import facts_of_issuer, issuer_of, subject_key
from trust_widgets.text.english import MOST_LISTED, capital, listed, listed_briefly

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
External: TypeAlias = Literal["yes", "no", "vendor", "named account", "not decided"]
"""Whether external callers are among those that are allowed.

`"vendor"`: those of vendors in the settings, and no others; `"named account"`: they are if an
account, or an owner at GitHub, that the policy names is not the reader's.
"""
ACCESS: Final[dict[External, str]] = {
    "yes": "external access",
    "no": "no external access",
    "vendor": "access by a vendor",
    "named account": "external unless yours",
    "not decided": "external access: not decided",
}
SIGNS: Final[dict[External, str]] = {
    "yes": "⚠",
    "no": "✓",
    "vendor": "✓",
    "named account": "?",
    "not decided": "?",
}
_SENTENCES: Final[dict[External, str]] = {
    "yes": "This includes external access.",
    "no": "This includes no external access.",
    "vendor": "This is access by a vendor in your settings.",
    "not decided": "Whether this includes external access is not decided.",
}
BY_CONDITIONS = (
    "The conditions prevent external access only if the accounts and owners in them are yours. "
    "These accounts and owners are not in your settings."
)


def accounts_not_known(statement: Statement, home: Home) -> tuple[str, ...]:
    """The accounts of the principals that a statement names, without those in the settings.

    Args:
        statement: an Allow.
        home: the reader's settings; the role's own account is known too.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> roles = ("arn:aws:iam::444455556666:role/app", "arn:aws:iam::111122223333:role/app")
        >>> accounts_not_known(Statement(principal=Principal(aws=roles)), Home("111122223333"))
        ('444455556666',)
    """
    known = {account_of(home.role), *home.accounts, *home.vendors}
    return tuple(each for each in _accounts_of(statement) if each not in known)


def owners_not_known(statement: Statement, home: Home) -> tuple[str, ...]:
    """The GitHub owners of the subjects that a statement names, without those in the settings.

    None where the settings name no owners: then all that a policy names are thought to be own ones.

    Args:
        statement: an Allow.
        home: the reader's settings.
    """
    own = {owner.lower() for owner in home.github_owners}
    if not own:
        return ()
    found = dict.fromkeys(_owners_of(statement))
    return tuple(owner for owner in found if owner.lower() not in own)


def _owners_of(statement: Statement) -> Iterator[str]:
    for principal in principals_of_kind(statement, "Federated"):
        issuer = issuer_of(principal)
        owner_in = facts_of_issuer(issuer).owner_in
        if owner_in is None or not is_shared(issuer):
            continue
        for _, operator, value in statement.values_of(subject_key(issuer)):
            parsed = parse_operator(operator)
            if parsed is not None and parsed.type == "String" and not parsed.is_negated:
                yield from filter(None, (owner_in(str(value)),))


def vendors_named(statement: Statement, home: Home) -> tuple[str, ...]:
    """The accounts of vendors in the settings whose principals a statement names.

    Args:
        statement: an Allow.
        home: the reader's settings.
    """
    return tuple(each for each in _accounts_of(statement) if each in home.vendors)


def _accounts_of(statement: Statement) -> tuple[str, ...]:
    """The accounts of the principals that a statement names; none where it names everyone."""
    principal = statement.principal
    if principal is None or principal.star or "*" in (principal.aws or ()):
        return ()
    accounts = dict.fromkeys(account_of(with_root(value)) for value in principal.aws or ())
    return tuple(filter(None, accounts))


def access_words(
    external: External, accounts: Sequence[str] = (), owners: Sequence[str] = ()
) -> str:
    """Whether there is external access, as a sentence.

    Args:
        external: whether external callers are among those that are allowed.
        accounts: those of which it is not known whether they are the reader's.
        owners: GitHub owners of which it is not known.

    Example:
        >>> access_words("named account", ["444455556666"])
        'If account 444455556666 is not yours, this is external access.'
    """
    if external == "named account":
        kinds = (("account", accounts), ("GitHub owner", owners))
        names = [_one_of(noun, each) for noun, each in kinds if each]
        return f"If {' or '.join(names)} is not yours, this is external access."
    return _SENTENCES[external]


def access_label(external: External) -> str:
    """Whether there is external access, as a label with a sign.

    Example:
        >>> access_label("no")
        '✓ No external access'
    """
    return f"{SIGNS[external]} {capital(ACCESS[external])}"


def why_access_is_undecided(
    statement: Statement, home: Home, external: External, advice: str = ""
) -> str:
    """Why it is not decided whether a statement gives external access; `""` where it is.

    Args:
        statement: an Allow.
        home: the reader's settings.
        external: what is known of its callers.
        advice: a sentence that says where the settings are changed; it ends the answer where the
            settings decide.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> other = Statement(principal=Principal(aws="444455556666"))
        >>> why_access_is_undecided(other, Home(), "named account")[:58]
        'Account 444455556666 decides which of its principals can a'
    """
    if external in ("yes", "no"):
        return ""
    if external == "vendor":
        return _of_vendors(statement, home)
    if rests_on_star(statement):
        return NOT_DOCUMENTED
    why = _what_settings_would_decide(statement, home)
    if why:
        return f"{why} {advice}".strip()
    if statement.principal and statement.principal.federated:
        return "It depends on who can get tokens from this provider."
    if statement.conditions:
        return f"{BY_CONDITIONS} {advice}".strip()
    return "It cannot be decided from the policy alone."


def _what_settings_would_decide(statement: Statement, home: Home) -> str:
    """The accounts or owners that a statement names and that the settings do not; else `""`."""
    others = _others(statement, home)
    if len(others) == 1:
        return ONE_ACCOUNT.format(listed_briefly(others))
    if others:
        return SEVERAL_ACCOUNTS.format(listed_briefly(others))
    accounts = accounts_not_known(statement, home)
    if accounts:
        return _not_in_settings(accounts)
    owners = owners_not_known(statement, home)
    if len(owners) == 1:
        return f"GitHub owner {listed_briefly(owners)} is not in your settings."
    if owners:
        return f"GitHub owners {listed_briefly(owners)} are not in your settings."
    return ""


def _of_vendors(statement: Statement, home: Home) -> str:
    """Who decides, where a statement names the whole account of a vendor; else `""`."""
    accounts = [each for each in _others(statement, home) if each in home.vendors]
    if not accounts:
        return ""
    if len(accounts) == 1:
        owner = f"Your vendor's account {accounts[0]} decides which of its"
    else:
        owner = f"Your vendors' accounts {listed_briefly(accounts)} decide which of their"
    return f"{owner} principals can assume this role."


def _not_in_settings(accounts: Sequence[str]) -> str:
    if len(accounts) == 1:
        return f"Account {accounts[0]} is not in your settings."
    if len(accounts) > MOST_LISTED:
        return f"{len(accounts)} accounts are not in your settings."
    return f"Accounts {listed(accounts)} are not in your settings."


def _one_of(noun: str, names: Sequence[str]) -> str:
    """`"account 444455556666"`, `"one of 80 accounts"`."""
    if len(names) == 1:
        return f"{noun} {names[0]}"
    if len(names) > MOST_LISTED:
        return f"one of {len(names)} {noun}s"
    return f"one of the {noun}s {listed(names)}"


def deny_words(index: int, statement: Statement) -> str:
    """Return a Deny as one line.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> deny_words(1, Statement("Deny", Principal(star=True), ("sts:*",)))
        'Statement 2 denies everyone, whatever an Allow says.'
    """
    principal = statement.principal
    callers = who_of(statement, Home()) or [PrincipalWords("no one")]
    if principal is not None and (principal.star or principal.aws == ("*",)):
        callers = [PrincipalWords("everyone")]
    name = number_of(("Statement", index))
    forms = []
    for fold in list(Fold)[Fold.LONG :]:
        who = with_limits(statement, callers, fold)
        forms.append(f"{name} denies {who.whole}, whatever an Allow says.")
    return shortest_form(forms)


def _others(statement: Statement, home: Home) -> list[str]:
    """The accounts that a statement names as a whole, without the reader's own."""
    accounts = filter(None, map(_whole_account, principals_of_kind(statement, "AWS")))
    return [account for account in dict.fromkeys(accounts) if account not in home.accounts]


def _whole_account(value: str) -> str:
    """The account that a value of `AWS` names as a whole, or an empty string."""
    if is_account_id(value):
        return value
    arn = arn_of(value)
    if arn is None or arn.resource != "root" or not is_account_id(arn.account):
        return ""
    return arn.account
