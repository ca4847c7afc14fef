"""The target role of an EKS Pod Identity association.

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html, read on 2026-11-30
"""

from __future__ import annotations

import json
from typing import Any

import trust_widgets as tw

PATTERN = tw.PATTERNS["pod_identity_target"]
ROOT = "arn:aws:iam::444455556666:root"
POD_ROLE = {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/pod-identity"}}
# AWS's page has these two policies, with other names.
WITH_TAGS = {
    "Effect": "Allow",
    "Principal": {"AWS": ROOT},
    "Action": ["sts:AssumeRole", "sts:TagSession"],
    "Condition": {
        "StringEquals": {
            "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:444455556666:cluster/web",
            "aws:RequestTag/kubernetes-namespace": "shop",
            "aws:RequestTag/kubernetes-service-account": "cart",
        },
        **POD_ROLE,
    },
}
WITH_EXTERNAL_ID = [
    {
        "Effect": "Allow",
        "Principal": {"AWS": ROOT},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {"sts:ExternalId": "eu-central-1/444455556666/web/shop/cart"},
            **POD_ROLE,
        },
    },
    {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "sts:TagSession"},
]


def built(**answers: Any) -> tw.Role:
    """The role of the example, in account 111122223333."""
    return PATTERN.build(account="111122223333", **{**PATTERN.example, **answers})


def read(*statements: dict[str, Any]) -> tuple[tw.Grant, ...]:
    """The grants that a pasted policy becomes."""
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    grants: tuple[tw.Grant, ...] = tw.TrustModel(text=text, account="111122223333").grants
    return grants


def test_both_policies_are_those_of_the_page() -> None:
    """With session tags, and with the external ID that EKS sends without them."""
    assert built().trust.to_dict()["Statement"] == [WITH_TAGS]
    assert built(session_tags="off").trust.to_dict()["Statement"] == WITH_EXTERNAL_ID


def test_both_policies_are_read_back() -> None:
    """As one grant each."""
    (tags,) = read(WITH_TAGS)
    (external_id,) = read(*WITH_EXTERNAL_ID)
    assert tags.pattern == external_id.pattern == "pod_identity_target"
    assert dict(tags.answers) == PATTERN.example
    assert dict(external_id.answers) == {**PATTERN.example, "session_tags": "off"}


def test_who_can_assume_it() -> None:
    """No finding but advice; the pod's role, and no other of its account."""
    for role in (built(), built(session_tags="off")):
        assert {str(f.verdict) for f in tw.check(role.trust)} <= {"advice"}
        names = [caller.who for caller in tw.who_gets_in(role.trust)]
        assert names and all("pod-identity" in name for name in names[:1])


def test_the_rest_of_it() -> None:
    """The association names both roles, and the pod's role may assume this one."""
    association, permission, *_ = built(session_tags="off").companions
    assert "--role-arn arn:aws:iam::444455556666:role/pod-identity" in association.text
    assert "--target-role-arn arn:aws:iam::111122223333:role/example-role" in association.text
    assert association.text.endswith("--disable-session-tags\n")
    assert json.loads(permission.text)["Statement"] == [
        {
            "Effect": "Allow",
            "Action": ["sts:AssumeRole", "sts:TagSession"],
            "Resource": "arn:aws:iam::111122223333:role/example-role",
        }
    ]


def test_the_arn_of_the_role_is_understood() -> None:
    """Where its name is asked for."""
    role = built(pod_role="arn:aws:iam::444455556666:role/teams/pod-identity")
    assert "444455556666:role/teams/pod-identity" in str(role.trust)
