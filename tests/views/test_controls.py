"""Controls of ipywidgets for the questions of a grant."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pytest

import trust_widgets as tw

ANSWERS = {"owner": "octo-org", "repository": "app", "branch": "main"}


def github(**more: Any) -> tw.TrustModel:
    return tw.TrustModel(
        grants=[tw.Grant("github_oidc", {**ANSWERS, **more})], account="111122223333"
    )


def test_each_question_has_the_control_that_suits_it() -> None:
    kinds = {name: type(control) for name, control in tw.controls(github()).items()}
    assert kinds["owner"] is ipywidgets.Text
    assert kinds["runs"] is ipywidgets.Dropdown
    assert kinds["both_forms"] is ipywidgets.Checkbox
    assert {"account", "role_name", "path"} <= set(kinds)
    service = tw.controls(tw.TrustModel(grants=[tw.Grant("aws_service")]))
    assert type(service["services"]) is ipywidgets.TagsInput
    vendor = tw.controls(tw.TrustModel(grants=[tw.Grant("vendor")]))
    assert type(vendor["vendor"]) is ipywidgets.Combobox and vendor["vendor"].options


@pytest.mark.parametrize("pattern", sorted(tw.PATTERNS))
def test_all_patterns_and_all_their_examples_go_both_ways(pattern: str) -> None:
    """What the controls show is what the model has, and setting it again changes nothing."""
    model = tw.TrustModel(grants=[tw.Grant(pattern, tw.PATTERNS[pattern].example)])
    text = model.text
    for control in tw.controls(model).values():
        value = control.value
        is_choice = isinstance(control, ipywidgets.Dropdown)
        control.value = control.options[-1][1] if is_choice else type(value)()
        control.value = value
    assert model.text == text


def test_a_control_writes_the_policy() -> None:
    model = github()
    ask = tw.controls(model)
    ask["branch"].value = "release"
    assert "refs/heads/release" in model.text
    ask["runs"].value = "environment"
    ask["environment"].value = "production"
    assert "environment:production" in model.text
    ask["account"].value = "444455556666"
    assert "arn:aws:iam::444455556666:" in model.text


def test_the_policy_writes_the_control() -> None:
    model = github()
    ask = tw.controls(model)
    model.text = model.text.replace("octo-org", "octo-labs")
    assert ask["owner"].value == "octo-labs"
    model.undo()
    assert ask["owner"].value == "octo-org"


def test_a_list_is_a_list_of_tags() -> None:
    model = tw.TrustModel(grants=[tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})])
    ask = tw.controls(model)
    assert ask["services"].value == ["ec2.amazonaws.com"]
    ask["services"].value = ["ec2.amazonaws.com", "lambda.amazonaws.com"]
    assert model.grants[0].answers["services"] == ("ec2.amazonaws.com", "lambda.amazonaws.com")


def test_a_question_that_makes_no_sense_is_not_shown() -> None:
    ask = tw.controls(github())
    assert ask["tag"].layout.display == "none" and ask["branch"].layout.display is None
    ask["runs"].value = "tag"
    assert ask["tag"].layout.display is None and ask["branch"].layout.display == "none"


def test_what_is_wrong_is_told_at_the_control() -> None:
    ask = tw.controls(github())
    help_of_owner = ask["owner"].tooltip
    ask["owner"].value = "octo org"
    assert "owner" in ask["owner"].tooltip and ask["owner"].tooltip != help_of_owner
    ask["owner"].value = "octo-org"
    assert ask["owner"].tooltip == help_of_owner


def test_another_kind_of_caller_has_other_questions() -> None:
    """The controls wait, and change nothing."""
    model = github()
    ask = tw.controls(model)
    model.grants = [tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})]
    text = model.text
    assert ask["owner"].disabled
    ask["owner"].value = "octo-labs"
    assert model.text == text


def test_the_controls_of_a_builder_and_of_its_second_grant() -> None:
    builder = tw.TrustBuilder(grants=[tw.Grant("github_oidc", ANSWERS), tw.Grant("vendor")])
    ask = tw.controls(builder, 1)
    ask["vendor"].value = "999988887777"
    assert builder.model.grants[1].answers["vendor"] == "999988887777"


def test_wrong_names_and_numbers_raise() -> None:
    with pytest.raises(KeyError, match="did you mean 'owner'"):
        tw.controls(github())["onwer"]
    with pytest.raises(IndexError, match="the model has 1"):
        tw.controls(github(), 1)
    by_hand = tw.TrustModel(
        text='{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "NotPrincipal":'
        ' {"AWS": "*"}, "NotAction": "sts:*"}]}'
    )
    with pytest.raises(ValueError, match="by hand"):
        tw.controls(by_hand)


def test_closed_controls_follow_no_more() -> None:
    model = github()
    ask = tw.controls(model)
    ask.close()
    model.text = model.text.replace("octo-org", "octo-labs")
    assert ask["owner"].value == "octo-org"
