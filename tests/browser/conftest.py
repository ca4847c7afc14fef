"""One JupyterLab and one browser for all browser tests; a fresh page and notebook for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from lab_in_browser import Lab, focus_on_notebook, running_browser, running_lab


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running JupyterLab."""
    with running_lab(
        tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("jupyter")
    ) as lab:
        yield lab


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A running Chromium."""
    with running_browser(chromium) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own, which may read and write the clipboard."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 1400}, permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def show(lab: Lab, page: Page, request: pytest.FixtureRequest) -> Callable[..., Page]:
    """Write a notebook of these cells, open it, run it, and wait for the builder's heading."""

    def show(*cells: str, wait_for: str = "Who can assume this role?") -> Page:
        name = Path(request.node.nodeid.replace("/", "_").replace(":", "_").replace("[", "_")).name[
            -60:
        ]
        name = "".join(c if c.isalnum() else "_" for c in name)
        notebook = lab.write_notebook(f"{name}.ipynb", "import trust_widgets as tw", *cells)
        lab.run(page, notebook)
        focus_on_notebook(page)
        if wait_for:
            page.get_by_text(wait_for).first.wait_for()
        return page

    return show
