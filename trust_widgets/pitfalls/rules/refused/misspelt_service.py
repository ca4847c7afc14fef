"""A service principal that is no service: misspelt, in the wrong case, or not of the form of
one.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import services
from trust_widgets.aws.principal_forms import kind_for
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import SERVICE_PRINCIPAL
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example, principals
from trust_widgets.text.placeholders import why_unfilled


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "Service"):
        if value == "*" or services.is_known(value) or kind_for(value) not in (None, "Service"):
            continue
        meant = services.near_miss(value)
        if meant is not None:
            fix = Fix(f'Write "{meant}"', (Replace(path, meant),))
            yield Hit(path, f'{_what_is_wrong(value, meant)} Did you mean "{meant}"?', fix=fix)
        elif not services.well_formed(value) and not value.endswith(".aws.internal"):
            yield Hit(
                path,
                f'"{value}" is not the name of an AWS service as a '
                f'principal.{_unfilled(value)} The names look like "ec2.amazonaws.com", in '
                "lower case.",
            )


def _unfilled(value: str) -> str:
    why = why_unfilled(value)
    if why:
        return f" {why}"
    return ""


def _what_is_wrong(value: str, meant: str) -> str:
    if value.lower() == meant:
        return (
            f'"{value}" contains capital letters: the names of service principals are lower case.'
        )
    return f'"{value}" is not in our list of service principals, but a very similar name is.'


PITFALL = Pitfall(
    code="TP114",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A misspelled service principal",
    find=find,
    needs=SERVICE_PRINCIPAL,
    fine=(
        "There is no complete list of service principals: the name of a new service may be "
        "similar to an old one."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"Service": "lamda.amazonaws.com"}),
        example({"Service": "EC2.amazonaws.com"}),
        example({"Service": "lambda.amazon.com"}),
        example({"Service": ["ec2.amazonaws.com", "ec2"]}),
    ),
    good=(
        example({"Service": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]}),
        example({"Service": "quantum-teapots.amazonaws.com"}),
    ),
)
