"""A whole account that is not known to be the reader's own, without a condition that chooses among its callers."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import accounts
from trust_widgets.findings import Severity, Verdict
from trust_widgets.home import Home
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls._actions import assumes
from trust_widgets.pitfalls._guarding import narrows
from trust_widgets.pitfalls._principals import Form, account_of, form_of, partition_of
from trust_widgets.pitfalls._statements import example, principals
from trust_widgets.policy import TrustPolicy


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "AWS", "Allow"):
        account = account_of(value)
        whole = form_of(value) is Form.ACCOUNT and assumes(statement)
        if whole and account not in home.accounts and not narrows(statement):
            yield Hit(
                path,
                _message(account, home),
                callers=(f"arn:{partition_of(value)}:iam::{account}:role/Admin",),
            )


def _message(account: str, home: Home) -> str:
    vendor = accounts.vendor_of(account) or ("your vendor" if account in home.vendors else "")
    who = f"account {account} of {vendor}" if vendor else f"account {account}"
    head = f"All of {who} is let in: whichever users and roles its administrators choose, now and later."
    if vendor:
        return f'{head} Ask for the external id that {vendor} gave you: "StringEquals": {{"sts:ExternalId": "..."}}.'
    unsure = "" if home.accounts else f" If {account} is not yours, "
    name = "name the role" if unsure else "Name the role"
    return (
        f'{head}{unsure or " "}{name}, for example "arn:aws:iam::{account}:role/name", or add a condition such as '
        "sts:ExternalId or aws:PrincipalArn."
    )


PITFALL = Pitfall(
    code="TP302",
    verdict=Verdict.OPEN,
    severity=Severity.HIGH,
    title="The whole of another account",
    find=find,
    fine="When the account is your own: say so, and this becomes advice. The root in the name stands for the account, "
    "not for its root user, and nobody gets in whom its administrators have not given sts:AssumeRole.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"AWS": "arn:aws:iam::444455556666:root"}),
        example({"AWS": "444455556666"}),
        example({"AWS": "444455556666"}, condition={"StringNotEquals": {"sts:ExternalId": "b2f6c3de"}}),
        example({"AWS": "444455556666"}, condition={"StringLike": {"sts:ExternalId": ["b2f6c3de", "*"]}}),
    ),
    good=(
        example({"AWS": "444455556666"}, condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55"}}),
        example({"AWS": "444455556666"}, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
        example({"AWS": "arn:aws:iam::444455556666:role/deploy"}),
    ),
)
