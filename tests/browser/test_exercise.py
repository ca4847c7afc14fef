"""An exercise in a real JupyterLab: solved by typing, with hints, and what axe says of it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from lab_in_browser import serious_violations, use_theme
from trust_widgets.exercises import EXERCISES

Show = Callable[..., Page]
SOLUTION = " ".join(EXERCISES["flat_seven"].solutions[0].split())


def test_an_exercise_is_solved_by_the_keyboard(show: Show, axe: str) -> None:
    """A pause, a hint, the solutions; wide and light, then narrow and dark."""
    page = show('tw.exercise("W3")', wait_for="Not right yet")
    view = page.locator(".tw-exercise")
    callers = view.locator(".tw-grade-callers")
    expect(callers.nth(1)).to_contain_text("the vendor without an ID can")
    assert serious_violations(page, axe, ".tw-exercise") == []

    view.get_by_role("textbox", name="Trust policy").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(SOLUTION.replace("b2f6c3de", "*").replace("Equals", "Like"))
    expect(view.locator(".tw-grade-witness")).to_contain_text("999988887777")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(SOLUTION)
    expect(view.locator(".tw-exercise-passed")).to_be_visible()
    expect(view.locator(".tw-grade-no")).to_have_count(0)

    view.get_by_role("button", name="Show hint 1 of 3").press("Enter")
    expect(view.get_by_role("list", name="Hints")).to_contain_text("How does the vendor know")
    view.get_by_role("button", name="Show a solution").press("Enter")
    expect(view.get_by_role("button", name="Show them")).to_be_focused()
    page.keyboard.press("Enter")
    expect(view.get_by_role("region", name="Solution 1")).to_contain_text("sts:ExternalId")
    page.set_viewport_size({"width": 760, "height": 1600})
    use_theme(page, True)
    assert serious_violations(page, axe, ".tw-exercise") == []
    wide = view.evaluate("element => element.scrollWidth > element.clientWidth")
    assert not wide
