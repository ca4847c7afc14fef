"""Guards as truth tables, without a browser.

Expectations are from AWS's page on multivalued keys and operators.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.views.truth_table import about_form

HOSTILE = '<img src=x onerror="alert(1)">'


def table(operator: str, key: str, *values: str) -> dict[str, Any]:
    """What is drawn of one condition by itself."""
    return tw.TruthTableView(condition=tw.Condition(operator, key, values)).state


def cell(state: dict[str, Any], row: str, operator: str) -> str:
    """What one variant says in one case."""
    at = [each["name"] for each in state["operators"]].index(operator)
    return next(each["cells"][at]["word"] for each in state["rows"] if each["name"] == row)


def test_an_absent_key() -> None:
    """A plain operator is false, a negated one true, IfExists true, ForAllValues true, ForAnyValue
    false.
    """
    state = table("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")
    assert state["operators"][0]["name"] == state["form"] == "StringNotEquals"
    assert cell(state, "absent", "StringNotEquals") == "true"
    plain = table("StringLike", "aws:TagKeys", "Department")
    words = [
        cell(plain, "absent", name)
        for name in (
            "StringLike",
            "StringLikeIfExists",
            "ForAllValues:StringLike",
            "ForAnyValue:StringLike",
        )
    ]
    assert words == ["false", "true", "true", "false"]


def test_only_what_surprises_is_marked() -> None:
    """A guard of an Allow that is passed without its key; not one that asks for that, and not in a
    Deny.
    """

    def marked(state: dict[str, Any]) -> list[str]:
        return [row["name"] for row in state["rows"] if row["surprises"]]

    assert marked(table("StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5")) == ["absent"]
    assert "absent" in marked(table("ForAllValues:StringEquals", "aws:TagKeys", "Department"))
    assert marked(table("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")) == []
    assert marked(table("Null", "aws:TokenIssueTime", "true")) == []
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sts:*",
        "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    }
    state = tw.TruthTableView(
        tw.TrustModel(text=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
    ).state
    assert marked(state) == [] and "the Deny applies" in state["sentence"]


def test_a_key_with_one_value_folds_the_cases_with_several() -> None:
    """A key with several does not."""
    assert table("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")["folded"] is True
    assert table("ForAnyValue:StringEquals", "aws:TagKeys", "Department")["folded"] is False


def test_the_sentence_speaks_of_the_chosen_form() -> None:
    """Choosing another column changes it, choosing another condition starts with what is
    written.
    """
    view = tw.TruthTableView(
        condition=tw.Condition("Bool", "aws:MultiFactorAuthPresent", ("true",))
    )
    assert "Bool is false: this condition is not met" in view.state["sentence"]
    view.do_form("BoolIfExists")
    assert "BoolIfExists is true: this condition is met" in view.state["sentence"]
    view.do_form("NoSuchOperator")
    assert view.state["form"] == "Bool"


def test_the_conditions_of_a_policy_can_be_chosen() -> None:
    """It starts with the first; one that is gone is the first again."""
    model = tw.TrustModel(
        grants=[
            tw.Grant("github_oidc", {"owner": "octo-org", "repository": "app", "branch": "main"})
        ],
        account="111122223333",
    )
    view = tw.TruthTableView(model)
    view.do_open()
    first, second = (choice["id"] for choice in view.state["choices"])
    assert view.state["chosen"] == first and view.state["key"].endswith(":aud")
    view.do_choose(second)
    assert view.state["key"].endswith(":sub") and view.state["place"].startswith("line ")
    model.grants = (tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)}),)
    assert view.state["empty"].startswith("This policy has no conditions")


def test_an_operator_that_aws_does_not_have() -> None:
    """There is no table for it, and nothing fails."""
    state = table("StringMatches", "aws:PrincipalOrgID", "o-a1b2c3d4e5")
    assert "StringMatches" in state["empty"] and state["rows"] == []


def test_without_a_kernel_and_hostile() -> None:
    """A table that reads by itself, with a stranger's markup as text."""
    view = tw.TruthTableView(condition=tw.Condition("StringLike", HOSTILE, (HOSTILE,)))
    assert "<table>" in view.still() and "<img" not in view.still()
    assert repr(view) == repr(
        tw.TruthTableView(condition=tw.Condition("StringLike", HOSTILE, (HOSTILE,)))
    )
    with pytest.raises(TypeError, match="not both"):
        tw.TruthTableView(tw.TrustModel(), condition=tw.Condition("Bool", "a:b", ("true",)))


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("StringNotLike", "true also if the key is absent"),
        ("ForAnyValue:StringNotLike", "true if at least one value matches"),
        ("Null", "checks whether the key is present"),
    ],
)
def test_a_variant_in_a_few_words(name: str, about: str) -> None:
    """A negated operator is true without the key, unless a set operator asks for a value."""
    assert about_form(name) == about
