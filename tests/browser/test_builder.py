"""The whole tool in a real JupyterLab, used as a person uses it: by keys and mouse."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import trust_widgets as tw
from lab_in_browser import Lab, serious_violations, use_theme

pytestmark = pytest.mark.browser

Show = Callable[..., Page]
NOTEBOOKS = Path(__file__).resolve().parent.parent.parent / "notebooks"

EMPTY = "builder = tw.TrustBuilder(); builder"
EC2 = 'builder = tw.TrustBuilder("aws_service", services=("ec2.amazonaws.com",)); builder'
GITHUB = (
    'builder = tw.TrustBuilder("github_oidc", account="111122223333", owner="octo-org", '
    'repository="app", branch="main"); builder'
)
WRONG_CASE = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", '
    '"Principal": {"Service": "EC2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}'
)
SLOW = """import time
from trust_widgets.views.base import View
take = View._take_newest
def slowly(self, typed):
    time.sleep(0.2)
    take(self, typed)
View._take_newest = slowly"""
IMAGES = (  # the editor draws some of its own, without a source
    ".tw-builder img:not(.cm-widgetBuffer)"
)
HOSTILE = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=2</script>'


def expect_editor(page: Page, text: str) -> None:
    """Wait until the editor shows some text."""
    expect(page.locator(".tw-editor .cm-content")).to_contain_text(text)


def paste(page: Page, text: str) -> None:
    """Replace the editor's text as a person does: select all, paste."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.get_by_role("textbox", name="Trust policy").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")


def choose(page: Page, title: str) -> None:
    """Pick somebody in the picker."""
    picker = page.get_by_role(
        "button",
        name="Add caller",
    )
    if picker.count() and picker.first.get_attribute("aria-expanded") == "false":
        picker.first.click()
    page.get_by_role("button", name=re.compile(f"^{re.escape(title)}")).first.click()


def test_aws_service_filled_by_keys(show: Show) -> None:
    """Choose an AWS service, type its name, read the policy and the sentence."""
    page = show(EMPTY)
    choose(page, "AWS service")
    page.get_by_label("AWS services").first.click()
    page.keyboard.type("lambda.amazonaws.com")

    expect_editor(page, '"Service": "lambda.amazonaws.com"')
    expect(page.locator(".tw-summary")).to_contain_text("can assume this role")
    expect(page.locator(".tw-findings")).to_contain_text("No findings")


def test_another_account_filled_by_keys(show: Show) -> None:
    """Name an account, then one of its roles; the other half names the role to be allowed."""
    page = show(EMPTY)
    choose(page, "Another account")
    form = page.locator(".tw-form")
    form.get_by_label("Account", exact=True).click()
    page.keyboard.type("444455556666")
    expect_editor(page, "arn:aws:iam::444455556666:root")
    expect(page.locator(".tw-findings")).to_contain_text("444455556666")

    form.get_by_role("combobox").filter(has_text="Specific roles and users").select_option(index=1)
    form.get_by_label("Roles and users").first.click()
    page.keyboard.type("role/app")
    expect_editor(page, "arn:aws:iam::444455556666:role/app")


def test_github_filled_by_keys(show: Show) -> None:
    """Fill the form key by key: each stays in its field, and the policy follows at the end."""
    page = show(EMPTY)
    choose(page, "GitHub Actions")
    for label, text in (
        ("AWS account of the role", "111122223333"),
        ("Owner", "octo-org"),
        ("Repository", "app"),
        ("Branch", "main"),
    ):
        page.get_by_label(label, exact=True).first.click()
        page.keyboard.type(text)
        expect(page.get_by_label(label, exact=True).first).to_have_value(text)

    expect_editor(page, "repo:octo-org/app:ref:refs/heads/main")
    expect(page.get_by_role("tab", name="Setup snippets")).to_be_visible()
    commands = page.locator(".tw-slot-findings .tw-commands")
    commands.get_by_role("button", name="Copy the command").click()
    expect(commands).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "gh api repos/octo-org/app --jq '.owner.id, .id'"


