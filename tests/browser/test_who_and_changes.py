"""Who gets in, what changed, guards as truth tables and the weighing of fixes, in a real
JupyterLab.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import Page, expect

import trust_widgets as tw
from lab_in_browser import Lab, focus_on_notebook, serious_violations, use_theme

pytestmark = pytest.mark.browser

Show = Callable[..., Page]

THREE = (
    'builder = tw.TrustBuilder(account="111122223333", home=tw.Home(), grants=['
    'tw.Grant("github_oidc", {"owner": "octo*", "repository": "app", "branch": "main"}), '
    'tw.Grant("another_account", {"caller_account": "444455556666"}), '
    'tw.Grant("aws_service", {"services": ("lambda.amazonaws.com",)})]); builder'
)
CAPITALS = """text = '{"Version": "2012-10-17", "Statement": [%s]}'
one = '{"Effect": "Allow", "Principal": {"Service": "%s"}, "Action": "sts:AssumeRole"}'
statements = ",\\n".join(one % each for each in ("EC2.amazonaws.com", "Lambda.amazonaws.com"))
builder = tw.TrustBuilder(text=text % statements, home=tw.Home()); builder"""
HOSTILE = "<img src=x onerror='window.hacked=1'><script>window.hacked=2</script>"
DRAWN_SIZES = """texts => texts.map(text =>
    parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
OUTSIDE = """root => [...root.querySelectorAll(
        'button, li, table, td, th, dl, figure, svg, .cm-editor, pre, p')]
    .filter(e => e.getClientRects().length && !e.closest('.cm-scroller'))
    .filter(e => e.getBoundingClientRect().right > root.getBoundingClientRect().right + 1)
    .map(e => e.outerHTML.slice(0, 200))"""


def turn(page: Page, tab: str) -> Any:
    """Open a tab beside the policy; returns its panel."""
    page.get_by_role("tab", name=tab, exact=True).click()
    return page.get_by_role("tabpanel", name=tab, exact=True)


def test_cards_picture_and_the_call_that_shows_it(show: Show) -> None:
    """Strangers first; "Try this caller" by keys puts the call where callers are tried, and from
    there into a form.
    """
    page = show(THREE)
    cards = page.locator(".tw-in-card")
    expect(cards).to_have_count(3)
    expect(cards.first).to_contain_text("External access")
    expect(cards.first.locator("b").first).to_have_text("any owner whose name begins with octo")
    expect(page.locator(".tw-picture svg")).to_contain_text("must meet these conditions")

    page.get_by_role("tab", name="Who gets in").focus()
    page.keyboard.press("Tab")
    expect(cards.first.get_by_title("Show in the editor")).to_be_focused()
    page.keyboard.press("Tab")  # what the call brings is folded away
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Try a caller")).to_be_focused()
    simulator = page.locator(".tw-simulator")
    expect(simulator.locator(".tw-outcome")).to_contain_text("Allowed")
    expect(simulator).to_contain_text("repo:octo-evil/app")

    simulator.get_by_role("button", name="Edit it as: GitHub Actions run").click()
    expect(simulator.get_by_label("Owner", exact=True)).to_have_value("octo-evil")


def test_a_card_shows_its_statement(show: Show) -> None:
    """The place is a button; the editor goes there."""
    page = show(THREE)
    page.locator(".tw-in-card").filter(has_text="Lambda").get_by_title("Show in the editor").click()
    expect(page.locator(".tw-slot-editor .cm-content")).to_be_focused()


def test_what_is_yours_decides(show: Show) -> None:
    """Said under "Settings", the other account is no stranger any more."""
    page = show(THREE)
    card = page.locator(".tw-in-card").filter(has_text="444455556666")
    expect(card).to_contain_text(
        "decides which of its principals can assume this role, and it is not in your settings"
    )
    turn(page, "Settings").get_by_label("Your AWS accounts").first.fill("444455556666")
    expect(page.locator(".tw-findings .tw-counts")).to_contain_text("1 too permissive")
    turn(page, "Who gets in")
    expect(card).to_contain_text("No external access")


def test_a_hidden_tab_is_drawn_when_it_is_looked_at(show: Show) -> None:
    """It does nothing meanwhile, and shows the newest then."""
    page = show(THREE)
    expect(page.locator(".tw-in-card")).to_have_count(3)
    turn(page, "What changed")
    expect(page.locator(".tw-changed")).to_contain_text("No changes yet")
    page.get_by_label("Owner", exact=True).first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("octo-org")
    expect(page.locator(".tw-changed")).to_contain_text(
        "Some callers can no longer assume this role"
    )
    turn(page, "Who gets in")
    expect(page.locator(".tw-in-card").filter(has_text="octo-org/app")).to_contain_text(
        "No external access"
    )


def test_what_changed_by_keys(show: Show) -> None:
    """Who lost access, the texts side by side, the note on sessions; the point can be set, and set
    back.
    """
    page = show(THREE)
    changed = turn(page, "What changed")
    page.get_by_label("Owner", exact=True).first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("octo-org")
    expect(changed).to_contain_text("No one gains access (proven).")
    expect(changed).to_contain_text("octo-evil")
    expect(changed).to_contain_text(
        "Existing sessions stay valid when the trust policy changes. After you save the "
        "policy, this command revokes them"
    )
    expect(changed.locator(".cm-mergeView .cm-editor")).to_have_count(2)
    expect(changed.get_by_role("status")).to_contain_text(
        "Some callers can no longer assume this role"
    )

    changed.get_by_role("button", name="Compare from here").press("Enter")
    expect(changed).to_contain_text("No changes yet")
    changed.get_by_role("button", name="Compare from the beginning").press("Enter")
    expect(changed).to_contain_text("Some callers can no longer assume this role")
    changed.get_by_role("button", name="Try this caller").press("Enter")
    expect(page.locator(".tw-simulator .tw-outcome")).to_contain_text("Not allowed")


def test_a_fix_is_weighed_and_applied_everywhere(show: Show) -> None:
    """By keys: open it, read who gains and who loses, mend all of its kind, take all back with one
    undo.
    """
    page = show(CAPITALS)
    fix = page.get_by_role("button", name='Fix: Write "ec2.amazonaws.com"')
    fix.press("Enter")
    findings = page.locator(".tw-findings")
    expect(findings).to_contain_text("New callers can assume this role")
    findings.get_by_role("button", name="The same in 2 places: fix all at once").press("Enter")
    expect(findings.locator(".tw-diff")).to_have_count(2)
    findings.get_by_role("button", name="Apply all 2").press("Enter")
    editor = page.locator(".tw-slot-editor .cm-content")
    expect(editor).to_contain_text("ec2.amazonaws.com")
    expect(editor).to_contain_text("lambda.amazonaws.com")
    expect(findings).to_contain_text("No findings")

    page.get_by_role("button", name="Undo").click()
    expect(editor).to_contain_text("EC2.amazonaws.com")
    expect(editor).to_contain_text("Lambda.amazonaws.com")


def test_guards_by_keys(show: Show) -> None:
    """Choose a guard and a form; the sentence follows; what has several values is folded away."""
    page = show(THREE)
    guards = turn(page, "Conditions")
    guards.get_by_label("Condition", exact=True).select_option(index=1)
    table = guards.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(7)
    expect(table.get_by_role("row")).to_have_count(4)
    guards.get_by_role("button", name="StringLikeIfExists", exact=True).press("Enter")
    expect(guards.locator(".tw-truth-says")).to_contain_text(
        "StringLikeIfExists is true: this condition is met"
    )
    expect(guards.get_by_role("status")).to_contain_text("StringLikeIfExists")
    guards.get_by_role("button", name="Show the 4 cases").press("Enter")
    expect(table.get_by_role("row")).to_have_count(8)


def test_each_alone_in_a_cell(show: Show) -> None:
    """Without a builder, and following a model that code changes."""
    page = show(
        'model = tw.TrustModel(grants=[tw.Grant("another_account", {"caller_account":'
        ' "444455556666"})]); tw.WhoView(model)',
        "tw.ChangesView(model)",
        'tw.TruthTableView(condition=tw.Condition("StringNotEquals", "aws:PrincipalOrgID",'
        ' ("o-a1b2c3d4e5",)))',
        "model.text = model.text.replace('444455556666', '999988887777')",
        wait_for="",
    )
    expect(page.locator(".tw-whoview .tw-in-card")).to_contain_text("999988887777")
    expect(page.locator(".tw-changesview")).to_contain_text("New callers can assume this role")
    expect(page.locator(".tw-surprises")).to_contain_text("this condition is met without the key")
    expect(page.locator(".tw-whoview .tw-call")).to_have_count(1)
    expect(page.get_by_role("button", name="Try this caller")).to_have_count(
        0
    )  # nobody would try it
    expect(page.locator(".tw-fault")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_axe_and_600_pixels(show: Show, axe: str, dark: bool) -> None:
    """Nothing serious in either theme, and nothing sticks out, under each of the tabs and with a
    fix open.
    """
    page = show(THREE)
    page.set_viewport_size({"width": 760, "height": 1600})
    use_theme(page, dark)
    page.get_by_label("Owner", exact=True).first.fill("octo-org")
    expect(page.locator(".tw-slot-editor .cm-content")).to_contain_text("repo:octo-org/app")
    for tab, there in (
        ("Who gets in", ".tw-picture"),
        ("What changed", ".tw-merge .cm-content"),
        ("Conditions", ".tw-truth-table"),
    ):
        panel = turn(page, tab)
        expect(panel.locator(there).first).to_be_visible()
        page.wait_for_timeout(300)
        assert serious_violations(page, axe) == []
        assert page.locator(".tw-builder").evaluate(OUTSIDE) == []
    turn(page, "Who gets in")
    page.set_viewport_size({"width": 600, "height": 1600})
    smallest = min(page.locator(".tw-picture text").evaluate_all(DRAWN_SIZES))
    assert smallest >= 9.5  # pixels


def test_hostile_text_stays_text(show: Show) -> None:
    """In cards, picture, changes and tables; cut off and turned around it is text too."""
    page = show(
        "import json",
        f"hostile = {HOSTILE!r}",
        'statement = {"Effect": "Allow", "Principal": {"AWS": [hostile, "*"]}, "Action":'
        ' "sts:AssumeRole", "Condition": {"StringEquals": {hostile: hostile}, "StringLike":'
        ' {"sts:ExternalId": hostile}}}',
        'text = json.dumps({"Version": "2012-10-17", "Statement": [statement, {**statement,'
        ' "Effect": "Deny"}]})',
        'builder = tw.TrustBuilder(text=text, home=tw.Home(), role_name="x<b>"); builder',
        'builder.model.text = text.replace("ExternalId", "RoleSessionName")',
    )
    for tab, there in (
        ("Who gets in", ".tw-picture"),
        ("What changed", ".tw-merge"),
        ("Conditions", ".tw-truth-table"),
    ):
        panel = turn(page, tab)
        expect(panel.locator(there).first).to_be_visible()
        expect(panel).to_contain_text("onerror")
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.hacked") is None
    assert page.locator(".tw-builder :is(img:not(.cm-widgetBuffer), script)").count() == 0


def still_notebook() -> Any:
    """A notebook that was run and saved somewhere else: its output, without a kernel and without
    trust.
    """
    model = tw.TrustModel(
        grants=[
            tw.Grant("github_oidc", {"owner": "octo*", "repository": "app", "branch": "main"}),
            tw.Grant("another_account", {"caller_account": "444455556666"}),
        ],
        account="111122223333",
    )
    data, _ = tw.WhoView(model)._repr_mimebundle_()
    output = nbformat.v4.new_output(
        "display_data", data={"text/html": data["text/html"], "text/plain": data["text/plain"]}
    )
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("view", outputs=[output], execution_count=1)]
    )


