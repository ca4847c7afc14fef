"""Axioms between keys: a request comes over the internet, or through a VPC endpoint.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_condition_keys_federated.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.asking import policy
from trust_widgets.access import compare, is_public, who_gets_in
from trust_widgets.evaluation import seconds_from_text
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import parse

ADDRESS = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
OF_AN_ENDPOINT = {
    "aws:SourceVpc": ("StringEquals", "vpc-0a1b2c3d4e5f60718"),
    "aws:SourceVpce": ("StringEquals", "vpce-0a1b2c3d4e5f60718"),
    "aws:VpcSourceIp": ("IpAddress", "10.0.0.0/8"),
    "aws:SourceVpcArn": ("ArnLike", "arn:aws:ec2:*:111122223333:vpc/*"),
    "aws:VpceAccount": ("StringEquals", "111122223333"),
    "aws:VpceOrgID": ("StringEquals", "o-a1b2c3d4e5"),
    "aws:VpceOrgPaths": ("ForAnyValue:StringLike", "o-a1b2c3d4e5/*"),
}
CALLERS = {
    "role": ({"AWS": "arn:aws:iam::111122223333:role/worker"}, "sts:AssumeRole", {}),
    "everyone": ({"AWS": "*"}, "sts:AssumeRole", {}),
    "saml": (
        {"Federated": "arn:aws:iam::111122223333:saml-provider/Okta"},
        "sts:AssumeRoleWithSAML",
        {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
    ),
    "oidc": (
        {"Federated": "arn:aws:iam::111122223333:oidc-provider/idp.octo.example"},
        "sts:AssumeRoleWithWebIdentity",
        {"StringEquals": {"idp.octo.example:sub": "deployer"}},
    ),
}


def joined(*blocks: dict[str, Any]) -> dict[str, Any]:
    """Condition blocks as one."""
    found: dict[str, Any] = {}
    for block in blocks:
        for operator, keys in block.items():
            found[operator] = found.get(operator, {}) | keys
    return found


def asks(caller: str, *blocks: dict[str, Any]) -> str:
    principal, action, usual = CALLERS[caller]
    return policy(principal, action, joined(usual, *blocks))


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("key", OF_AN_ENDPOINT)
def test_an_address_and_an_endpoint_exclude_each_other(key: str, caller: str) -> None:
    operator, value = OF_AN_ENDPOINT[key]
    text = asks(caller, ADDRESS, {operator: {key: value}})
    dead = [finding for finding in check(text) if finding.verdict is Verdict.DEAD]
    assert [finding.path[:2] for finding in dead] == [("Statement", 0)]
    assert not any(finding.verdict is Verdict.OPEN for finding in check(text))
    assert not who_gets_in(parse(text))
    assert is_public(parse(text)).found is False
    either = parse(asks(caller, ADDRESS))
    assert compare(parse(text), either).gained.found is True


@pytest.mark.parametrize("caller", ["role", "saml", "oidc"])
@pytest.mark.parametrize("key", OF_AN_ENDPOINT)
@pytest.mark.parametrize("loose", ["IpAddressIfExists", "the key"])
def test_either_alone_is_fine(key: str, caller: str, loose: str) -> None:
    """With IfExists, or a condition on one of the two, some request meets the statement."""
    operator, value = OF_AN_ENDPOINT[key]
    address = {loose: ADDRESS["IpAddress"]} if loose != "the key" else {}
    text = asks(caller, address, {operator: {key: value}})
    assert not any(finding.verdict is Verdict.DEAD for finding in check(text))
    assert who_gets_in(parse(text))


@pytest.mark.parametrize(
    ("block", "somebody"),
    [
        ({"Null": {"aws:SourceIp": "true"}}, True),
        ({"Null": {"aws:SourceIp": "true", "aws:SourceVpce": "false"}}, True),
        ({"Null": {"aws:SourceIp": "false", "aws:SourceVpce": "false"}}, False),
        ({"Null": {"aws:VpcSourceIp": "true", "aws:SourceVpce": "false"}}, False),
        ({"Null": {"aws:SourceVpc": "true", "aws:VpceAccount": "false"}}, False),
        ({"Null": {"aws:SourceVpc": "false", "aws:VpceAccount": "true"}}, True),
    ],
)
def test_the_keys_of_an_endpoint_come_together(block: dict[str, Any], somebody: bool) -> None:
    """The VPC, the endpoint and the address in the VPC; of aws:Vpce* it is not known."""
    assert bool(who_gets_in(parse(asks("role", block)))) is somebody
    is_dead = any(finding.verdict is Verdict.DEAD for finding in check(asks("role", block)))
    assert is_dead is not somebody


def test_a_deny_for_requests_from_elsewhere_stays_as_it_is() -> None:
    """The usual perimeter: neither the network nor the VPC is one's own."""
    deny = {
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "NotIpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"},
            "StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-0a1b2c3d4e5f60718"},
        },
    }
    document = json.loads(asks("role"))
    document["Statement"].insert(0, deny)
    text = json.dumps(document)
    assert not any(finding.verdict is Verdict.DEAD for finding in check(text))
    assert who_gets_in(parse(text))


