"""Many roles in a real JupyterLab: filters, the builder on a role, and the report from disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

import trust_widgets as tw
from lab_in_browser import serious_violations, use_theme
from trust_widgets.inventory import made_account

pytestmark = pytest.mark.browser

Show = Callable[..., Page]
MANY = """import json
from trust_widgets.inventory import made_roles
lines = "\\n".join(map(json.dumps, made_roles(10_000, 20, 70)))
view = tw.InventoryView(tw.scan(lines, workers=1, progress=False))
view"""
# Milliseconds from an action until a condition holds; both are JavaScript, of a function's body.
MILLISECONDS = """([action, condition, value]) => new Promise((resolve, reject) => {
  const view = document.querySelector('.tw-inventory');
  const act = new Function('view', 'value', action);
  const holds = new Function('view', 'value', `return ${condition}`);
  const start = performance.now();
  const look = () => {
    const taken = performance.now() - start;
    if (holds(view, value)) resolve(taken);
    else if (taken > 20_000) reject(`after ${taken} ms: ${view.innerText.slice(0, 2000)}`);
    else setTimeout(look, 5);
  };
  act(view, value);
  look();
})"""
SEARCH = """const field = view.querySelector('input[type=text]');
field.value = value;
field.dispatchEvent(new Event('input', { bubbles: true }));"""
IS_FILTERED = """view.innerText.includes('1 to 10 of 111 roles')
    && view.querySelector('.tw-roles button').textContent.includes(value)"""
OPEN = """[...view.querySelectorAll('.tw-roles button')]
    .find(button => button.textContent === value).click();"""
IS_OPEN = """view.querySelector('.tw-opened h3').textContent.endsWith(`/${value}`)
    && view.querySelector('.tw-builder .cm-content')?.innerText.includes('sts:AssumeRole')"""
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def milliseconds(page: Page, action: str, condition: str, value: object) -> float:
    """How long it takes until a condition holds."""
    taken: float = page.evaluate(MILLISECONDS, [action, condition, value])
    return taken


def test_ten_thousand_roles_are_filtered_and_opened(show: Show, axe: str) -> None:
    """A filter takes less than 300 ms; a role opens within a second once there is a builder."""
    page = show(MANY, wait_for="of 10,000 roles")
    names = ("role-11", "role-22", "role-33")
    filters = [milliseconds(page, SEARCH, IS_FILTERED, name) for name in names]
    first, *others = page.locator(".tw-roles button").all_inner_texts()
    page.locator(".tw-roles").get_by_role("button", name=first, exact=True).click()
    expect(page.locator(".tw-inventory .tw-builder .cm-content")).to_contain_text("sts:")
    opened = [milliseconds(page, OPEN, IS_OPEN, name) for name in others[:3]]
    print(f"filters {list(map(round, filters))} ms, roles {list(map(round, opened))} ms")
    assert min(filters) < 300 and min(opened) < 1000
    for dark in (False, True):
        use_theme(page, dark)
        assert serious_violations(page, axe, ".tw-inventory") == []
    page.set_viewport_size({"width": 600, "height": 1000})
    scrolled, width = page.evaluate(WIDTHS)
    assert scrolled <= width


def test_the_report_from_disk(page: Page, axe: str, tmp_path: Path) -> None:
    """It asks for nothing but itself, is readable in both themes, and fits 600 pixels."""
    file = tmp_path / "report.html"
    tw.scan(made_account(), workers=1, progress=False).to_html(file)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.set_viewport_size({"width": 600, "height": 1000})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(file.as_uri())
        expect(page.get_by_role("heading", level=1)).to_have_text("Who can assume these roles")
        scrolled, width = page.evaluate(WIDTHS)
        assert scrolled <= width
        assert serious_violations(page, axe, "body") == []
    assert {request.url for request in asked} == {file.as_uri()}