def expect_still(page: Page) -> None:
    """Cards as text, and the picture drawn."""
    expect(page.get_by_text("External access").first).to_be_visible()
    expect(page.get_by_text("repo:octo-evil/app:ref:refs/heads/main")).to_be_visible()
    picture = page.get_by_role("img", name="The callers, their conditions and the role")
    expect(picture).to_be_visible()
    wide, tall = picture.evaluate(
        "async e => { await e.decode(); return [e.naturalWidth,"
        " e.getBoundingClientRect().height]; }"
    )
    assert wide > 0 and tall > 80


def test_untrusted_and_without_a_kernel(lab: Lab, page: Page) -> None:
    """JupyterLab cleans what it does not trust: cards and picture pass."""
    nbformat.write(still_notebook(), lab.folder / "still.ipynb")
    lab.open(page, "still.ipynb")
    focus_on_notebook(page)
    expect_still(page)
    assert (
        page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.widgets[0].model.trusted"
        )
        is False
    )


def test_converted_to_html(page: Page, tmp_path: Path) -> None:
    """nbconvert's page shows both."""
    body, _ = HTMLExporter().from_notebook_node(still_notebook())
    (tmp_path / "still.html").write_text(body, encoding="utf-8")
    page.goto((tmp_path / "still.html").as_uri())
    expect_still(page)
