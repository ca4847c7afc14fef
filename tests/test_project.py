"""The project's own files agree with each other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def specs(lines: list[str]) -> dict[str, str]:
    """Requirements by their name: `{"ipywidgets": ">=8.1"}`."""
    bare = (re.sub(r"\[.*?\]", "", line) for line in lines)  # conda has no extras
    found = (re.fullmatch(r"([\w.-]+)\s*(.*)", line) for line in bare)
    return {match[1].lower(): match[2].replace(" ", "") for match in found if match}


def test_conda_users_get_the_same_set_up() -> None:
    """`environment.yml` names what `pyproject.toml` names, with the same bounds, and nothing
    else.
    """
    groups: dict[str, list[Any]] = PYPROJECT["dependency-groups"]
    wanted = [*PYPROJECT["project"]["dependencies"]]
    wanted += [line for group in groups.values() for line in group if isinstance(line, str)]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [line for line in environment["dependencies"] if isinstance(line, str)]
    (pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    given = specs([*conda, *pip])
    assert given.pop("python") == PYPROJECT["project"]["requires-python"]
    assert given.pop("--editable") == "."
    given.pop("pip")
    assert given == specs(wanted)


def test_the_lock_names_public_places_only() -> None:
    """No mirror of the machine that it was made on."""
    for name in ("uv.lock", "frontend/package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        hosts = set(re.findall(r'"(https?://[^/"]+)', text))
        public = {
            "https://pypi.org",
            "https://files.pythonhosted.org",
            "https://registry.npmjs.org",
        }
        sponsors = {
            host
            for host in hosts
            if re.search(r"github|opencollective|tidelift|patreon|funding", host)
        }
        assert hosts - sponsors <= public


NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    """The first tutorial, at least."""
    assert [path.name for path in NOTEBOOKS][:1] == ["01-first-trust-policy.ipynb"]


@pytest.mark.parametrize("path", [pytest.param(p, id=p.name) for p in NOTEBOOKS])
def test_a_notebook_is_committed_as_it_was_run(path: Path) -> None:
    """Every code cell has its count, in order, so that nbval compares it; no widget state, no
    address.
    """
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert [cell.id for cell in notebook.cells] == [
        f"cell-{n:02}" for n in range(1, len(notebook.cells) + 1)
    ]
    text = path.read_text(encoding="utf-8")
    assert "widget-view+json" not in text and "widgets" not in notebook.metadata
    assert not re.search(r" at 0x[0-9a-f]{6,}", text)


@pytest.mark.parametrize("path", [pytest.param(p, id=p.name) for p in NOTEBOOKS])
def test_a_notebook_reads_well_without_a_kernel(path: Path) -> None:
    """nbconvert's HTML shows every view's still form and runs nothing a stranger wrote."""
    from nbconvert import HTMLExporter

    html, _ = HTMLExporter().from_filename(str(path))
    notebook = nbformat.read(path, as_version=4)
    stills = [
        o.data["text/html"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "text/html" in o.get("data", {})
    ]
    assert stills
    shown = unescape(html)
    for still in map("".join, stills):
        # nbconvert writes an image's attributes in an order of its own
        assert all(part in shown for part in re.split("<img [^>]*>", unescape(still)))
        assert all(data in shown for data in re.findall(r'src="(data:[^"]+)"', still))


def test_files_of_the_house_are_there() -> None:
    """What a newcomer looks for."""
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        "NOTICE",
        "docs/decisions",
        ".ci/run",
    ):
        assert (ROOT / name).exists(), name


def tracked(*suffixes: str) -> list[Path]:
    """The files that git knows, of some kinds; in an sdist there is no git, and nothing to look
    at.
    """
    told = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if told.returncode:
        pytest.skip("this is no clone")
    paths = [ROOT / name for name in told.stdout.splitlines()]
    return [path for path in paths if path.suffix in suffixes and path.is_file()]


def test_no_text_names_a_place_of_one_machine() -> None:
    """Nothing committed leads to a folder that others don't have."""
    for path in tracked(".py", ".md", ".toml", ".yml", ".ts", ".tsx", ".css", ".mjs", ".ipynb", ""):
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not re.search("/wo" + r"rk/(main|shared)|\.lib" + "rary", text), path


def dead_links(page: Path, text: str) -> list[str]:
    """The links of a page to files that are not there."""
    links = [
        link or source
        for link, source in re.findall(r'\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"', text)
    ]
    files = [link.partition("#")[0] for link in links if not link.startswith(("https://", "#"))]
    return [file for file in files if not (page.parent / file).exists()]


def test_every_link_within_the_project_leads_somewhere() -> None:
    """On each page, in each notebook's words."""
    for page in tracked(".md"):
        assert dead_links(page, page.read_text(encoding="utf-8")) == [], page
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        words = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        assert dead_links(path, words) == [], path


def test_a_dead_link_is_noticed() -> None:
    """Of a text and of a picture; one to the network is not followed."""
    text = (
        '[a](README.md#start) [b](https://aws.amazon.com) [c](gone.md#start) <img src="gone.png">'
    )
    assert dead_links(ROOT / "CHANGELOG.md", text) == ["gone.md", "gone.png"]


EXAMPLES = re.findall(
    r"^```python\n(.*?)^```",
    (ROOT / "README.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


def test_the_examples_of_the_readme_run(capsys: pytest.CaptureFixture[str]) -> None:
    """What is said there of a policy with `repo:octo*`: anybody may register an owner that begins
    so.
    """
    assert len(EXAMPLES) == 2
    for example in EXAMPLES:
        exec(example, {})
    out = capsys.readouterr().out
    assert (
        out.startswith("open critical ")
        and 'resource "aws_iam_role"' in out
        and "\nallowed: " in out
    )


LAB = ROOT / "scripts" / "lab.py"


def test_make_lab_prints_the_address_without_a_display() -> None:
    """And allows root, where one is root."""
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    code = (
        f"import sys; sys.path.insert(0, {str(LAB.parent)!r}); import lab; print(*lab.command([]),"
        " sep='\\n')"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    ).stdout
    words = out.splitlines()
    assert ("--allow-root" in words) == (os.geteuid() == 0)
    assert sys.platform in ("darwin", "win32") or "--no-browser" in words
    assert any(word.endswith("/lab/tree/01-first-trust-policy.ipynb") for word in words)
