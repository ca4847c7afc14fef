"""A principal's ARN in a partition that AWS does not have, near to one that it has."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import partitions
from trust_widgets.aws.principal_forms import PrincipalForm, form_of, partition_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example, nearest_name, principals

_NICKNAMES = {
    "aws-china": "aws-cn",
    "aws-gov": "aws-us-gov",
    "aws-gov-us": "aws-us-gov",
    "aws-govcloud": "aws-us-gov",
    "aws-us": "aws-us-gov",
    "aws-eu": "aws-eusc",
}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for kind in ("AWS", "Federated"):
        for path, _, value in principals(policy, kind):
            written = partition_of(value)
            if partitions.is_partition(written):
                continue
            meant = _meant(written)
            if meant is not None:
                right = value.replace(f"arn:{written}:", f"arn:{meant}:", 1)
                message = (
                    f'AWS has no partition "{written}". Did you mean "{meant}", as in'
                    f' "arn:{meant}:iam::"?'
                )
                fix = None
                # A whole account or a provider is judged once it can be saved.
                if form_of(right) is PrincipalForm.NAMED:
                    fix = Fix(f'Write "{right}"', (Replace(path, right),))
                yield Hit(path, message, fix=fix)


def _meant(written: str) -> str | None:
    """None where it is near to none that we know: AWS may have a new one."""
    if not written.startswith("aws-"):
        return None
    return _NICKNAMES.get(written) or nearest_name(
        written, [name for name in partitions.names() if name != "aws"]
    )


PITFALL = Pitfall(
    code="TP125",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A partition that does not exist",
    find=find,
    fine=(
        "Never: an ARN starts with arn:aws, or with another AWS partition such as arn:aws-cn "
        "or arn:aws-us-gov."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    bad=(
        example({"AWS": "arn:aws-gov:iam::444455556666:role/app"}),
        example({"AWS": "arn:aws-usgov:iam::444455556666:root"}),
    ),
    good=(
        example({"AWS": "arn:aws-us-gov:iam::444455556666:role/app"}),
        example({"AWS": "arn:aws-quantum:iam::444455556666:role/app"}),
    ),
)
