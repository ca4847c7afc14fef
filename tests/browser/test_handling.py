"""What a reader does with chips, pastes and files; what ipywidgets users do with widgets."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lab_in_browser import Lab

pytestmark = pytest.mark.browser

Show = Callable[..., Page]

TWO = """builder = tw.TrustBuilder(account="111122223333", grants=[
    tw.Grant("github_oidc", {"owner": "octo-org", "repository": "app", "branch": "main"}),
    tw.Grant("another_account", {"caller_account": "444455556666"})])"""
LINKED = """import ipywidgets
area, label = ipywidgets.Textarea(), ipywidgets.Label()
links = [ipywidgets.jslink((builder, "text"), (area, "value")),
         ipywidgets.jsdlink((builder, "tab"), (label, "value"))]
ipywidgets.VBox([area, label])"""
GET_ROLE = """{"Role": {"Path": "/", "RoleName": "web",
 "Arn": "arn:aws:iam::111122223333:role/web", "MaxSessionDuration": 7200,
 "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
 "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}"""


def paste(page: Page, text: str) -> None:
    """Put a text on the clipboard, and paste it where the focus is."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def test_chips_statements_pastes_and_links(show: Show, lab: Lab) -> None:
    """One page for all of it: each step begins where the one before ended."""
    page = show(f"{TWO}; builder", LINKED)
    marked = page.locator(".tw-selected-line")
    expect(marked.first).to_be_visible()
    page.get_by_role("button", name="Account 444455556666", exact=True).click()
    expect(marked.filter(has_text="444455556666")).to_be_visible()
    page.get_by_role("button", name="+ Add a condition").click()
    page.get_by_role("button", name="External ID sts:ExternalId").click()
    page.get_by_role("button", name="Generate").click()
    expect(page.locator(".tw-guard input")).to_have_value(re.compile("[0-9a-f-]{36}"))
    page.locator(".cm-line").filter(has_text="StringEquals").first.click()
    expect(page.get_by_label("Owner", exact=True)).to_have_value("octo-org")

    owner = page.get_by_label("Owner", exact=True)
    owner.fill("")
    paste(page, "https://github.com/octo-labs/site")
    expect(owner).to_have_value("octo-labs")
    expect(page.get_by_label("Repository", exact=True)).to_have_value("site")

    area = page.locator(".widget-textarea textarea")
    expect(area).to_have_value(re.compile("repo:octo-labs/site"))
    page.get_by_role("tab", name="Export").first.click()
    expect(page.locator(".widget-label", has_text="export")).to_be_visible()

    page.get_by_role("textbox", name="Trust policy").click()
    page.keyboard.press("Control+a")
    paste(page, GET_ROLE)
    expect(page.locator(".tw-editor .tw-status")).to_contain_text("Taken from the role")
    expect(page.get_by_label("Role name", exact=True).first).to_have_value("web")
    page.locator(".tw-editor").get_by_role("button", name="Save beside the notebook").click()
    expect(page.locator(".tw-saved-as")).to_contain_text("trust-policy.json")
    assert "ec2.amazonaws.com" in (lab.folder / "trust-policy.json").read_text("utf-8")
    (lab.folder / "trust-policy.json").unlink()


def test_the_picture_stays_where_the_builder_is_not(show: Show, lab: Lab) -> None:
    """Reopened with another kernel: what was built is there to be read, and what was typed too."""
    page = show(f"{TWO}; builder")
    still = page.locator("figure.tw-still")
    expect(still).to_have_count(1)
    expect(still).to_be_hidden()
    page.get_by_label("Owner", exact=True).fill("octo-labs")
    expect(still).to_contain_text("octo-labs", timeout=10_000)
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_timeout(500)
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()",
    )
    page.reload()
    page.wait_for_function("() => window.jupyterapp && window.jupyterapp.shell.currentWidget")
    expect(page.locator("figure.tw-still").first).to_be_visible(timeout=20_000)
    expect(page.locator("figure.tw-still").first).to_contain_text("octo-labs")


HOSTILE = (
    r"$x^2$ ${aws:username}$ \\(y\\) \\[z\\] \\begin{align}w\\end{align}"
    " <img src=q onerror=window.ran=1>"
)
SHOWN = f"""import json
from IPython.display import HTML, display
hostile = "{HOSTILE}"
user = "arn:aws:iam::444455556666:user/ops"
text = json.dumps({{"Version": "2012-10-17", "Statement": [
    {{"Sid": hostile, "Effect": "Allow", "Principal": {{"AWS": user}}, "Action": "sts:AssumeRole",
      "Condition": {{"StringEquals": {{"aws:PrincipalTag/$a$": hostile, "sts:ExternalId": hostile}},
                    "StringLike$b$": {{"aws:username": hostile}}}}}},
    {{"Effect": "Allow", "Principal": {{"AWS": user}}, "Action": "sts:AssumeRole",
      "Condition": {{"StringLike": {{"aws:PrincipalTag/team": hostile}}}}}}]}})
display(HTML("<p id='control'>$x^2$</p>"))
other = text.replace("444455556666", "999988887777")
call = tw.Request("sts:AssumeRole", user, context={{"aws:PrincipalTag/team": hostile}})
allowed = tw.TrustPolicy(tw.parse(text).statements[1:])
for policy in (text, allowed):
    for each in (tw.parse(policy), tw.check(policy), tw.who_gets_in(policy),
                 tw.compare(policy, other), tw.is_public(policy), tw.evaluate(policy, call),
                 tw.document(policy)):
        display(each)
        if isinstance(each, tuple) and each:
            display(each[0])
model = tw.TrustModel(text)
for view in (tw.WhoView, tw.SummaryView, tw.FindingsView, tw.EditorView, tw.FormView):
    shown = view(model)
    display(shown, HTML(shown.framed_still()))
display(tw.Role("app", tw.parse(text)))
display(HTML("<p id='done'>$y$</p>"))
"""


def test_no_text_is_a_formula_or_runs(show: Show) -> None:
    """Whatever a policy says, JupyterLab shows it as text in each output; the first output is one
    in which it finds a formula."""
    page = show(SHOWN, wait_for="")
    page.locator("#control mjx-container").wait_for()
    page.locator("#done mjx-container").wait_for()
    page.wait_for_timeout(500)
    assert page.locator(".jp-OutputArea-output mjx-container").count() == 2
    assert (
        page.locator(
            ".jp-OutputArea-output [data-mime-type='application/vnd.jupyter.stderr']"
        ).count()
        == 0
    )
    assert page.evaluate("window.ran") is None
