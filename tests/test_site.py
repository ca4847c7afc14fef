"""What the folder of `make site` is made of; `make site-test` opens the folder itself."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import yaml

import site_kernel
import site_pages
from notebook_minutes import LINE, MOST, minutes_of, with_minutes
from site_gallery import Exhibit
from site_kernel import FILES, LIBRARY, LOCK, write_kernel
from student_edition import student_edition

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def notebook(*cells: object) -> nbformat.NotebookNode:
    """A notebook of these cells."""
    return nbformat.v4.new_notebook(cells=list(cells))


def test_a_student_gets_no_output_and_no_solution(tmp_path: Path) -> None:
    """All else is as in the source."""
    shown = nbformat.v4.new_output("stream", name="stdout", text="42\n")
    code = nbformat.v4.new_code_cell("print(42)", outputs=[shown], execution_count=3)
    solution = nbformat.v4.new_code_cell("mine = 1", metadata={"tags": ["solution"]})
    words = nbformat.v4.new_markdown_cell("Think.")
    path = tmp_path / "a.ipynb"
    path.write_text(nbformat.writes(notebook(words, code, solution)), "utf-8")
    cells = nbformat.reads(student_edition(path), as_version=4).cells
    assert [(cell.cell_type, cell.source) for cell in cells] == [
        ("markdown", "Think."),
        ("code", "print(42)"),
    ]
    assert cells[1].outputs == [] and cells[1].execution_count is None


def test_minutes_are_computed() -> None:
    """320 words, 24 lines of code, 50 lines of output, a view, an exercise of 8 minutes."""
    printed = nbformat.v4.new_output("stream", name="stdout", text="line\n" * 50)
    view = nbformat.v4.new_output(
        "display_data", data={"text/plain": "WhoView()", "text/html": "<p>"}
    )
    made = notebook(
        nbformat.v4.new_markdown_cell("word " * 315 + "This notebook takes about 1 minutes."),
        nbformat.v4.new_code_cell("\n".join(["x = 1"] * 24), outputs=[printed]),
        nbformat.v4.new_code_cell("\n".join(["x = 1"] * 24), outputs=[view]),
        nbformat.v4.new_code_cell('tw.exercise("W3")'),
    )
    assert minutes_of(made) == round((315 + 6) / 160 + 2 + 2 + 2 + 1.5 + 8)
    with_minutes(made)
    assert made.cells[0].source.endswith("This notebook takes about 18 minutes.")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_says_its_minutes(path: Path) -> None:
    """Those that are computed, and none takes too long."""
    read = nbformat.read(path, as_version=4)
    words = "\n".join(cell.source for cell in read.cells if cell.cell_type == "markdown")
    (said,) = LINE.findall(words)
    assert said == f"This notebook takes about {minutes_of(read)} minutes."
    assert minutes_of(read) <= MOST


def test_the_start_page_says_the_minutes_of_the_workshop() -> None:
    """As each of its notebooks does."""
    start = (ROOT / "docs" / "workshop" / "start.md").read_text("utf-8")
    said = dict(
        re.findall(r"^\| W\d .*/(workshop-[\w-]+\.ipynb)\).* (\d+) \|$", start, re.MULTILINE)
    )
    read = {path.name: path for path in NOTEBOOKS if path.name.startswith("workshop")}
    assert said == {
        name: str(minutes_of(nbformat.read(path, as_version=4))) for name, path in read.items()
    }


def pure_wheel(folder: Path, name: str, *more: str) -> Path:
    """A wheel with a package, and more modules."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for module in (f"{name}/__init__.py", *more):
            archive.writestr(module, "")
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Name: {name}\nVersion: 1.0\n")
    return path


def test_the_lock_file_names_what_is_in_the_folder_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pyodide's own has packages on another host. Here a copy stands for the compiler."""
    monkeypatch.setattr(site_kernel, "node", copied)
    for name in FILES:
        (tmp_path / name).write_bytes(b"")
    with zipfile.ZipFile(tmp_path / LIBRARY, "w") as archive:
        archive.writestr("test/big.py", "")
    lock = {"info": {"python": "3.14.2"}, "packages": {"numpy": {"file_name": "numpy.whl"}}}
    (tmp_path / LOCK).write_text(json.dumps(lock), "utf-8")
    wheels = [pure_wheel(tmp_path, "some_thing", "some_thing/tests/a.py", "some_thing/testing.py")]
    out = tmp_path / "out"
    made = write_kernel(tmp_path, wheels, out, tmp_path / "work")
    written = json.loads((out / LOCK).read_text("utf-8"))
    assert made == ["some-thing"] == list(written["packages"])
    wheel = out / written["packages"]["some-thing"]["file_name"]
    assert written["packages"]["some-thing"]["imports"] == ["some_thing"]
    assert (
        hashlib.sha256(wheel.read_bytes()).hexdigest()
        == (written["packages"]["some-thing"]["sha256"])
    )
    assert {name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".pyc")} == {
        "some_thing/__init__.pyc",
        "some_thing/testing.pyc",
    }
    assert written["info"] == lock["info"]
    compiled = tmp_path / "numpy-2.0-cp314-cp314-linux_x86_64.whl"
    with pytest.raises(ValueError, match="not of pure Python"):
        write_kernel(tmp_path, [compiled], out, tmp_path / "work")


