"""Addresses in `aws:SourceIp` from which no call ever comes: private ones, and those that nobody
has.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.evaluation import network_from_text
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.policy import Home, TrustPolicy, example

_PRIVATE = (
    "is a private range. aws:SourceIp contains the public address from which a request reaches "
    "AWS. Requests through a VPC endpoint do not have that key: use aws:VpcSourceIp for the "
    "private address, and aws:SourceVpce for the endpoint."
)
_NOBODYS = "is a range that no caller can have."
# https://www.iana.org/assignments/iana-ipv4-special-registry and its sibling for IPv6. Ranges for
# examples in documentation, 203.0.113.0/24, are left out: there they represent someone's own.
_RANGES = {
    _PRIVATE: ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
    _NOBODYS: (
        "0.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "224.0.0.0/3",
        "::/127",
        "fe80::/10",
        "ff00::/8",
    ),
}
_NETWORKS = [
    (network, why)
    for why, texts in _RANGES.items()
    for text in texts
    if (network := network_from_text(text))
]


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if (each.key, each.base) != ("aws:sourceip", "IpAddress"):
            continue
        why = _why(text)
        if why:
            yield Hit(place, f'"{text}" {why} {outcome(each, place)}')


def _why(text: str) -> str:
    """Why nobody calls from a range; `""` when someone may."""
    asked = network_from_text(text)
    if asked is None:
        return ""
    for known, why in _NETWORKS:
        if known.version == asked.version and asked.subnet_of(known):  # type: ignore[arg-type]
            return why
    return ""


_ROOT = {"AWS": "111122223333"}

PITFALL = Pitfall(
    code="TP210",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="An address that no request has",
    find=find,
    needs=condition_on("aws:SourceIp"),
    fine="Never: a request through a VPC endpoint has its private address in aws:VpcSourceIp.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(
        example(_ROOT, condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
        example(
            _ROOT, condition={"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "192.168.1.10"]}}
        ),
        example(_ROOT, condition={"IpAddress": {"aws:SourceIp": "127.0.0.1/32"}}),
    ),
    good=(
        example(
            _ROOT, condition={"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}}
        ),
        example(_ROOT, condition={"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}),
        example(_ROOT, condition={"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
        example(_ROOT, condition={"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}),
    ),
)
