"""A condition key that no request has: the issuer, without https://, a colon and the claim are one.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import WEB, fixed, found, grant, loud, only, policy
from trust_widgets.access import compare, who_gets_in
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import parse

NAME = "key_of_no_request"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
SUBJECTS = {
    EKS: "system:serviceaccount:shop:cart",
    "token.actions.githubusercontent.com": "repo:octo-org@123456/app@456789:ref:refs/heads/main",
    "gitlab.com": "project_path:octo-org/app:ref_type:branch:ref:main",
    "idp.octo.example/realms/a": "deployer",
}
NO_ISSUERS = (
    "arn:aws:iam::111122223333:oidc-provider/{issuer}",
    "arn:aws-us-gov:iam::111122223333:oidc-provider/{issuer}",
    "oidc",
    "OIDC_PROVIDER",
    "${{module.eks.oidc_provider}}",
    "<OIDC_PROVIDER>",
    "{{{{ oidc_provider }}}}",
    "YOUR_PROVIDER",
)


def provider(issuer: str) -> dict[str, str]:
    return {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}


@pytest.mark.parametrize("prefix", NO_ISSUERS)
@pytest.mark.parametrize("issuer", SUBJECTS)
@pytest.mark.parametrize("operator", ["StringEquals", "StringLike"])
def test_nobody_gets_in_until_the_key_is_renamed(operator: str, issuer: str, prefix: str) -> None:
    """No request has the key, so that no request meets the operator; the fix names the issuer."""
    key = f"{prefix.format(issuer=issuer)}:sub"
    text = policy(provider(issuer), WEB, {operator: {key: SUBJECTS[issuer]}})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.DEAD, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Condition", operator, key)
    assert not any(each.verdict is Verdict.OPEN for each in check(text))
    assert not who_gets_in(parse(text))
    right = grant(provider(issuer), WEB, {operator: {f"{issuer}:sub": SUBJECTS[issuer]}})
    assert fixed(finding, text)["Statement"] == [right]
    assert finding.fix is not None
    changed = compare(parse(text), parse(finding.fix.apply(text)))
    assert (changed.gained.found, changed.lost.found) == (True, False)


@pytest.mark.parametrize("prefix", ["oidc-provider/{issuer}", "{issuer}/", "{part}"])
@pytest.mark.parametrize("issuer", SUBJECTS)
def test_a_part_of_the_issuer_is_dead_with_a_rename(issuer: str, prefix: str) -> None:
    part = issuer.partition(".")[2]
    key = f"{prefix.format(issuer=issuer, part=part)}:sub"
    text = policy(provider(issuer), WEB, {"StringEquals": {key: SUBJECTS[issuer]}})
    (finding,) = [each for each in check(text) if each.verdict is Verdict.DEAD]
    assert not any(each.verdict is Verdict.OPEN for each in check(text))
    right = grant(provider(issuer), WEB, {"StringEquals": {f"{issuer}:sub": SUBJECTS[issuer]}})
    assert fixed(finding, text)["Statement"] == [right]


def test_the_keys_of_one_statement_are_one_mistake() -> None:
    arn = provider(EKS)["Federated"]
    block = {f"{arn}:aud": "sts.amazonaws.com", f"{arn}:sub": SUBJECTS[EKS]}
    text = policy(provider(EKS), WEB, {"StringEquals": block})
    after = {f"{EKS}:aud": "sts.amazonaws.com", f"{EKS}:sub": SUBJECTS[EKS]}
    finding = only(NAME, text)
    assert finding.path[-1] == f"{arn}:sub"
    assert fixed(finding, text)["Statement"] == [grant(provider(EKS), WEB, {"StringEquals": after})]


@pytest.mark.parametrize(
    ("principal", "action", "key"),
    [
        ({"AWS": "arn:aws:iam::111122223333:role/ci"}, "sts:AssumeRole", "OIDC_PROVIDER:sub"),
        ({"AWS": "arn:aws:iam::111122223333:role/ci"}, "sts:AssumeRole", "oidc:sub"),
        (provider("idp.octo.example"), WEB, "OIDC_PROVIDER:team"),
    ],
)
def test_no_fix_where_the_right_key_is_not_known(
    principal: dict[str, str], action: str, key: str
) -> None:
    """A role's session may have been made from any token; AWS reads no claim "team"."""
    text = policy(principal, action, {"StringEquals": {key: "octo"}})
    assert only(NAME, text).fix is None
    assert not who_gets_in(parse(text))


def test_with_ifexists_every_token_of_the_issuer_gets_in() -> None:
    """Without the key IfExists is true, so that the statement is open, and nothing of it dead."""
    text = policy(provider(EKS), WEB, {"StringEqualsIfExists": {"oidc:sub": SUBJECTS[EKS]}})
    assert not found(NAME, text)
    assert "TP303" in {finding.code for finding in check(text)}
    assert who_gets_in(parse(text))


@pytest.mark.parametrize(
    ("principal", "action", "condition"),
    [
        (provider(EKS), WEB, {"StringEquals": {f"{EKS}:sub": "system:serviceaccount:a:b"}}),
        (provider(EKS), WEB, {"StringEquals": {f"{EKS.lower()}:SUB": "system:serviceaccount:a:b"}}),
        (
            {"AWS": "arn:aws:iam::111122223333:role/ci"},
            "sts:AssumeRole",
            {"StringEquals": {"gitlab.com:sub": "project_path:octo-org/app:ref_type:tag:ref:v1"}},
        ),
        (
            {"AWS": "111122223333"},
            "sts:AssumeRole",
            {"StringEquals": {"aws:PrincipalTag/octo:sub": "octo"}},
        ),
        (
            {"AWS": "111122223333"},
            "sts:AssumeRole",
            {"ArnLike": {"ec2:SourceInstanceARN": "arn:aws:ec2:*:111122223333:instance/*"}},
        ),
    ],
)
def test_right_keys(principal: dict[str, str], action: str, condition: dict[str, Any]) -> None:
    text = policy(principal, action, condition)
    assert not any(each.verdict in (Verdict.DEAD, Verdict.REFUSED) for each in check(text))
    assert who_gets_in(parse(text))


# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
@pytest.mark.parametrize(
    "key", ["iam:PassedToService", "iam:PermissionsBoundary", "IAM:PolicyARN", "iam:AWSServiceName"]
)
def test_keys_of_iam_are_in_no_request_to_sts(key: str) -> None:
    """Its tag key is: the role that is assumed has tags."""
    service = {"Service": "lambda.amazonaws.com"}
    text = policy(service, condition={"StringEquals": {key: "lambda.amazonaws.com"}})
    (finding,) = loud(text)
    assert (finding.code, finding.path[-1]) == ("TP250", key)
    assert "Remove the condition" in finding.message
    assert loud(policy(service, condition={"StringEquals": {"iam:ResourceTag/team": "a"}})) == []
