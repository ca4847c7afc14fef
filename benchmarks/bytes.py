"""How many bytes a builder sends to the page, in a real JupyterLab: the first of a kernel and one
more, and how long it takes from Run until each can be used.

Run it by `make benchmark`. It prints figures and judges nothing.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from playwright.sync_api import Page, WebSocket

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from kernel_keys import grant, quota_grants

from lab_in_browser import RUN_ALL, Lab, focus_on_notebook, temporary_lab

GITHUB = """answers = {"owner": "octo-org", "repository": "*", "branch": "main"}
tw.TrustBuilder("github_oidc", account="111122223333", **answers)"""
START = "import trust_widgets as tw"
RUN_ONE = RUN_ALL.replace("run-all-cells", "run-cell-and-select-next")
SETTLED = 1500  # milliseconds in which all that a builder sends has come


class Traffic:
    """The bytes that a page's websockets receive."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, frame: str | bytes) -> None:
        self.bytes += len(frame if isinstance(frame, bytes) else frame.encode())


def main() -> int:
    """Print the figures; returns the exit status."""
    grants = [grant(index) for index in range(quota_grants())]
    at_quota = f"""import json
from trust_widgets import Grant
given = {[each.answers for each in grants]!r}
text = tw.TrustModel(account="111122223333", grants=[Grant("github_oidc", a) for a in given]).text
tw.TrustBuilder(text=text)"""
    with temporary_lab() as (lab, browser):
        for name, cell in (("GitHub", GITHUB), ("pasted at the quota", at_quota)):
            page = browser.new_page(viewport={"width": 1280, "height": 3000})
            first, further = measure(lab, page, cell)
            for which, (size, seconds) in (("first", first), ("further", further)):
                print(
                    f"{name}, {which} builder: {size / 1000:,.0f} kB to the page,"
                    f" {seconds:.2f} s from Run until it can be used"
                )
            page.close()
    return 0


def measure(lab: Lab, page: Page, cell: str) -> tuple[tuple[int, float], tuple[int, float]]:
    """Bytes and seconds of the first and of a further builder."""
    traffic = Traffic(page)
    lab.open(page, lab.write_notebook(f"{len(cell)}.ipynb", START, cell, cell))
    focus_on_notebook(page)
    page.evaluate(RUN_ONE)
    page.wait_for_timeout(SETTLED)
    first = _run(page, traffic, 0)
    return first, _run(page, traffic, 1)


def _run(page: Page, traffic: Traffic, before: int) -> tuple[int, float]:
    received, start = traffic.bytes, time.perf_counter()
    page.evaluate(RUN_ONE)
    page.locator(".tw-builder").nth(before).locator(".cm-line").first.wait_for()
    page.locator(".tw-builder").nth(before).locator(".tw-slot-form select").first.wait_for()
    seconds = time.perf_counter() - start
    page.wait_for_timeout(SETTLED)
    return traffic.bytes - received, seconds


if __name__ == "__main__":
    sys.exit(main())