@pytest.mark.parametrize("service", ["datasync.amazonaws.com", "glue.amazonaws.com"])
@pytest.mark.parametrize(
    ("arn", "somebody"),
    [
        ("arn:aws:datasync:eu-west-1:111122223333:task/*", False),
        ("arn:aws:datasync:eu-west-1:444455556666:task/*", True),
        ("arn:aws:datasync:*:*:task/*", True),
        ("arn:aws:s3:::octo-org", True),
    ],
)
def test_the_account_is_that_of_the_resource(arn: str, somebody: bool, service: str) -> None:
    """An ARN without an account, such as a bucket's, says nothing of it."""
    account = {"StringEquals": {"aws:SourceAccount": "444455556666"}}
    text = policy({"Service": service}, condition=account | {"ArnLike": {"aws:SourceArn": arn}})
    assert bool(who_gets_in(parse(text))) is somebody
    assert any(finding.verdict is Verdict.DEAD for finding in check(text)) is not somebody


# An account in an organization has its ID and paths that begin with it.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
ORGANIZATIONS = {
    "Principal": {"AWS": "*"},
    "Source": {"Service": "cloudtrail.amazonaws.com"},
}
ORGANIZATION, OTHER = "o-a1b2c3d4e5", "o-zyxwvutsrq"


def of_organization(whose: str, *blocks: dict[str, Any]) -> str:
    """A policy with conditions on keys about the caller's or the source's organization."""
    named = [
        {operator: {f"aws:{whose}{key}": value for key, value in keys.items()}}
        for block in blocks
        for operator, keys in block.items()
    ]
    return policy(ORGANIZATIONS[whose], "sts:AssumeRole", joined(*named))


IN_IT = {"StringEquals": {"OrgID": ORGANIZATION}}
PATH_IN_IT = {"ForAnyValue:StringLike": {"OrgPaths": f"{ORGANIZATION}/*"}}
UNIT_OF_IT = {"ForAnyValue:StringLike": {"OrgPaths": f"{ORGANIZATION}/r-ab12/*"}}
PATH_ELSEWHERE = {"ForAnyValue:StringLike": {"OrgPaths": f"{OTHER}/*"}}


@pytest.mark.parametrize("whose", ORGANIZATIONS)
def test_the_id_and_any_path_of_an_organization_mean_the_same(whose: str) -> None:
    found = compare(parse(of_organization(whose, IN_IT)), parse(of_organization(whose, PATH_IN_IT)))
    assert (found.gained.found, found.lost.found) == (False, False)


@pytest.mark.parametrize("whose", ORGANIZATIONS)
def test_a_unit_is_less_than_its_organization(whose: str) -> None:
    unit = parse(of_organization(whose, IN_IT, UNIT_OF_IT))
    found = compare(unit, parse(of_organization(whose, IN_IT)))
    assert (found.gained.found, found.lost.found) == (True, False)
    same = compare(unit, parse(of_organization(whose, UNIT_OF_IT)))
    assert (same.gained.found, same.lost.found) == (False, False)


@pytest.mark.parametrize("whose", ORGANIZATIONS)
@pytest.mark.parametrize(
    "beside",
    [
        PATH_ELSEWHERE,
        {"Null": {"OrgPaths": "true"}},
        {"ForAnyValue:StringNotLike": {"OrgPaths": f"{ORGANIZATION}/*"}},
    ],
)
def test_nobody_is_in_one_organization_with_a_path_in_none_or_another(
    whose: str, beside: dict[str, Any]
) -> None:
    text = of_organization(whose, IN_IT, beside)
    assert not list(who_gets_in(text))
    assert [finding.verdict for finding in check(text) if finding.verdict is Verdict.DEAD]


@pytest.mark.parametrize("whose", ORGANIZATIONS)
def test_an_id_alone_asks_for_no_path(whose: str) -> None:
    text = of_organization(whose, IN_IT, {"Null": {"OrgPaths": "false"}})
    found = compare(parse(text), parse(of_organization(whose, IN_IT)))
    assert (found.gained.found, found.lost.found) == (False, False)


NOW = ("aws:CurrentTime", "aws:EpochTime")


@pytest.mark.parametrize(
    "conditions",
    [
        {
            "DateLessThan": {"aws:CurrentTime": "2030-01-01"},
            "NumericLessThan": {"aws:EpochTime": "9000000000"},
        },
        {"DateLessThan": {"aws:CurrentTime": "2030-01-01", "aws:EpochTime": "2029-01-01"}},
        {"NumericGreaterThan": {"aws:EpochTime": "1900000000"}},
        {"DateGreaterThan": {"aws:EpochTime": "1900000000"}},
    ],
)
def test_the_keys_of_the_time_agree(conditions: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    text = policy({"AWS": "*"}, condition=conditions)
    (caller,) = who_gets_in(text)
    assert caller.witness is not None
    keys = {key: seconds_from_text(str(caller.witness.keys[key.lower()])) for key in NOW}
    known = {seconds for seconds in keys.values() if seconds is not None}
    assert len(known) == 1


def test_times_that_no_moment_meets() -> None:
    """A request before 2028 has no number of seconds of 2028."""
    late = {"DateLessThan": {NOW[0]: "2028-01-01"}, "NumericGreaterThan": {NOW[1]: "1893456000"}}
    assert who_gets_in(policy({"AWS": "*"}, condition=late)) == ()
