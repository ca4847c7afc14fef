"""Identity providers that speak SAML: one assertion, as AWS reads it from all of them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import PROVIDERS, Provider, provider_of
from trust_widgets.providers.issuers._saml import ATTRIBUTES, SUB_TYPES

TENANT = "99998888-7777-6666-5555-444433332222"
SAML = {name: provider for name, provider in PROVIDERS.items() if provider.protocol == "saml"}


def test_which_there_are() -> None:
    """Each has its own name and the one endpoint that SAML:aud holds."""
    kinds = ("any", "auth0", "entra_id", "google_workspace", "identity_center", "okta")
    assert list(SAML) == [f"saml_{kind}" for kind in kinds]
    assert {provider.audience for provider in SAML.values()} == {
        "https://signin.aws.amazon.com/saml"
    }
    assert not any(provider.is_shared(provider.issuer) for provider in SAML.values())


@pytest.mark.parametrize(
    ("entity_id", "name"),
    [
        ("http://www.okta.com/exk1abcd2EFGH3ijk4x7", "saml_okta"),
        ("http://www.okta.com.evil.example/exk1abcd2EFGH3ijk4x7", None),
        (f"https://sts.windows.net/{TENANT}/", "saml_entra_id"),
        ("https://accounts.google.com/o/saml2?idpid=C01abcdef", "saml_google_workspace"),
        ("https://accounts.google.com", None),
        ("urn:octo-org.eu.auth0.com", "saml_auth0"),
        ("urn:octo-org.example", None),
        (
            "https://portal.sso.eu-central-1.amazonaws.com/saml/assertion/MTEx",
            "saml_identity_center",
        ),
        ("https://portal.sso.evil.example/saml/assertion/MTEx", None),
        ("https://idp.octo.example/saml", None),
    ],
)
def test_whose_an_entity_id_is(entity_id: str, name: str | None) -> None:
    """By its form, letter by letter; of a scheme that an OIDC issuer is written without."""
    assert provider_of(entity_id) is (PROVIDERS[name] if name else None)


@pytest.mark.parametrize(
    ("name", "answers", "entity_id"),
    [
        ("saml_okta", {"application": "exk1abcd"}, "http://www.okta.com/exk1abcd"),
        ("saml_entra_id", {"tenant": TENANT}, f"https://sts.windows.net/{TENANT}/"),
        (
            "saml_google_workspace",
            {"customer": "C01abcdef"},
            "https://accounts.google.com/o/saml2?idpid=C01abcdef",
        ),
        ("saml_auth0", {"tenant": "octo-org.eu"}, "urn:octo-org.eu.auth0.com"),
        (
            "saml_identity_center",
            {"region": "eu-central-1", "application": "MTEx"},
            "https://portal.sso.eu-central-1.amazonaws.com/saml/assertion/MTEx",
        ),
        (
            "saml_any",
            {"entity_id": "https://idp.octo.example/saml"},
            "https://idp.octo.example/saml",
        ),
    ],
)
def test_an_entity_id_from_answers(name: str, answers: dict[str, str], entity_id: str) -> None:
    """As the metadata says in entityID."""
    made = PROVIDERS[name].issuer_from
    assert made is not None and made(**answers) == entity_id


@pytest.mark.parametrize(
    "provider", [pytest.param(provider, id=name) for name, provider in SAML.items()]
)
def test_a_name_id_in_words(provider: Provider) -> None:
    """One person, those of a domain, everybody; a NameID is any text, but no blank one."""
    one, domain, everybody = (
        provider.read(text) for text in ("octo-user@octo.example", "*@octo.example", "*")
    )
    assert one is not None and (one.words, one.faults) == (
        "the person with the NameID octo-user@octo.example",
        (),
    )
    assert (
        domain is not None
        and domain.words == "anyone who signs in whose NameID ends with @octo.example"
    )
    assert domain.faults == ("name_id_any",)
    assert everybody is not None and everybody.words == "anyone who signs in"
    assert provider.read("") is None and provider.read(" ") is None
    assert provider.subject is not None and provider.subject("octo-user") == "octo-user"


def test_what_an_assertion_needs() -> None:
    """Role and RoleSessionName; what needs an action of its own in the role's trust policy says
    so.
    """
    short = {attribute.name.rpartition("/")[2]: attribute for attribute in ATTRIBUTES}
    assert {name for name, attribute in short.items() if attribute.needed} == {
        "Role",
        "RoleSessionName",
    }
    assert {name: attribute.action for name, attribute in short.items() if attribute.action} == {
        "SourceIdentity": "sts:SetSourceIdentity",
        "PrincipalTag:KEY": "sts:TagSession",
        "TransitiveTagKeys": "sts:TagSession",
    }
    assert SUB_TYPES == ("persistent", "transient")
