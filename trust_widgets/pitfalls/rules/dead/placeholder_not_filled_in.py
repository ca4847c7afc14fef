"""A placeholder of a template in a value, which nothing filled in."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import left_over
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import asked, outcome
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        for index, value in enumerate(each.condition.values):
            left, place = left_over(each.key, str(value)), (*each.place, index)
            if left:
                yield Hit(
                    place,
                    f'"{left}" looks like a placeholder.{_why(left)} Replace the '
                    f"placeholder with the real value. {outcome(each, place)}",
                )


def _why(left: str) -> str:
    """How a placeholder differs from a variable, where it looks like one."""
    if not left.startswith("$"):
        return ""
    return " A policy variable names a condition key, such as ${aws:username}."


_VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}

PITFALL = Pitfall(
    code="TP224",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A placeholder that was not replaced",
    find=find,
    needs=CONDITIONS,
    fine="In a template, before a tool replaces it.",
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
