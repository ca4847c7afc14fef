"""Require MFA that is not too long ago, of one user of another account."""

from __future__ import annotations

from trust_widgets.evaluation import Request
from trust_widgets.exercises import Exercise, NamedRequest
from trust_widgets.exercises.writing import PARTNER, ROLE, policy, statement

_AUDITOR = f"arn:aws:iam::{PARTNER}:user/auditor"
_ROOT = f"arn:aws:iam::{PARTNER}:root"
_AGE, _PRESENT = "aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent"
_YOUNG = {"NumericLessThanEquals": {_AGE: "1800"}}
_BOTH = {"Bool": {_PRESENT: "true"}, "NumericLessThan": {_AGE: "1800"}}
_OR_WITH_THE_CALL = {
    "Bool": {_PRESENT: "true"},
    "NumericLessThanEqualsIfExists": {_AGE: "1800"},
}


def _signed_in(caller: str, seconds: int | None, user: str = _AUDITOR) -> NamedRequest:
    """A request of a user; `seconds` since the user signed in with MFA, `None` without MFA."""
    if seconds is not None:
        context = {_PRESENT: "true", _AGE: str(seconds)}
    else:
        context = {}
    request = Request("sts:AssumeRole", user, ROLE, context, caller_permission="yes")
    return NamedRequest(caller, request)


EXERCISE = Exercise(
    name="careful_auditor",
    label="W5",
    title="One careful auditor",
    minutes=8,
    brief=(
        f"The user auditor of account {PARTNER} reads your logs, signed in with MFA at most 30"
        " minutes ago. Nobody else may assume the role: no other user, and not the auditor without"
        " MFA or when it is longer ago."
    ),
    start=policy(statement({"AWS": _ROOT}, Condition={"BoolIfExists": {_PRESENT: "true"}})),
    must_allow=(
        _signed_in("the auditor 10 minutes after MFA", 600),
        _signed_in("the auditor almost 30 minutes after MFA", 1799),
    ),
    must_deny=(
        _signed_in("the auditor an hour after MFA", 3600),
        _signed_in("the auditor with a long-term access key", None),
        _signed_in("another user 10 minutes after MFA", 600, f"arn:aws:iam::{PARTNER}:user/other"),
    ),
    narrowest=policy(statement({"AWS": _AUDITOR}, Condition=_BOTH)),
    widest=policy(
        statement({"AWS": _AUDITOR}, Condition=_YOUNG),
        # A code that comes with the call is from now; AWS does not say that such a call has an age.
        statement({"AWS": _AUDITOR}, Condition=_OR_WITH_THE_CALL),
    ),
    hints=(
        "What does the condition say of a request that has no word about MFA?",
        "MFA's age is a number of seconds, and the key is there only after MFA.",
        f'Name the user, and add "NumericLessThanEquals" on "{_AGE}" with "1800".',
    ),
    solutions=(
        policy(statement({"AWS": _AUDITOR}, Condition=_YOUNG)),
        policy(statement({"AWS": _AUDITOR}, Condition=_BOTH)),
        policy(
            statement(
                {"AWS": _ROOT},
                Condition={**_YOUNG, "ArnEquals": {"aws:PrincipalArn": _AUDITOR}},
            )
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    ),
)
