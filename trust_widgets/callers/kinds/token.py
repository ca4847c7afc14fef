"""The holder of a pasted OIDC token: its payload is decoded, never verified, and the token is not
kept.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Mapping
from typing import Annotated, Any

from trust_widgets.aws.arns import ACCOUNT_ID, ACCOUNT_ID_FORM, account_id_of
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.callers.from_policy import wanted, wanted_all
from trust_widgets.callers.jwt import is_jwt, jwt_in, plain
from trust_widgets.callers.pasted import TOKEN, for_any_text
from trust_widgets.callers.pasted_json import (
    dicts_within,
    documents_in,
    object_in,
    part,
    text_at,
    text_of,
    texts_by_name,
    texts_of,
)
from trust_widgets.callers.request_context import home_of
from trust_widgets.evaluation import Request, Value
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers import PROVIDERS, is_unissuable, provider_of

# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
TAGS = "https://aws.amazon.com/tags"
SOURCE_IDENTITY = "https://aws.amazon.com/source_identity"
_FLAT = f"{TAGS}/principal_tags/"
_GITHUB = PROVIDERS["github_actions"].issuer

_TEXT = Question(
    "Token, or its claims",
    "A JWT, or its payload as JSON. It is decoded here and sent nowhere. Its signature "
    "is not verified.",
    f'{{"iss": "https://{_GITHUB}", "aud": "sts.amazonaws.com", '
    '"sub": "repo:octo-org/app:ref:refs/heads/main"}',
    long=True,
)
_ACCOUNT = Question(
    "Account of the role",
    "The identity provider is in the same account. Empty: the account of the role above.",
    "111122223333",
    ACCOUNT_ID,
    f"{ACCOUNT_ID_FORM}, like 111122223333.",
    optional=True,
    more=True,
    tidy=account_id_of,
)


def request(
    role: str = ROLE,
    text: Annotated[str, _TEXT] = "",
    account: Annotated[str, _ACCOUNT] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    home = home_of(role)
    where = f"arn:{home.partition}:iam::{account or home.account}:{home.resource}"
    return _tokens.request(where, token_from(claims_in(text)), session_name, source_ip)


def claims_in(text: str) -> dict[str, Any]:
    """The claims in a JWT, or in their own JSON, also among other words.

    Raises:
        ValueError: for anything else. No message holds the text.

    Example:
        >>> claims_in("Bearer e30.eyJzdWIiOiAiY2FydCJ9.c2ln")
        {'sub': 'cart'}
    """
    if is_jwt(text):
        return _payload_of(plain(text))
    listed = _listed_in(text)
    if listed:
        return listed
    within = jwt_in(text)
    if within:
        return _payload_of(within)
    tidy = plain(text)
    if tidy[:1] == "{":
        return object_in(tidy, "a token or its claims")
    return _payload_of(tidy)


def _listed_in(text: str) -> dict[str, Any]:
    """The claims that a text has as JSON, also among other words; empty where it has none."""
    if "{" not in text:
        return {}
    try:
        documents = documents_in(text, "a token or its claims")
    except ValueError:
        return {}
    within = (each for document in documents for each in dicts_within(document))
    return next((each for each in within if "iss" in each or "sub" in each), {})


def _payload_of(jwt: str) -> dict[str, Any]:
    parts = jwt.split(".")
    if len(parts) == 5:
        raise ValueError("This token is encrypted, so only its receiver can read it.")
    if len(parts) not in (2, 3) or not re.fullmatch(r"[A-Za-z0-9_+/=-]+", parts[1]):
        raise ValueError(
            "This is not a token. A JWT has three parts separated by dots, like "
            "eyJhbGci….eyJpc3Mi….c2ln."
        )
    return object_in(_decoded(parts[1]), "the payload of a token")


def _decoded(part: str) -> str:
    plain = part.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
    except ValueError:
        raise ValueError(
            "The middle part of this token cannot be decoded. Part of it may be missing."
        ) from None


def token_from(claims: Mapping[str, Any]) -> _tokens.TokenClaims:
    """What AWS reads of a token's claims.

    Raises:
        ValueError: for claims that are no OIDC token's.
    """
    issuer, subject = text_at(claims, "iss").removeprefix("https://"), text_at(claims, "sub")
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?(/[!-~]*)?", issuer):
        raise ValueError(f"These claims name no issuer. iss must be a URL, like https://{_GITHUB}.")
    if not subject:
        raise ValueError("These claims have no subject (sub). Every OIDC token has one.")
    audiences, party = texts_of(claims.get("aud")), text_at(claims, "azp")
    # AWS's pages do not say what it takes of several audiences.
    audience = party or (audiences[0] if len(audiences) == 1 else "")
    held: dict[str, Value | None] = {"oaud": audiences[0] if len(audiences) == 1 else None}
    for name in (*_tokens.exposed(issuer), "email"):
        values = _claim(claims, name)
        if name == "amr" and values:
            held[name] = values
        elif values:
            if len(values) == 1:
                held[name] = values[0]
            else:
                held[name] = None
    tags, transitive = _tags(claims)
    return _tokens.TokenClaims(
        issuer, subject, audience, held, tags, transitive, text_at(claims, SOURCE_IDENTITY)
    )


def _claim(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A claim's values: `google/organization_number` is organization_number in google."""
    if name in claims:
        return texts_of(claims[name])
    head, _, rest = name.partition("/")
    if rest:
        return texts_of(part(claims, head, rest))
    return ()


