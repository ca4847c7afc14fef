"""Values that no request has: their form is another, the issuer never gives them, or they are
placeholders.
"""

from __future__ import annotations

import json

import pytest

from support.asking import grant, policy
from trust_widgets.access import can_let_in, is_public, never_holds, who_gets_in
from trust_widgets.access.impossible_values import is_impossible
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import parse

PATH = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"
PATH_KEYS = ("aws:PrincipalOrgPaths", "aws:SourceOrgPaths", "aws:VpceOrgPaths")


@pytest.mark.parametrize("key", PATH_KEYS)
@pytest.mark.parametrize(
    ("operator", "value", "never"),
    [
        ("StringEquals", PATH, False),
        ("StringEquals", "o-a1b2c3d4e5/r-ab12/", False),
        ("StringLike", f"{PATH}*", False),
        ("StringLike", f"{PATH}ou-ab12-22222222/*", False),
        ("StringLike", "o-a1b2c3d4e5/*", False),
        ("StringLike", "o-a1b2c3d4e5/r-ab12/*/ou-ab12-22222222/*", False),
        ("StringLike", "o-*/r-ab12/ou-*", False),
        ("StringLike", "*", False),
        ("StringEqualsIgnoreCase", PATH.upper(), False),
        ("StringEquals", PATH.removesuffix("/"), True),
        ("StringLike", PATH.removesuffix("/"), True),
        ("StringLike", "o-a1b2c3d4e5", True),
        ("StringEquals", "ou-ab12-11111111", True),
        ("StringLike", "ou-ab12-11111111/*", True),
        ("StringLike", "r-ab12/ou-ab12-11111111/*", True),
        ("StringLike", "o-a1b2c3d4e5/ou-ab12-11111111/*", True),
        ("StringEquals", "", True),
    ],
)
def test_paths_in_an_organization(key: str, operator: str, value: str, never: bool) -> None:
    """A path begins with the organization's id, goes on with the root's, and ends with a slash.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    assert never_holds(key, operator, value) is never
    if key == "aws:PrincipalOrgPaths":
        text = policy({"AWS": "*"}, condition={f"ForAnyValue:{operator}": {key: value}})
        assert bool(who_gets_in(parse(text))) is not never
        dead = [finding for finding in check(text) if finding.verdict is Verdict.DEAD]
        assert bool(dead) is never
        assert not never or is_public(parse(text)).found is False


@pytest.mark.parametrize(
    ("key", "value", "never"),
    [
        ("aws:PrincipalOrgID", "o-a1b2c3d4e5", False),
        ("aws:PrincipalOrgID", "ou-ab12-11111111", True),
        ("aws:PrincipalAccount", "1111-2222-3333", True),
        ("aws:SourceVpc", "vpce-0a1b2c3d", True),
        ("aws:SourceVpce", "vpce-0a1b2c3d", False),
        ("cognito-identity.amazonaws.com:aud", "my-identity-pool", True),
        (
            "cognito-identity.amazonaws.com:aud",
            "eu-west-1:12345678-abcd-abcd-abcd-123456790ab0",
            False,
        ),
        ("aws:PrincipalTag/team", "anything at all", False),
        ("aws:PrincipalOrgID", "${aws:ResourceOrgID}", False),
    ],
)
def test_forms_of_ids(key: str, value: str, never: bool) -> None:
    assert never_holds(key, "StringEquals", value) is never


GITHUB = "token.actions.githubusercontent.com"
SERVER = "github.octo.example/_services/token"
CORP, CORP_IN_CHINA = (f"arn:{p}:iam::111122223333:saml-provider/corp" for p in ("aws", "aws-cn"))


@pytest.mark.parametrize(
    ("key", "base", "value", "principal", "impossible"),
    [
        (f"{GITHUB}:sub", "StringLike", "octo-org/app:*", GITHUB, True),
        (f"{GITHUB}:sub", "StringLike", "repo:octo-org/app:*", GITHUB, False),
        (f"{SERVER}:sub", "StringLike", "repo:octo-org@1/app@2:*", SERVER, True),
        (f"{SERVER}:sub", "StringLike", "repo:octo-org/app:*", SERVER, False),
        (f"{GITHUB}:aud", "StringEquals", "sts.amazon.com", GITHUB, True),
        (f"{GITHUB}:aud", "StringEqualsIgnoreCase", "STS.amazonaws.com", GITHUB, False),
        (f"{GITHUB}:aud", "StringEquals", "https://github.com/octo-org", GITHUB, False),
        ("SAML:aud", "StringEquals", "urn:amazon:webservices", CORP, True),
        ("SAML:aud", "StringEquals", "https://eu-west-1.signin.aws.amazon.com/saml", CORP, False),
        ("SAML:aud", "StringEquals", "https://signin.aws.amazon.com/saml", CORP_IN_CHINA, True),
        ("SAML:aud", "StringEqualsIgnoreCase", "https://SIGNIN.aws.amazon.com/saml", CORP, False),
        ("sts:ExternalId", "StringEquals", "${var.external_id}", "444455556666", True),
        ("sts:ExternalId", "StringEquals", "<EXTERNAL_ID>", "444455556666", True),
        ("sts:ExternalId", "StringEquals", "{{ external_id }}", "444455556666", True),
        ("aws:PrincipalTag/team", "StringEquals", "${aws:username}", "444455556666", False),
        ("aws:UserAgent", "StringLike", "<anything>", "444455556666", False),
    ],
)
def test_values_of_no_request(
    key: str, base: str, value: str, principal: str, impossible: bool
) -> None:
    assert is_impossible(key, base, value, principal) is impossible


@pytest.mark.parametrize(
    ("key", "shouted", "meant", "principal", "action"),
    [
        (
            f"{GITHUB}:aud",
            "STS.AMAZONAWS.COM",
            "sts.amazonaws.com",
            f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}",
            "sts:AssumeRoleWithWebIdentity",
        ),
        (
            "SAML:aud",
            "https://SIGNIN.aws.amazon.com/saml",
            "https://signin.aws.amazon.com/saml",
            CORP,
            "sts:AssumeRoleWithSAML",
        ),
    ],
)
def test_a_witness_has_none_of_them(
    key: str, shouted: str, meant: str, principal: str, action: str
) -> None:
    """The Allow leaves out the value that no request has, and the Deny admits all its spellings:
    the spelling that requests have is left.
    """
    who = {"Federated": principal}
    allow = grant(who, action, {"StringNotEquals": {key: shouted}})
    deny = grant(who, action, {"StringNotEqualsIgnoreCase": {key: shouted}}, Effect="Deny")
    document = {"Version": "2012-10-17", "Statement": [allow, deny]}
    answer = can_let_in(parse(json.dumps(document)), 0)
    assert answer.found is True
    assert answer.witness is not None
    assert {name.lower(): v for name, v in answer.witness.context.items()}[key.lower()] == meant
