"""A real JupyterLab in a real browser, for tests, benchmarks and screenshots.

Nothing of the user's own Jupyter is read or written: every folder it keeps is a temporary one.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page, sync_playwright

from find_browser import find_browser

# Without these, Chromium looks for hosts of its maker at every start; as root it needs
# --no-sandbox.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "IPYTHONDIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)
RUN_ALL = """async () => {
    const app = window.jupyterapp;
    await app.restored;
    const panel = app.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await panel.sessionContext.session.kernel.info;
    await app.commands.execute('notebook:run-all-cells');
}"""

OPEN_BESIDE = """async ([path, id]) => {
    const app = window.jupyterapp;
    await app.restored;
    const kernel = id ? { id } : undefined;
    const panel = await app.commands.execute(
        'docmanager:open', { path, factory: 'Notebook', kernel });
    app.shell.activateById(panel.id);
    await panel.revealed;
}"""


class Lab:
    """A running JupyterLab: its address, its token and the folder it serves."""

    def __init__(self, folder: Path, port: int, token: str) -> None:
        self.folder = folder
        self.token = token
        self.address = f"http://127.0.0.1:{port}"

    def write_notebook(self, name: str, *cells: str, trusted: bool = False) -> str:
        """Write a notebook of code cells into the folder; returns its file name."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        )
        nbformat.write(notebook, self.folder / name)
        return name

    def open(self, page: Page, notebook: str = "") -> None:
        """Show a notebook or the launcher, and wait until Lab has restored itself."""
        place = f"lab/tree/{notebook}" if notebook else "lab"
        page.goto(f"{self.address}/{place}?token={self.token}&reset")
        page.wait_for_function("() => window.jupyterapp && window.jupyterapp.shell.currentWidget")

    def run(self, page: Page, notebook: str) -> None:
        """Show a notebook and run all of its cells."""
        self.open(page, notebook)
        self.run_all(page)

    def open_beside(self, page: Page, notebook: str, kernel: str = "") -> None:
        """Show a notebook in a page in which JupyterLab is open, and wait until it is there.

        Args:
            page: with JupyterLab in it.
            notebook: its file name.
            kernel: the ID of a running kernel for it; without one, a kernel is started.
        """
        page.evaluate(OPEN_BESIDE, [notebook, kernel])

    def run_all(self, page: Page) -> None:
        """Run all cells of the notebook that is shown."""
        page.evaluate(RUN_ALL)


@contextmanager
def running_lab(folder: Path, kept: Path) -> Iterator[Lab]:
    """Start JupyterLab on a folder, with all that it keeps in another, and stop it at the end."""
    with running_server("jupyterlab", folder, kept, ["--LabApp.expose_app_in_browser=True"]) as lab:
        yield lab


@contextmanager
def running_server(module: str, folder: Path, kept: Path, options: list[str]) -> Iterator[Lab]:
    """Start a Jupyter server, whose module can be run, on a folder.

    Args:
        module: `"jupyterlab"` or `"notebook"`.
        folder: what it serves.
        kept: where it keeps settings, kernels' connections and its log.
        options: more of the command line.
    """
    port, token = _free_port(), secrets.token_hex(16)
    environment = os.environ | {name: str(kept / name.lower()) for name in FOLDERS}
    command = [
        *(sys.executable, "-m", module, "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
        *("--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", "--allow-root"),
        *(f"--ServerApp.root_dir={folder}", *options),
    ]
    _ask_for_no_news(kept)
    with (kept / "lab.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(
                f"http://127.0.0.1:{port}/api/status?token={token}", process, kept / "lab.log"
            )
            yield Lab(folder, port, token)
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def running_browser(executable: str) -> Iterator[Browser]:
    """Start a headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def temporary_lab() -> Iterator[tuple[Lab, Browser]]:
    """A JupyterLab on a temporary folder, and a browser to look at it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as kept,
        running_lab(Path(folder), Path(kept)) as lab,
        running_browser(find_browser()) as browser,
    ):
        yield lab, browser


def use_theme(page: Page, dark: bool) -> None:
    """Switch JupyterLab's theme."""
    theme = "JupyterLab Dark" if dark else "JupyterLab Light"
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    page.wait_for_function(
        "dark => document.body.dataset.jpThemeLight === (dark ? 'false' : 'true')", arg=dark
    )


def focus_on_notebook(page: Page) -> None:
    """Give the notebook the whole window: no file browser, no table of contents."""
    page.evaluate(
        "() => { const shell = window.jupyterapp.shell; shell.collapseLeft();"
        " shell.collapseRight(); }"
    )


def serious_violations(page: Page, axe: str, view: str = ".tw-builder") -> list[tuple[object, ...]]:
    """What axe-core finds serious or critical about a view.

    Args:
        page: with the view on it.
        axe: the source of axe-core.
        view: the view's selector.
    """
    page.evaluate(axe)
    result = page.evaluate("view => axe.run(view)", view)
    return [
        (violation["id"], node["target"], node.get("failureSummary", "")[:200])
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def _ask_for_no_news(kept: Path) -> None:
    """Lab's question about news would stand in every picture."""
    settings = kept / "jupyterlab_settings_dir" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "notification.jupyterlab-settings").write_text(
        '{"fetchNews": "false"}', encoding="utf-8"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(
    address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60
) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                json.load(answer)
                return
        except (urllib.error.URLError, OSError, ValueError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")
