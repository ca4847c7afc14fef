"""Let users of an application assume the role once they have signed in, and no guests."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import calls, policy, statement
from trust_widgets.providers import PROVIDERS

_COGNITO = PROVIDERS["cognito"].issuer
_POOL = "eu-central-1:12345678-1234-4234-8234-123456789012"
_OTHER_POOL = "eu-central-1:87654321-1234-4234-8234-123456789012"
_PRINCIPAL, _ACTION = {"Federated": _COGNITO}, "sts:AssumeRoleWithWebIdentity"
_AUD, _AMR = f"{_COGNITO}:aud", f"{_COGNITO}:amr"
_OF_POOL = {"StringEquals": {_AUD: _POOL}}
_SIGNED_IN = {**_OF_POOL, "ForAnyValue:StringEquals": {_AMR: "authenticated"}}

EXERCISE = Exercise(
    name="signed_in_users",
    title="No guests",
    minutes=6,
    brief=(
        f"Your application has the Cognito identity pool {_POOL}. People who have signed in there"
        " use this role. Guests, who have not, and the pools of other applications may not."
    ),
    start=policy(statement(_PRINCIPAL, _ACTION, Condition=_OF_POOL)),
    must_allow=(
        calls("a person who has signed in", "cognito_identity", pool=_POOL, signed_in=True),
    ),
    must_deny=(
        calls("a guest of the pool", "cognito_identity", pool=_POOL, signed_in=False),
        calls(
            "a person signed in to another pool",
            "cognito_identity",
            pool=_OTHER_POOL,
            signed_in=True,
        ),
    ),
    narrowest=policy(statement(_PRINCIPAL, _ACTION, Condition=_SIGNED_IN)),
    widest=policy(statement(_PRINCIPAL, _ACTION, Condition=_SIGNED_IN)),
    hints=(
        "Does the token of a guest differ from that of a user who has signed in?",
        "Cognito says in a list how a user signed in; one of its values has to match.",
        f'Add "ForAnyValue:StringEquals" on "{_AMR}" with "authenticated".',
    ),
    solutions=(
        policy(statement(_PRINCIPAL, _ACTION, Condition=_SIGNED_IN)),
        policy(
            statement(
                _PRINCIPAL,
                _ACTION,
                Condition={**_OF_POOL, "ForAnyValue:StringLike": {_AMR: "authenticated"}},
            )
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html",
    ),
)
