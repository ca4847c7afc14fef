"""An external ID that `sts:AssumeRole` does not take: too short, too long, or with letters it does
not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.limits import EXTERNAL_ID
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.policy import Home, TrustPolicy, example
from trust_widgets.text.globs import example_text, has_wildcard


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if each.key != "sts:externalid" or not each.base.startswith("String"):
            continue
        if not _can_be_sent(each.base, text):
            yield Hit(
                place,
                f'"{text}" cannot be an external ID: AWS accepts 2 to 1,224 letters, digits '
                f"and the characters _ + = , . @ : / -, without spaces. {outcome(each, place)}",
            )


def _can_be_sent(base: str, text: str) -> bool:
    """Whether some external ID fits; a wildcard under an equals operator is another finding."""
    wild = has_wildcard(text)
    if "${" in text or (wild and base != "StringLike"):
        return True
    fixed = example_text(text, run="", one="")
    return re.fullmatch(EXTERNAL_ID, f"{fixed}xx" if wild else text, re.ASCII) is not None


_VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}

PITFALL = Pitfall(
    code="TP213",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="An external ID that cannot be sent",
    find=find,
    needs=condition_on("sts:ExternalId"),
    fine="Never: AWS STS denies a request with such an external ID.",
    source="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
    bad=(
        example(_VENDOR, condition={"StringEquals": {"sts:ExternalId": "octo org 2026"}}),
        example(_VENDOR, condition={"StringEquals": {"sts:ExternalId": "7"}}),
        example(
            _VENDOR,
            condition={"StringEquals": {"sts:ExternalId": ["b2f6c3de-9a41-4b55", "octo#1"]}},
        ),
    ),
    good=(
        example(
            _VENDOR,
            condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
        ),
        example(
            _VENDOR,
            condition={
                "StringEquals": {"sts:ExternalId": "us-east-1/444455556666/shop:cart@octo_org"}
            },
        ),
        example(_VENDOR, condition={"StringNotEquals": {"sts:ExternalId": "octo org"}}),
    ),
)
