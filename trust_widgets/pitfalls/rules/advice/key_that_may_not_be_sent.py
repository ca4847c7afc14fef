"""A condition key that a request which assumes a role may not have, as far as AWS's pages say."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.keys.records import key_record
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import Home, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            doubt = key_record(condition.key).doubt
            if doubt is not None:
                known = key_named(condition.key)
                name = known.name if known else condition.key
                yield Hit(
                    (*path, *condition.path),
                    f"A request to assume a role may not contain {name}: {doubt}. Then"
                    f" the condition is evaluated as for an absent key. {_what_to_do(name)}",
                    assumptions=(f"Requests to AWS STS may not have {name}.",),
                )


def _what_to_do(name: str) -> str:
    if name.startswith("aws:Vpce"):
        return (
            "Use aws:SourceVpce or aws:SourceVpc instead, or test the condition with a real "
            "request."
        )
    return "Test the condition with a real request."


_ROLE = {"AWS": "arn:aws:iam::111122223333:role/worker"}

PITFALL = Pitfall(
    code="TP460",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A condition key that may not be sent",
    find=find,
    needs=CONDITIONS,
    fine="When a request through your endpoint shows that AWS STS sends the key.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(
        example(_ROLE, condition={"StringEquals": {"aws:VpceAccount": "111122223333"}}),
        example(_ROLE, condition={"StringEquals": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}),
        example(_ROLE, condition={"Bool": {"aws:ViaAWSMCPService": "false"}}),
    ),
    good=(
        example(_ROLE, condition={"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d5e6f"}}),
        example(_ROLE, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
    ),
)
