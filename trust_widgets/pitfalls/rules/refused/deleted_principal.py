"""The unique ID of a user or role, which IAM shows in place of one that has been deleted."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.principal_forms import PrincipalForm, form_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import Home, TrustPolicy, example, principals


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "AWS"):
        if form_of(value) is PrincipalForm.DELETED:
            kind = "role" if value.startswith("AROA") else "user"
            yield Hit(
                path,
                f'"{value}" is the unique ID of a {kind}. IAM shows it instead of the ARN when '
                f"the {kind} was deleted. This ID matches no caller, and IAM rejects it when "
                f"you save the policy. Name the {kind} that you trust now, for example "
                f'"arn:aws:iam::111122223333:{kind}/name".',
            )


PITFALL = Pitfall(
    code="TP112",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An ID instead of a user or role",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "A role whose policy already contains one still works for the other principals. IAM "
        "rejects the policy when it is saved again."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(example({"AWS": "AROADBQP57FF2AEXAMPLE"}), example({"AWS": "AIDACKCEVSQ6C2EXAMPLE"})),
    good=(example({"AWS": "arn:aws:iam::111122223333:role/AROADBQP57FF2AEXAMPLE"}),),
)
