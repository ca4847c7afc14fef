"""A vendor who works in your account from theirs, with an external ID.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Annotated, Any

from trust_widgets.aws.accounts import account_in, vendor_of, vendors, with_vendor
from trust_widgets.aws.arns import is_account_id
from trust_widgets.forms import Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.policy import GUARD_KINDS, Companion, Condition, Role, Statement

_RULE = "Choose a vendor from the list, or enter its 12-digit account ID, like 999988887777."


def _listed(vendor: str) -> str:
    """As the list has it: a name alone gets its account, where it has one; anything else stays."""
    found = [each for each in vendors() if vendor.lower() == each.lower()] or _by_name().get(
        vendor.lower(), []
    )
    if len(found) == 1:
        return found[0]
    return vendor


def _by_name() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for each in vendors():
        names.setdefault(each.rpartition(" (")[0].lower(), []).append(each)
    return names


def _candidates(vendor: str) -> tuple[str, ...]:
    """The accounts of a vendor who has several."""
    known = _by_name().get(vendor.lower(), [])
    if len(known) > 1:
        return tuple(known)
    return ()


_VENDOR = Question(
    "Vendor",
    "Type a name, or enter the 12-digit account ID. Listed vendors are not endorsed.",
    "999988887777",
    suggestions=vendors,
    tidy=_listed,
    candidates=_candidates,
)
_EXTERNAL_ID = replace(
    next(kind.question for kind in GUARD_KINDS if kind.name == "external_id"),
    example="b2f6c3de-9a41-4b55",
    help=(
        "You get it from the vendor. It is not a secret, but it is unique for each customer. "
        "If the vendor asks you for one, generate it."
    ),
)
_CALLER = Question(
    "Role or user of the vendor",
    "Optional. Leave empty to trust the whole vendor account.",
    "role/collector",
    rf"(role|user)/{_accounts.NAME}",
    "Write a role or user like role/collector or user/teams/collector.",
    optional=True,
    spread=_accounts.spread_arn("vendor", "caller"),
)


def statements(
    vendor: Annotated[str, _VENDOR],
    external_id: Annotated[str, _EXTERNAL_ID],
    caller: Annotated[str, _CALLER] = "",
    partition: Annotated[_accounts.Partition, _accounts.PARTITION] = "aws",
) -> tuple[Statement, ...]:
    principal = _accounts.principal(partition, account_in(vendor), (caller or "root",))
    asked = Condition("StringEquals", "sts:ExternalId", (external_id,))
    return (Statement(principal=principal, action=("sts:AssumeRole",), conditions=(asked,)),)


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    named = _accounts.read(statements)
    ids = [
        value
        for _, operator, value in statements[0].values_of("sts:ExternalId")
        if operator == "StringEquals"
    ]
    if named is None or len(named.names) != 1 or len(ids) != 1:
        return None
    if named.names == ("root",):
        caller = ""
    else:
        caller = named.names[0]
    known = with_vendor(named.account)
    return {
        "vendor": known,
        "external_id": str(ids[0]),
        "caller": caller,
        "partition": named.partition,
    }


def complaints(answers: Mapping[str, Any]) -> dict[str, str]:
    """A vendor that is no account: which of the list could be meant."""
    vendor = answers["vendor"]
    if not vendor or vendor in vendors() or is_account_id(vendor):
        return {}
    near = get_close_matches(vendor.lower(), _by_name(), n=1)
    if near:
        known = _by_name()[near[0]]
    else:
        known = []
    if near and near[0] == vendor.lower():
        return {
            "vendor": (
                f"This vendor uses several accounts. Choose one: {', '.join(known)}. {_RULE}"
            )
        }
    return {"vendor": f"{_RULE} Did you mean {' or '.join(known)}?" if known else _RULE}


def label(answers: Mapping[str, Any]) -> str:
    account = account_in(_listed(answers["vendor"].strip()))
    if account:
        return f"Vendor · {vendor_of(account) or account}"
    return "Vendor"


def companions(
    role: Role, vendor: str, external_id: str, partition: str, **answers: Any
) -> tuple[Companion, ...]:
    text = f"Role ARN: {_accounts.arn_of(role, partition)}\nExternal ID: {external_id}\n"
    note = (
        "Give both to the vendor. Each customer has a different external ID, so no other "
        "customer can make the vendor use your role. Ask the vendor to show that the role "
        "cannot be assumed without it."
    )
    return (Companion("hand_over", "For the vendor", note, "for-the-vendor.txt", text),)


PATTERN = Pattern(
    title="A vendor",
    group="AWS accounts",
    about=(
        "A third-party service accesses your account from its own AWS account, with an external ID."
    ),
    callers=frozenset({"aws"}),
    example={"vendor": "999988887777", "external_id": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
    complaints=complaints,
    of_another="vendor",
)
