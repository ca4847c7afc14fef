"""Let the people of one permission set of IAM Identity Center assume the role."""

from __future__ import annotations

from trust_widgets.exercises import Exercise, NamedRequest
from trust_widgets.exercises.writing import OWN, PARTNER, calls, policy, statement

_ROOT = f"arn:aws:iam::{OWN}:root"
_ROLES = f"arn:aws:iam::{OWN}:role/aws-reserved/sso.amazonaws.com/*"
_OPERATORS = f"{_ROLES}/AWSReservedSSO_Operators_*"
_IN_ANY_REGION = f"{_ROLES}AWSReservedSSO_Operators_*"


def _when(pattern: str) -> str:
    return policy(statement({"AWS": _ROOT}, Condition={"ArnLike": {"aws:PrincipalArn": pattern}}))


def _person(caller: str, permission_set: str, account: str = OWN) -> NamedRequest:
    return calls(
        caller,
        "identity_center_session",
        account=account,
        permission_set=permission_set,
        region="eu-central-1",
    )


EXERCISE = Exercise(
    name="permission_set",
    title="People of a permission set",
    minutes=8,
    brief=(
        f"People sign in to your account {OWN} through IAM Identity Center, whose home is"
        " eu-central-1. Those with the permission set Operators may assume this role, and nobody"
        " else. The role behind the set gets a new ending whenever the set is assigned again."
    ),
    start=policy(
        statement(
            {"AWS": _ROOT},
            Condition={
                "ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{OWN}:role/AWSReservedSSO_*"}
            },
        )
    ),
    must_allow=(_person("a person with the permission set Operators", "Operators"),),
    must_deny=(
        _person("a person with the permission set Readers", "Readers"),
        calls("a user of your account", "iam_user", arn=f"arn:aws:iam::{OWN}:user/developer"),
        _person("a person with a set Operators in another account", "Operators", PARTNER),
    ),
    narrowest=_when(
        f"arn:aws:iam::{OWN}:role/aws-reserved/sso.amazonaws.com/eu-central-1/"
        "AWSReservedSSO_Operators_????????????????"
    ),
    widest=_when(_IN_ANY_REGION),
    hints=(
        "Under which path does IAM Identity Center make its roles?",
        "Path, Region, name of the set and an ending that changes: only the last is a wildcard.",
        f'Require "{_OPERATORS}" of "aws:PrincipalArn" with "ArnLike".',
    ),
    solutions=(
        _when(_OPERATORS),
        _when(_IN_ANY_REGION),
        _when(
            f"arn:aws:iam::{OWN}:role/aws-reserved/sso.amazonaws.com/eu-central-1/"
            "AWSReservedSSO_Operators_*"
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html",
    ),
)
