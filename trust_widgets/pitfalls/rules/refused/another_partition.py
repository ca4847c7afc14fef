"""Principals of two partitions in one policy, of which a role can trust only its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trust_widgets.aws import partitions
from trust_widgets.aws.principal_forms import PrincipalForm, account_of, form_of, partition_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Home, Path, TrustPolicy, example, partition_of_role, principals

_ARNS = (PrincipalForm.ACCOUNT, PrincipalForm.NAMED, PrincipalForm.PROVIDER)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    arns = list(_arns(policy))
    if not arns:
        return
    known = partition_of_role(home)
    own = known or _own([value for _, value in arns], home)
    is_of = "and the role is in" if known else "but others in this policy are in"
    for path, value in arns:
        partition = partition_of(value)
        if partition != own:
            yield Hit(
                path,
                f'This principal is in the partition "{partition}", {is_of} "{own}". '
                "Partitions share no accounts, and a role can be assumed only from its own "
                "partition. Create a role in each partition.",
            )


def _arns(policy: TrustPolicy) -> Iterator[tuple[Path, str]]:
    for kind in ("AWS", "Federated"):
        for path, _, value in principals(policy, kind, "Allow"):
            named = value.startswith("arn:") and form_of(value) in _ARNS
            if named and partitions.is_partition(partition_of(value)):
                yield path, value


def _own(arns: list[str], home: Home) -> str:
    """The role's partition: that of its providers and the reader's accounts, else the one most
    often named.
    """
    near = {
        partition_of(arn)
        for arn in arns
        if form_of(arn) is PrincipalForm.PROVIDER or account_of(arn) in home.accounts
    }
    times = Counter(partition_of(arn) for arn in arns if not near or partition_of(arn) in near)
    return max(partitions.names(), key=lambda name: times[name])


PITFALL = Pitfall(
    code="TP124",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A principal of another partition",
    find=find,
    fine=(
        "Never between partitions, such as AWS and AWS China. The partition of the role was "
        "read from the other principals."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example(
            {"AWS": ["arn:aws:iam::111122223333:role/app", "arn:aws-cn:iam::444455556666:role/app"]}
        ),
        example(
            {
                "AWS": [
                    "arn:aws-us-gov:iam::111122223333:role/app",
                    "arn:aws:iam::444455556666:role/app",
                ]
            }
        ),
    ),
    good=(
        example(
            {
                "AWS": [
                    "arn:aws-cn:iam::111122223333:role/app",
                    "arn:aws-cn:iam::444455556666:role/app",
                ]
            }
        ),
        example({"AWS": ["arn:aws-cn:iam::111122223333:role/app", "444455556666"]}),
    ),
)
