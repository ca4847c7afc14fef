"""An element that policies do not have.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.asking import fixed, found, grant, only, places, policy
from trust_widgets.findings import Severity, Verdict

NAME = "unknown_element"
EC2 = {"Service": "ec2.amazonaws.com"}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("principal", "Principal"), ("Principle", "Principal"), ("action", "Action"),
     ("Actions", "Action"), ("effect", "Effect"), ("Conditions", "Condition"), ("SID", "Sid")],
)  # fmt: skip
def test_a_misspelt_element_is_renamed(wrong: str, right: str) -> None:
    """Names are spelled exactly so; the fix renames and keeps the value."""
    whole = grant(EC2, condition={"StringEquals": {"aws:SourceAccount": "111122223333"}}, Sid="Web")
    told = {wrong if name == right else name: value for name, value in whole.items()}
    text = json.dumps({"Version": "2012-10-17", "Statement": [told]})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, wrong)
    assert fixed(finding, text)["Statement"] == [whole]


@pytest.mark.parametrize(
    ("wrong", "right"), [("version", "Version"), ("Statements", "Statement"), ("ID", "Id")]
)
def test_at_the_top_of_the_document(wrong: str, right: str) -> None:
    """The document's own elements, at their place."""
    whole = {"Version": "2012-10-17", "Id": "octo", "Statement": [grant(EC2)]}
    text = json.dumps({wrong if name == right else name: value for name, value in whole.items()})
    (finding,) = found(NAME, text)
    assert finding.path == (wrong,)
    assert fixed(finding, text) == whole


@pytest.mark.parametrize(
    ("wrong", "right"), [("service", "Service"), ("Services", "Service"), ("SERVICE", "Service")]
)
def test_a_kind_of_principal(wrong: str, right: str) -> None:
    """Kinds are spelled exactly so as well, in a Deny too."""
    text = policy({wrong: "ec2.amazonaws.com"}, Effect="Deny")
    finding = only(NAME, text)
    assert finding.path == ("Statement", 0, "Principal", wrong)
    assert fixed(finding, text)["Statement"] == [grant({right: "ec2.amazonaws.com"}, Effect="Deny")]


@pytest.mark.parametrize("more", [{"Comment": "for the web servers"}, {"Description": {"a": [1]}}])
def test_what_resembles_nothing_has_no_fix(more: dict[str, Any]) -> None:
    """Which element was meant, if any, is not known, and removing it is the author's to decide."""
    finding = only(NAME, policy(EC2, **more))
    assert (finding.path, finding.fix) == (("Statement", 0, *more), None)


def test_no_fix_where_the_name_is_taken() -> None:
    """Renaming must not write a name twice: beside the right element, the wrong one is only
    told.
    """
    assert only(NAME, policy(EC2, ACTION="sts:TagSession")).fix is None
    assert only(NAME, policy({"AWS": "arn:aws:iam::111122223333:role/a", "aws": "x"})).fix is None


def test_statements_are_counted() -> None:
    """Each wrong name of each statement is told."""
    text = json.dumps(
        {"Version": "2012-10-17", "Statement": [grant(EC2), grant(EC2, Note="a", sid="b")]}
    )
    assert sorted(places(NAME, text)) == [("Statement", 1, "Note"), ("Statement", 1, "sid")]


def test_known_elements_that_are_other_mistakes() -> None:
    """What the grammar knows and trust policies do not take has pitfalls of its own; condition keys
    are no elements.
    """
    assert found(NAME, policy(EC2, Resource="*", Sid="Web")) == []
    assert found(NAME, policy({"CanonicalUser": "79a5"})) == []
    assert found(NAME, policy(EC2, condition={"StringEquals": {"Octo": "a"}})) == []


def test_what_a_trust_policy_never_holds_is_not_offered() -> None:
    """It has no Resource and no NotPrincipal.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    (finding,) = found("unknown_element", policy({"Service": "ec2.amazonaws.com"}, Comment="web"))
    assert "Resource" not in finding.message and "NotPrincipal" not in finding.message
    assert '"Principal"' in finding.message and '"Condition"' in finding.message
