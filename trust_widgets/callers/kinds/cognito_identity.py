"""A user of a Cognito identity pool, signed in or not.

https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.aws.oidc_issuers import cognito_host
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.callers.from_policy import wanted_all
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers.cognito import PROVIDER

_ID = r"[a-z0-9-]{4,30}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_POOL = Question(
    "Identity pool",
    "ID of the pool: a Region and a UUID.",
    "us-east-1:12345678-abcd-abcd-abcd-123456789012",
    _ID,
    "A pool's ID is like us-east-1:12345678-abcd-abcd-abcd-123456789012.",
)
_IDENTITY = Question(
    "Identity",
    "ID of one user. Empty: any user.",
    "us-east-1:11112222-3333-4444-5555-666677778888",
    _ID,
    "An identity's ID is like us-east-1:11112222-3333-4444-5555-666677778888.",
    optional=True,
)
_SIGNED_IN = Question("Signed in")
_LOGINS = Question(
    "Signed in through",
    "Optional. As amr names it, one per line.",
    example="graph.facebook.com",
    rule=r"\S{1,256}",
    message="A provider has no spaces, like graph.facebook.com.",
    optional=True,
    when=("signed_in", ()),
    more=True,
)


def request(
    role: str = ROLE,
    pool: Annotated[str, _POOL] = "",
    identity: Annotated[str, _IDENTITY] = "",
    signed_in: Annotated[bool, _SIGNED_IN] = True,
    logins: Annotated[tuple[str, ...], _LOGINS] = (),
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    if logins and not signed_in:
        raise ValueError(
            "A guest has no sign-in provider. Remove the providers, or choose that the "
            "user is signed in."
        )
    # The key holds `unauthenticated`, or `authenticated` with the names of providers.
    amr = ("authenticated", *logins) if signed_in else ("unauthenticated",)
    token = _tokens.TokenClaims(cognito_host(pool), identity, pool, {"amr": amr})
    return _tokens.request(role, token, session_name, source_ip)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    for statement, issuer in _tokens.asked(policy, PROVIDER.owns):
        claims = _tokens.claims_wanted(statement, issuer, {"pool": "aud", "identity": "sub"})
        signed_in = "unauthenticated" not in wanted_all(statement, f"{issuer}:amr")
        return {"pool": _POOL.example, **claims, "signed_in": signed_in}
    return None


CALLER = Caller(
    title="Cognito identity",
    about="A user of an app, through an identity pool, signed in or as a guest.",
    group="People",
    request=request,
    source=PROVIDER.source,
    note=(
        "The audience is the identity pool. Without a condition on it, the users of "
        "every pool can assume the role."
    ),
    guess=guess,
)
