"""Auth0, Okta and Microsoft Entra ID, whose tenants have issuers of their own; and an issuer nobody
knows.
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, provider_of

TENANT = "99998888-7777-6666-5555-444433332222"
# A person's subject in an example of
# https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
PERSON = "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ"


@pytest.mark.parametrize(
    ("name", "pattern", "words", "faults"),
    [
        ("auth0", "Zk3mPq7R@clients", "Auth0's application Zk3mPq7R", ()),
        ("auth0", "auth0|5f7c8ec7", "Auth0's user 5f7c8ec7 of connection auth0", ()),
        ("auth0", "samlp|corp|octo-user", "Auth0's user corp|octo-user of connection samlp", ()),
        ("auth0", "*", "any user or application of the Auth0 tenant", ("subject_any",)),
        ("okta", "00u1abcd2EFGH3ijk4x7", "the Okta user or application 00u1abcd2EFGH3ijk4x7", ()),
        (
            "okta",
            "octo-user@octo.example",
            "the Okta user with login octo-user in domain octo.example",
            (),
        ),
        (
            "okta",
            "*@octo.example",
            "the Okta user with any login in domain octo.example",
            ("login_any",),
        ),
        (
            "entra_id",
            "11112222-3333-4444-5555-666677778888",
            "the Entra ID application or managed identity 11112222-3333-4444-5555-666677778888",
            (),
        ),
        ("entra_id", PERSON, f"the Entra ID user {PERSON}", ()),
        ("any_oidc", "project:app", "holders of a token with the subject project:app", ()),
        (
            "any_oidc",
            "project:*",
            "holders of a token with any subject whose text begins with project:",
            ("sub_unterminated",),
        ),
        ("any_oidc", "*", "every holder of a token of this issuer", ("sub_any",)),
    ],
)
def test_a_pattern_in_words_with_its_faults(
    name: str, pattern: str, words: str, faults: tuple[str, ...]
) -> None:
    """Nobody but the tenant's own people has such a token, as far as we know."""
    reading = PROVIDERS[name].read(pattern)
    assert reading is not None and not reading.stranger
    assert (reading.words, set(reading.faults)) == (words, set(faults))


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("auth0", "5f7c8ec7"),
        ("auth0", "auth0|"),
        ("auth0", "@clients"),
        ("okta", "octo-user@"),
        ("okta", "00u1/abcd"),
        ("entra_id", "octo-user@octo.example"),
        ("entra_id", "11112222-3333-4444-5555-66667777888"),
        ("entra_id", "11112222-3333-4444-5555-66667777888G"),
        ("any_oidc", ""),
        ("any_oidc", "x" * 256),
    ],
)
def test_what_no_token_has_as_its_subject(name: str, pattern: str) -> None:
    """A person without a connection, an ID without a name before it, an address where ids are
    sent.
    """
    assert PROVIDERS[name].read(pattern) is None


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("octo-org.eu.auth0.com/", "auth0"),
        ("octo-org.auth0.com", "auth0"),
        ("octo-org.eu.auth0.com.evil.example/", None),
        ("octo-org.okta.com", "okta"),
        ("octo-org.okta.com/oauth2/default", "okta"),
        ("octo-org.okta.com/oauth2/default/evil", None),
        ("okta.com", None),
        (f"sts.windows.net/{TENANT}/", "entra_id"),
        (f"login.microsoftonline.com/{TENANT}/v2.0", "entra_id"),
        ("login.microsoftonline.com/common/v2.0", None),
        (f"sts.windows.net.evil.example/{TENANT}/", None),
        ("idp.octo.example/tenant", None),
    ],
)
def test_whose_an_issuer_is(issuer: str, name: str | None) -> None:
    """With the slash at its end where it has one; an issuer that nobody knows stays unknown."""
    assert provider_of(issuer) is (PROVIDERS[name] if name else None)


@pytest.mark.parametrize(
    ("name", "answers", "issuer"),
    [
        ("auth0", {"tenant": "octo-org.eu"}, "octo-org.eu.auth0.com/"),
        (
            "okta",
            {"organization": "octo-org.okta.com", "server": "default"},
            "octo-org.okta.com/oauth2/default",
        ),
        ("entra_id", {"tenant": TENANT, "version": "v1"}, f"sts.windows.net/{TENANT}/"),
        (
            "entra_id",
            {"tenant": TENANT, "version": "v2"},
            f"login.microsoftonline.com/{TENANT}/v2.0",
        ),
        ("any_oidc", {"issuer": "https://idp.octo.example/tenant/"}, "idp.octo.example/tenant/"),
    ],
)
def test_an_issuer_from_answers(name: str, answers: dict[str, str], issuer: str) -> None:
    """As its tokens say in iss, without https://."""
    made = PROVIDERS[name].issuer_from
    assert made is not None and made(**answers) == issuer


def test_any_issuer_takes_none_of_the_named_ones() -> None:
    """However the registry is ordered, it owns nothing; a statement can be built for any issuer all
    the same.
    """
    fallback = PROVIDERS["any_oidc"]
    assert not any(
        fallback.owns(issuer) for issuer in ("app.terraform.io", "idp.octo.example", "*", "")
    )
    assert fallback.subject is not None and fallback.subject("project:app") == "project:app"
