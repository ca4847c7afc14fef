"""The ARN of a Pod Identity association as source, where the cluster's is reported to be sent."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.aws.arns import arn_of
from trust_widgets.aws.service_calls import POD_IDENTITY
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.required_conditions import callers, values
from trust_widgets.policy import Home, TrustPolicy, example
from trust_widgets.text.globs import has_wildcard, matches

_CLUSTER = "cluster/"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if each.key != "aws:sourcearn" or each.statement.effect != "Allow":
            continue
        named = [caller.text for caller in callers(each.path, each.statement)]
        arn = arn_of(text)
        if named != [POD_IDENTITY] or arn is None or _may_be_a_cluster(arn.resource):
            continue
        yield Hit(
            place,
            f'"{text}" is not a cluster. Users report that EKS Pod Identity sends the ARN of '
            "the cluster as aws:SourceArn, so this value may match no request. Write the ARN "
            "of the cluster, for example "
            f'"arn:{arn.partition}:eks:{arn.region or "*"}:{arn.account}:cluster/web".',
            assumptions=(
                "EKS Pod Identity sends the ARN of the cluster; AWS's page does not say.",
            ),
        )


def _may_be_a_cluster(resource: str) -> bool:
    """Whether the last part of an ARN, which may be a pattern, can be that of a cluster."""
    if resource.startswith(_CLUSTER):
        return True
    return has_wildcard(resource.partition("/")[0]) and matches(
        resource.partition("/")[0] + "*", _CLUSTER
    )


_PODS = {"Service": POD_IDENTITY}
_ACTIONS = ["sts:AssumeRole", TAG_SESSION]


def _from(resource: str) -> str:
    source = {"aws:SourceArn": f"arn:aws:eks:*:111122223333:{resource}"}
    own = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    return example(_PODS, _ACTIONS, own | {"ArnLike": source})


PITFALL = Pitfall(
    code="TP450",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An association as the source of Pod Identity",
    find=find,
    needs=condition_on("aws:SourceArn"),
    fine="When you have seen requests that carry this ARN.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
    bad=(_from("podidentityassociation/web/*"), _from("podidentityassociation/*")),
    good=(
        _from("cluster/web"),
        _from("cluster/*"),
        _from("*"),
        example({"Service": "eks.amazonaws.com"}),
    ),
)
