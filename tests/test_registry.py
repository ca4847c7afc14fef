"""A family finds its members by itself, also in a zip."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets._registry import Registry

ROOT = Path(__file__).parent.parent


def make_family(folder: Path, **members: str) -> None:
    """Write a package `fam` with these modules."""
    (folder / "fam").mkdir()
    (folder / "fam" / "__init__.py").write_text("")
    for name, source in members.items():
        (folder / "fam" / f"{name}.py").write_text(source)


def test_members_are_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Public modules are members, in alphabetical order; private ones are not."""
    make_family(tmp_path, b="THING = 2", a="THING = 1", _c="THING = 3")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("fam", "fam.a", "fam.b"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    assert dict(Registry[int]("fam", "THING")) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("family", "name", "message"),
    [
        (tw.CALLERS, "nope", "no caller 'nope'; there are aws_service, "),
        (tw.PATTERNS, "github", "no pattern 'github'; did you mean 'github_oidc'? There are another_account, "),
        (tw.PATTERNS, "gihtub_oidc", "no pattern 'gihtub_oidc'; did you mean 'github_oidc'? There are "),
        (tw.EXPORTERS, "", "no exporter ''; there are aws_cli, "),
        (tw.PROVIDERS, 7, "no provider '7'; there are "),
    ],
)
def test_an_unknown_name_is_told_with_those_that_are(family: Any, name: Any, message: str) -> None:
    """And with the one that is most like it."""
    with pytest.raises(KeyError) as raised:
        family[name]
    assert raised.value.args[0].startswith(message)
    assert all(known in raised.value.args[0] for known in family)
    assert name not in family and family.get(name) is None


def test_a_member_without_its_constant_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that forgot to define its record is not skipped in silence."""
    make_family(tmp_path, a="")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("fam", "fam.a"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    with pytest.raises(AttributeError, match="THING"):
        len(Registry("fam", "THING"))


def test_the_package_works_from_a_zip(tmp_path: Path) -> None:
    """Zipped, the package finds its members and its data: so it runs where wheels are not unpacked."""
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in sorted((ROOT / "trust_widgets").rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and "static" not in file.parts:
                zipped.write(file, file.relative_to(ROOT))
    code = (
        "import trust_widgets as tw; assert '.zip' in tw.__file__; "
        "print(len(tw.PITFALLS) > 9, len(tw.PATTERNS), [f.name for f in tw.check("
        '\'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"EC2.amazonaws.com"},'
        '"Action":"sts:AssumeRole"}]}\')])'
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(archive)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == f"True {len(__import__('trust_widgets').PATTERNS)} ['misspelt_service']", done
