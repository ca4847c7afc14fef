"""The examples of docs/command-line.md, run as they are written; the hook and the action."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from trust_widgets import cli
from trust_widgets.cli.program import parser
from trust_widgets.readers import READERS, read_text

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
_EXAMPLE = re.compile(
    r"^`(?P<file>[^`\n]+)`:\n\n```\w+\n(?P<text>.*?)^```\n\n"
    r"```console\n\$ trust-widgets check (?P=file)\n(?P<said>.*?)^```",
    re.MULTILINE | re.DOTALL,
)


class Example(NamedTuple):
    """A file of the page, and what the page says that the command prints."""

    file: str
    text: str
    said: tuple[str, ...]


EXAMPLES = [
    Example(found["file"], found["text"], tuple(found["said"].splitlines()))
    for found in _EXAMPLE.finditer(PAGE)
]


def is_said(line: str, shown: str) -> bool:
    """Whether a line is as the page shows it, where `...` stands for more."""
    return re.fullmatch(re.escape(shown).replace(r"\.\.\.", ".*"), line) is not None


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.file for example in EXAMPLES])
def test_an_example_says_what_the_page_shows(
    example: Example,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Line by line; in SARIF the finding stands at the same line."""
    monkeypatch.chdir(tmp_path)
    Path(example.file).write_text(example.text, encoding="utf-8")
    assert cli.main(["check", example.file]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(example.said)
    assert all(map(is_said, lines, example.said))
    assert cli.main(["check", "--format", "sarif", example.file]) == 1
    [result] = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["ruleId"] == "TP301"
    [place] = result["locations"]
    line = place["physicalLocation"]["region"]["startLine"]
    assert any(f"{example.file}:{line}:" in shown for shown in example.said if "TP301" in shown)


def test_each_form_has_an_example() -> None:
    """Each reader reads one of them, and the page's first is a policy itself."""
    forms = {
        record.source for each in EXAMPLES for record in read_text(each.file, each.text).records
    }
    titles = {reader.title for reader in READERS.values()}
    assert len(EXAMPLES) >= 18
    assert titles - forms <= NOT_SHOWN


NOT_SHOWN = {"A template of a trust policy"}


def test_the_hooks_call_the_command() -> None:
    """With arguments that it takes."""
    hooks: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["trust-widgets", "trust-widgets-compare"]
    for hook in hooks:
        name, *arguments = hook["entry"].split()
        asked = parser().parse_args([*arguments, *(["a.tf"] * hook.get("pass_filenames", 1))])
        assert name == "trust-widgets" and asked.command in ("check", "compare")
        assert re.search(hook["files"], "infra/roles.tf")
        assert not re.search(hook["files"], "notes.md")


def test_the_action_uses_no_input_as_a_command() -> None:
    """What a workflow gives comes from the environment; each input is used."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps = [step for step in action["runs"]["steps"] if "run" in step]
    assert all("${{" not in step["run"] for step in steps)
    used = {value for step in steps for value in step["env"].values()}
    assert {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]} <= used
    commands = "\n".join(step["run"] for step in steps)
    assert "trust-widgets check" in commands and "trust-widgets compare" in commands
