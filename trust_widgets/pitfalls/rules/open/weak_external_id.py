"""An external ID that another customer of the same vendor may come to have too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws import operators
from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.evaluation import Request, principal_arn
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.open_callers import vendor_of
from trust_widgets.policy import (
    Home,
    Statement,
    TrustPolicy,
    example,
    is_meant_to_assume,
    principals_of_kind,
    statements,
)
from trust_widgets.text.budget import remembered_search
from trust_widgets.text.globs import fixed_start, has_wildcard
from trust_widgets.text.placeholders import placeholder_in

_SHORT = 8
_COMMON = (
    *(
        "test",
        "testing",
        "tester",
        "example",
        "sample",
        "demo",
        "external",
        "externalid",
        "external-id",
        "external_id",
    ),
    *(
        "id",
        "secret",
        "password",
        "changeme",
        "default",
        "dev",
        "development",
        "prod",
        "production",
        "stage",
    ),
    *(
        "staging",
        "admin",
        "administrator",
        "root",
        "role",
        "aws",
        "cloud",
        "account",
        "company",
        "customer",
        "client",
    ),
    *("vendor", "trust", "access", "readonly", "read-only", "xxx", "abc", "foo", "bar"),
)
# A word, or some with a dash between: nothing in it was drawn at random.
_WORDS = re.compile(r"(?:[A-Z]?[a-z]+|[A-Z]+)(?:[-_ ./](?:[A-Z]?[a-z]+|[A-Z]+)){0,4}")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        if not is_meant_to_assume(statement) or _all_own(statement, home):
            continue
        for below, operator, value in statement.values_of("sts:ExternalId"):
            parsed = operators.parse_operator(operator)
            if parsed is None or parsed.is_null or parsed.is_negated:
                continue
            judged = _judged(operator, str(value), statement, home)
            if judged is None:
                continue
            severity, why = judged
            caller = _sender(probe_of(policy, path, home), str(value))
            if caller:
                yield Hit(
                    (*path, *below),
                    f'"{value}" {why} An external ID is not a secret, but it must be '
                    "unique for each customer. Otherwise another customer can make the vendor "
                    "use your role. Use the external ID that the vendor made for you.",
                    callers=(caller,),
                    severity=severity,
                )


def _all_own(statement: Statement, home: Home) -> bool:
    named = principals_of_kind(statement, "AWS")
    return all(account_of(value) in home.accounts for value in named)


def _names_customer(value: str) -> bool:
    """Whether a pattern begins with a customer's whole name, as Spacelift's external IDs do:
    `octo-org@*`.

    https://docs.spacelift.io/integrations/cloud-providers/aws
    """
    name, separator, _ = fixed_start(value).partition("@")
    return bool(name and separator)


def _judged(
    operator: str, value: str, statement: Statement, home: Home
) -> tuple[Severity, str] | None:
    """How bad an external ID is, and why; `None` for a good one."""
    if has_wildcard(value):
        if _names_customer(value) or not operators.takes_wildcards(operator):
            return None
        return Severity.MEDIUM, "matches more than one external ID."
    if "${" in value:
        return None
    small = value.lower().strip()
    unfilled = placeholder_in(value)
    if unfilled:
        return Severity.MEDIUM, "looks like a placeholder, and others may use it as well."
    if re.fullmatch(ACCOUNT_ID + r"|\d{4}-\d{4}-\d{4}", small):
        return Severity.MEDIUM, "is an account ID, which others can know."
    if small in _COMMON or small in _names(statement, home):
        return Severity.MEDIUM, "is a name that others also use."
    if len(value) < _SHORT:
        return Severity.LOW, f"has {len(value)} characters, which is too short to be unguessable."
    if _WORDS.fullmatch(value):
        return (Severity.LOW, "consists of words, which others may also choose.")
    return None


def _names(statement: Statement, home: Home) -> set[str]:
    """The names of the vendors that are allowed, and of the reader's own organizations."""
    named = principals_of_kind(statement, "AWS")
    vendors = {vendor_of(account_of(value), home).lower() for value in named}
    with_dashes = {vendor.replace(" ", "-") for vendor in vendors}
    owners = {owner.lower() for owner in home.github_owners}
    return (vendors | with_dashes | owners) - {""}


def _sender(opening: StatementProbe | None, value: str) -> str:
    """Someone who can assume the role with such an external ID."""
    if opening is None:
        return ""
    request = _somebody(opening)
    if request is None:
        return ""
    sent = request.keys.get("sts:externalid") or value
    return f'{principal_arn(request.identity)}, for any customer, with the external ID "{sent}"'


@remembered_search(256)
def _somebody(opening: StatementProbe) -> Request | None:
    """A call of one of the statement's principals that is allowed."""
    for principal in principals_of_kind(opening.policy.statements[0], "AWS"):
        answer = opening.through(opening.callers(principal))
        if answer.witness is not None:
            return answer.witness
    return None


_VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}


def _asking(value: str, operator: str = "StringEquals") -> str:
    return example(_VENDOR, condition={operator: {"sts:ExternalId": value}})


PRECEDENCE = Precedence(last=20)

PITFALL = Pitfall(
    code="TP308",
    verdict=Verdict.OPEN,
    severity=Severity.LOW,
    title="An external ID that others may also have",
    find=find,
    needs=condition_on("sts:ExternalId"),
    fine="When the vendor made it for you, whatever it looks like, and gives it to no one else.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    bad=(
        _asking("1234"),
        _asking("111122223333"),
        _asking("octo-org"),
        _asking("test"),
        _asking("octo-*", "StringLike"),
    ),
    good=(
        _asking("b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"),
        _asking("Octo8f2kQ"),
        example(
            {"AWS": "arn:aws:iam::111122223333:role/deploy"},
            condition={"StringEquals": {"sts:ExternalId": "ab"}},
        ),
    ),
    home=Home(accounts=("111122223333",)),
)
