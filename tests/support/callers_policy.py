"""To the tab with the caller's policy, by the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

_MOST_TABS = 3


def open_callers_policy(page: Page) -> Locator:
    """Open the tab and go to the box for the caller; returns the tab's panel."""
    tab = page.get_by_role("tab", name="Try a caller")
    tab.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Caller's policy")).to_be_focused()
    panel = page.locator(".tw-slot-permissions")
    caller = panel.get_by_label("Caller", exact=True)
    caller.wait_for()
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if caller.evaluate("element => element === element.getRootNode().activeElement"):
            break
    expect(caller).to_be_focused()
    return panel
