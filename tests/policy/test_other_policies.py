"""Policies of other kinds are named, and right or half-right trust policies are not.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw

DENY = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Resource": "*"}
FULL = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
GET = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::octo/*"}
EVERYONE = {"AWS": "*"}


def checked(*statements: Any) -> list[tw.Finding]:
    return list(tw.check(json.dumps({"Version": "2012-10-17", "Statement": list(statements)})))


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        ((DENY,), "resource control policy (RCP)"),
        ((FULL, DENY), "resource control policy (RCP)"),
        (({**DENY, "Principal": EVERYONE, "NotAction": "sts:*"},), "resource control policy (RCP)"),
        (({**DENY, "Action": ["s3:*", "sts:*"]},), "resource control policy (RCP)"),
        ((GET,), "permissions policy"),
        ((GET, {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}), "permissions policy"),
        (({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"},), "permissions policy"),
        (({**GET, "Principal": EVERYONE},), "of another service, s3"),
        (
            ({"Effect": "Allow", "Principal": EVERYONE, "Action": "kms:*", "Resource": "*"},),
            "of another service, kms",
        ),
    ],
)
def test_another_policy_is_told_once(statements: tuple[Any, ...], words: str) -> None:
    (found,) = checked(*statements)
    assert found.code == "TP025" and str(found.verdict) == "refused"
    assert words in found.message and found.fix is None


TRUST = {"Effect": "Allow", "Principal": EVERYONE, "Action": "sts:AssumeRole"}


@pytest.mark.parametrize(
    "statements",
    [
        (TRUST,),
        ({**TRUST, "Resource": "*"},),
        ({**TRUST, "Effect": "Deny"},),
        (DENY, TRUST),
        (GET, TRUST),
        ({"Effect": "Allow", "Action": "sts:AssumeRole"},),
        ({**TRUST, "Action": "*", "Resource": "*"},),
    ],
)
def test_a_trust_policy_with_mistakes_is_none_of_them(statements: tuple[Any, ...]) -> None:
    assert "TP025" not in {found.code for found in checked(*statements)}
