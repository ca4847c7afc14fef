"""The same `Sid` on two statements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    taken = {statement.sid for statement in policy.statements}
    seen: set[str] = set()
    for path, statement in statements(policy):
        sid = statement.sid
        if sid and sid in seen:
            free = next(name for number in count(2) if (name := f"{sid}{number}") not in taken)
            taken.add(free)
            place = (*path, "Sid")
            fix = Fix(f'Write "{free}"', (Replace(place, free),))
            yield Hit(
                place,
                f'The Sid "{sid}" is used by another statement. Each Sid must be unique.',
                fix=fix,
            )
        seen.add(sid or "")


def _two(*sids: str) -> str:
    grants = zip(sids, ("ec2.amazonaws.com", "lambda.amazonaws.com"), strict=True)
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole"}
    return json.dumps({
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": sid, **statement, "Principal": {"Service": name}} for sid, name in grants
        ],
    })  # fmt: skip


PITFALL = Pitfall(
    code="TP120",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="The same Sid twice",
    find=find,
    fine="Never: a Sid is optional, but must be unique in its policy.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
    bad=(_two("Web", "Web"),),
    good=(_two("Web", "Jobs"), _two("", "")),
)
