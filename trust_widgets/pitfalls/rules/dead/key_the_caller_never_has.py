"""A condition key asked of a kind of caller whose calls never carry it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.required_conditions import Asked, Caller, asked, callers, outcome, unable
from trust_widgets.pitfalls.rules.dead.mfa_of_a_caller_without_it import AGE, PRESENT
from trust_widgets.policy import Fix, Home, Rename, TrustPolicy
from trust_widgets.policy.condition_strength import is_claim
from trust_widgets.policy.statements import example

# Each of these has a rule of its own.
_ELSEWHERE = (AGE, PRESENT, "sts:durationseconds")
_INSTEAD = {
    ("aws:sourcearn", "aws"): " Who calls is in aws:PrincipalArn.",
    ("aws:sourceaccount", "aws"): " The caller's account is in aws:PrincipalAccount.",
    ("aws:sourceorgid", "aws"): " The caller's organisation is in aws:PrincipalOrgID.",
    ("aws:principalorgid", "service"): " For whose organisation a service works, it may say in aws:SourceOrgID.",
    ("aws:principalarn", "oidc"): " Who holds the token is in its sub claim.",
}
_OF_THE_CALLER = {
    "aws:sourcearn": "aws:PrincipalArn",
    "aws:sourceaccount": "aws:PrincipalAccount",
    "aws:sourceorgid": "aws:PrincipalOrgID",
}
# From AWS's own address, and not that of whoever set the service up.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
_ADDRESS = "aws:SourceIp never holds an address of yours when an AWS service calls: it calls from addresses of AWS."
# Services that run what is yours with a role, and have nowhere to give an external id.
_WITHOUT_EXTERNAL_ID = ("ec2", "lambda", "ecs-tasks", "edgelambda", "pods.eks", "rolesanywhere")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        if each.key not in _ELSEWHERE:
            for place, why in unable(each, _why):
                yield Hit(place, f"{why} {outcome(each, place)}", fix=_fix(each) if place == each.place else None)


def _fix(each: Asked) -> Fix | None:
    """The key that says the same of the caller, where users and roles alone are named."""
    right = _OF_THE_CALLER.get(each.key, "")
    kinds = {caller.kind for caller in callers(each.path, each.statement)}
    beside = {c.key.lower() for c in each.statement.conditions if c.operator == each.condition.operator}
    people = all(re.match(r"arn:[^:]+:iam::[0-9]{12}:(?:role|user)/", str(value)) for value in each.condition.values)
    if kinds != {"aws"} or not right or right.lower() in beside or (each.key == "aws:sourcearn" and not people):
        return None
    return Fix(f"Ask for {right}", (Rename(each.place, right),))


def _why(each: Asked, caller: Caller) -> str:
    if is_claim(each.key) and caller.kind == "oidc":
        return ""  # whose claim it is, other rules say
    if each.key == "aws:username" and caller.sort in ("role", "session"):
        return "aws:username is never there when a role's session calls: only users of IAM have a user name."
    if caller.kind == "service" and each.key == "aws:sourceip":
        return _ADDRESS
    if each.key == "sts:externalid" and caller.text.removesuffix(".amazonaws.com") in _WITHOUT_EXTERNAL_ID:
        return "sts:ExternalId is never there when this service calls: it has nowhere to be given one."
    why = why_never(each.condition.key, caller.kind)
    return why and why + _INSTEAD.get((each.key, caller.kind), "")


_SAML = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}
_AUD = {"SAML:aud": "https://signin.aws.amazon.com/saml"}
_ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
_EC2 = {"Service": "ec2.amazonaws.com"}

PITFALL = Pitfall(
    code="TP207",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A key that the caller never has",
    find=find,
    fine="For another kind of caller, in a statement of its own. With IfExists, or a negated operator, a missing key "
    "lets the caller pass.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    bad=(
        example(_EC2, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example(_EC2, condition={"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d5e6f"}}),
        example(_ROLE, condition={"ArnLike": {"aws:SourceArn": "arn:aws:iam::444455556666:role/deploy"}}),
        example(_ROLE, condition={"StringEquals": {"aws:SourceAccount": "444455556666"}}),
        example(_SAML, "sts:AssumeRoleWithSAML", {"StringEquals": _AUD | {"sts:ExternalId": "b2f6c3de-9a41-4b55"}}),
    ),
    good=(
        example(_EC2, condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example({"Service": "states.amazonaws.com"}, condition={"StringEquals": {"aws:SourceAccount": "111122223333"}}),
        example(_ROLE, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example(_ROLE, condition={"StringNotEquals": {"aws:SourceAccount": "444455556666"}}),
    ),
)
