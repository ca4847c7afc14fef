"""A pasted token: decoded, read as AWS reads it, and never kept.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
"""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.callers.kinds.token import claims_in
from trust_widgets.evaluation import Request

GITHUB = "token.actions.githubusercontent.com"
CLAIMS: dict[str, Any] = {
    "iss": f"https://{GITHUB}",
    "aud": "sts.amazonaws.com",
    "sub": "repo:octo-org/app:ref:refs/heads/main",
    "repository_id": "456789",
    "event_name": "push",
}
SIGNATURE = "c2VjcmV0LXNpZ25hdHVyZQ"


def part(value: Any) -> str:
    """A part of a JWT."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def jwt(claims: dict[str, Any]) -> str:
    """A token with these claims and a signature of nobody's."""
    return f"{part({'alg': 'RS256'})}.{part(claims)}.{SIGNATURE}"


def call(claims: dict[str, Any], **more: Any) -> Request:
    """The call with these claims on top of the usual ones."""
    return CALLERS["token"].make(ROLE, {"text": jwt({**CLAIMS, **claims}), **more})


@pytest.mark.parametrize(
    "text",
    [
        jwt(CLAIMS),
        f"Bearer {jwt(CLAIMS)}",
        f"Authorization: bearer {jwt(CLAIMS)}",
        f'  "{jwt(CLAIMS)}"\n',
        jwt(CLAIMS)[:40] + "\n  " + jwt(CLAIMS)[40:],
        jwt(CLAIMS).rpartition(".")[0],
        json.dumps(CLAIMS, indent=2),
    ],
)
def test_a_token_is_read_however_it_was_copied(text: str) -> None:
    """With Bearer, blanks, quotes, broken lines, without a signature, or as its claims."""
    assert claims_in(text) == CLAIMS


def test_its_claims_become_the_keys_that_aws_makes() -> None:
    """AWS makes a key of repository_id and none of event_name; whatever the token lacks is
    absent.
    """
    request = call({})
    assert request.principal == f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"
    assert request.action == "sts:AssumeRoleWithWebIdentity"
    assert dict(request.context) == {
        f"{GITHUB}:sub": CLAIMS["sub"],
        f"{GITHUB}:aud": "sts.amazonaws.com",
        f"{GITHUB}:oaud": "sts.amazonaws.com",
        f"{GITHUB}:repository_id": "456789",
    }
    assert not any("environment" in key for key in request.unknown)


def test_azp_goes_before_aud() -> None:
    """Then aud holds azp, and oaud the token's own audience."""
    request = call({"iss": "https://accounts.google.com", "azp": "1234.apps", "aud": "5678.apps"})
    assert request.principal == "accounts.google.com"
    assert request.context["accounts.google.com:aud"] == "1234.apps"
    assert request.context["accounts.google.com:oaud"] == "5678.apps"


def test_of_several_audiences_nobody_says_which() -> None:
    """AWS's pages do not say what it takes of them."""
    request = call({"aud": ["one", "two"]})
    assert {f"{GITHUB}:aud", f"{GITHUB}:oaud"} <= request.unknown


def test_session_tags_and_source_identity() -> None:
    """They are passed, so that the call needs two actions more."""
    tags = {
        "principal_tags": {"Project": ["shop"], "Team": ["web"]},
        "transitive_tag_keys": ["Project"],
    }
    request = call(
        {"https://aws.amazon.com/tags": tags, "https://aws.amazon.com/source_identity": "octo-bot"}
    )
    assert request.context["aws:RequestTag/Project"] == "shop"
    assert request.context["aws:TagKeys"] == ("Project", "Team")
    assert request.context["sts:TransitiveTagKeys"] == ("Project",)
    assert request.context["sts:SourceIdentity"] == "octo-bot"
    assert request.actions == (
        "sts:AssumeRoleWithWebIdentity",
        "sts:TagSession",
        "sts:SetSourceIdentity",
    )


def test_flat_session_tags() -> None:
    """Some issuers can't nest claims."""
    flat = {"https://aws.amazon.com/tags/principal_tags/Project": "shop"}
    assert call(flat).context["aws:RequestTag/Project"] == "shop"


def test_amr_has_several_values() -> None:
    """Cognito says authenticated and through whom."""
    request = call(
        {
            "iss": "https://cognito-identity.amazonaws.com",
            "amr": ["authenticated", "graph.facebook.com"],
        }
    )
    assert request.context["cognito-identity.amazonaws.com:amr"] == (
        "authenticated",
        "graph.facebook.com",
    )


