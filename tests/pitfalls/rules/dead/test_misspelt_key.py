"""A condition key near to one that exists.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

import pytest

from support.asking import HOME, fixed, found, only, policy, statement
from trust_widgets.access import is_public, who_gets_in
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import Accepted, Home, parse

NAME = "misspelt_key"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/a"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("aws:PrincipalOrg", "aws:PrincipalOrgID"),
        ("aws:PrincipleArn", "aws:PrincipalArn"),
        ("aws:MultiFactorAuthPresnt", "aws:MultiFactorAuthPresent"),
        ("aws:ExternalId", "sts:ExternalId"),
        ("aws:RoleSessionName", "sts:RoleSessionName"),
        ("sts:PrincipalTag/team", "aws:PrincipalTag/team"),
        ("aws:PrincipalTags/team", "aws:PrincipalTag/team"),
        ("aws:PrincipalTags/octo:team", "aws:PrincipalTag/octo:team"),
        ("sts:ExternalIds", "sts:ExternalId"),
        ("sts:External-Id", "sts:ExternalId"),
        ("aws:MFAPresent", "aws:MultiFactorAuthPresent"),
        ("aws:mfaAge", "aws:MultiFactorAuthAge"),
        ("aws:MultiFactorAuthenticationPresent", "aws:MultiFactorAuthPresent"),
        ("aws:PrincipalOrganizationId", "aws:PrincipalOrgID"),
        ("aws:SourceIpAddress", "aws:SourceIp"),
        ("SAML:audience", "saml:aud"),
        ("saml:auds", "saml:aud"),
        ("saml:issuer", "saml:iss"),
    ],
)
def test_the_near_one_is_offered(written: str, meant: str) -> None:
    """Slips, plurals, the prefix of the other list, and names that people give to what a key
    says.
    """
    text = policy(ROLE, condition={"StringEquals": {written: "octo", "aws:PrincipalTag/x": "y"}})
    (finding,) = found(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.DEAD, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Condition", "StringEquals", written)
    assert not who_gets_in(parse(text))
    block = {meant: "octo", "aws:PrincipalTag/x": "y"}
    assert statement(fixed(finding, text))["Condition"] == {"StringEquals": block}


def test_everyone_behind_a_slip_is_told_once() -> None:
    """The organization was meant: that no request has the key is all there is to say."""
    only(
        NAME,
        policy({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrg": "o-a1b2c3d4e5"}}),
        HOME,
    )


def test_the_right_key_beside_it_leaves_no_fix() -> None:
    """One name can't stand twice under an operator, in whatever case."""
    block = {"aws:PrincipalOrg": "o-a1b2c3d4e5", "aws:principalorgid": "o-a1b2c3d4e5"}
    (finding,) = found(NAME, policy(ROLE, condition={"StringEquals": block}))
    assert finding.fix is None


@pytest.mark.parametrize(
    "key",
    [
        "aws:PRINCIPALORGID",
        "aws:PrincipalTag/aws:x",
        "aws:SourceVpcArn",
        "aws:VpceOrgPaths",
        "sts:SourceIdentity",
        "aws:SourceIdentity",
        "sts:RequestContext/identityStore:UserId",
        "iam:ResourceTag/team",
        "iam:ResorceTag/team",
        "aws:CallerMood",
        "saml:mail",
        "SAML:department",
        "aws:OrgID",
        "aws:SourceOwner",
        "aws:CalledViaAWSMCP",
    ],
)
def test_right_ones_and_those_of_others(key: str) -> None:
    """Any case, tags, names that both lists have, other prefixes, and what may be new."""
    assert found(NAME, policy(ROLE, condition={"StringEquals": {key: "octo"}})) == []


@pytest.mark.parametrize("key", ["aws:PrincipleOrgID", "aws:PrincipalOrgIDs", "aws:PrincipalOrg"])
def test_with_ifexists_everyone_gets_in(key: str) -> None:
    """Without its key the condition is true, so that an organization is no limit; that is advice
    at the key, and open at the principal.
    """
    text = policy({"AWS": "*"}, condition={"StringEqualsIfExists": {key: "o-a1b2c3d4e5"}})
    assert found(NAME, text) == []
    codes = {finding.code for finding in check(text)}
    assert {"TP461", "TP301"} <= codes and is_public(parse(text)).found


def test_a_deny_by_a_slip_stops_nobody() -> None:
    text = policy({"AWS": "*"}, Effect="Deny", condition={"StringEquals": {"aws:UserName": "eva"}})
    assert found(NAME, text) == []  # the key exists, in another case
    text = text.replace("aws:UserName", "aws:UserNames")
    assert "As written, this Deny denies no one" in found(NAME, text)[0].message


def test_an_acceptance_of_the_former_code_counts() -> None:
    """It was TP127, refused."""
    accepted = Accepted("TP127", "It is renamed next week.")
    text = policy(ROLE, condition={"StringEquals": {"aws:PrincipleArn": "octo"}})
    (finding,) = found(NAME, text, Home(accepted=(accepted,)))
    assert finding.code == "TP251" and "TP127" in finding.accepted


@pytest.mark.parametrize("key", ["aws:PrincipalTag", "aws:RequestTag", "aws:ResourceTag"])
def test_a_tag_behind_a_colon(key: str) -> None:
    """The tag's name follows a slash."""
    text = policy(
        ROLE, ["sts:AssumeRole", "sts:TagSession"], {"StringEquals": {f"{key}:team": "a"}}
    )
    finding = only(NAME, text)
    assert finding.verdict is Verdict.DEAD
    assert f'"{key}/team"' in finding.message
    assert f"{key}/team" in str(fixed(finding, text))
