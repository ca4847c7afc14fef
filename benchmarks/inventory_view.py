"""How long the table of 10,000 roles takes to sort, filter and open a role, in a real JupyterLab.

Run it by `make benchmark`. It prints figures and judges nothing.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from lab_in_browser import focus_on_notebook, temporary_lab

ROLES = """import json
import trust_widgets as tw
from trust_widgets.inventory import made_roles
lines = "\\n".join(map(json.dumps, made_roles(10_000, 20, 70)))
tw.InventoryView(tw.scan(lines, workers=1, progress=False))"""
# Milliseconds from an action until a condition holds; both are JavaScript, of a function's body.
MEASURE = """([action, condition, value]) => new Promise((resolve, reject) => {
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
    && view.querySelector('.tw-roles tbody button').textContent.includes(value)"""
OPEN = """[...view.querySelectorAll('.tw-roles tbody button')]
    .find(button => button.textContent === value).click();"""
IS_OPEN = """view.querySelector('.tw-opened h3')?.textContent.endsWith(`/${value}`)
    && view.querySelector('.tw-builder .cm-content')?.innerText.includes('sts:AssumeRole')"""
SORT = "view.querySelector('.tw-roles thead button').click()"
IS_SORTED = "view.querySelector('.tw-roles tbody button').textContent === value"
FIRSTS = ("role-0", "role-9999")  # of ten thousand, one way and the other
NAMES = ("role-11", "role-22", "role-33", "role-44", "role-55")


def main() -> int:
    """Print the figures; returns the exit status."""
    with temporary_lab() as (lab, browser):
        lab.write_notebook("roles.ipynb", ROLES)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        lab.run(page, "roles.ipynb")
        focus_on_notebook(page)
        page.get_by_text("of 10,000 roles").first.wait_for(timeout=120_000)
        print_times("a sort", [measured(page, SORT, IS_SORTED, first) for first in FIRSTS])
        page.evaluate(f"const view = document.querySelector('.tw-inventory'); {SORT}")
        print_times("a filter", [measured(page, SEARCH, IS_FILTERED, name) for name in NAMES])
        names = page.locator(".tw-roles tbody button").all_inner_texts()[:6]
        first, *others = [measured(page, OPEN, IS_OPEN, name) for name in names]
        print_times("the first role, with the builder's code", [first])
        print_times("a further role", others)
    return 0


def print_times(what: str, times: list[float]) -> None:
    """One line: the median, and the longest."""
    print(f"{what}: median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms")


def measured(page: Page, action: str, condition: str, value: str) -> float:
    """Milliseconds until a condition holds."""
    return float(page.evaluate(MEASURE, [action, condition, value]))


if __name__ == "__main__":
    sys.exit(main())
