"""A service principal with the name of a region that does not exist: misspelt, or an availability
zone.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.service_regions import with_real_region
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import SERVICE_PRINCIPAL
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example, principals


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "Service"):
        right = with_real_region(value)
        if right is not None:
            message = f'"{value}" contains no AWS Region. Did you mean "{right}"?'
            yield Hit(path, message, fix=Fix(f'Write "{right}"', (Replace(path, right),)))


PITFALL = Pitfall(
    code="TP126",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A misspelled Region in a service principal",
    find=find,
    needs=SERVICE_PRINCIPAL,
    fine=(
        "Never. Most services need no Region in their name; in opt-in Regions and for a few "
        "services the name contains it."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"Service": "logs.eu-cental-1.amazonaws.com"}),
        example({"Service": "lambda.af-south-1a.amazonaws.com"}),
        example({"Service": "lambda.us-east1.amazonaws.com"}),
    ),
    good=(
        example({"Service": "logs.eu-central-1.amazonaws.com"}),
        example({"Service": "lambda.mx-central-2.amazonaws.com"}),
    ),
)
