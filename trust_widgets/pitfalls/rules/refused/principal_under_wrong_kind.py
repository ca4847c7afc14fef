"""A principal under the wrong heading: a service under `AWS`, a role under `Service`."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.principal_forms import kind_for
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Rename,
    Statement,
    TrustPolicy,
    example,
    principals,
)

_NAMES = {
    "AWS": "an AWS account, user or role",
    "Service": "an AWS service",
    "Federated": "an identity provider",
}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for kind in _NAMES:
        for path, statement, value in principals(policy, kind):
            right = kind_for(value)
            if right is not None and right != kind:
                message = (
                    f'"{value}" is {_NAMES[right]}: it belongs under "{right}", not under "{kind}".'
                )
                yield Hit(path, message, fix=_fix(path[:4], statement, right))


def _fix(path: Path, statement: Statement, right: str) -> Fix | None:
    """Rename the heading, where everything under it belongs under the other and that one is
    free.
    """
    if statement.principal is None:
        return None
    kinds = dict(statement.principal.kinds)
    if right in kinds or any(kind_for(value) != right for value in kinds.get(str(path[3]), ())):
        return None
    return Fix(f'Put it under "{right}"', (Rename(path, right),))


PITFALL = Pitfall(
    code="TP113",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A principal under the wrong kind",
    find=find,
    fine="Never: each kind has its own form of principal.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"AWS": "codebuild.amazonaws.com"}),
        example({"Service": "arn:aws:iam::111122223333:role/app"}),
        example({"Federated": "arn:aws:iam::111122223333:user/app"}),
    ),
    good=(example({"AWS": "111122223333", "Service": "codebuild.amazonaws.com"}),),
)
