"""A text that is no policy: its problems are told as findings, in place of what half of it would
mean.
"""

from __future__ import annotations

import pytest

from support.asking import fixed
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import parse


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("", "TP001", "no policy"),
        ('{"Version": "2012-10-17", "Statement": []', "TP006", "}"),
        ('{"Version": "2012-10-17", "Statement": [],}', "TP007", "comma"),
    ],
)
def test_a_problem_is_a_finding(text: str, code: str, told: str) -> None:
    """Its code is the problem's own, and IAM refuses it."""
    (finding,) = check(text)
    assert (finding.code, finding.name) == (code, "document")
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert told in finding.message


def test_its_place_and_its_fix() -> None:
    """The element that holds it; the comma that is one too many goes."""
    text = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",}]}'
    )
    (finding,) = check(text)
    assert finding.path == ("Statement", 0)
    assert fixed(finding, text)["Statement"] == [{"Effect": "Allow", "Action": "sts:AssumeRole"}]


def test_several_problems_in_the_order_of_the_text() -> None:
    """Two statements with a comma too many, in a policy that would also let anyone in: that is not
    told yet.
    """
    one = '{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole",}'
    text = f'{{"Version": "2012-10-17", "Statement": [{one}, {one}]}}'
    assert [(finding.code, finding.path) for finding in check(text)] == [
        ("TP007", ("Statement", 0)),
        ("TP007", ("Statement", 1)),
    ]
    whole = text.replace(",}", "}")
    assert parse(whole) and {"anyone"} <= {finding.name for finding in check(whole)}
