"""Moving in a page by the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

_HAS_FOCUS = "element => element === element.getRootNode().activeElement"
_MOST = 80


def reach(page: Page, target: Locator, key: str = "Tab", most: int = _MOST) -> None:
    """Press a key until an element has the focus.

    Args:
        target: the element. key: `"Tab"`, `"Shift+Tab"` or an arrow.
        most: how often at most; an element that is not reached fails the test.
    """
    target.wait_for()
    for _ in range(most):
        if target.evaluate(_HAS_FOCUS):
            return
        page.keyboard.press(key)
    expect(target).to_be_focused(timeout=1)
