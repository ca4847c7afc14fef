"""Where else notebooks live: Jupyter Notebook 7, and Voilà, which shows outputs without cells."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lab_in_browser import RUN_ALL, Lab, running_server

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
CELL = (
    'tw.TrustBuilder("github_oidc", account="111122223333", owner="octo-org", repository="app",'
    ' branch="main")'
)


@pytest.fixture(scope="module")
def notebook7(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running Jupyter Notebook 7."""
    options = ["--JupyterNotebookApp.expose_app_in_browser=True"]
    with running_server(
        "notebook", tmp_path_factory.mktemp("nb"), tmp_path_factory.mktemp("kept"), options
    ) as server:
        yield server


@pytest.fixture(scope="module")
def voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running Jupyter server with Voilà in it."""
    with running_server(
        "jupyterlab", tmp_path_factory.mktemp("voila"), tmp_path_factory.mktemp("kept"), []
    ) as server:
        yield server


def use(page: Page) -> None:
    """Type into the form, read the policy, type into the editor, read the findings."""
    branch = page.get_by_label("Branch", exact=True).first
    branch.wait_for(timeout=60_000)
    branch.fill("release")
    expect(page.locator(".tw-editor .cm-content")).to_contain_text("refs/heads/release")
    page.get_by_role("textbox", name="Trust policy").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" // why")
    expect(page.locator(".tw-findings")).to_contain_text("JSON does not allow comments")


def test_in_jupyter_notebook_7(notebook7: Lab, page: Page) -> None:
    """The builder draws and answers there."""
    name = notebook7.write_notebook("n.ipynb", "import trust_widgets as tw", CELL)
    page.goto(f"{notebook7.address}/notebooks/{name}?token={notebook7.token}")
    page.wait_for_function("() => window.jupyterapp && window.jupyterapp.shell.currentWidget")
    page.evaluate(RUN_ALL)
    use(page)


def test_in_voila(voila: Lab, page: Page) -> None:
    """The builder draws and answers there, without any cell to be seen."""
    name = voila.write_notebook("v.ipynb", "import trust_widgets as tw", CELL)
    page.goto(f"{voila.address}/voila/render/{name}?token={voila.token}")
    use(page)
    assert page.locator(".jp-InputArea").count() == 0


def test_the_servers_are_of_this_environment() -> None:
    """What was tried is what the lock file says."""
    for package in ("notebook", "voila"):
        assert any(Path(folder, package).is_dir() for folder in sys.path if folder)


def test_a_dashboard_of_ones_own_in_voila(voila: Lab, page: Page) -> None:
    """The layout of the notebook about composing: its controls write the policy there."""
    name = "08-compose-your-own.ipynb"
    text = (NOTEBOOKS / name).read_text(encoding="utf-8")
    (voila.folder / name).write_text(text, encoding="utf-8")
    page.goto(f"{voila.address}/voila/render/{name}?token={voila.token}")
    owner = page.locator(".widget-text", has_text="Owner").last.locator("input")
    owner.wait_for(timeout=60_000)
    owner.fill("octo-dash")
    expect(page.locator(".tw-summary").last).to_contain_text("octo-dash")
