"""A service principal of the right form that is in no list we have, or whose region is in none: it
may well exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import services
from trust_widgets.aws.principal_forms import kind_for
from trust_widgets.aws.service_regions import with_real_region
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import SERVICE_PRINCIPAL
from trust_widgets.policy import Home, TrustPolicy, example, principals


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "Service"):
        if (services.near_miss(value) or with_real_region(value)) is not None:
            continue
        if _may_be_a_service(value):
            yield Hit(
                path,
                f'"{value}" is not in our list. AWS publishes no complete list of services, so '
                "the name may be right. If IAM rejects it, look it up in the documentation of "
                f"the service.{_question(value)}",
                assumptions=("Our list of service principals is not complete.",),
            )
        elif region := services.unknown_region(value):
            yield Hit(
                path,
                f"The Region {region} is not in our list. If it is not a new Region, no "
                f'service calls as "{value}".',
                assumptions=("AWS adds Regions, so our list is not complete.",),
            )


def _question(value: str) -> str:
    meant = services.similar(value)
    return f' Did you mean "{meant}"?' if meant else ""


def _may_be_a_service(value: str) -> bool:
    """Whether a name has the form of a service, and is not in our list."""
    if services.is_known(value) or not services.well_formed(value):
        return False
    return kind_for(value) == "Service"


PITFALL = Pitfall(
    code="TP401",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A service principal that is not in our list",
    find=find,
    needs=SERVICE_PRINCIPAL,
    fine="When the documentation of the service names it.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"Service": "quantum-teapots.amazonaws.com"}),
        example({"Service": "lambda.us-east-7.amazonaws.com"}),
    ),
    good=(
        example({"Service": "ec2.amazonaws.com"}),
        example({"Service": "logs.eu-central-1.amazonaws.com"}),
        example({"Service": "lamda.amazonaws.com"}),
    ),
)
