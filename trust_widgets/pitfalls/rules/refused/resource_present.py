"""`Resource` or `NotResource`: a trust policy is always about its own role."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Remove, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        written = {"Resource": statement.resource, "NotResource": statement.not_resource}
        for element in (name for name, values in written.items() if values is not None):
            yield Hit(
                (*path, element),
                f"A trust policy cannot contain {element}, and IAM rejects it. The policy always "
                "applies to its own role. The permissions policy of the role says what the role "
                "can do.",
                fix=Fix(f"Remove {element}", (Remove((*path, element)),)),
            )


PITFALL = Pitfall(
    code="TP102",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A resource in a trust policy",
    find=find,
    fine=("Never in a trust policy. The permissions policies attached to a role need one."),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"Service": "ec2.amazonaws.com"}, Resource="*"),
        example({"Service": "ec2.amazonaws.com"}, NotResource="*"),
    ),
    good=(example({"Service": "ec2.amazonaws.com"}),),
)
