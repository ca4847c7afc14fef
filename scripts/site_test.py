"""Opens the folder of `make site` in a Chromium that reaches nothing else, and solves exercises.

Run it by `make site-test`. It reads each page with scripts switched off, types the answers of two
exercises, solves one by clicking, reloads, and looks whether progress and answer are still there.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from find_browser import find_browser
from lab_in_browser import running_browser
from trust_widgets.exercises import exercise_named

FOLDER = Path(__file__).resolve().parent.parent / "_site"
RETRIES = 4
PATIENCE = 5_000  # milliseconds until a cell that was run has its mark
STARTED = 180_000  # milliseconds that a kernel may take to start on a busy machine
TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm"}
FEWEST_WORDS = 40  # on each page, scripts or not
TARGET = 20  # seconds from opening a notebook until its exercise is graded, on an idle machine


class Handler(http.server.SimpleHTTPRequestHandler):
    """A plain static server that says nothing."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The types that the folder needs of a host."""
        return TYPES.get(Path(path).suffix) or super().guess_type(path)

    def log_message(self, *_: object) -> None:
        """Nothing is printed for a request."""


def main() -> int:
    """Run the checks; returns the exit status."""
    _expect_links_to_lead_somewhere()
    with served() as address, running_browser(find_browser()) as browser:
        _read_without_scripts(browser, address)
        context = browser.new_context(viewport={"width": 1280, "height": 1800})
        context.set_default_timeout(60_000)
        others = _cut_off(context, address)
        missing: list[str] = []
        context.on("response", functools.partial(_note_missing, missing))
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("heading", name="Who gets in?")).to_be_visible()
        _solve(page, "W3", "workshop-3-flat-7.ipynb")
        _solve(page, "W1", "workshop-1-one-word.ipynb")
        _solve_by_clicking(page)
        page.reload()
        view = _run_notebook(page, "W1")
        expect(view.locator(".tw-exercise-passed")).to_be_visible()
        expect(view.locator(".cm-content")).to_contain_text("ecs-tasks.amazonaws.com")
        print("reload: progress and answer are still there")
        assert not others, f"requests to other hosts: {sorted(set(others))}"
        assert not missing, f"not in the folder: {sorted(set(missing))}"
    print("no request to another host, and none for what is not in the folder")
    return 0


@contextmanager
def served() -> Iterator[str]:
    """The folder on a port of this machine; gives the address."""
    handler = functools.partial(Handler, directory=str(FOLDER))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def _read_without_scripts(browser: Browser, address: str) -> None:
    """Open each page with scripts switched off: its heading and its text are there."""
    pages = [FOLDER / "index.html", *sorted((FOLDER / "docs").rglob("*.html"))]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in pages:
        page.goto(address + path.relative_to(FOLDER).as_posix())
        expect(page.locator("h1").first).to_be_visible()
        words = len(page.locator("body").inner_text().split())
        assert words > FEWEST_WORDS, f"{path.name} shows {words} words without scripts"
    context.close()
    print(f"{len(pages)} pages are read without scripts")


def _cut_off(context: BrowserContext, address: str) -> list[str]:
    """Refuse each request to another host; gives the list in which they are noted."""
    others: list[str] = []

    def decide(route: Route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            others.append(route.request.url)
            route.abort()

    context.route("**/*", decide)
    return others


def _note_missing(missing: list[str], answer: Response) -> None:
    """Note an address that the server does not have."""
    if answer.status >= HTTPStatus.BAD_REQUEST:
        missing.append(answer.url)


def _solve(page: Page, label: str, notebook: str) -> None:
    """Open a notebook from the start page, and type a right answer."""
    start = time.monotonic()
    page.goto(page.url.split("/edition-")[0].removesuffix("index.html"))
    page.locator(f'a[href*="{notebook}"]').first.click()
    view = _run_notebook(page, label)
    expect(view).to_contain_text(re.compile("Not right yet|IAM would not save it"))
    print(f"{label}: graded {time.monotonic() - start:.0f} s after opening (target {TARGET} s)")
    solution = " ".join(exercise_named(label).solutions[0].split())
    view.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(solution[:-1])
    page.keyboard.type("}")
    expect(view.locator(".tw-grade-head")).to_contain_text("Right", timeout=STARTED)
    expect(view.locator(".tw-exercise-passed")).to_be_visible()
    print(f"{label}: solved by typing")


def _run_notebook(page: Page, label: str) -> Locator:
    """Run all cells, and wait for the exercise."""
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    started = page.locator(".jp-InputPrompt").filter(has_text=re.compile(r"\[[*\d]"))
    for _ in range(RETRIES):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        try:
            started.first.wait_for(timeout=PATIENCE)
            break
        except PlaywrightTimeout:  # on a busy machine the page is not ready for it yet
            print(f"{label}: run once more")
    view = page.locator(".tw-exercise", has=page.locator(f"text={label}"))
    view.locator(".cm-line").first.wait_for(timeout=STARTED)
    return view


def _solve_by_clicking(page: Page) -> None:
    """Start again, ask for hints and solutions, and use one: by the mouse alone."""
    view = page.locator(".tw-exercise")
    view.get_by_role("button", name="Start again").click()
    view.get_by_role("button", name="Replace it").click()
    expect(view.locator(".tw-grade-head")).to_contain_text("IAM would not save it")
    for count in (1, 2, 3):
        view.get_by_role("button", name=f"Show hint {count} of 3").click()
    view.get_by_role("button", name="Show a solution").click()
    view.get_by_role("button", name="Show them").click()
    expect(view.get_by_role("region", name="Solution 1")).to_be_visible()
    view.get_by_role("button", name="Put solution 1 into the editor").click()
    expect(view.locator(".tw-grade-head")).to_contain_text("Right")
    print("hints and solutions: shown by clicking, and solved by it")


def _expect_links_to_lead_somewhere() -> None:
    """Each link of each page, to a file of the folder or to another host."""
    count = 0
    for page in sorted([FOLDER / "index.html", *(FOLDER / "docs").rglob("*.html")]):
        for link in re.findall(r'(?:href|src)="([^"]+)"', page.read_text("utf-8")):
            file = re.split("[?#]", link)[0]
            if re.match("[a-z]+:", link) or not file:
                continue
            assert (page.parent / file).exists(), f"{page}: {link}"
            count += 1
    print(f"{count} links within the folder lead somewhere")


if __name__ == "__main__":
    sys.exit(main())
