"""One JupyterLab, browser, page and kernel for all browser tests; a notebook for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from lab_in_browser import Lab, focus_on_notebook, running_browser, running_lab, use_theme

WIDE = {"width": 1280, "height": 1400}
CLIPBOARD = ["clipboard-read", "clipboard-write"]
# How long to wait at most, in milliseconds: much else may run on the machine.
AT_MOST = 60_000
expect.set_options(timeout=AT_MOST)

# What is left of a test in the kernel and in the page that all share.
EMPTY_KERNEL = """
import sys
if "ipywidgets" in sys.modules:
    sys.modules["ipywidgets"].Widget.close_all()
get_ipython().run_line_magic("reset", "-f")
"""
CLOSE_ALL = """async code => {
    const app = window.jupyterapp;
    const panels = [...app.shell.widgets('main')];
    const kernel = panels.map(each => each.sessionContext?.session?.kernel).find(each => each);
    if (code && kernel) await kernel.requestExecute({ code }).done;
    if (!code) await app.serviceManager.sessions.shutdownAll();
    panels.forEach(each => each.dispose());
    delete window.hacked;
    return code && kernel ? kernel.id : '';
}"""


class SharedPage:
    """The page in which one test after another opens its notebook in JupyterLab, with one kernel.

    JupyterLab is loaded once, the package is imported once. A test that fails may leave anything
    in both: they are closed then, and the next test gets new ones. The same after a test that
    loads the page again: JupyterLab then opens that test's notebook when it likes, perhaps above
    the next one.
    """

    def __init__(self, lab: Lab, browser: Browser) -> None:
        self._lab = lab
        self._browser = browser
        self._page: Page | None = None
        self._kernel = ""
        self.kernel_is_changed = False
        self._is_loaded_again = False

    def run(self, notebook: str) -> Page:
        """Open a notebook and run all its cells."""
        if self._page is None:
            self._page = new_page(self._browser)
            self._lab.open(self._page)
            self._page.on("load", self._note_load)
        self._lab.open_beside(self._page, notebook, self._kernel)
        self._lab.run_all(self._page)
        return self._page

    def clean(self) -> None:
        """Close all notebooks, and take back what a test set in the kernel and in the page."""
        if self._page is None:
            return
        if self._is_loaded_again:
            self.close()
            return
        try:
            code = "" if self.kernel_is_changed else EMPTY_KERNEL
            self._kernel = self._page.evaluate(CLOSE_ALL, code)
            self._page.set_viewport_size(WIDE)
            use_theme(self._page, dark=False)
        except Error:
            self.close()
        self.kernel_is_changed = False

    def close(self) -> None:
        """Close the page and leave the kernel: the next test gets new ones."""
        if self._page is not None:
            self._page.context.close()
        self._page = None
        self._kernel = ""
        self.kernel_is_changed = False
        self._is_loaded_again = False

    def _note_load(self) -> None:
        self._is_loaded_again = True


def new_page(browser: Browser) -> Page:
    """A page in a context of its own, which may read and write the clipboard."""
    context = browser.new_context(viewport=WIDE, permissions=CLIPBOARD)
    context.set_default_timeout(AT_MOST)
    return context.new_page()


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
    """A new page, without JupyterLab."""
    page = new_page(browser)
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def shared_page(lab: Lab, browser: Browser) -> Iterator[SharedPage]:
    """The page that all tests with `show` share."""
    shared = SharedPage(lab, browser)
    yield shared
    shared.close()


@pytest.fixture
def show(
    lab: Lab, shared_page: SharedPage, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Write a notebook of these cells, open it, run it, and wait for the builder's heading.

    Cells that change the package, such as `SLOW`, say so: their kernel serves no other test.
    """

    def show(
        *cells: str, wait_for: str = "Who can assume this role?", changes_package: bool = False
    ) -> Page:
        shared_page.kernel_is_changed = changes_package
        name = Path(request.node.nodeid.replace("/", "_").replace(":", "_").replace("[", "_")).name[
            -60:
        ]
        name = "".join(c if c.isalnum() else "_" for c in name)
        notebook = lab.write_notebook(f"{name}.ipynb", "import trust_widgets as tw", *cells)
        page = shared_page.run(notebook)
        focus_on_notebook(page)
        if wait_for:
            page.get_by_text(wait_for).first.wait_for()
        return page

    failed_before = request.session.testsfailed
    yield show
    if request.session.testsfailed > failed_before:
        shared_page.close()
    else:
        shared_page.clean()
