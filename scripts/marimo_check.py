"""Tries a builder in marimo, alone and in a row, in a real browser.

Run it by `make marimo`, which brings marimo: 200 MB that no other test needs.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from find_browser import find_browser
from lab_in_browser import running_browser

NOTEBOOK = """import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import trust_widgets as tw

    start = {"account": "111122223333", "owner": "octo-org", "repository": "app", "branch": "main"}
    alone = mo.ui.anywidget(tw.TrustBuilder("github_oidc", **start))
    alone
    return alone, mo, start, tw


@app.cell
def _(mo, start, tw):
    in_row = mo.ui.anywidget(tw.TrustBuilder("github_oidc", **start))
    mo.hstack([in_row, mo.md("notes")])
    return (in_row,)


if __name__ == "__main__":
    app.run()
"""


def main() -> int:
    """Try both; returns the exit status."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        path = Path(folder) / "notebook.py"
        path.write_text(NOTEBOOK, encoding="utf-8")
        command = [sys.executable, "-m", "marimo", "run", str(path), "--headless", "--no-token"]
        server = subprocess.Popen([*command, f"--port={port}", "--host=127.0.0.1"])
        try:
            _wait_for(port)
            with running_browser(find_browser()) as browser:
                page = browser.new_page(viewport={"width": 1280, "height": 1400})
                page.goto(f"http://127.0.0.1:{port}")
                for number in range(2):
                    _use(page, number)
        finally:
            server.terminate()
            server.wait(timeout=20)
    return 0


def _wait_for(port: int) -> None:
    """Until the server answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("marimo did not start")


def _use(page: Page, number: int) -> None:
    """Type into the form, and read the policy."""
    builder = page.locator(".tw-builder").nth(number)
    builder.wait_for(timeout=60_000)
    builder.get_by_label("Branch", exact=True).fill("release")
    expect(builder.locator(".cm-content")).to_contain_text("refs/heads/release")
    builder.get_by_role("tab", name="Try a caller").click()
    expect(builder.locator(".tw-simulator")).to_contain_text("Who calls?")
    box = builder.bounding_box()
    print(f"builder {number + 1}: works, {box['width'] if box else 0:.0f} pixels wide")


if __name__ == "__main__":
    sys.exit(main())
