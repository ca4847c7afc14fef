"""A `Sid` with other characters than letters and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    taken = {statement.sid for statement in policy.statements}
    for path, statement in statements(policy):
        if statement.sid is not None and not re.fullmatch("[A-Za-z0-9]*", statement.sid):
            tidy = re.sub("[^A-Za-z0-9]", "", statement.sid)
            place, fix = (*path, "Sid"), None
            if tidy and tidy not in taken:
                fix = Fix(f'Write "{tidy}"', (Replace(place, tidy),))
            yield Hit(
                place,
                f'The Sid "{statement.sid}" can contain only letters and digits, without '
                'spaces, like "AllowVendor".',
                fix=fix,
            )


PITFALL = Pitfall(
    code="TP119",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A Sid with other characters than letters and digits",
    find=find,
    fine="Never in a role's policy. Some other services allow spaces in a Sid.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
    bad=(example({"Service": "ec2.amazonaws.com"}, Sid="allow-ec2"),),
    good=(
        example({"Service": "ec2.amazonaws.com"}, Sid=""),
        example({"Service": "ec2.amazonaws.com"}, Sid="AllowEc2"),
    ),
)
