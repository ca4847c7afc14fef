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
lines = "\\n".join(map(json.dumps, made_roles(500, 20, 70)))
view = tw.InventoryView(tw.scan(lines, workers=1, progress=False))
view"""
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def test_roles_are_filtered_and_opened(show: Show, axe: str) -> None:
    """What is typed into the filter counts at once; a role opens in the builder below."""
    page = show(MANY, wait_for="of 500 roles")
    roles = page.locator(".tw-roles tbody").get_by_role("button")
    page.locator(".tw-inventory input[type=text]").first.fill("role-11")
    expect(page.get_by_text("of 11 roles")).to_be_visible()
    for role in roles.all_inner_texts()[:2]:
        roles.get_by_text(role, exact=True).click()
        expect(page.locator(".tw-opened h3")).to_contain_text(f"/{role}")
        expect(page.locator(".tw-inventory .tw-builder .cm-content")).to_contain_text("sts:")
    heading = page.locator(".tw-roles thead th").first
    heading.get_by_role("button").focus()
    for order, first in (("ascending", "role-11"), ("descending", "role-119")):
        page.keyboard.press("Enter")
        expect(heading).to_have_attribute("aria-sort", order)
        expect(roles.first).to_have_text(first)
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
