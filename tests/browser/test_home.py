"""What is the reader's own and what was accepted, in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import trust_widgets as tw
from lab_in_browser import serious_violations, use_theme
from trust_widgets.policy import Accepted

pytestmark = pytest.mark.browser

Show = Callable[..., Page]

OTHERS = (
    'builder = tw.TrustBuilder("another_account", caller_account="444455556666",'
    ' account="111122223333", home=tw.Home()); builder'
)
CARD = ".tw-findings .tw-card"


def open_card(page: Page) -> None:
    """Wait for the one open finding."""
    expect(page.locator(".tw-findings .tw-counts")).to_contain_text("1 too permissive")


def accept(page: Page, reason: str, until: str = "") -> None:
    """Accept the first finding, by keys."""
    page.locator(CARD).first.get_by_role("button", name="Accept…").click()
    page.get_by_label("Why is this acceptable?").click()
    page.keyboard.type(reason)
    if until:
        page.get_by_label("Until").fill(until)
    page.get_by_label("Why is this acceptable?").press("Enter")


def test_accept_and_take_back(show: Show) -> None:
    """A reason is needed; then the card is folded, counts no more, and can be had back."""
    page = show(OTHERS)
    open_card(page)
    page.locator(CARD).first.get_by_role("button", name="Accept…").click()
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_disabled()
    page.locator(CARD).first.get_by_role("button", name="Accept…").click()

    accept(page, "They are our auditors.", "2999-12-31")

    findings = page.locator(".tw-findings")
    expect(findings.locator(".tw-counts")).not_to_contain_text("too permissive")
    expect(findings).to_contain_text("No open findings (all are accepted)")
    expect(page.locator(".tw-mood-good")).to_be_visible()
    expect(findings.get_by_role("button", name="Withdraw")).not_to_be_visible()

    findings.get_by_text("1 accepted", exact=True).click()
    expect(findings).to_contain_text("Accepted: They are our auditors.")
    findings.get_by_role("button", name="Withdraw").click()
    open_card(page)


def test_a_day_that_has_passed_is_not_taken(show: Show) -> None:
    """It would accept nothing; the form says so and stays."""
    page = show(OTHERS)
    open_card(page)
    accept(page, "For now.", "2001-01-01")

    expect(page.locator(".tw-findings")).to_contain_text("This date has passed")
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_disabled()
    open_card(page)


def test_yours_by_keys(show: Show) -> None:
    """An account typed as one's own quietens the finding; the file to keep can be read again."""
    page = show(OTHERS)
    open_card(page)
    page.get_by_role("tab", name="Settings", exact=True).click()
    page.get_by_label("Your AWS accounts").first.click()
    page.keyboard.type("444455556666")
    expect(page.locator(".tw-findings .tw-counts")).not_to_contain_text("too permissive")

    page.get_by_label("Vendors you work with").first.click()
    page.keyboard.type("9999")
    expect(page.locator(".tw-home")).to_contain_text("An account ID has 12 digits")
    page.keyboard.type("88887777")
    text = page.locator(".tw-home pre.tw-text")
    expect(text).to_contain_text("999988887777")
    expect(page.locator(".tw-home")).not_to_contain_text("An account ID has 12 digits")

    assert tw.Home.from_toml(text.inner_text()) == tw.Home(
        accounts=("444455556666",), vendors=("999988887777",)
    )


def test_yours_lists_what_was_accepted(show: Show) -> None:
    """Accepted on the card, listed in the tab with its value, taken back there."""
    page = show(OTHERS)
    open_card(page)
    accept(page, "They are our auditors.", "2999-12-31")
    page.get_by_role("tab", name="Settings", exact=True).click()
    home = page.locator(".tw-home")
    expect(home.locator("li")).to_contain_text("anywhere: They are our auditors. until 2999-12-31")
    expect(home.locator("pre.tw-text")).to_contain_text('reason = "They are our auditors."')
    (accepted,) = tw.Home.from_toml(home.locator("pre.tw-text").inner_text()).accepted
    value = "arn:aws:iam::444455556666:root"
    assert accepted == Accepted("TP302", "They are our auditors.", "2999-12-31", value=value)

    home.get_by_role("button", name="Withdraw").click()
    expect(home).to_contain_text("None. A finding can be accepted on its card.")
    open_card(page)


def test_yours_alone_in_a_cell(show: Show) -> None:
    """It draws by itself, and follows the model when code changes it; markup in a reason is
    text.
    """
    hostile = "<img src=x onerror='window.hacked=1'>"
    page = show(
        "model = tw.TrustModel(); tw.HomeView(model)",
        "from trust_widgets.policy import Accepted",
        f'model.home = tw.Home(("111122223333",), accepted=(Accepted("TP302", "{hostile}",'
        ' "2001-01-01"),))',
        wait_for="",
    )
    home = page.locator(".tw-home")
    expect(home.get_by_label("Your AWS accounts").first).to_have_value("111122223333")
    expect(home.locator("li")).to_contain_text(hostile)
    expect(home.locator("li")).to_contain_text("was accepted until 2001-01-01")
    assert page.evaluate("() => window.hacked") is None


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(show: Show, axe: str, dark: bool) -> None:
    """The form that accepts, a folded card and the tab, in either theme, and nothing sticks out
    when narrow.
    """
    page = show(
        "from trust_widgets.policy import Accepted",
        'home = tw.Home(accepted=(Accepted("TP302", "Auditors.", "",'
        ' "Statement[1].Principal.AWS[0]"), Accepted("TP301", "Long ago.", "2001-01-01")))',
        'tw.TrustBuilder(home=home, account="111122223333", grants=[tw.Grant("another_account",'
        ' {"caller_account": "444455556666"}), tw.Grant("another_account", {"caller_account":'
        ' "999988887777"})])',
    )
    page.set_viewport_size({"width": 760, "height": 1400})
    use_theme(page, dark)
    open_card(page)
    page.locator(CARD).first.get_by_role("button", name="Accept…").click()
    page.get_by_label("Until").fill("2001-01-01")
    page.locator(".tw-findings").get_by_text("1 accepted", exact=True).click()
    page.get_by_role("tab", name="Settings", exact=True).click()
    page.get_by_label("Your AWS accounts").first.fill("1111")
    expect(page.locator(".tw-home")).to_contain_text("An account ID has 12 digits")
    assert serious_violations(page, axe) == []
    too_wide = page.locator(".tw-builder").evaluate("""root => {
            const right = root.getBoundingClientRect().right + 1;
            return [...root.querySelectorAll('button, input, .tw-card, pre, li')]
                .filter(e => !e.closest('.cm-scroller'))
                .filter(e => e.getBoundingClientRect().right > right).length;
        }""")
    assert too_wide == 0
