"""Take the README's pictures of the real thing: JupyterLab, light and dark, wide and narrow.

Run it by `make screenshots`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

from lab_in_browser import Lab, focus_on_notebook, temporary_lab, use_theme

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
CELL = """import trust_widgets as tw

tw.TrustBuilder(
    account="111122223333",
    grants=[
        tw.Grant("github_oidc", {"owner": "octo*", "repository": "app", "branch": "main"}),
        tw.Grant("another_account", {"caller_account": "444455556666"}),
    ],
)"""
SHOTS = (
    ("builder-light", False, 1280, 2000),
    ("builder-dark", True, 1280, 2000),
    ("builder-600", False, 760, 3000),
)


def main() -> int:
    """Make the pictures; returns the exit status."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with temporary_lab() as (lab, browser):
        lab.write_notebook("builder.ipynb", CELL)
        for name, dark, width, height in SHOTS:
            _shoot(lab, browser, name, dark, width, height)
    return 0


def _shoot(lab: Lab, browser: Browser, name: str, dark: bool, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    lab.run(page, "builder.ipynb")
    use_theme(page, dark)
    focus_on_notebook(page)
    builder = page.locator(".tw-builder")
    builder.locator(".cm-line").first.wait_for()
    page.wait_for_timeout(500)
    builder.screenshot(path=PICTURES / f"{name}.png")
    page.close()
    print(f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