def test_gitlab_filled_by_keys_and_read_back(show: Show) -> None:
    """The issuer first, then its own questions; the job's configuration; a pasted policy of another
    issuer fills that issuer's form.
    """
    page = show(EMPTY)
    choose(page, "CI or identity service")
    form = page.locator(".tw-form")
    form.get_by_label("AWS account of the role", exact=True).fill("111122223333")
    form.get_by_label("Issuer", exact=True).select_option("gitlab")
    for label, text in (("Group", "octo-org"), ("Project", "app"), ("Branch", "main")):
        form.get_by_label(label, exact=True).click()
        page.keyboard.type(text)
    expect_editor(page, "project_path:octo-org/app:ref_type:branch:ref:main")
    expect(page.locator(".tw-summary")).to_contain_text("GitLab jobs on branch main")
    expect(page.locator(".tw-findings")).to_contain_text("No findings")
    page.get_by_role("tab", name="Setup snippets").click()
    expect(page.locator(".tw-builder")).to_contain_text("GITLAB_OIDC_TOKEN")

    role = tw.PATTERNS["oidc_service"].build(
        account="111122223333",
        issuer="buildkite",
        organization="octo-org",
        pipeline="app",
        branch="main",
    )
    paste(page, str(role.trust))
    expect(form.get_by_label("Issuer", exact=True)).to_have_value("buildkite")
    expect(form.get_by_label("Pipeline", exact=True)).to_have_value("app")


def test_a_wrong_answer_complains_at_its_place_and_keeps_the_policy(show: Show) -> None:
    """An owner id that is no number: the message stands under the field, the last good policy
    stays.
    """
    page = show(GITHUB)
    expect_editor(page, "repo:octo-org/app:ref:refs/heads/main")
    field = page.get_by_label("Owner ID", exact=True).first
    if not field.is_visible():
        page.get_by_text("More choices").first.click()
    field.click()
    page.keyboard.type("12a")

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".tw-editor")).to_contain_text("Policy not updated yet. Correct: Owner ID")
    expect_editor(page, "repo:octo-org/app:ref:refs/heads/main")
    expect(field).to_have_value("12a")


def test_typing_in_the_editor_with_a_slow_kernel_loses_nothing(show: Show) -> None:
    """With 200 ms of kernel delay, keys typed fast all stay, in order, and the findings catch
    up.
    """
    page = show(SLOW, EC2, changes_package=True)
    expect_editor(page, "ec2.amazonaws.com")
    page.get_by_role("textbox", name="Trust policy").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    typed = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action":'
        ' "sts:AssumeRole"}]}'
    )
    for key in typed:
        page.keyboard.insert_text(key)

    expect(page.locator(".tw-findings")).to_contain_text("ejected", timeout=30_000)
    expect_editor(page, typed)


def test_form_typing_with_a_slow_kernel_loses_nothing(show: Show) -> None:
    """The same for a field of the form: an old echo never overwrites what was typed since."""
    page = show(SLOW, GITHUB, changes_package=True)
    field = page.get_by_label("Branch", exact=True).first
    field.fill("")
    field.press_sequentially("release/2026-11", delay=30)

    expect_editor(page, "refs/heads/release/2026-11")
    expect(field).to_have_value("release/2026-11")


def test_paste_fix_undo(show: Show) -> None:
    """Paste a policy with a mistake, see the fix as a diff, apply it, undo it."""
    page = show(EMPTY)
    paste(page, WRONG_CASE)
    findings = page.locator(".tw-findings")
    findings.get_by_role("button", name="Fix").first.click()
    expect(findings).to_contain_text("+")
    findings.get_by_role("button", name="Apply").first.click()
    expect_editor(page, '"ec2.amazonaws.com"')

    page.get_by_role("button", name="Undo").click()
    expect_editor(page, '"EC2.amazonaws.com"')


def test_control_z_in_the_editor_undoes_the_form(show: Show) -> None:
    """One history for form and editor: Ctrl+Z in the editor takes the form's change back."""
    page = show(GITHUB)
    field = page.get_by_label("Branch", exact=True).first
    field.fill("release")
    expect_editor(page, "refs/heads/release")
    page.get_by_role("textbox", name="Trust policy").click()
    page.keyboard.press("Control+z")

    expect_editor(page, "refs/heads/main")
    expect(field).to_have_value("main")


