"""The issuers that AWS has built in: Google, Cognito identity pools, Login with Amazon, Facebook.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, provider_of

POOL = "us-east-1:11112222-3333-4444-5555-666677778888"
# In an answer of AssumeRoleWithWebIdentity.
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
AMAZON = "amzn1.account.AF6RHO7KZU5XRVQJGXK6HB56KR2A"


@pytest.mark.parametrize(
    ("name", "pattern", "words", "faults", "stranger"),
    [
        ("google", "111122223333444455556", "the Google account 111122223333444455556", (), False),
        (
            "google",
            "1111*",
            "any Google account whose number begins with 1111",
            ("account_unterminated",),
            True,
        ),
        ("google", "*", "any Google account", ("everything", "account_any"), True),
        (
            "cognito",
            POOL,
            "the Cognito identity 11112222-3333-4444-5555-666677778888 in us-east-1",
            (),
            False,
        ),
        ("cognito", "us-east-1:*", "any Cognito identity in us-east-1", ("identity_any",), True),
        ("amazon", AMAZON, "the Amazon user AF6RHO7KZU5XRVQJGXK6HB56KR2A", (), False),
        ("amazon", "amzn1.account.*", "any Amazon user", ("everything", "user_any"), True),
        ("facebook", "111122223333444", "the Facebook user 111122223333444", (), False),
        ("facebook", "*", "any Facebook user", ("everything", "user_any"), True),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    name: str, pattern: str, words: str, faults: tuple[str, ...], stranger: bool
) -> None:
    """All the world has accounts there, so that what is open is open to strangers."""
    reading = PROVIDERS[name].read(pattern)
    assert reading is not None
    assert (reading.words, reading.faults, reading.stranger) == (words, faults, stranger)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("google", "octo-user@octo.example"),
        ("google", "sub-value"),
        ("google", ""),
        ("google", "1111 2222"),
        ("cognito", "11112222-3333-4444-5555-666677778888"),
        ("cognito", "us-east-1:11112222-3333-4444-5555-66667777888"),
        ("cognito", "us-east-1_EXAMPLE"),
        ("amazon", "AF6RHO7KZU5XRVQJGXK6HB56KR2A"),
        ("facebook", "octo-user"),
        ("facebook", "<b>1</b>"),
    ],
)
def test_what_no_token_has_as_its_subject(name: str, pattern: str) -> None:
    """Google's accounts are numbers and no addresses; an identity is a region and a UUID, and no
    user pool's id.
    """
    assert PROVIDERS[name].read(pattern) is None


@pytest.mark.parametrize(
    ("issuer", "name", "keys", "required"),
    [
        (
            "accounts.google.com",
            "google",
            {"sub", "aud", "amr", "oaud", "google/organization_number"},
            None,
        ),
        (
            "cognito-identity.amazonaws.com",
            "cognito",
            {"sub", "aud", "amr"},
            "cognito-identity.amazonaws.com:aud",
        ),
        ("www.amazon.com", "amazon", {"app_id", "user_id"}, None),
        ("graph.facebook.com", "facebook", {"app_id", "id"}, None),
    ],
)
def test_keys_and_what_aws_demands(
    issuer: str, name: str, keys: set[str], required: str | None
) -> None:
    """Amazon's and Facebook's have no sub and no aud. All are shared."""
    provider = provider_of(issuer)
    assert provider is PROVIDERS[name]
    assert set(provider.claims(issuer)) == {f"{issuer}:{key}" for key in keys}
    assert provider.required_key(issuer) == required and provider.is_shared(issuer)
    assert provider_of(f"{issuer}/") is None and provider_of(f"{issuer}.evil.example") is None
