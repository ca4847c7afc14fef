"""`Version` missing or 2008-10-17.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, grant, loud, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "version_old_or_missing"
EC2 = {"Service": "ec2.amazonaws.com"}
CURRENT = policy(EC2)
OLD = CURRENT.replace("2012-10-17", "2008-10-17")
NONE = CURRENT.replace('"Version": "2012-10-17",', "")


@pytest.mark.parametrize(("text", "path"), [(OLD, ("Version",)), (NONE, ())])
def test_it_is_advice_with_a_fix(text: str, path: tuple[str, ...]) -> None:
    """An old version is told at its place, a missing one at the document; both become the current
    one.
    """
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.ADVICE, Severity.INFO)
    assert finding.path == path
    assert loud(text) == []
    assert fixed(finding, text) == {"Version": "2012-10-17", "Statement": [grant(EC2)]}


def test_the_version_comes_first() -> None:
    """The fix writes it where AWS's own pages have it."""
    (finding,) = found(NAME, NONE)
    assert list(fixed(finding, NONE)) == ["Version", "Statement"]


@pytest.mark.parametrize("value", ["${aws:username}", "${*}", "octo-${aws:PrincipalTag/team}"])
@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_no_fix_where_a_text_would_become_a_variable(value: str, effect: str) -> None:
    """With the current version the same text means something else, which is the author's to
    decide.
    """
    condition = {"StringLike": {"sts:RoleSessionName": value}}
    text = policy({"AWS": "arn:aws:iam::111122223333:user/a"}, condition=condition, Effect=effect)
    for old in (
        text.replace("2012-10-17", "2008-10-17"),
        text.replace('"Version": "2012-10-17",', ""),
    ):
        (finding,) = found(NAME, old)
        assert finding.fix is None


def test_a_dollar_alone_is_no_variable() -> None:
    """A dollar sign without its brace means the same in both versions."""
    text = policy(
        {"AWS": "arn:aws:iam::111122223333:user/a"},
        condition={"StringLike": {"sts:RoleSessionName": "$a"}},
    )
    (finding,) = found(NAME, text.replace("2012-10-17", "2008-10-17"))
    assert finding.fix is not None


@pytest.mark.parametrize("text", [CURRENT, CURRENT.replace("2012-10-17", "2023-09-27")])
def test_the_current_one_and_an_unknown_one(text: str) -> None:
    """The current version is right, and one that never existed is another pitfall's."""
    assert found(NAME, text) == []
