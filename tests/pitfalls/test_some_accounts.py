"""A pattern with a part of an account, organization or unit is wide, and it is not everyone.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import loud, policy
from trust_widgets.findings import Severity

EVERYONE = "Anyone with an AWS account can assume this role:"


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::4444555566??:role/ci"),
        ("StringLike", "aws:PrincipalArn", "arn:aws:iam::4444*:role/ci"),
        ("StringLike", "aws:PrincipalAccount", "44445555????"),
        ("StringLike", "aws:PrincipalOrgID", "o-a1b2*"),
        ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-*/r-*/ou-xy99-aaaaaaaa/*"),
        ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1*/*"),
    ],
)
def test_some_are_not_everyone(operator: str, key: str, value: str) -> None:
    """High; the value is named."""
    (finding,) = loud(policy({"AWS": "*"}, condition={operator: {key: value}}))
    assert (finding.code, finding.severity) == ("TP301", Severity.HIGH)
    assert value in finding.message and EVERYONE not in finding.message


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("StringLike", "aws:PrincipalOrgID", "o-*"),
        ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-*/r-*/*"),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/ci1"),
        ("StringLike", "aws:PrincipalAccount", "*"),
        ("StringLike", "aws:PrincipalAccount", ["4444*", "*"]),
        ("StringNotLike", "aws:PrincipalAccount", "4444*"),
        ("StringLikeIfExists", "aws:PrincipalOrgID", "o-a1b2*"),
    ],
)
def test_whoever_has_one_is_everyone(operator: str, key: str, value: Any) -> None:
    """Critical; the widest value of a list counts, and so does a missing key that passes."""
    (finding,) = loud(policy({"AWS": "*"}, condition={operator: {key: value}}))
    assert (finding.code, finding.severity) == ("TP301", Severity.CRITICAL)
    assert EVERYONE in finding.message
