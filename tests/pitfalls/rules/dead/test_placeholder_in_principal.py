"""A placeholder of a template in a principal.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re

import pytest

from support.asking import WEB, found, only, policy
from trust_widgets.access import who_gets_in
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import parse

NAME = "placeholder_in_principal"
ARN = "arn:aws:iam::111122223333"
CLUSTER = "oidc.eks.eu-central-1.amazonaws.com/id"
SUBJECT = "system:serviceaccount:kube-system:karpenter"


@pytest.mark.parametrize(
    "left",
    ["<YOUR_PROVIDER_ID>", "${OIDC_ID}", "{{cluster}}", "YOUR_CLUSTER_ID", "XXXXXXXXXXXXXXXX"],
)
def test_the_id_of_a_provider(left: str) -> None:
    """Reported once, at the principal, although the key holds the placeholder as well."""
    issuer = f"{CLUSTER}/{left}"
    principal = {"Federated": f"{ARN}:oidc-provider/{issuer}"}
    text = policy(principal, WEB, {"StringEquals": {f"{issuer}:sub": SUBJECT}})
    finding = only(NAME, text)
    assert finding.verdict is Verdict.DEAD and f'"{left}"' in finding.message
    assert finding.path == ("Statement", 0, "Principal", "Federated", 0)
    assert "placeholder" in finding.message and not who_gets_in(parse(text))


@pytest.mark.parametrize(
    ("kind", "principal"),
    [
        ("AWS", f"{ARN}:role/YOUR_ROLE_NAME"),
        ("AWS", f"{ARN}:user/XXXX"),
        ("Federated", f"{ARN}:saml-provider/YOUR_PROVIDER"),
    ],
)
def test_the_name_of_a_principal(kind: str, principal: str) -> None:
    action = "sts:AssumeRole" if kind == "AWS" else "sts:AssumeRoleWithSAML"
    endpoint = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    text = policy({kind: principal}, action, endpoint if kind == "Federated" else None)
    assert only(NAME, text).verdict is Verdict.DEAD and not who_gets_in(parse(text))


@pytest.mark.parametrize(
    ("kind", "principal"),
    [
        ("AWS", "arn:aws:iam::<ACCOUNT_ID>:root"),
        ("AWS", "arn:aws:iam::YOUR_ACCOUNT_ID:role/app"),
        ("AWS", "arn:aws:iam::1234567890:root"),
        ("Federated", "arn:aws:iam::<ACCOUNT_ID>:oidc-provider/gitlab.com"),
        ("Federated", "arn:aws:iam::123456:saml-provider/Okta"),
        ("Service", "<SERVICE>.amazonaws.com"),
    ],
)
def test_what_iam_refuses_is_told_as_a_placeholder(kind: str, principal: str) -> None:
    """No account, no ARN and no service reads so: IAM answers with an invalid principal."""
    action = "sts:AssumeRole"
    if kind == "Federated":
        action = WEB if "oidc" in principal else "sts:AssumeRoleWithSAML"
    refused = [f for f in check(policy({kind: principal}, action)) if f.path[2:3] == ("Principal",)]
    assert {finding.verdict for finding in refused} == {Verdict.REFUSED}
    assert re.search("placeholder|12 digits|has 12", refused[0].message)


@pytest.mark.parametrize(
    "name",
    ["EXAMPLED539D4633E53DE1B71EXAMPLE", "A1B2C3D4E5F60718293A4B5C6D7E8F90"],
)
def test_ids_of_clusters_are_fine(name: str) -> None:
    issuer = f"{CLUSTER}/{name}"
    principal = {"Federated": f"{ARN}:oidc-provider/{issuer}"}
    text = policy(principal, WEB, {"StringEquals": {f"{issuer}:sub": SUBJECT}})
    assert found(NAME, text) == [] and who_gets_in(parse(text))
