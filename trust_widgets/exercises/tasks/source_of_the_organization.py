"""Let a service act for every account of one organization, and for no other."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import OWN, PARTNER, VENDOR, calls, policy, statement

_TRAIL = {"Service": "cloudtrail.amazonaws.com"}
_ORGANIZATION = "o-a1b2c3d4e5"
_KEY = "aws:SourceOrgID"
_OURS = {"StringEquals": {_KEY: _ORGANIZATION}}


def _for(account: str, organization: str) -> dict[str, str]:
    return {
        "service": _TRAIL["Service"],
        "source": "sent",
        "source_account": account,
        "source_arn": f"arn:aws:cloudtrail:eu-central-1:{account}:trail/audit",
        "source_organization": organization,
    }


EXERCISE = Exercise(
    name="source_of_the_organization",
    title="For all of our accounts",
    minutes=6,
    brief=(
        "AWS CloudTrail uses this role for the trails of all accounts of your organization"
        f" {_ORGANIZATION}, also of those that will join. A trail of anybody else may not use it."
    ),
    start=policy(statement(_TRAIL)),
    must_allow=(
        calls("a trail of your account", "aws_service", **_for(OWN, _ORGANIZATION)),
        calls("a trail of another of your accounts", "aws_service", **_for(PARTNER, _ORGANIZATION)),
    ),
    must_deny=(
        calls("a trail of another organization", "aws_service", **_for(VENDOR, "o-z9y8x7w6v5")),
        calls("a user of your account", "iam_user", arn=f"arn:aws:iam::{OWN}:user/developer"),
    ),
    narrowest=policy(statement(_TRAIL, Condition=_OURS)),
    widest=policy(statement(_TRAIL, Condition=_OURS)),
    hints=(
        "Is your organization that of the caller, or that of the trail?",
        "Besides the account of the source, a service can say the organization of that account.",
        f'Add the condition "StringEquals" on "{_KEY}" with "{_ORGANIZATION}".',
    ),
    solutions=(
        policy(statement(_TRAIL, Condition=_OURS)),
        policy(statement(_TRAIL, Condition={"StringLike": {_KEY: _ORGANIZATION}})),
        policy(
            statement(_TRAIL),
            statement(_TRAIL, Effect="Deny", Condition={"StringNotEquals": {_KEY: _ORGANIZATION}}),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    ),
)
