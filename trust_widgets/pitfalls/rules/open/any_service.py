"""`{"Service": "*"}`: every AWS service, no matter who makes it act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.aws.services import title_of
from trust_widgets.evaluation import Request
from trust_widgets.explain import evaluate
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import SERVICE_PRINCIPAL
from trust_widgets.policy import (
    Home,
    Principal,
    Statement,
    TrustPolicy,
    example,
    is_meant_to_assume,
    narrowing_conditions,
    principals,
)

_SERVICE = "cloudformation.amazonaws.com"
_ACCOUNT = "999988887777"
_OF_ANOTHER_ACCOUNT = {
    "aws:SourceAccount": _ACCOUNT,
    "aws:SourceArn": f"arn:aws:cloudformation:us-east-1:{_ACCOUNT}:stack/other/1",
}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Service", "Allow"):
        if value == "*" and is_meant_to_assume(statement):
            anyones = _lets_in(policy, statement, _OF_ANOTHER_ACCOUNT)
            if anyones or _lets_in(policy, statement, {}):
                whose = f", acting for account {_ACCOUNT}" if anyones else ""
                yield Hit(
                    path,
                    "AWS does not document whether IAM accepts this. If it does, every AWS service "
                    "can assume this role, including services that act for other accounts and "
                    "services that do not exist yet. Name the services that need the role.",
                    callers=(f"the AWS service {title_of(_SERVICE)}{whose}",),
                    severity=None if anyones else Severity.MEDIUM,
                )


def _lets_in(policy: TrustPolicy, statement: Statement, told: dict[str, str]) -> bool:
    """Whether one service is allowed, if the asterisk represents it."""
    denies = [each for each in policy.statements if each.effect == "Deny"]
    narrowing = tuple(narrowing_conditions(statement))
    alone = replace(statement, principal=Principal(service=(_SERVICE,)), conditions=narrowing)
    request = Request("sts:AssumeRole", _SERVICE, context=told, caller_permission="yes")
    return evaluate(replace(policy, statements=(alone, *denies)), request).outcome == "allowed"


PITFALL = Pitfall(
    code="TP314",
    verdict=Verdict.OPEN,
    severity=Severity.HIGH,
    title="Every AWS service",
    find=find,
    needs=SERVICE_PRINCIPAL,
    fine="In very few cases: a role is for the services that need it.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"Service": "*"}),
        example({"Service": "*"}, condition={"Bool": {"aws:SecureTransport": "true"}}),
    ),
    good=(
        example({"Service": "ec2.amazonaws.com"}),
        example({"Service": "*"}, Effect="Deny"),
    ),
)