def _tags(claims: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The session tags in a token, nested in one claim or each in its own claim, and which are
    transitive.
    """
    nested = part(claims, TAGS)
    flat = {
        name.removeprefix(_FLAT): value for name, value in claims.items() if name.startswith(_FLAT)
    }
    transitive = part(nested, "transitive_tag_keys") or claims.get(f"{TAGS}/transitive_tag_keys")
    return {**texts_by_name(part(nested, "principal_tags")), **texts_by_name(flat)}, texts_of(
        transitive
    )


def remarks(answers: Mapping[str, Any]) -> tuple[str, ...]:
    claims = claims_in(str(answers.get("text", "")))
    ended = part(claims, "exp")
    said = ["The token's signature is not verified."]
    issuer, subject = text_at(claims, "iss").removeprefix("https://"), text_at(claims, "sub")
    provider = provider_of(issuer)
    if provider is not None and is_unissuable(issuer, subject):
        said.insert(0, f'No token of {provider.title} has the subject "{subject}".')
    if isinstance(ended, (int, float)) and ended < time.time():
        said.append(
            "The token has expired, so AWS rejects it. The result below is for a new "
            "token with the same claims."
        )
    party, audiences = text_at(claims, "azp"), texts_of(claims.get("aud"))
    if party and audiences != (party,):
        said.append(
            f"The token has the claim azp: AWS compares {issuer}:aud with it, "
            f'"{party}", and {issuer}:oaud with the claim aud.'
        )
    return tuple(said)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    for statement, issuer in _tokens.asked(policy, lambda issuer: True):
        known = provider_of(issuer)
        if known:
            made = next(_tokens.subjects(known, statement, issuer), "")
        else:
            made = ""
        subject = made or wanted(statement, f"{issuer}:sub")
        if subject and is_unissuable(issuer, subject):
            continue  # whoever has such a token is no caller
        amr = list(wanted_all(statement, f"{issuer}:amr"))
        claims = {
            "iss": f"https://{issuer}",
            "aud": wanted(statement, f"{issuer}:aud"),
            "sub": subject or "example",
            "amr": amr,
        }
        return {"text": json.dumps({name: value for name, value in claims.items() if value})}
    return None


def without_token(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers, with only what AWS reads of the claims in place of the token.

    Raises:
        ValueError: for what is no token.
    """
    claims = claims_in(str(answers.get("text", "")))
    issuer = token_from(claims).issuer
    names = {"iss", "sub", "aud", "azp", "email", SOURCE_IDENTITY, *_tokens.exposed(issuer)}
    names |= {name.partition("/")[0] for name in names if not name.startswith("https:")}
    kept = {
        name: value
        for name, value in claims.items()
        if name in names or text_of(name).startswith(TAGS)
    }
    return {**answers, "text": json.dumps(kept)}


CALLER = for_any_text(
    Caller(
        title="A token",
        about="A pasted JWT, or its claims, from any OIDC issuer.",
        group="Pasted",
        request=request,
        source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
        note=(
            "The token is decoded, not verified. Only the claims that AWS uses as "
            "condition keys are kept. A missing claim counts as absent. You can also "
            "paste an error message, a CloudTrail record or output of Access "
            "Troubleshooter."
        ),
        guess=guess,
        to_keep=without_token,
        remarks=remarks,
    ),
    TOKEN,
)