def test_keys_never_reach_the_notebook(show: Show) -> None:
    """Typing in our views adds, cuts and runs no cell: a, b, d d, x, Escape, Enter, Shift+Enter."""
    page = show(GITHUB)
    cells = page.locator(".jp-Cell").count()
    page.get_by_label("Branch", exact=True).first.click()
    page.keyboard.type("abxdd")
    page.keyboard.press("Escape")
    page.keyboard.type("abxdd")
    page.get_by_role("textbox", name="Trust policy").click()
    page.keyboard.press("Escape")
    page.keyboard.type("ab")
    page.keyboard.press("Shift+Enter")
    page.get_by_role("button", name="Copy", exact=True).first.focus()
    page.keyboard.type("abdd")

    assert page.locator(".jp-Cell").count() == cells


def test_keyboard_alone(show: Show) -> None:
    """Without a mouse: pick, fill, reach the editor, leave it again, reach the findings."""
    page = show(EMPTY)
    page.get_by_role("button", name="GitHub Actions").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("AWS account of the role", exact=True).first.wait_for()
    page.get_by_label("AWS account of the role", exact=True).first.focus()
    for text in ("111122223333", "", "octo-org", "*"):  # the role name stays
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("main")
    expect_editor(page, "repo:octo-org/*:ref:refs/heads/main")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("() => document.activeElement.closest('[class*=tw-]')?.className || ''")
        )
        reached.add(page.evaluate("() => document.activeElement.getAttribute('aria-label') || ''"))

    assert "Trust policy" in reached
    assert any("tw-find" in name or "tw-card" in name for name in reached)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 720])
def test_nothing_sticks_out(show: Show, dark: bool, width: int) -> None:
    """In both themes, wide and narrow, no part of the tool is wider than the tool."""
    page = show(GITHUB)
    page.set_viewport_size({"width": width, "height": 1400})
    use_theme(page, dark)
    expect_editor(page, "repo:octo-org/app")
    builder = page.locator(".tw-builder").first
    too_wide = builder.evaluate("""root => {
            const right = root.getBoundingClientRect().right + 1;
            return [...root.querySelectorAll('button, input, select, .tw-card, .tw-bar, pre')]
                .filter(e => !e.closest('.cm-scroller, pre'))
                .filter(e => e.getBoundingClientRect().right > right)
                .map(e => e.outerHTML.slice(0, 80));
        }""")

    assert too_wide == []
    assert builder.bounding_box()["width"] <= width


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(show: Show, axe: str, dark: bool) -> None:
    """No serious accessibility violation, in either theme, with findings of each kind on the
    page.
    """
    page = show(
        'tw.TrustBuilder(account="111122223333", grants=[tw.Grant("github_oidc", {"owner": "octo*",'
        ' "repository": "app", "branch": "main", "owner_id": "12a"}), tw.Grant("another_account",'
        ' {"caller_account": "444455556666"}), tw.Grant("custom")])'
    )
    use_theme(page, dark)
    page.wait_for_timeout(300)
    assert serious_violations(page, axe) == []


def test_kernel_restart_says_what_to_do(show: Show) -> None:
    """After a restart the view says to run the cell again, and the last policy can still be
    copied.
    """
    page = show(EC2)
    expect_editor(page, "ec2.amazonaws.com")
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    expect(page.locator(".tw-builder")).to_contain_text("run the cell again", timeout=30_000)
    page.locator(".tw-editor").get_by_role("button", name="Copy", exact=True).click()

    assert "ec2.amazonaws.com" in page.evaluate("() => navigator.clipboard.readText()")


def test_saved_and_reopened(show: Show, lab: object) -> None:
    """A saved notebook, opened again, can be run again, and shows the same policy."""
    page = show(EC2)
    expect_editor(page, "ec2.amazonaws.com")
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_function("() => window.jupyterapp && window.jupyterapp.shell.currentWidget")
    from lab_in_browser import RUN_ALL

    page.evaluate(RUN_ALL)
    expect_editor(page, "ec2.amazonaws.com")


