"""`SAML:aud` that no assertion fits: another partition's sign-in endpoint, one without its path, or the audience."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets._wildcards import matches
from trust_widgets.aws.partitions import PARTITIONS
from trust_widgets.findings import Severity, Verdict
from trust_widgets.fixes import Fix, Replace
from trust_widgets.home import Home
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls._dead import Asked, callers, outcome, values
from trust_widgets.pitfalls._principals import partition_of
from trust_widgets.pitfalls._statements import example
from trust_widgets.policy import TrustPolicy

_REGION = re.compile(r"^https://[a-z0-9-]+\.signin\.")
_ENDPOINTS = {partition.name: partition.saml_endpoints for partition in PARTITIONS if partition.saml_endpoints}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        partition = _partition(each) if each.key == "saml:aud" and "${" not in text else ""
        why = _why(text, partition) if partition in _ENDPOINTS else ""
        if why:
            right = _meant(text, partition)
            yield Hit(
                place,
                f'"{text}" {why}; SAML:aud holds the sign-in endpoint to which the assertion is sent, here '
                f'"{_ENDPOINTS[partition][0]}". {outcome(each, place)}',
                fix=Fix(f'Write "{right}"', (Replace(place, right),)) if right else None,
            )


def _partition(each: Asked) -> str:
    """The partition of the SAML providers; none where they are not all of one."""
    found = {partition_of(c.text) if c.kind == "saml" else "" for c in callers(each.path, each.statement)}
    return found.pop() if len(found) == 1 else ""


def _why(text: str, partition: str) -> str:
    """What a value is that no endpoint of a partition fits; `""` where it may fit."""
    if text.lower().startswith("urn:"):
        return "is what assertions call their audience"
    everywhere = _REGION.sub("https://signin.", text)
    for name, endpoints in _ENDPOINTS.items():
        if name != partition and everywhere in endpoints:
            return f"is the endpoint of another partition, {name}"
    if _slip(text, partition):
        return "is an endpoint in other letters"
    return "is an endpoint without its path" if _without_path(text, partition) else ""


def _slip(text: str, partition: str) -> str:
    """The endpoint that a slip was meant for: another scheme, a slash at the end, capital letters."""
    plain = re.sub("^(?:https?://)?", "https://", text.strip().lower()).rstrip("/")
    right = any(plain == endpoint or matches(endpoint, plain) for endpoint in _ENDPOINTS[partition])
    return plain if right and plain != text else ""


def _without_path(text: str, partition: str) -> str:
    """The endpoint of which a text is the host alone, or the host with a path that no endpoint has."""
    host, _, path = text.partition("://")[2].rstrip("/").partition("/")
    right = f"https://{host.lower()}/saml"
    known = any(right == endpoint or matches(endpoint, right) for endpoint in _ENDPOINTS[partition])
    wrong = not path or not f"{path}/".startswith("saml/")
    return right if known and wrong and not set(text) & set("*?") else ""


def _meant(text: str, partition: str) -> str:
    regional = text.startswith("https://") and not re.match("https://signin[.]", text)
    return _slip(text, partition) or _without_path(text, partition) or ("" if regional else _ENDPOINTS[partition][0])


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
    fine="In the partition whose endpoint it is. With encrypted assertions the endpoint is longer.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    bad=(
        _saml("aws-cn", _GLOBAL),
        _saml("aws", "https://signin.amazonaws-us-gov.com/saml"),
        _saml("aws", "urn:amazon:webservices"),
        _saml("aws", _GLOBAL, "http://signin.aws.amazon.com/saml"),
        _saml("aws", "https://signin.aws.amazon.com"),
    ),
    good=(
        _saml("aws", _GLOBAL, "https://eu-central-1.signin.aws.amazon.com/saml"),
        _saml("aws-cn", "https://signin.amazonaws.cn/saml"),
        _saml("aws", "https://*.signin.aws.amazon.com/saml", operator="StringLike"),
        _saml("aws", "https://signin.aws.amazon.com/saml/acs/SAMLSP0123456789"),
    ),
)
