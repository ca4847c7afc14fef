"""The public names, in an environment without Jupyter as well."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import trust_widgets as tw

ROOT = Path(__file__).resolve().parent.parent
NAMES = {
    *("compare", "is_public", "Comparison", "Answer"),
    *(
        "parse",
        "check",
        "who_gets_in",
        "document",
        "RoleDocument",
        "export",
        "controls",
        "new_external_id",
        "evaluate",
        "Request",
        "Decision",
    ),
    *(
        "TrustPolicy",
        "Statement",
        "Principal",
        "Condition",
        "PermissionsPolicy",
        "check_permissions",
        "Role",
        "Companion",
        "Finding",
        "Fix",
        "Home",
        "Grant",
    ),
    *(
        "Guard",
        "DocumentError",
        "CallerClass",
        "PATTERNS",
        "PITFALLS",
        "PROVIDERS",
        "CALLERS",
        "EXPORTERS",
        "EXERCISES",
        "progress",
    ),
    *(
        "TrustModel",
        "TrustBuilder",
        "GrantsView",
        "SummaryView",
        "FormView",
        "EditorView",
        "FindingsView",
    ),
    *("read_roles", "RoleRecord", "scan", "Inventory", "InventoryView"),
    *("CompanionsView", "ExportView", "HomeView", "SimulatorView"),
    *("WhoView", "ChangesView", "TruthTableView", "PermissionsView", "SourceView"),
    *("ExerciseView", "exercise"),
}
BARE = """
import sys
import trust_widgets as tw
families = [name for name in sys.modules if name.startswith("trust_widgets.")]
assert families == [], families
statement = '{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}'
text = '{"Version": "2012-10-17", "Statement": [%s]}' % statement
print(*[f.name for f in tw.check(text)])
print(tw.who_gets_in(tw.parse(text))[0].sentence)
answers = {"owner": "octo-org", "repository": "app", "branch": "main"}
role = tw.PATTERNS["github_oidc"].build(account="111122223333", **answers)
print(len(role.companions), all(tw.export(role, tool) for tool in tw.EXPORTERS))
assert not {"ipywidgets", "anywidget", "traitlets", "IPython"} & set(sys.modules)
"""


def test_the_names_are_those() -> None:
    """No more, no less: notebooks and other people's scripts rely on them."""
    assert set(tw.__all__) == NAMES
    assert set(dir(tw)) == NAMES | {"__version__", "load_ipython_extension"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_name_is_documented(name: str) -> None:
    """What it is; functions and classes show an example or their arguments."""
    found = getattr(tw, name)
    doc = found.__doc__ or ""
    assert doc.strip() and (not callable(found) or "Args:" in doc or ">>>" in doc or len(doc) > 40)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As for any module."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = tw.nothing


def test_names_work_twice_after_every_submodule_was_imported() -> None:
    """A submodule never takes a public name's place."""
    for found in pkgutil.walk_packages(tw.__path__, "trust_widgets."):
        importlib.import_module(found.name)
    text = '{"Version": "2012-10-17", "Statement": []}'
    for _ in range(2):
        assert tw.check(text) and tw.parse(text) and tw.who_gets_in(tw.parse(text)) == ()
        assert all(getattr(tw, name) is getattr(tw, name) for name in NAMES)
        assert tw.export(tw.Role("app"), "json")


def test_the_wheel_holds_the_bundle_and_works_without_dependencies(tmp_path: Path) -> None:
    """Installed with no dependency at all, reading, checking, building and exporting work, and load
    no Jupyter.
    """
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        names = set(held.namelist())
    built = ("views.js", "loader.js", "style.css")
    assert {f"trust_widgets/views/static/{name}" for name in built} <= names
    assert "trust_widgets/py.typed" in names
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True
    )
    (site,) = (tmp_path / "venv").glob("lib/*/site-packages")
    with zipfile.ZipFile(wheel) as held:
        held.extractall(site)  # what `pip install --no-deps` does, without needing pip or a network
    python = tmp_path / "venv" / "bin" / "python"
    ran = subprocess.run(
        [python, "-I", "-c", BARE], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [
        "bare_star",
        "Anyone with an AWS account can assume this role.",
        "3 True",
    ]


def test_it_works_from_inside_a_zip(tmp_path: Path) -> None:
    """Families are found and data is read there as well, as under Pyodide."""
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in (ROOT / "trust_widgets").rglob("*"):
            if path.suffix in (".py", ".json"):
                zipped.write(path, path.relative_to(ROOT))
    code = f"import sys; sys.path.insert(0, {str(archive)!r})\n{BARE}"
    ran = subprocess.run(
        [sys.executable, "-I", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert ran.stderr == "" and ran.stdout.startswith("bare_star")
