"""The whole of the reader's own account: fine, if it is meant."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.principal_forms import PrincipalForm, account_of, form_of, partition_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import (
    Home,
    TrustPolicy,
    example,
    is_meant_to_assume,
    narrows,
    partition_of_role,
    principals,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "AWS", "Allow"):
        if form_of(value) is not PrincipalForm.ACCOUNT or not is_meant_to_assume(statement):
            continue
        account = account_of(value)
        if account in home.accounts and not narrows(statement):
            partition = partition_of_role(home) or "aws"
            if value.startswith("arn:"):
                partition = partition_of(value)
            yield Hit(
                path,
                f"Any user or role of your account {account} with a permission for "
                "sts:AssumeRole on this role can assume it. To choose them here, name them, "
                f'for example "arn:{partition}:iam::{account}:role/name".',
            )


PITFALL = Pitfall(
    code="TP405",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="The whole of your own account",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "When permissions policies in your account decide who can assume the role. This is common."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(example({"AWS": "arn:aws:iam::111122223333:root"}),),
    good=(
        example({"AWS": "arn:aws:iam::111122223333:role/deploy"}),
        example(
            {"AWS": "111122223333"}, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}
        ),
    ),
    home=Home(accounts=("111122223333",)),
)
