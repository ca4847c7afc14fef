"""A condition on a tag that does not say which.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

import pytest

from support.asking import found, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "tag_key_missing"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/a"}


@pytest.mark.parametrize(
    "key", ["aws:PrincipalTag", "aws:RequestTag/", "AWS:ResourceTag", "iam:ResourceTag"]
)
def test_it_has_to_say(key: str) -> None:
    """Each key that is about one tag, in any case, with and without the slash."""
    finding = only(NAME, policy(ROLE, condition={"StringEquals": {key: "octo"}}))
    assert (finding.verdict, finding.severity) == (Verdict.DEAD, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Condition", "StringEquals", key)
    assert finding.fix is None


@pytest.mark.parametrize(
    "key", ["aws:PrincipalTag/team", "aws:RequestTag/a/b", "aws:TagKeys", "octo:PrincipalTag"]
)
def test_those_that_say(key: str) -> None:
    """A tag's key, also one with a slash; the key that is about all tags; other prefixes."""
    assert found(NAME, policy(ROLE, condition={"ForAnyValue:StringEquals": {key: "octo"}})) == []
