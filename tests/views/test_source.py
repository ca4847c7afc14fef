"""A role's file in the builder: its line, the change shown first, and written on request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw

FILE = """resource "aws_iam_role" "app" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "allow", Principal = { AWS = var.who }, Action = "sts:AssumeRole" }]
  })
}
"""


def click(view: Any, do: str, **arguments: Any) -> None:
    view._hear(view, {"do": do, **arguments, "part": "source"}, [])


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tw.TrustBuilder:
    monkeypatch.chdir(tmp_path)
    Path("roles.tf").write_text(FILE)
    return tw.TrustBuilder(tw.read_roles("roles.tf")[0])


def test_the_builder_names_the_file_its_line_and_what_is_not_known(
    builder: tw.TrustBuilder,
) -> None:
    state = builder.source_state
    assert (state["title"], state["place"]) == ("aws_iam_role.app", "roles.tf, line 2")
    assert state["notKnown"] == [
        {"expression": "var.who", "place": "roles.tf, line 4", "reason": ""}
    ]
    assert not state["changed"] and state["preview"] is None
    assert '"${var.who}"' in builder.model.text
    assert builder.model.summary == "It is not known who can assume this role: ${var.who}."


def test_a_fix_is_shown_as_a_change_of_the_file_and_then_written(
    builder: tw.TrustBuilder,
) -> None:
    """TP108: Effect is "Allow" or "Deny", with a capital."""
    [finding] = [each for each in builder.model.findings if each.code == "TP108"]
    builder.model.apply(finding)
    assert builder.source_state["changed"]
    click(builder, "preview")
    preview = builder.source_state["preview"]
    change = preview["change"]
    assert preview["text"][change["from"] : change["to"]] == "a" and change["insert"] == "A"
    assert Path("roles.tf").read_text() == FILE
    click(builder, "write")
    assert Path("roles.tf").read_text() == FILE.replace('"allow"', '"Allow"')
    assert builder.source_state["said"] == "Written to roles.tf."
    assert not builder.source_state["changed"]


def test_nothing_is_written_without_a_look_and_after_another_change(
    builder: tw.TrustBuilder,
) -> None:
    click(builder, "write")
    assert "look at the change first" in builder.source_state["fault"]["title"]
    builder.model.text = builder.model.text.replace("allow", "Allow")
    click(builder, "preview")
    builder.model.text = builder.model.text.replace("Allow", "Deny")
    assert builder.source_state["preview"] is None
    click(builder, "write")
    assert Path("roles.tf").read_text() == FILE


def test_an_expression_is_replaced_where_it_stands(builder: tw.TrustBuilder) -> None:
    builder.model.text = builder.model.text.replace("${var.who}", "444455556666")
    click(builder, "preview")
    change = builder.source_state["preview"]["change"]
    assert change["insert"] == '"444455556666"'
    builder.model.text = builder.model.text.replace('"Version"', "Version")
    click(builder, "preview")
    assert builder.source_state["said"] == "The policy cannot be read yet: see line 2."


def test_a_visitor_in_voila_writes_nothing(
    builder: tw.TrustBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    builder.model.text = builder.model.text.replace("allow", "Allow")
    assert not builder.source_state["canWrite"]
    click(builder, "preview")
    assert "no file to write to" in builder.source_state["fault"]["title"]


def test_undo_goes_back_before_what_the_file_does_not_say(builder: tw.TrustBuilder) -> None:
    """What stands for the expressions comes and goes with the text."""
    assert not any("var.who" in each.message for each in builder.model.findings)
    builder.model.replace_with('{"Version": "2012-10-17", "Statement": []}')
    builder.model.undo()
    assert not any("var.who" in each.message for each in builder.model.findings)
