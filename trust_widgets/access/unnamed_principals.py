"""The principal classes of callers whom no policy names: others of an account, or of a kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from trust_widgets.access.caller import (
    PATH,
    PrincipalClass,
    principal_from_arn,
)
from trust_widgets.access.domains import Domain
from trust_widgets.access.named_arns import NamedArns
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.evaluation import CompiledPrincipal
from trust_widgets.policy import principal_ref
from trust_widgets.text.tokens import Glob, tokens_of_form, tokens_of_text

SAMPLE_ACCOUNTS = (
    "999988887777",
    "444455556666",
    "111122223333",
    *(f"{n:012d}" for n in range(900000000001, 900000000100)),
)
"""Accounts of callers whom nobody names, as answers show them."""


_OTHERS = tuple(f"other-{n}" for n in range(1, 100))
_OWN = r"[A-Za-z0-9_+=,.@-][A-Za-z0-9_+=,.@-]*"  # the name of a user or role


def classes_of_others(
    named: Iterable[CompiledPrincipal],
    partition: str,
    sorts: tuple[str, ...],
    own: str,
    issuers: Iterable[str],
) -> Iterator[PrincipalClass]:
    """Yield classes of someone in each named account, in an account that is not named, and of
    callers of other kinds.

    Args:
        named: the principals that policies name. partition: of those who do not say theirs.
        sorts: `session`, `user`, and `user/` for users with a path.
        own: an account that is analyzed although no policy names it.
        issuers: of tokens whose claims conditions require.
    """
    people = [each.who for each in named if each.who is not None]
    accounts = dict.fromkeys((who.account, who.partition or partition) for who in people)
    if own:
        accounts.setdefault((own, partition))
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for who in people:
        if who.sort in _RESOURCES:
            names[who.account, _RESOURCES[who.sort]].append(who.name)
    for account, where in accounts:
        for sort in sorts:
            yield _open(sort, where, account, names[account, _resource_of(sort)])
    if any(each.text == "*" for each in named):
        for sort in sorts:
            yield _open(sort, partition, "", [account for account, _ in accounts])
        yield from _of_other_kinds(partition, issuers)


_RESOURCES = {"role": "role", "session": "role", "user": "user"}


def _of_other_kinds(partition: str, issuers: Iterable[str]) -> Iterator[PrincipalClass]:
    """A service and holders of a token or an assertion, whom only "*" covers.

    Args:
        partition: of the providers.
        issuers: those that conditions require; their tokens have claims of their own.
    """
    fixed = {
        "aws:principalisawsservice": "true",
        "aws:principalservicename": "other.amazonaws.com",
    }
    yield PrincipalClass("service", "", "other.amazonaws.com", fixed, unnamed=True)
    account = f"arn:{partition}:iam::{SAMPLE_ACCOUNTS[0]}"
    for issuer in dict.fromkeys((*issuers, "other.example")):
        text = issuer if issuer in BUILT_IN else f"{account}:oidc-provider/{issuer}"
        if principal_ref(text).kind == "oidc":
            yield PrincipalClass("oidc", "", text, issuer=issuer, unnamed=True)
    yield PrincipalClass("saml", "", f"{account}:saml-provider/other", unnamed=True)


def _resource_of(sort: str) -> str:
    """What is in the ARN of a role or a user: `user/` is a user with a path."""
    if sort == "session":
        return "role"
    return "user"


def _paths_of(sort: str) -> tuple[tuple[str, ...], str]:
    """Return the forms of the path in the ARNs of a sort, and the path that examples have."""
    if sort == "session":
        return ("", f"{PATH}/"), ""
    if sort == "user":
        return ("",), ""
    return (f"{PATH}/",), "team/"


def _open(sort: str, partition: str, account: str, named: Iterable[str]) -> PrincipalClass:
    """A role's session or a user, other than those that are named.

    Args:
        sort: `session`, `user` or `user/`, one with a path.
        partition, account: where they are; without an account, in one that is not named.
        named: the names in this account, without an account the accounts that are named.
    """
    resource = _resource_of(sort)
    paths, shown_path = _paths_of(sort)
    place = f"arn:{partition}:iam::"
    fixed = {
        "aws:principaltype": "AssumedRole" if sort == "session" else "User",
        "aws:principalisawsservice": "false",
    }
    if account:
        fixed = {"aws:principalaccount": account, **fixed}
        shown: tuple[str, ...] = (account,)
        but = NamedArns(f"{place}{account}:{resource}/", names=named)
    else:
        shown = SAMPLE_ACCOUNTS
        but = NamedArns(place, accounts=named)
    before = (f"{place}{each}:{resource}/{shown_path}" for each in shown)
    likely = (f"{arn}{name}" for arn in before for name in ("other", *_OTHERS))
    examples = tuple(islice((arn for arn in likely if not but.has(arn)), 4))
    arns = Domain(forms=_forms_of(place, account, resource, paths), examples=examples)
    return PrincipalClass(
        "aws",
        sort.rstrip("/"),
        principal_from_arn(examples[0]),
        fixed,
        arns,
        but,
        with_path="/" in sort,
    )


def _forms_of(place: str, account: str, resource: str, paths: Iterable[str]) -> tuple[Glob, ...]:
    """The forms of the ARNs; what they begin with is written letter by letter."""
    number = tokens_of_text(account) if account else tokens_of_form("[0-9]" * 12)
    before = (*tokens_of_text(place), *number, *tokens_of_text(f":{resource}/"))
    return tuple((*before, *tokens_of_form(f"{path}{_OWN}")) for path in paths)
