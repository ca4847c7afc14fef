"""A condition key that is never present in requests of this kind of caller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.keys.records import key_record
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.absent_keys import keys_never_had
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.removal import without_condition
from trust_widgets.pitfalls.required_conditions import RequiredCondition, callers, outcome
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import Fix, Home, Rename, TrustPolicy, example, keys_of


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, why in keys_never_had(policy):
        fix = _fix(each) if place == each.place else None
        yield Hit(place, f"{why} {outcome(each, place)}", fix=fix)


def _fix(each: RequiredCondition) -> Fix | None:
    """The key that says the same of the caller, where each caller of the statement has it; an
    external ID, which says nothing of who calls, can be left out.
    """
    if each.key == "sts:externalid":
        return without_condition(each)
    right = key_record(each.key).of_the_caller
    if not right or right.lower() in keys_of(each.statement, each.condition.operator):
        return None
    if any(caller.why_never_has(right) for caller in callers(each.path, each.statement)):
        return None
    if each.key == "aws:sourcearn" and not _are_callers(each.condition.values):
        return None
    return Fix(f"Use {right}", (Rename(each.place, right),))


def _are_callers(arns: Iterable[object]) -> bool:
    """Whether all are ARNs of roles or users."""
    form = re.compile(rf"arn:[^:]+:iam::{ACCOUNT_ID}:(?:role|user)/")
    return all(form.match(str(arn)) for arn in arns)


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
    needs=CONDITIONS,
    fine=(
        "For another kind of caller, in a separate statement. With IfExists, or a negated "
        "operator, an absent key meets the condition."
    ),
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(
        example(_EC2, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example(_EC2, condition={"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d5e6f"}}),
        example(
            _ROLE, condition={"ArnLike": {"aws:SourceArn": "arn:aws:iam::444455556666:role/deploy"}}
        ),
        example(_ROLE, condition={"StringEquals": {"aws:SourceAccount": "444455556666"}}),
        example(
            _SAML,
            "sts:AssumeRoleWithSAML",
            {"StringEquals": _AUD | {"sts:ExternalId": "b2f6c3de-9a41-4b55"}},
        ),
    ),
    good=(
        example(_EC2, condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example(
            {"Service": "states.amazonaws.com"},
            condition={"StringEquals": {"aws:SourceAccount": "111122223333"}},
        ),
        example(_ROLE, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example(_ROLE, condition={"StringNotEquals": {"aws:SourceAccount": "444455556666"}}),
    ),
)
