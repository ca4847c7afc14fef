"""A `Sid` that says nothing, in a policy whose statements it should distinguish."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Remove, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        if (
            statement.sid == "" and len(policy.statements) > 1
        ):  # a single one has it in many a tutorial
            place = (*path, "Sid")
            message = (
                "This Sid is empty. Remove it, or give the statement a name, like "
                '"AllowDeployment".'
            )
            yield Hit(place, message, fix=Fix("Remove the empty Sid", (Remove(place),)))


def _two(sid: str) -> str:
    first = (
        f'{{"Sid": "{sid}", "Effect": "Allow", "Principal": {{"Service": "ec2.amazonaws.com"}},'
        ' "Action": '
    )
    second = (
        '{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/a"}, "Action": '
    )
    return (
        f'{{"Version": "2012-10-17", "Statement": [{first}"sts:AssumeRole"}},'
        f' {second}"sts:AssumeRole"}}]}}'
    )


PITFALL = Pitfall(
    code="TP410",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An empty Sid",
    find=find,
    fine="Always: IAM accepts it, and AWS's own examples contain it.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
    bad=(_two(""),),
    good=(_two("Web"), example({"Service": "ec2.amazonaws.com"}, Sid="")),
)
