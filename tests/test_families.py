"""A family finds its members by itself, also in a zip."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.families import Registry

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
        (tw.CALLERS, "nope", "no caller 'nope'; there are access_troubleshooter, "),
        (
            tw.PATTERNS,
            "github",
            "no pattern 'github'; did you mean 'github_oidc'? There are another_account, ",
        ),
        (
            tw.PATTERNS,
            "gihtub_oidc",
            "no pattern 'gihtub_oidc'; did you mean 'github_oidc'? There are ",
        ),
        (tw.EXPORTERS, "", "no exporter ''; there are aws_cli, "),
        (tw.PITFALLS, "TP101", "no pitfall 'TP101'; did you mean 'bare_star'? There are "),
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


def make_deep_family(folder: Path) -> None:
    """Write a package `deep` with members in two folders, and one beside them."""
    for name, source in {
        "deep/__init__.py": "",
        "deep/b.py": "THING = 2",
        "deep/late/__init__.py": "",
        "deep/late/a.py": "THING = 1",
        "deep/early/__init__.py": "",
        "deep/early/c.py": "THING = 3",
        "deep/early/_helper.py": "",
        "deep/_private/__init__.py": "",
        "deep/_private/d.py": "",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The family `deep`, which can be imported; none of its modules is loaded before or after."""
    make_deep_family(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in (
        "deep",
        *(f"deep.{end}" for end in ("b", "late", "late.a", "early", "early.c", "early.b")),
    ):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


def test_members_may_stand_in_folders(deep: Path) -> None:
    """In alphabetical order of their own names, whatever their folders are called; what is private
    is no member.
    """
    family = Registry[int]("deep", "THING")
    assert list(family.items()) == [("a", 1), ("b", 2), ("c", 3)]
    assert family.module_of("a").__name__ == "deep.late.a"
    with pytest.raises(KeyError, match="no thing 'd'"):
        family.module_of("d")


def test_two_members_of_one_name_are_refused(deep: Path) -> None:
    """The message names both."""
    (deep / "deep" / "early" / "b.py").write_text("THING = 4")
    with pytest.raises(
        ValueError, match=r"'b': deep\.b and deep\.early\.b|'b': deep\.early\.b and deep\.b"
    ):
        len(Registry("deep", "THING"))


def test_members_in_folders_are_found_in_a_zip(tmp_path: Path) -> None:
    """As those beside them."""
    make_deep_family(tmp_path)
    archive = tmp_path / "family.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in sorted((tmp_path / "deep").rglob("*.py")):
            zipped.write(file, file.relative_to(tmp_path))
    code = "from trust_widgets.families import Registry; print(dict(Registry('deep', 'THING')))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": f"{archive}{os.pathsep}{ROOT}"},
        cwd=archive.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "{'a': 1, 'b': 2, 'c': 3}", done


def test_a_member_without_its_constant_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that forgot to define its record is not skipped in silence."""
    make_family(tmp_path, a="")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("fam", "fam.a"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    with pytest.raises(AttributeError, match="THING"):
        len(Registry("fam", "THING"))


def test_a_member_without_its_constant_has_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the family gives one."""
    make_family(tmp_path, a="", b="THING = 2")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("fam", "fam.a", "fam.b"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    assert dict(Registry("fam", "THING", default=7)) == {"a": 7, "b": 2}


def test_the_package_works_from_a_zip(tmp_path: Path) -> None:
    """Zipped, the package finds its members and its data: so it runs where wheels are not
    unpacked.
    """
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

    assert (
        done.stdout.strip()
        == f"True {len(__import__('trust_widgets').PATTERNS)} ['misspelt_service']"
    ), done
