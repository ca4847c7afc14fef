"""Files of each form through the command line, against what the pages of their tools say.

A case of `cases/` has the files, and what is expected: the exit status, findings with file, line
and verdict, expressions that cannot be known, and what is said or not said. A case of `values/` has
the principals of each role, or the expression because of which they cannot be known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from trust_widgets import cli
from trust_widgets.readers import RoleRecord, read_roles

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
VALUES = [
    case
    for path in sorted((Path(__file__).parent / "values").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
_LINE = re.compile(r"(?P<file>[^:]+):(?P<line>\d+):\d+: (?P<code>TP\d+) (?P<verdict>\w+) .*")


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def wrong(expect: dict[str, Any], status: int, out: str) -> Iterator[str]:
    """What of an expectation does not hold."""
    found = [match.groupdict() for match in map(_LINE.fullmatch, out.splitlines()) if match]
    loud = [each for each in found if each["verdict"] != "advice"]
    rest = "\n".join(line for line in out.splitlines() if not _LINE.fullmatch(line))
    if status not in as_list(expect.get("rc", status)):
        yield f"status {status}"
    for wanted in expect.get("findings", []):
        if not any(is_wanted(each, wanted) for each in found):
            yield f"no finding {wanted}"
    if len(loud) > expect.get("at_most_loud", len(loud)):
        yield f"{len(loud)} above advice"
    if expect.get("no_above_advice") and loud:
        yield f"above advice: {loud}"
    for name, text, is_there in (
        ("unresolved", rest, True),
        ("out_has", out, True),
        ("out_has_not", out, False),
    ):
        for pattern in expect.get(name, []):
            if bool(re.search(pattern, text)) is not is_there:
                yield f"{name} {pattern}"


def is_wanted(found: dict[str, str], wanted: dict[str, Any]) -> bool:
    return (
        found["file"].endswith(wanted.get("file", ""))
        and int(found["line"]) in as_list(wanted.get("line", int(found["line"])))
        and found["verdict"] == wanted.get("verdict", found["verdict"])
        and found["code"] == wanted.get("code", found["code"])
    )


def write_files(files: dict[str, Any], folder: Path) -> None:
    """The files of a case, with the line breaks that it gives them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        written = text if isinstance(text, str) else json.dumps(text)
        path.write_bytes(written.encode("utf-8"))


def principals(record: RoleRecord) -> list[Any]:
    """The principals of all statements, in their order."""
    statements = as_list(json.loads(record.text)["Statement"])
    elements = (statement.get("Principal", {}) for statement in statements)
    kinds = (list(one.values()) if isinstance(one, dict) else [one] for one in elements)
    return [value for kind in kinds for values in kind for value in as_list(values)]


@pytest.mark.parametrize("case", VALUES, ids=[case["id"] for case in VALUES])
def test_values_of_a_file(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What expressions come to; what cannot be known is named, and nothing is guessed."""
    write_files(case["files"], tmp_path)
    monkeypatch.chdir(tmp_path)
    file = case.get("read", next(iter(case["files"])))
    records = {record.name: record for record in read_roles(file)}
    for name, expected in case.get("principals", {}).items():
        assert principals(records[name]) == expected
    for name, expression in case.get("unresolved", {}).items():
        found = [unknown.expression for unknown in records[name].unresolved]
        assert any(expression in one for one in found), found
        assert not records[name].text


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_file_of_its_form(
    case: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each case as a person would run it."""
    write_files(case["files"], tmp_path)
    monkeypatch.chdir(tmp_path)
    status = cli.main(["check", *case.get("args", case["files"])])
    said = capsys.readouterr()
    out = said.out + said.err
    ways = case["expect"].get("any_of", [{}])
    tried = [list(wrong({**case["expect"], **way}, status, out)) for way in ways]
    assert [] in tried, f"{tried}\n{out}"


def test_a_wrong_expectation_is_caught() -> None:
    """Each kind of expectation can fail."""
    line = "a.tf:3:1: TP301 open critical Anyone"
    expectations: list[dict[str, Any]] = [
        {"rc": 0},
        {"findings": [{"line": 4}]},
        {"findings": [{"verdict": "dead"}]},
        {"at_most_loud": 0},
        {"no_above_advice": True},
        {"unresolved": ["Anyone"]},
        {"out_has": ["b.tf"]},
        {"out_has_not": ["a.tf"]},
    ]
    for expect in expectations:
        assert len(list(wrong(expect, 1, line))) == 1
