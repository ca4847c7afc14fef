"""`${...}` around something that is no key of AWS's: a placeholder of a template, which nothing
filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.policy import Home, TrustPolicy, example

_PLACEHOLDER = re.compile(r"\$\{(?![*?$]\})[^{}:]*\}")
_DEFAULT = ","  # ${key, 'text'}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        left = next(
            (found[0] for found in _PLACEHOLDER.finditer(text) if _DEFAULT not in found[0]), ""
        )
        if left:
            yield Hit(
                place,
                f"{left} looks like a placeholder that was not filled in: AWS's variables name a"
                f" condition key, such as ${{aws:username}}. {outcome(each, place)}",
            )


_VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}

PITFALL = Pitfall(
    code="TP224",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A placeholder that was not filled in",
    find=find,
    fine="In a template, before the tool that fills it in has run.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
    bad=(
        example(_VENDOR, condition={"StringEquals": {"sts:ExternalId": "${var.external_id}"}}),
        example(
            {"Service": "states.amazonaws.com"},
            condition={"StringEquals": {"aws:SourceAccount": "${ACCOUNT}"}},
        ),
    ),
    good=(
        example(
            _VENDOR,
            condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
        ),
        example(_VENDOR, condition={"StringEquals": {"sts:RoleSessionName": "${aws:username}"}}),
        example(_VENDOR, condition={"StringLike": {"aws:PrincipalTag/star": "octo-${*}"}}),
    ),
)
