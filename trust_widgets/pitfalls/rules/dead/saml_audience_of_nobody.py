"""`SAML:aud` that no assertion fits: another partition's sign-in endpoint, a misspelt one, or the
audience.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import why_no_saml_audience
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.aws.saml_audiences import ENDPOINTS, endpoint_meant
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.required_conditions import RequiredCondition, callers, outcome, values
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if each.key != "saml:aud":
            continue
        partition = _partition(each)
        if not partition:
            continue
        why = why_no_saml_audience(each.base, text, f"arn:{partition}:")
        if why:
            right = endpoint_meant(text, partition)
            yield Hit(
                place,
                f'"{text}" {why}. SAML:aud contains the sign-in endpoint that receives the '
                f'assertion, here "{ENDPOINTS[partition][0]}". {outcome(each, place)}',
                fix=Fix(f'Write "{right}"', (Replace(place, right),)) if right else None,
            )


def _partition(each: RequiredCondition) -> str:
    """The partition of the SAML providers; none where they are not all of one."""
    found = {
        partition_of(c.text) if c.kind == "saml" else "" for c in callers(each.path, each.statement)
    }
    if len(found) == 1:
        return found.pop()
    return ""


def _saml(partition: str, *endpoints: str, operator: str = "StringEquals") -> str:
    provider = {"Federated": f"arn:{partition}:iam::111122223333:saml-provider/corp"}
    return example(provider, "sts:AssumeRoleWithSAML", {operator: {"SAML:aud": list(endpoints)}})


_GLOBAL = "https://signin.aws.amazon.com/saml"

PITFALL = Pitfall(
    code="TP222",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A SAML audience that no assertion has",
    find=find,
    needs=condition_on("SAML:aud"),
    fine="In the partition of that endpoint. With encrypted assertions the endpoint is longer.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    bad=(
        _saml("aws-cn", _GLOBAL),
        _saml("aws", "https://signin.amazonaws-us-gov.com/saml"),
        _saml("aws", "urn:amazon:webservices"),
        _saml("aws", _GLOBAL, "http://signin.aws.amazon.com/saml"),
        _saml("aws", "https://signin.aws.amazon.com"),
        _saml("aws", "https://signin.aws.com/saml"),
    ),
    good=(
        _saml("aws", _GLOBAL, "https://eu-central-1.signin.aws.amazon.com/saml"),
        _saml("aws-cn", "https://signin.amazonaws.cn/saml"),
        _saml("aws", "https://*.signin.aws.amazon.com/saml", operator="StringLike"),
        _saml("aws", "https://signin.aws.amazon.com/saml/acs/SAMLSP0123456789"),
    ),
)
