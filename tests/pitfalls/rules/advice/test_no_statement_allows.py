"""Without an Allow nobody can assume the role, whatever a Deny says.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.asking import found, grant, policy, several
from trust_widgets.findings import Verdict

NAME = "no_statement_allows"
DENY = grant({"AWS": "*"}, Effect="Deny")


@pytest.mark.parametrize("text", [several(DENY), several(DENY, DENY)])
def test_a_deny_alone(text: str) -> None:
    """Advice, once for the policy."""
    (finding,) = found(NAME, text)
    assert (finding.verdict, finding.path) == (Verdict.ADVICE, ("Statement", 0, "Effect"))
    assert tw.who_gets_in(tw.parse(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        policy({"AWS": "arn:aws:iam::111122223333:user/octo"}),
        several(DENY, grant({"AWS": "arn:aws:iam::111122223333:user/octo"})),
        policy({"AWS": "arn:aws:iam::111122223333:user/octo"}, Effect="allow"),
        '{"Version": "2012-10-17", "Statement": []}',
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """With an Allow; an effect that is misspelt, which is refused; and no statement at all."""
    assert found(NAME, text) == []