def test_hostile_policy_runs_no_script(show: Show) -> None:
    """Markup, scripts and links in every field of a policy and of a form stay text."""
    page = show(EMPTY)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    hostile = HOSTILE.replace('"', "'")
    policy = (
        f'{{"Version": "{hostile}", "Id": "javascript:window.hacked=3", "{hostile}": 1,'
        f' "Statement": [{{"Sid": "{hostile}", "Effect": "{hostile}", "Principal": {{"AWS":'
        f' ["{hostile}", "arn:{hostile}"], "Service": "{hostile}", "Federated": "{hostile}",'
        f' "{hostile}": "{hostile}"}}, "Action": "{hostile}", "Resource": "{hostile}", "Condition":'
        f' {{"{hostile}": {{"{hostile}": "{hostile}"}}}}}}, {{"Effect": "Allow", "Principal":'
        f' {{"Service": "{hostile}"}}, "Action": "sts:AssumeRole"}}]}}'
    )
    paste(page, policy)
    expect(page.locator(".tw-findings")).to_contain_text("onerror")
    for tab in page.get_by_role("tablist", name="Tools").get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(300)  # a view that nobody had looked at comes after the click
        for inner in page.locator(".tw-builder .tw-slot").get_by_role("tab").all():
            inner.click()
    paste(page, policy.replace("Effect", "\u202eEffect"))
    expect(page.locator(".tw-findings")).to_contain_text("U+202E")
    paste(page, f'{{"Statement": "{hostile}')
    expect(page.locator(".tw-findings")).to_contain_text("The text ends too early:")

    assert page.evaluate("() => window.hacked") is None
    assert dialogs == []
    assert page.locator(IMAGES).count() == 0


@pytest.mark.parametrize("pattern", ["aws_service", "another_account", "github_oidc", "custom"])
def test_hostile_answers_run_no_script(show: Show, pattern: str) -> None:
    """The same for every field of every pattern's form."""
    page = show(f'tw.TrustBuilder("{pattern}", account="111122223333")')
    page.locator(".tw-form input").first.wait_for()
    for field in page.locator(".tw-form input:not([type=checkbox])").all():
        if field.is_visible():
            field.fill(HOSTILE)
    page.wait_for_timeout(500)

    assert page.evaluate("() => window.hacked") is None
    assert page.locator(IMAGES).count() == 0


@pytest.mark.parametrize(
    "view",
    [
        "GrantsView",
        "SummaryView",
        "FormView",
        "EditorView",
        "FindingsView",
        "CompanionsView",
        "ExportView",
    ],
)
def test_every_view_can_be_shown_alone(show: Show, view: str) -> None:
    """Each view draws by itself, and follows the model when code changes it."""
    page = show(
        f'model = tw.TrustModel(account="111122223333"); tw.{view}(model)',
        'model.grants = [tw.Grant("another_account", {"caller_account": "444455556666"})]',
        wait_for="",
    )

    if view == "FormView":
        expect(page.get_by_label("Account", exact=True)).to_have_value("444455556666")
    else:
        expect(page.locator(".tw-view").first).to_contain_text("444455556666")


@pytest.mark.parametrize("trusted", [False, True])
def test_a_committed_notebook_is_readable_before_it_is_run(
    lab: Lab, page: Page, trusted: bool
) -> None:
    """As a reader meets it in a clone: the still form of every view, trusted or not, and no
    error.
    """
    name = "01-first-trust-policy.ipynb"
    copy = f"reader-{trusted}.ipynb"
    (lab.folder / copy).write_text((NOTEBOOKS / name).read_text(encoding="utf-8"), encoding="utf-8")
    lab.open(page, copy)
    page.evaluate(
        """async trusted => {
            const panel = window.jupyterapp.shell.currentWidget;
            await panel.context.ready;
            await panel.revealed;
            panel.content.widgets.forEach(cell => { if (trusted) cell.model.trusted = true; });
        }""",
        trusted,
    )
    stills = page.locator(".jp-OutputArea-output").filter(has_text="Who can assume this role?")
    expect(stills.first).to_contain_text("can assume this role")
    assert page.get_by_text("Error displaying widget").count() == 0


