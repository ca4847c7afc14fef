"""Policies where people write them: pasted into the editor, opened from a file, written back."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from lab_in_browser import Lab
from support.keys import reach

Show = Callable[..., Page]
TERRAFORM = """resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = var.who }, Action = "sts:AssumeRole" }]
  })
}
"""
YAML = """Resources:
  Web:
    Type: AWS::IAM::Role
    Properties:
      RoleName: web
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: ec2.amazonaws.com}
            Action: sts:AssumeRole
"""


CALLERS_HALF = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}


def paste(page: Page, text: str) -> None:
    """Put a text on the clipboard and paste it over all there is, by keys."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")


def leave_editor(page: Page) -> None:
    """Out of the editor, in which Tab writes."""
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")


def test_terraform_and_yaml_are_pasted_and_undone(show: Show) -> None:
    """Each is unwrapped at once, with the role's name; one undo shows what was pasted. Then the
    caller's half is typed for a pasted role, and both decide. By keys alone: Tab, Shift and Tab,
    arrows, Escape and what is typed.
    """
    page = show("tw.TrustBuilder()")
    editor, status = page.get_by_role("textbox", name="Trust policy"), page.locator(".tw-status")
    name = page.get_by_label("Role name", exact=True).first
    selected = page.locator(".tw-builder").get_by_role("tab", selected=True).first
    reach(page, editor)
    paste(page, TERRAFORM)
    expect(status).to_contain_text("Not known: var.who")
    expect(editor).to_contain_text('"${var.who}"')
    leave_editor(page)
    reach(page, selected)
    reach(page, page.get_by_role("tab", name="Export").first, "ArrowRight")
    expect(name).to_have_value("app")
    reach(page, editor, "Shift+Tab")
    page.keyboard.press("Control+z")
    expect(editor).to_contain_text("jsonencode")
    paste(page, YAML)
    expect(editor).to_contain_text('"Service": "ec2.amazonaws.com"')
    expect(name).to_have_value("web")
    page.keyboard.press("Control+z")
    expect(editor).to_contain_text("AssumeRolePolicyDocument")
    paste(page, TERRAFORM.replace("var.who", '"arn:aws:iam::444455556666:root"'))
    expect(editor).to_contain_text("arn:aws:iam::444455556666:root")
    leave_editor(page)
    reach(page, selected)
    reach(page, page.get_by_role("tab", name="Caller's policy"), "ArrowRight")
    panel = page.locator(".tw-slot-permissions")
    reach(page, panel.get_by_label("Caller", exact=True))
    page.keyboard.type("arn:aws:iam::444455556666:user/ops")
    page.keyboard.press("Tab")
    page.keyboard.type(json.dumps({"Version": "2012-10-17", "Statement": [CALLERS_HALF]}))
    expect(panel).to_contain_text("Allowed.")


def test_a_role_is_opened_from_a_file_and_written_back_by_keys(show: Show, lab: Lab) -> None:
    """Edited, looked at as a change of the file, and written, by keys alone."""
    file = lab.folder / "roles.tf"
    file.write_text(TERRAFORM)
    page = show('tw.TrustBuilder(tw.read_roles("roles.tf")[0])')
    source = page.get_by_role("group", name="Where the policy comes from")
    expect(source).to_contain_text("aws_iam_role.app in roles.tf, line 3")
    write = source.get_by_role("button", name="Write to the file")
    expect(write).to_be_disabled()
    editor = page.get_by_role("textbox", name="Trust policy")
    reach(page, editor)
    page.keyboard.press("Control+f")
    page.keyboard.type("sts:AssumeRole")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.type("sts:TagSession")
    expect(write).to_be_enabled()
    leave_editor(page)
    reach(page, write, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(source.get_by_role("button", name="Write", exact=True)).to_be_focused()
    expect(source.locator("ins")).to_have_text("TagSession")
    assert file.read_text() == TERRAFORM
    page.keyboard.press("Enter")
    expect(source).to_contain_text("Written to roles.tf.")
    assert file.read_text() == TERRAFORM.replace("AssumeRole", "TagSession", 1)
    file.unlink()
