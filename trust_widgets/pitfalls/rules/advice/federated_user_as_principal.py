"""A federated user, of GetFederationToken, as the principal of a role that it cannot assume."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.evaluation import who_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Home, TrustPolicy, example, is_meant_to_assume, principals

_BOB = "arn:aws:sts::111122223333:federated-user/report"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "AWS", "Allow"):
        who = who_of(value)
        if who is not None and who.sort == "federated-user" and is_meant_to_assume(statement):
            yield Hit(
                path,
                f'"{value}" is a federated user, and can assume no role: the credentials of'
                " GetFederationToken can call nothing of STS but GetCallerIdentity. Name the IAM"
                " user or the role that makes the call, for example"
                f' "arn:{who.partition}:iam::{who.account}:role/name".',
            )


PITFALL = Pitfall(
    code="TP418",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A federated user as principal",
    find=find,
    fine=(
        "In policies of resources such as buckets, where a federated user may well be the"
        " principal. IAM saves it in a trust policy too, and it does no harm there."
    ),
    source="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
    bad=(
        example({"AWS": _BOB}),
        example({"AWS": ["arn:aws:iam::111122223333:role/deploy", _BOB]}),
    ),
    good=(
        example({"AWS": "arn:aws:sts::111122223333:assumed-role/report/session"}),
        example({"AWS": "arn:aws:iam::111122223333:role/federated-user/report"}),
        example({"AWS": _BOB}, Effect="Deny"),
    ),
)