def test_a_claim_with_a_slash_in_its_name() -> None:
    """CircleCI's own is called oidc.circleci.com/project-id."""
    issuer = "oidc.circleci.com/org/11111111-2222-4333-8444-555555555555"
    request = call(
        {
            "iss": f"https://{issuer}",
            "oidc.circleci.com/project-id": "22222222-3333-4444-8555-666666666666",
        }
    )
    key = f"{issuer}:oidc.circleci.com/project-id"
    assert request.context[key] == "22222222-3333-4444-8555-666666666666"


def test_the_account_may_be_told() -> None:
    """The provider is in the role's account."""
    request = call({}, account="444455556666")
    assert request.role == "arn:aws:iam::444455556666:role/app"
    assert request.principal.startswith("arn:aws:iam::444455556666:")


def test_an_expired_token_is_read_and_told() -> None:
    """AWS would refuse it; the policy is decided all the same."""
    token = CALLERS["token"]
    assert any("expired" in remark for remark in token.remarks({"text": jwt({**CLAIMS, "exp": 1})}))
    assert not any(
        "expired" in remark
        for remark in token.remarks({"text": jwt({**CLAIMS, "exp": 9999999999})})
    )
    assert call({"exp": 1}).context


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a token"),
        ("not a token", "not a token"),
        ("a.b.c.d.e", "encrypted"),
        (f"{part({})}.!!!.x", "not a token"),
        (f"{part({})}.{part({})[:1]}.x", "missing"),
        (f"{part({})}.{part([1])}.x", "JSON object"),
        (f"{part({})}.bm90IGpzb24.x", "JSON"),
        ("{", "JSON"),
        (jwt({"sub": "x"}), "issuer"),
        (jwt({"iss": "https://idp.octo.example"}), "subject"),
        (jwt({"iss": "nobody", "sub": "x"}), "issuer"),
        (jwt({"iss": ["https://idp.octo.example"], "sub": "x"}), "issuer"),
    ],
)
def test_anything_else_is_refused(text: str, why: str) -> None:
    """In words that say what it should be."""
    with pytest.raises(ValueError, match=why):
        CALLERS["token"].request(ROLE, text)


def test_nothing_of_the_token_is_kept() -> None:
    """Neither the signature, nor claims of which AWS makes no key, nor the text itself, in request
    or message.
    """
    request = call({"private": "hunter2"})
    assert SIGNATURE not in repr(request) and "hunter2" not in repr(request)
    kept = CALLERS["token"].to_keep({"text": jwt({**CLAIMS, "private": "hunter2"})})
    assert SIGNATURE not in kept["text"] and "hunter2" not in kept["text"]
    assert CALLERS["token"].make(ROLE, kept) == call({"private": "hunter2"})
    with pytest.raises(ValueError, match="JSON") as refused:
        CALLERS["token"].request(ROLE, f"{part({})}.aHVudGVyMg.{SIGNATURE}")
    assert SIGNATURE not in str(refused.value) and "aHVudGVyMg" not in str(refused.value)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = ("iss", "sub", "aud", "azp", "amr", "exp", "https://aws.amazon.com/tags", "repository_id")


@given(
    st.text()
    | st.dictionaries(st.sampled_from(NAMES), values).map(lambda claims: jwt({**CLAIMS, **claims}))
)
def test_whatever_is_pasted_there_is_a_call_or_a_plain_refusal(text: str) -> None:
    """No other error, and no empty message; what is kept makes the same call."""
    token = CALLERS["token"]
    try:
        request = token.request(ROLE, text)
    except ValueError as error:
        assert str(error)
        return
    assert token.request(ROLE, token.to_keep({"text": text})["text"]) == request
    assert token.remarks({"text": text})


def test_a_subject_that_no_token_has_is_told_and_not_guessed() -> None:
    """A branch is written `ref:refs/heads/main`:
    https://docs.github.com/en/actions/reference/security/oidc
    """
    wrong = "repo:octo-org/app:main"
    said = CALLERS["token"].remarks({"text": json.dumps({**CLAIMS, "sub": wrong})})
    assert f'No token of GitHub Actions has the subject "{wrong}".' in said
    assert not any("No token" in each for each in CALLERS["token"].remarks({"text": jwt(CLAIMS)}))
    provider = tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}")
    subject = tw.Condition("StringEquals", f"{GITHUB}:sub", (wrong,))
    trust = tw.Statement("Allow", provider, "sts:AssumeRoleWithWebIdentity", (subject,))
    guess = CALLERS["token"].guess
    assert guess is not None and guess(tw.TrustPolicy((trust,)), ROLE) is None
    view = tw.SimulatorView(tw.TrustModel(tw.TrustPolicy((trust,))))
    assert (view.caller, view.decision) == ("", None)
