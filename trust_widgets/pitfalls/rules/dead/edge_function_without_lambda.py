"""Lambda@Edge with one of the two services that take up its role."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.service_calls import EDGE_FUNCTIONS, companion_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, needs
from trust_widgets.policy import (
    Fix,
    Home,
    Insert,
    Path,
    Principal,
    Replace,
    Statement,
    TrustPolicy,
    example,
    is_allowed,
    principals,
    principals_of_kind,
)

_EDGE, _LAMBDA = EDGE_FUNCTIONS, companion_of(EDGE_FUNCTIONS)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Service", "Allow"):
        if value != _EDGE:
            continue
        if not is_allowed(policy, Principal(service=(_LAMBDA,)), "sts:AssumeRole"):
            yield Hit(
                path,
                f"The role of a Lambda@Edge function must trust both {_LAMBDA} and {_EDGE}: "
                "Lambda does not accept a role that it cannot assume.",
                fix=_fix(path, statement),
            )


def _fix(path: Path, statement: Statement) -> Fix:
    title = f"Also trust {_LAMBDA}"
    if len(principals_of_kind(statement, "Service")) > 1:
        return Fix(title, (Insert((*path[:-1], 0), _LAMBDA),))
    return Fix(title, (Replace(path[:-1], [_LAMBDA, _EDGE]),))


PITFALL = Pitfall(
    code="TP221",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="Lambda@Edge without Lambda",
    find=find,
    needs=needs.service(_EDGE),
    fine=(
        "When another statement trusts lambda.amazonaws.com. An ordinary function needs only "
        "that service."
    ),
    source="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html",
    bad=(
        example({"Service": "edgelambda.amazonaws.com"}),
        example({"Service": ["edgelambda.amazonaws.com", "ec2.amazonaws.com"]}),
    ),
    good=(
        example({"Service": ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]}),
        example({"Service": "lambda.amazonaws.com"}),
    ),
)
