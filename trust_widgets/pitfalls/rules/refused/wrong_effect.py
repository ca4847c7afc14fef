"""An `Effect` that is neither `Allow` nor `Deny`, spelled exactly so."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example, nearest_name, statements

_EFFECTS = ("Allow", "Deny")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        if statement.effect not in (None, *_EFFECTS):
            place = (*path, "Effect")
            meant = nearest_name(str(statement.effect), _EFFECTS)
            yield Hit(
                place,
                f'"{statement.effect}" is not an effect. Write "Allow" or "Deny", with a '
                "capital letter.",
                fix=Fix(f'Write "{meant}"', (Replace(place, meant),)) if meant else None,
            )


PITFALL = Pitfall(
    code="TP108",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An effect other than Allow and Deny",
    find=find,
    fine="Never: IAM knows these two effects, and they are case-sensitive.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html"
    ),
    bad=(
        example({"Service": "ec2.amazonaws.com"}, Effect="allow"),
        example({"Service": "ec2.amazonaws.com"}, Effect="Permit"),
    ),
    good=(example({"Service": "ec2.amazonaws.com"}),),
)
