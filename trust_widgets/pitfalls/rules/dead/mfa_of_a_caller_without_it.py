"""MFA required from a caller who never has it: a service, the holder of a token, a role session."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.operators import ParsedOperator
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.absent_keys import MFA_AGE, MFA_PRESENT
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.removal import without_condition
from trust_widgets.pitfalls.required_conditions import (
    PrincipalOfStatement,
    RequiredCondition,
    asked,
    outcome,
    unable,
)
from trust_widgets.policy import ConditionView, Home, TrustPolicy, conditions_on, example

# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
_SESSIONS = (
    "A role session never carries MFA information, even if the user signed in with MFA. This "
    "includes IAM Identity Center. Require MFA in the trust policy of the session's own role, "
    "for the users who assume that role."
)
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
_INSTEAD = {
    "service": (
        " To require MFA from the users who pass this role to the service, add the condition to "
        "their permission for iam:PassRole."
    ),
    "saml": " Require MFA in the settings of the identity provider.",
    "oidc": " Require MFA in the settings of the identity provider.",
}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        if each.key in (MFA_PRESENT, MFA_AGE) and not _is_told_beside(each):
            for place, why in unable(each, _why):
                fix = without_condition(each) if place == each.place else None
                yield Hit(place, f"{why} {outcome(each, place)}", fix=fix)


def _is_told_beside(each: RequiredCondition) -> bool:
    """Whether its age is required together with MFA itself, which is one mistake."""
    present = map(ConditionView, conditions_on(each.statement, MFA_PRESENT))
    is_asked = any(view.operator == ParsedOperator("", "Bool", if_exists=False) for view in present)
    return each.key == MFA_AGE and is_asked


def _why(each: RequiredCondition, caller: PrincipalOfStatement) -> str:
    wants_mfa = each.key == MFA_AGE or ConditionView(each.condition).truth_values == {"true"}
    if caller.sort in ("role", "session") and wants_mfa:
        return _SESSIONS
    why = why_never(each.condition.key, caller.kind)
    return why and why + _INSTEAD.get(caller.kind, "")


_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}

PITFALL = Pitfall(
    code="TP206",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="MFA required from a caller that never has it",
    find=find,
    needs=CONDITIONS,
    fine="For IAM users, and for an account as a whole, because its users can meet it.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    bad=(
        example({"AWS": "arn:aws:iam::444455556666:role/deploy"}, condition=_MFA),
        example({"Service": "ec2.amazonaws.com"}, condition=_MFA),
        example(
            {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
            "sts:AssumeRoleWithSAML",
            _MFA | {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
        ),
        example(
            {"AWS": "arn:aws:iam::444455556666:role/deploy"},
            condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "60"}},
        ),
    ),
    good=(
        example({"AWS": "arn:aws:iam::444455556666:user/octo"}, condition=_MFA),
        example({"AWS": "111122223333"}, condition=_MFA),
        example(
            {"AWS": "arn:aws:iam::444455556666:role/deploy"},
            condition={"BoolIfExists": _MFA["Bool"]},
        ),
    ),
)