def test_the_first_notebook_runs_and_its_widgets_answer(lab: Lab, page: Page) -> None:
    """From top to bottom without an error; a key in its first builder changes the policy shown
    there.
    """
    (lab.folder / "01.ipynb").write_text(
        (NOTEBOOKS / "01-first-trust-policy.ipynb").read_text("utf-8"), "utf-8"
    )
    lab.run(page, "01.ipynb")
    builder = page.locator(".tw-builder").first
    expect(builder).to_be_visible(timeout=60_000)
    box = builder.get_by_role("textbox", name="Trust policy")
    box.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('{"Version": "2012-10-17", "Statement": {}}')

    expect(builder.locator(".tw-findings")).to_contain_text("no Principal")
    assert (
        page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count()
        == 0
    )


@pytest.mark.parametrize(
    ("before", "typed", "offered"),
    [
        ('{"Statement": [{', '"Eff', "Effect"),
        ('{"Statement": [{"Principal": {"Service": ', '"lamb', "lambda.amazonaws.com"),
        ('{"Statement": [{"Condition": {', '"StringL', "StringLike"),
        ('{"Statement": [{"Condition": {"StringEquals": {', '"sts:Ext', "sts:ExternalId"),
    ],
)
def test_the_editor_completes_what_belongs_there(
    show: Show, before: str, typed: str, offered: str
) -> None:
    """Element names, services, operators and condition keys, each where it may stand."""
    page = show(EMPTY)
    paste(page, before)
    page.keyboard.type(typed)
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text(offered)
    page.wait_for_timeout(200)  # a list that has only just opened takes no Enter
    page.keyboard.press("Enter")

    expect_editor(page, f'"{offered}"')


def test_a_fix_is_offered_at_the_gutter(show: Show) -> None:
    """The mark in the gutter tells the finding, and applies its fix."""
    page = show(EC2)
    paste(page, WRONG_CASE)
    page.locator(".tw-editor .cm-lint-marker").first.hover()
    tooltip = page.locator(".cm-tooltip-lint")
    expect(tooltip).to_contain_text("capital letters")
    tooltip.get_by_role("button", name="Apply").click()

    expect_editor(page, '"ec2.amazonaws.com"')


def test_the_editor_searches_and_folds(show: Show) -> None:
    """By the keys and marks that editors have."""
    page = show(EC2)
    page.get_by_role("textbox", name="Trust policy").click()
    page.keyboard.press("Control+f")
    expect(page.locator(".tw-editor .cm-search")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".tw-editor .tw-fold-open").first.click(force=True)  # drawn when the mouse is near

    expect(page.locator(".tw-editor .cm-foldPlaceholder")).to_be_visible()


def test_findings_are_announced(show: Show) -> None:
    """A polite live region tells the counts and the worst finding when they change."""
    page = show(EC2)
    paste(
        page,
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action":'
        ' "sts:AssumeRole"}]}',
    )

    region = page.locator(".tw-findings [aria-live=polite]").first
    expect(region).to_contain_text("1 rejected by IAM")


def test_a_click_beside_a_field_keeps_the_keys_here(show: Show) -> None:
    """On a help text, then R: JupyterLab would turn the cell into raw text, and the tool would be
    gone.
    """
    page = show(EMPTY)
    choose(page, "GitHub Actions")
    page.get_by_text("Organization or user (case-sensitive).").click()
    page.keyboard.type("rdd")

    expect(page.locator(".tw-builder")).to_be_visible()
    expect(page.get_by_label("Owner", exact=True).first).to_be_visible()


def test_somebody_added_is_asked_at_once(show: Show) -> None:
    """The next key goes into the first question."""
    page = show(EMPTY)
    choose(page, "AWS service")
    expect(page.locator(".tw-form").get_by_label("AWS services").first).to_be_focused()
    page.keyboard.type("lambda")

    expect_editor(page, '"Service": "lambda.amazonaws.com"')
