"""Try a caller in a real JupyterLab, used as a person uses it: by keys and mouse."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from lab_in_browser import Lab, serious_violations, use_theme

pytestmark = pytest.mark.browser

Show = Callable[..., Page]

MODEL = (
    'model = tw.TrustModel(account="111122223333", grants=[tw.Grant("github_oidc", {"owner":'
    ' "octo-org", "repository": "app", "branch": "main"}), tw.Grant("another_account",'
    ' {"caller_account": "444455556666"})])'
)
ALONE = f'{MODEL}\nview = tw.SimulatorView(model, "github_actions"); view'
BUILDER = f"{MODEL}\nbuilder = tw.TrustBuilder(model); builder"
SLOW = """import time
from trust_widgets.views.base import View
take = View._take_newest
def slowly(self, typed):
    time.sleep(0.2)
    take(self, typed)
View._take_newest = slowly"""
HOSTILE = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=2</script>'
IMAGES = ".tw-view img:not(.cm-widgetBuffer)"
SIGNATURE = "c2lnbmF0dXJlLW9mLWEtdG9rZW4"


def alone(show: Show, *cells: str) -> Locator:
    """The view by itself in a cell."""
    page = show(*(cells or (ALONE,)), wait_for="Who calls?", changes_package=SLOW in cells)
    return page.locator(".tw-simulator")


def in_builder(show: Show, cell: str = BUILDER) -> tuple[Page, Locator]:
    """The view as a tab of the builder."""
    page = show(cell)
    page.get_by_role("tab", name="Try a caller").click()
    page.get_by_text("Who calls?").wait_for()
    return page, page.locator(".tw-simulator")


def outcome(view: Locator) -> Locator:
    """The large word."""
    return view.locator(".tw-outcome")


def keep(view: Locator, name: str) -> None:
    """Keep the caller under a name."""
    view.get_by_label("Name", exact=True).fill(name)
    view.get_by_role("button", name="Save this caller").click()
    expect(view.get_by_label(f"Name of {name}")).to_be_visible()


def token() -> str:
    """The token of a run on main, with markup in a claim."""
    claims = {
        "iss": "https://token.actions.githubusercontent.com",
        "aud": "sts.amazonaws.com",
        "sub": "repo:octo-org/app:ref:refs/heads/main",
        "actor": HOSTILE,
    }
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode()
        for part in ({"alg": "RS256"}, claims)
    ]
    return f"{parts[0]}.{parts[1]}.{SIGNATURE}"


def test_each_key_has_its_answer(show: Show) -> None:
    """The branch is typed; the outcome, the headline and the marks follow, and every key stays in
    its field.
    """
    view = alone(show)
    expect(outcome(view)).to_have_text("✓ Allowed")
    field = view.get_by_label("Branch", exact=True)
    field.click()
    view.page.keyboard.type("tenance")

    expect(outcome(view)).to_have_text("✗ Not allowed")
    expect(field).to_have_value("maintenance")
    expect(view.locator(".tw-compared .tw-truth-no mark")).to_have_text(["maintenance", "main"])
    expect(view.locator(".tw-because")).to_contain_text("maintenance")


def test_typing_with_a_slow_kernel_loses_nothing(show: Show) -> None:
    """With 200 ms of kernel delay an old echo never overwrites what was typed since."""
    view = alone(show, SLOW, ALONE)
    field = view.get_by_label("Branch", exact=True)
    field.fill("")
    field.press_sequentially("release/2026-11", delay=30)

    expect(view.locator(".tw-compared .tw-truth-no mark").first).to_have_text("release/2026-11")
    expect(field).to_have_value("release/2026-11")


def test_a_caller_is_chosen_by_keys_alone(show: Show) -> None:
    """Open the picker, walk to a caller, fill the form, read the answer: no mouse."""
    view = alone(show)
    page = view.page
    view.get_by_role("button", name="Change caller, or paste an error").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(40):
        if "IAM user" in page.evaluate("() => document.activeElement.textContent"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(view.get_by_label("User", exact=True)).to_have_value(
        "arn:aws:iam::444455556666:user/ops"
    )
    expect(outcome(view)).to_have_text("? It depends")
    expect(view.locator(".tw-asking :is(input, textarea, select)").first).to_be_focused()

    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.tagName") == "SELECT":
            label = page.evaluate("() => document.activeElement.labels[0].textContent")
            if "permission" in label:
                break
    page.keyboard.press("y")
    expect(outcome(view)).to_have_text("✓ Allowed")


def test_what_is_open_is_one_key_away(show: Show) -> None:
    """The question that nobody answered, and a guess that is folded away, take the focus."""
    cell = (
        'view = tw.SimulatorView(tw.TrustModel(account="111122223333",'
        ' grants=[tw.Grant("organization", {"organization": "o-a1b2c3d4e5"})]), "iam_user"); view'
    )
    view = alone(show, cell)
    view.get_by_role("button", name="Its organization: o-a1b2c3d4e5").press("Enter")
    expect(view.get_by_label("Its organization", exact=True)).to_be_focused()
    view.page.keyboard.press("Control+a")
    view.page.keyboard.type("o-zzzzzzzzzz")
    expect(outcome(view)).to_have_text("✗ Not allowed")
    expect(view.locator(".tw-guesses")).to_have_count(0)
    view.page.keyboard.press("Control+a")
    view.page.keyboard.type("o-a1b2c3d4e5")
    view.get_by_role("button", name='Fill in "Caller has sts:AssumeRole permission"').press("Enter")
    expect(view.get_by_label("Caller has sts:AssumeRole permission", exact=True)).to_be_focused()
    view.page.keyboard.press("y")
    expect(outcome(view)).to_have_text("✓ Allowed")


def test_a_pasted_message_says_who_refused(show: Show) -> None:
    """Pasting is what the picker offers first; a cause that AWS names stands first, and nothing is
    to be applied.
    """
    view = alone(show)
    view.get_by_role("button", name="Change caller, or paste an error").click()
    expect(view.locator(".tw-kinds h4").first).to_have_text("Pasted")
    view.get_by_role("button", name="An error message").click()
    said = (
        "User: arn:aws:iam::444455556666:user/ops is not authorized to perform: sts:AssumeRole on"
        " resource: arn:aws:iam::111122223333:role/app"
    )
    view.get_by_label("Message", exact=True).fill(
        f"{said} with an explicit deny in a service control policy"
    )
    expect(view.locator(".tw-refusal")).to_contain_text("a Deny in a service control policy (SCP)")
    expect(view.get_by_role("button", name="Apply")).to_have_count(0)

    view.get_by_label("Message", exact=True).fill(said)
    expect(view.locator(".tw-refusal")).to_contain_text("First check the caller's own policies.")
    view.get_by_role("button", name="Enter more of this request: IAM user").click()
    expect(view.get_by_label("User", exact=True)).to_have_value(
        "arn:aws:iam::444455556666:user/ops"
    )


def test_a_wrong_answer_complains_at_its_place(show: Show) -> None:
    """And where the answer stood it is said what to finish."""
    view = alone(show)
    view.get_by_label("Owner", exact=True).fill("octo org")

    expect(view.get_by_label("Owner", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(view.locator(".tw-answer")).to_contain_text('Enter "Owner"')


def test_the_policy_is_changed_and_changed_back(show: Show) -> None:
    """The diff is shown; Apply writes it into the editor; Undo takes it back."""
    page, view = in_builder(show)
    view.get_by_label("Branch", exact=True).fill("dev")
    expect(view.locator(".tw-changes .tw-diff")).to_contain_text("refs/heads/dev")
    view.get_by_role("button", name="Apply").click()
    expect(page.locator(".tw-editor .cm-content")).to_contain_text(
        "repo:octo-org/app:ref:refs/heads/dev"
    )
    expect(outcome(view)).to_have_text("✓ Allowed")

    page.get_by_role("button", name="Undo").click()
    expect(outcome(view)).to_have_text("✗ Not allowed")


def test_the_reasoning_is_walked_by_keys(show: Show) -> None:
    """Arrows open, close and walk; Enter shows the place in the editor."""
    page, view = in_builder(show)
    view.get_by_text("Show full evaluation").click()
    items = view.get_by_role("treeitem")
    items.first.focus()
    before = items.count()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(items).not_to_have_count(before)
    page.keyboard.press("ArrowRight")
    expect(items).to_have_count(before)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=treeitem]:focus")).to_have_attribute(
        "aria-label",
        "matches: The request needs sts:AssumeRoleWithWebIdentity, and the statement is for "
        '"sts:AssumeRoleWithWebIdentity". line 9',
    )
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Trust policy")).to_be_focused()
    assert page.evaluate("() => String(getSelection())") == '"sts:AssumeRoleWithWebIdentity"'


def test_a_click_in_the_reasoning_shows_the_place(show: Show) -> None:
    """And a click on the triangle only folds."""
    page, view = in_builder(show)
    view.get_by_text("Show full evaluation").click()
    items = view.get_by_role("treeitem")
    items.first.wait_for()
    before = items.count()
    view.locator(".tw-tree .tw-glyph").nth(1).click()
    expect(items).not_to_have_count(before)
    view.locator(".tw-tree .tw-node-text").nth(1).click()

    expect(page.get_by_role("textbox", name="Trust policy")).to_be_focused()


def test_the_statement_that_decided_is_shown(show: Show) -> None:
    """Its line is a button."""
    page, view = in_builder(show)
    view.locator(".tw-compared").get_by_role("button", name="line 4").click()

    expect(page.get_by_role("textbox", name="Trust policy")).to_be_focused()


def test_kept_callers_are_a_bench(show: Show) -> None:
    """Kept, expected otherwise, renamed, opened, decided again while the policy is typed,
    removed.
    """
    page, view = in_builder(show)
    keep(view, "main")
    view.get_by_label("Branch", exact=True).fill("dev")
    expect(outcome(view)).to_have_text("✗ Not allowed")
    keep(view, "dev")
    expect(view.locator(".tw-kept h3")).to_contain_text("2 of 2 as expected")
    view.get_by_label("Expected of dev").select_option("denied")
    expect(view.locator(".tw-bench .tw-off")).to_contain_text("✗ Not allowed · not as expected")
    view.get_by_label("Expected of dev").select_option("not allowed")
    expect(view.locator(".tw-kept h3")).to_contain_text("2 of 2 as expected")

    field = page.locator(".tw-form").get_by_label("Branch", exact=True)
    field.fill("dev")
    expect(view.locator(".tw-kept h3")).to_contain_text("0 of 2 as expected")
    view.get_by_label("Name of dev").fill("the dev branch")
    view.get_by_role("button", name="Open main").click()
    expect(view.get_by_label("Branch", exact=True)).to_have_value("main")
    expect(view.get_by_label("Name", exact=True)).to_have_value("main")
    view.get_by_role("button", name="Remove the dev branch").click()
    expect(view.locator(".tw-bench tbody tr")).to_have_count(1)


def test_kept_callers_are_copied_and_loaded(show: Show) -> None:
    """As JSON into another view, where they are decided by its policy; the pytest file can be
    copied too.
    """
    view = alone(show, ALONE)
    page = view.page
    keep(view, "main")
    view.get_by_text("Export as JSON or as a test").click()
    view.get_by_role("button", name="Copy").first.click()
    text = page.evaluate("() => navigator.clipboard.readText()")
    view.get_by_role("tab", name="pytest").click()
    with page.expect_download() as saved:
        view.get_by_role("button", name="Download").last.click()
    view.get_by_role("button", name="Remove main").click()
    view.get_by_text("Load saved callers").click()
    view.get_by_label("Saved callers as JSON").fill("[]")
    view.get_by_role("button", name="Load", exact=True).click()
    expect(view.locator(".tw-load")).to_contain_text(
        'format: this is not a file of saved callers. Such a file contains "format": "'
    )
    view.get_by_label("Saved callers as JSON").fill(text)
    view.get_by_role("button", name="Load", exact=True).click()

    expect(view.locator(".tw-bench")).to_contain_text("✓ Allowed · as expected")
    assert saved.value.suggested_filename == "test_trust_policy.py"


def test_an_unreadable_text_leaves_the_last_answer(show: Show) -> None:
    """With a word that says so; the next readable text is decided again."""
    page, view = in_builder(show)
    box = page.get_by_role("textbox", name="Trust policy")
    box.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    expect(view.locator(".tw-answer")).to_contain_text(
        "Based on the last valid version of the policy"
    )
    expect(outcome(view)).to_have_text("✓ Allowed")
    page.keyboard.type("}")

    expect(view.locator(".tw-stale")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(show: Show, axe: str, dark: bool) -> None:
    """In either theme, with the tree, a change, kept callers that agree and differ, and the files
    unfolded.
    """
    page, view = in_builder(show)
    keep(view, "main")
    view.get_by_label("Branch", exact=True).fill("dev")
    expect(outcome(view)).to_have_text("✗ Not allowed")
    keep(view, "dev")
    view.get_by_label("Expected of dev").select_option("allowed")
    view.get_by_text("Show full evaluation").click()
    view.get_by_text("Export as JSON or as a test").click()
    view.get_by_text("Load saved callers").click()
    view.get_by_role(
        "button",
        name="Change caller",
    ).click()
    view.get_by_role("treeitem").first.wait_for()
    use_theme(page, dark)
    page.wait_for_timeout(300)

    assert serious_violations(page, axe) == []


@pytest.mark.parametrize("width", [1280, 720, 600])
def test_nothing_sticks_out(show: Show, width: int) -> None:
    """Wide and narrow: no part is wider than the view, and nothing scrolls sideways."""
    view = alone(show)
    view.page.set_viewport_size({"width": width, "height": 1400})
    keep(view, "main")
    view.get_by_label("Branch", exact=True).fill("a-branch-with-a-very-long-name-" * 3)
    view.get_by_text("Show full evaluation").click()
    view.get_by_role("treeitem").first.wait_for()
    too_wide = view.evaluate("""root => {
            const right = root.getBoundingClientRect().right + 1;
            const scrolls = e => e === root && e.scrollWidth > e.clientWidth + 1;
            return [root, ...root.querySelectorAll('*')]
                .filter(e => !e.closest('pre'))
                .filter(e => e.getBoundingClientRect().right > right || scrolls(e))
                .map(e => e.outerHTML.slice(0, 80));
        }""")

    assert too_wide == []


def test_keys_never_reach_the_notebook(show: Show) -> None:
    """In fields, in the tree and on buttons."""
    view = alone(show)
    page = view.page
    cells = page.locator(".jp-Cell").count()
    view.get_by_text("Show full evaluation").click()
    view.get_by_role("treeitem").first.focus()
    page.keyboard.type("abxdd")
    view.get_by_label("Branch", exact=True).click()
    page.keyboard.press("Escape")
    page.keyboard.type("abxdd")
    view.get_by_role("button", name="Change caller, or paste an error").focus()
    page.keyboard.type("abdd")

    assert page.locator(".jp-Cell").count() == cells


def test_a_pasted_token_is_read_and_forgotten(show: Show) -> None:
    """It is decided; markup in it stays text; neither page nor kernel keeps its signature."""
    view = alone(show)
    page = view.page
    view.get_by_role(
        "button",
        name="Change caller",
    ).click()
    view.get_by_role("button", name="A token A pasted JWT").click()
    box = view.get_by_label("Token, or its claims")
    page.evaluate("text => navigator.clipboard.writeText(text)", token())
    box.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    expect(outcome(view)).to_have_text("✓ Allowed")
    expect(view.locator(".tw-answer")).to_contain_text("The token's signature is not verified")
    view.get_by_role("button", name="Change caller, or paste an error").focus()
    expect(box).not_to_have_value(token())
    until = time.monotonic() + 10

    asked = """async () => {
            const panel = window.jupyterapp.shell.currentWidget;
            const kernel = panel.sessionContext.session.kernel;
            const code = 'import json; print(json.dumps([view.state, dict(view.typed)]))';
            let said = '';
            const asked = kernel.requestExecute({code});
            asked.onIOPub = message => { said += message.content.text || ''; };
            await asked.done;
            return said + document.body.textContent;
        }"""
    held = page.evaluate(asked)
    while (
        SIGNATURE in held and time.monotonic() < until
    ):  # the page's word that it forgot may be on its way yet
        page.wait_for_timeout(100)
        held = page.evaluate(asked)
    assert "octo-org" in held and SIGNATURE not in held
    assert page.evaluate("() => window.hacked") is None
    assert page.locator(IMAGES).count() == 0


EXTERNAL_ID = "b2f6c3de-of-a-caller"


def test_a_saved_notebook_holds_no_secret_of_a_tried_caller(show: Show, lab: Lab) -> None:
    """Saved with the state of all widgets: a pasted token and an external ID that was typed are in
    no cell and in no widget.
    """
    page = show(MODEL, *(f'tw.SimulatorView(model, "{name}")' for name in ("token", "iam_user")),
                wait_for="Who calls?")  # fmt: skip
    page.evaluate(SAVES_STATE)
    views = page.locator(".tw-simulator")
    with_token, with_id = views.nth(0), views.nth(1)
    with_token.get_by_label("Token, or its claims").fill(token())
    expect(outcome(with_token)).to_have_text("✓ Allowed")
    with_id.get_by_label("External ID").fill(EXTERNAL_ID)
    page.keyboard.press("Tab")
    page.wait_for_timeout(1000)

    saved = saved_notebook(page, lab)
    states = saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    assert any(each["model_name"] == "AnyModel" for each in states.values())
    text = json.dumps(saved)
    assert "octo-org" in text
    assert [secret for secret in (SIGNATURE, token()[:40], EXTERNAL_ID) if secret in text] == []


SAVES_STATE = """() => {
    const commands = window.jupyterapp.commands;
    return commands.execute('@jupyter-widgets/jupyterlab-manager:saveWidgetState');
}"""


def saved_notebook(page: Page, lab: Lab) -> Any:
    """The notebook on the page as its file, after it was saved."""
    name = page.evaluate(
        """async () => {
            await window.jupyterapp.commands.execute('docmanager:save');
            return window.jupyterapp.shell.currentWidget.context.path;
        }"""
    )
    return json.loads((lab.folder / name).read_text("utf-8"))


def test_a_hostile_policy_and_hostile_answers_run_no_script(show: Show) -> None:
    """Markup in the policy, in every field, in names of kept callers and in what is loaded."""
    hostile = json.dumps(HOSTILE)
    policy = (
        f'{{"Version": "2012-10-17", "Statement": [{{"Sid": {hostile}, "Effect": "Allow",'
        f' "Principal": {{"AWS": ["arn:aws:iam::444455556666:user/ops", {hostile}]}}, "Action":'
        f' ["sts:AssumeRole", {hostile}], "Condition": {{"StringEquals": {{{hostile}: {hostile},'
        f' "sts:ExternalId": {hostile}}}}}}}]}}'
    )
    cell = (
        f'model = tw.TrustModel(account="111122223333", text={policy!r})\n'
        'view = tw.SimulatorView(model, "iam_user", arn="arn:aws:iam::444455556666:user/ops"); view'
    )
    view = alone(show, cell)
    page = view.page
    expect(view.locator(".tw-answer")).to_contain_text("onerror")
    view.get_by_text("Show full evaluation").click()
    view.get_by_role("treeitem").first.wait_for()
    keep(view, HOSTILE)
    view.get_by_text("Export as JSON or as a test").click()
    for field in view.locator(".tw-asking input[type=text]").all():
        if field.is_visible():
            field.fill(HOSTILE)
    view.get_by_text("Load saved callers").click()
    view.get_by_label("Saved callers as JSON").fill(json.dumps({"format": HOSTILE}))
    view.get_by_role("button", name="Load", exact=True).click()
    page.wait_for_timeout(500)

    assert page.evaluate("() => window.hacked") is None
    assert page.locator(IMAGES).count() == 0
