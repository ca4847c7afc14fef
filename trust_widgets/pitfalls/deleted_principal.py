"""The unique id that IAM shows in place of a user or role which has been deleted."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.home import Home
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls._principals import Form, form_of
from trust_widgets.pitfalls._statements import example, principals
from trust_widgets.policy import TrustPolicy


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "AWS"):
        if form_of(value) is Form.DELETED:
            kind = "role" if value.startswith("AROA") else "user"
            yield Hit(
                path,
                f'"{value}" is the id of a {kind} that has been deleted: IAM keeps ids for names, and shows the '
                f"id once the name is gone. It lets nobody in and cannot be saved again. Name the {kind} that "
                f'should be trusted now, for example "arn:aws:iam::111122223333:{kind}/name".',
            )


PITFALL = Pitfall(
    code="TP112",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="The id of a deleted user or role",
    find=find,
    fine="A role that holds one already goes on working for its other principals; only saving it again fails.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(example({"AWS": "AROADBQP57FF2AEXAMPLE"}), example({"AWS": "AIDACKCEVSQ6C2EXAMPLE"})),
    good=(example({"AWS": "arn:aws:iam::111122223333:role/AROADBQP57FF2AEXAMPLE"}),),
)