def copied(arguments: list[str]) -> int:
    """What the compiler does, but for compiling: each module gets its new name."""
    _, _, source, target = map(Path, arguments)
    for path in source.iterdir():
        with zipfile.ZipFile(path) as read, zipfile.ZipFile(target / path.name, "w") as written:
            for name in read.namelist():
                written.writestr(re.sub(r"\.py$", ".pyc", name), read.read(name))
    return 0


@pytest.mark.parametrize(
    ("name", "is_left_out"),
    [
        ("jedi/third_party/django-stubs/a.pyi", True),
        ("jedi/third_party/typeshed/stubs/six/six.pyi", True),
        ("jedi/third_party/typeshed/stdlib/3/os.pyi", False),
        ("some-1.0.dist-info/RECORD", True),
        ("some-1.0.dist-info/METADATA", False),
        ("some-1.0.dist-info/licenses/LICENSE", False),
        ("trust_widgets/tutorials/a.ipynb", True),
        ("trust_widgets/exercises/tasks/one_word.py", False),
    ],
)
def test_what_no_kernel_reads_is_left_out(name: str, is_left_out: bool) -> None:
    assert bool(site_kernel.LEFT_OUT.match(name)) is is_left_out


def test_links_lead_to_where_files_are_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To another page, into JupyterLite, and to the project for what is not in the folder."""
    page = tmp_path / "docs" / "workshop" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "# A title\n[b](../b.md#part) [n](../../notebooks/n.ipynb) [m](../../Makefile)"
        " [w](https://example.com) [h](#a-title)"
        ' <source srcset="../p.png">',
        "utf-8",
    )
    monkeypatch.setattr(site_pages, "ROOT", tmp_path)
    html = site_pages._page(page, "docs/workshop/a.html", "edition-1")
    for link in (
        '"../b.html#part"',
        '"../../edition-1/notebooks/index.html?path=n.ipynb"',
        '"https://github.com/octo-org/trust_widgets/blob/main/Makefile"',
        '"https://example.com"',
        '"#a-title"',
        'srcset="../p.png"',
        'id="a-title"',
        '"../../pages.css"',
    ):
        assert link in html, link


def test_each_pattern_has_a_page_and_opens_live(tmp_path: Path) -> None:
    """What is said of it is text, never HTML."""
    shown = Exhibit("a", "A <b>", "For a & b.", "All can.", "# Doc\n\n![p](a.svg)", "<svg/>", "{}")
    learn = "https://github.com/octo-org/trust_widgets/blob/main/docs/pitfalls/TP408.md"
    shown = replace(shown, markdown=f"{shown.markdown}\n\n[more]({learn})")
    site_pages._write_gallery(tmp_path, "edition-1", [shown])
    index = (tmp_path / "docs" / "gallery.html").read_text("utf-8")
    page = (tmp_path / "docs" / "gallery" / "a.html").read_text("utf-8")
    live = "edition-1/notebooks/index.html?path=gallery/a.ipynb"
    assert (
        f'href="../{live}"' in index and 'src="gallery/a.svg"' in index and "A &lt;b&gt;" in index
    )
    assert f'href="../../{live}"' in page and 'src="a.svg"' in page and "# Doc" not in page
    assert 'href="../pitfalls/TP408.html"' in page
    assert (tmp_path / "docs" / "gallery" / "a.svg").read_text("utf-8") == "<svg/>"


@pytest.mark.parametrize("name", ["site.yml", "wheel.yml"])
def test_nothing_is_published_unless_somebody_starts_it(name: str) -> None:
    """And no workflow has a secret."""
    text = (ROOT / ".github" / "workflows" / name).read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert list(workflow[True]) == ["workflow_dispatch"]
    assert "secrets." not in text
