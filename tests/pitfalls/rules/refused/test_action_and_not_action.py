"""`Action` and `NotAction` in one statement.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from support.asking import fixed, found, grant, only, places, policy, several, statement
from trust_widgets.findings import Severity, Verdict

NAME = "action_and_not_action"
EC2 = {"Service": "ec2.amazonaws.com"}


def test_the_grammar_takes_one_of_the_two() -> None:
    """Refused at NotAction, and the fix keeps the Action as it was written."""
    text = policy(EC2, ["sts:AssumeRole"], NotAction="sts:TagSession")
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "NotAction")
    assert statement(fixed(finding, text)) == {
        "Effect": "Allow",
        "Principal": EC2,
        "Action": ["sts:AssumeRole"],
    }


def test_a_deny_is_judged_and_each_statement_by_itself() -> None:
    """The second of three, a Deny; one element in each of two statements is fine."""
    text = several(
        grant(EC2),
        grant(EC2, NotAction="sts:TagSession", Effect="Deny"),
        grant(EC2, None, NotAction="sts:TagSession"),
    )
    assert places(NAME, text) == [("Statement", 1, "NotAction")]


def test_it_is_told_once() -> None:
    """What is said of NotAction alone is not said as well."""
    assert found("not_action", policy(EC2, NotAction="sts:TagSession")) == []
