"""An ARN whose Region is in another partition than the one that the ARN names."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import holds_arn
from trust_widgets.aws.arns import arn_in_right_partition, arn_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if not holds_arn(each.key):
            continue
        right = arn_in_right_partition(text)
        written, meant = arn_of(text), arn_of(right)
        if written is not None and meant is not None:
            yield Hit(
                place,
                f'The Region {meant.region} is in the partition "{meant.partition}", but the ARN'
                f' "{text}" is of the partition "{written.partition}".'
                f' {outcome(each, place)} Write "{right}".',
                fix=Fix(f'Write "{right}"', (Replace(place, right),)),
            )


_SERVICE = {"Service": "datasync.amazonaws.com"}


def _from(arn: str) -> str:
    return example(_SERVICE, condition={"ArnLike": {"aws:SourceArn": arn}})


PITFALL = Pitfall(
    code="TP256",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A Region of another partition",
    find=find,
    needs=CONDITIONS,
    fine="Never: the partition in an ARN is that of its Region.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    bad=(
        _from("arn:aws:datasync:cn-north-1:111122223333:*"),
        _from("arn:aws:datasync:us-gov-west-1:111122223333:task/*"),
        _from("arn:aws-cn:datasync:eu-west-1:111122223333:*"),
    ),
    good=(
        _from("arn:aws-cn:datasync:cn-north-1:111122223333:*"),
        _from("arn:aws*:datasync:cn-north-1:111122223333:*"),
        _from("arn:aws:datasync:*:111122223333:*"),
        _from("arn:aws:datasync:eu-west-1:111122223333:*"),
    ),
)
