"""The public traits of the builder and the views, and what ipywidgets users do with them."""

from __future__ import annotations

import json

import ipywidgets
import pytest
import traitlets

import trust_widgets as tw

EC2 = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})
VIEWS = (
    *("GrantsView", "SummaryView", "FormView", "EditorView", "FindingsView", "CompanionsView"),
    *("ExportView", "HomeView", "SimulatorView", "WhoView", "ChangesView", "TruthTableView"),
    "TrustBuilder",
)


def model() -> tw.TrustModel:
    return tw.TrustModel(grants=[EC2])


@pytest.mark.parametrize("name", VIEWS)
def test_each_widget_has_them(name: str) -> None:
    shown = model()
    view = getattr(tw, name)(shown)
    assert view.text == shown.text
    assert view.summary == "The AWS service EC2 can assume this role."
    assert 'tw.TrustBuilder("aws_service"' in view.python
    assert [each["code"] for each in view.findings] == [each.code for each in shown.findings]
    assert view.callers[0]["principal"] == "ec2.amazonaws.com"
    assert json.dumps([view.findings, view.callers])
    view.close()


def test_text_is_written_and_all_others_follow() -> None:
    builder = tw.TrustBuilder(model())
    builder.text = builder.text.replace("ec2", "lambda")
    assert builder.model.grants[0].answers["services"] == ("lambda.amazonaws.com",)
    assert builder.summary == "The AWS service Lambda can assume this role."
    builder.text = {"Version": "2012-10-17", "Statement": []}
    assert json.loads(builder.model.text)["Statement"] == []


def test_a_text_that_cannot_be_read_is_a_finding() -> None:
    view = tw.EditorView(model())
    view.text = "{"
    assert view.model.problems and view.findings[0]["verdict"] == "refused"


@pytest.mark.parametrize("name", ["findings", "summary", "callers", "python"])
def test_what_follows_cannot_be_set(name: str) -> None:
    with pytest.raises(traitlets.TraitError, match="read-only"):
        setattr(tw.FormView(model()), name, "")


@pytest.mark.parametrize("name", ["txet", "owner", "policy", "finding"])
def test_a_wrong_name_raises_and_names_what_there_is(name: str) -> None:
    for view in (tw.FormView(model()), tw.TrustBuilder(model())):
        with pytest.raises(AttributeError, match=rf"no attribute '{name}'"):
            setattr(view, name, "")


def test_a_tab_that_is_not_there_raises() -> None:
    builder = tw.TrustBuilder(model())
    builder.tab = "export"
    with pytest.raises(traitlets.TraitError, match="simulator"):
        builder.tab = "exports"


def test_a_text_area_is_linked_both_ways() -> None:
    """What is typed there comes to the model, and what the form does comes there."""
    builder, area = tw.TrustBuilder(model()), ipywidgets.Textarea()
    traitlets.link((builder, "text"), (area, "value"))
    assert area.value == builder.model.text
    area.value = area.value.replace("ec2", "lambda")
    assert builder.summary == "The AWS service Lambda can assume this role."
    builder.model.undo()
    assert "ec2" in area.value


def test_a_label_follows_in_one_direction() -> None:
    view, label = tw.SummaryView(model()), ipywidgets.Label()
    traitlets.dlink((view, "summary"), (label, "value"))
    view.model.text = '{"Version": "2012-10-17", "Statement": []}'
    assert label.value == "No one can assume this role yet."


def test_findings_are_observed() -> None:
    heard: list[list[str]] = []
    builder = tw.TrustBuilder(model())
    builder.observe(lambda change: heard.append([f["verdict"] for f in change.new]), "findings")
    builder.text = builder.text.replace("ec2.amazonaws.com", "EC2.amazonaws.com")
    assert len(heard) == 1 and heard[0][0] in ("refused", "dead")


def test_two_widgets_of_one_model_agree() -> None:
    shown = model()
    one, other = tw.EditorView(shown), tw.FormView(shown)
    one.text = one.text.replace("ec2", "lambda")
    assert other.text == one.text and other.summary == one.summary


def test_a_closed_widget_follows_no_more() -> None:
    shown = model()
    builder = tw.TrustBuilder(shown)
    before = builder.summary
    builder.close()
    shown.text = '{"Version": "2012-10-17", "Statement": []}'
    assert builder.summary == before


def test_they_are_known_to_the_page_but_for_the_long_ones() -> None:
    """`jslink` needs them there."""
    assert {"text", "summary", "python", "tab"} <= set(tw.TrustBuilder(model()).keys)
    assert not {"findings", "callers"} & set(tw.TrustBuilder(model()).keys)
