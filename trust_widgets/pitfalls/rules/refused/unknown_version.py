"""A `Version` that is neither of the two that IAM knows."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy

_STATEMENT = (
    '[{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action":'
    ' "sts:AssumeRole"}]'
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    if policy.version not in (None, "2012-10-17", "2008-10-17"):
        yield Hit(
            ("Version",),
            f'"{policy.version}" is not a version of the policy language. The version is not '
            'the day on which you wrote the policy. Write "2012-10-17", the current version.',
            fix=Fix('Write "2012-10-17"', (Replace(("Version",), "2012-10-17"),)),
        )


PITFALL = Pitfall(
    code="TP107",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An unknown version",
    find=find,
    fine="Never: IAM knows 2012-10-17 and the older 2008-10-17.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"
    ),
    bad=(f'{{"Version": "2023-09-27", "Statement": {_STATEMENT}}}',),
    good=(f'{{"Version": "2012-10-17", "Statement": {_STATEMENT}}}',),
)
