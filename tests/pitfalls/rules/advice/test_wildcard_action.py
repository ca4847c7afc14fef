"""`sts:*` and its like, of which sources disagree whether IAM saves them.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, WEB, fixed, found, grant, loud, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "wildcard_action"
EC2 = {"Service": "ec2.amazonaws.com"}
CORP = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}
GOOGLE = {"Federated": "accounts.google.com"}
AUD = {"StringEquals": {"accounts.google.com:aud": "1234"}}
ENDPOINT = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}


@pytest.mark.parametrize("action", ["sts:*", "sts:AssumeRole*", "STS:assume*", "sts:AssumeRol?"])
@pytest.mark.parametrize(
    ("principal", "needed", "condition"),
    [
        (EC2, "sts:AssumeRole", None),
        ({"AWS": "arn:aws:iam::111122223333:role/a"}, "sts:AssumeRole", None),
        (CORP, "sts:AssumeRoleWithSAML", ENDPOINT),
        (GOOGLE, WEB, AUD),
    ],
)
def test_the_one_action_that_is_needed(
    action: str, principal: Any, needed: str, condition: Any
) -> None:
    """What rests on an undocumented fact is advice and says so; the fix names the principal's own
    action.
    """
    text = policy(principal, action, condition)
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.ADVICE, Severity.INFO)
    assert finding.path == ("Statement", 0, "Action", 0)
    assert "may" in finding.message
    assert finding.assumptions != ()
    assert loud(text) == []
    assert fixed(finding, text)["Statement"] == [grant(principal, needed, condition)]


@pytest.mark.parametrize(
    ("principal", "action"),
    [({"AWS": "*"}, "sts:*"), (EC2 | CORP, "sts:*"), (EC2, ["sts:*", "sts:TagSession"])],
)
def test_no_fix_where_the_author_must_choose(principal: Any, action: Any) -> None:
    """Everyone, principals of two actions, and a list whose other actions say what was meant."""
    finding, *_ = found(NAME, policy(principal, action), HOME)
    assert (finding.path, finding.fix) == (("Statement", 0, "Action", 0), None)


def test_it_does_not_hide_who_gets_in() -> None:
    """What a wildcard's statement opens is told all the same."""
    assert [f.name for f in loud(policy({"AWS": "*"}, "sts:*"))] == ["anyone"]


def test_each_value_has_its_place() -> None:
    """In a list beside exact actions, in a later statement."""
    text = several(grant(EC2), grant(EC2, ["sts:AssumeRole", "sts:Tag*", "sts:Set*"]))
    assert places(NAME, text) == [("Statement", 1, "Action", 1), ("Statement", 1, "Action", 2)]


@pytest.mark.parametrize(
    "text",
    [
        policy(EC2),
        policy(EC2, "*"),
        policy(EC2, "s3:*"),
        policy({"AWS": "*"}, "sts:*", Effect="Deny"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Exact actions, a bare asterisk and another service's, which are refused, and a Deny of
    everything.
    """
    assert found(NAME, text) == []
