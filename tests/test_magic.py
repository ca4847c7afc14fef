"""The cell magic, in a real IPython shell."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from support.failing import break_pitfall
from trust_widgets.magic import Report
from trust_widgets.policy import TrustPolicy

STAR = """{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": "*",
    "Action": "sts:AssumeRole"
  }]
}"""
SMALL = STAR.replace('"Allow"', '"allow"').replace('"*"', '{"Service": "ec2.amazonaws.com"}')
EC2 = STAR.replace('"*"', '{"Service": "ec2.amazonaws.com"}')
HOSTILE = '<img src=x onerror="window.hacked=1">'


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A shell with the extension loaded, in a folder without a home file."""
    monkeypatch.chdir(tmp_path)
    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "trust_widgets")
    yield shell


def run(shell: Any, line: str, cell: str) -> Report:
    """The report of a cell."""
    with capture_output():
        found = shell.run_cell(f"%%trust_policy {line}\n{cell}")
    found.raise_error()
    return found.result


def test_a_finding_stands_below_its_line(shell: Any) -> None:
    """The effect is on the fourth line; the fix is shown as the line that goes and the one that
    comes.
    """
    report = run(shell, "", SMALL)
    html = report._repr_mimebundle_()["text/html"]

    assert [(each.finding.code, each.line) for each in report.placed] == [("TP108", 4)]
    assert html.index("&quot;Effect&quot;") < html.index("TP108") < html.index("&quot;Action&quot;")
    assert "-     &quot;Effect&quot;: &quot;allow&quot;" in html
    assert "+     &quot;Effect&quot;: &quot;Allow&quot;" in html
    assert repr(report).startswith("1 refused\nline 4: TP108 refused")


def test_links_do_not_run_together(shell: Any) -> None:
    """A dot stands between the page and the source."""
    html = run(shell, "", SMALL)._repr_mimebundle_()["text/html"]
    assert ">Learn more about TP108</a> · <a " in html
    assert "<b>1 rejected by IAM</b>" in html  # as the card below it says


def test_a_good_policy_says_so_and_is_kept_under_its_name(shell: Any) -> None:
    """Nothing to find, and `trust` is the policy."""
    assert repr(run(shell, "trust", EC2)) == "No findings."
    assert isinstance(shell.user_ns["trust"], TrustPolicy)


def test_what_cannot_be_read_keeps_nothing_and_says_where(shell: Any) -> None:
    """A trailing comma, with its fix."""
    report = run(shell, "trust", EC2.replace('"sts:AssumeRole"', '"sts:AssumeRole",'))
    assert [(f.code, f.verdict) for f in report.findings] == [("TP007", "refused")]
    assert "trust" not in shell.user_ns and report.fixed("TP007").strip() == EC2


def test_strict_fails_the_cell(shell: Any) -> None:
    """As nbval or CI wants it; advice alone does not."""
    with pytest.raises(Exception, match="TP101"):
        run(shell, "--strict", STAR)
    run(shell, "--strict", EC2)


def test_strict_shows_the_findings_and_no_traceback(shell: Any) -> None:
    """The report at its places first, then one line that says why the cell failed."""
    with capture_output() as captured:
        found = shell.run_cell(f"%%trust_policy --strict\n{STAR}")
    assert captured.stdout.index("line 5: TP101") < captured.stdout.index("--strict: a finding")
    assert "--strict: a finding" in captured.stdout and "magic.py" not in captured.stdout
    assert found.error_in_exec is not None


def test_help_tells_what_it_takes(shell: Any) -> None:
    """As `%%trust_policy?` shows it."""
    assert "[--strict] [NAME]" in shell.find_magic("trust_policy", "cell").__doc__


@pytest.mark.parametrize("line", ["a b", "1a", "--wrong"])
def test_a_line_that_says_something_else_is_told(shell: Any, line: str) -> None:
    """With the right form."""
    with pytest.raises(ValueError, match="NAME must be a Python name"):
        run(shell, line, EC2)


def test_a_code_without_a_fix_names_those_with_one(shell: Any) -> None:
    """So that a typing error in the code is found."""
    with pytest.raises(KeyError, match="TP108"):
        run(shell, "", SMALL).fixed("TP999")


def test_the_home_file_counts(shell: Any, tmp_path: Path) -> None:
    """What it accepts is told in one word and not counted."""
    (tmp_path / "trust-home.toml").write_text(
        '[[accepted]]\ncode = "TP101"\nreason = "Shown in a lesson."\n'
    )
    html = run(shell, "--strict", STAR)._repr_mimebundle_()["text/html"]
    assert "1 accepted" in html and "TP101" not in html


def test_nothing_a_stranger_wrote_is_html(shell: Any) -> None:
    """Neither from the text nor from a message that quotes it."""
    html = run(
        shell, "", STAR.replace('"Allow"', '"' + HOSTILE.replace('"', "'") + '"')
    )._repr_mimebundle_()["text/html"]
    assert "<img" not in html and "&lt;img" in html


def test_strict_fails_when_not_everything_was_checked(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that raises is shown at its statement, in line 3; without `--strict` the cell is no
    failure.
    """
    break_pitfall(monkeypatch, "nobody")
    report = run(shell, "", EC2)
    assert repr(report).startswith("1 internal error\nline 3: TP000 advice: ")
    assert "TP000" in report._repr_mimebundle_()["text/html"]
    with capture_output() as captured:
        found = shell.run_cell(f"%%trust_policy --strict\n{EC2}")
    assert type(found.error_in_exec).__name__ == "PolicyFindings" and "TP000" in captured.stdout


@pytest.mark.parametrize(
    "name",
    ["print", "list", "class", "None", "__builtins__", "_", "In", "tw", "helper", "get_ipython"],
)
def test_a_name_that_means_something_is_not_overwritten(shell: Any, name: str) -> None:
    """A built-in, a word of Python, IPython's own, a module, a function."""
    shell.run_cell("import trust_widgets as tw\ndef helper(): ...")
    before = shell.user_ns.get(name)
    with pytest.raises(ValueError, match=f"'{name}' is already in use"):
        run(shell, name, EC2)
    assert shell.user_ns.get(name) is before


def test_a_name_that_holds_data_is_taken_again(shell: Any) -> None:
    """As in any assignment: the cell is run a second time."""
    shell.user_ns["trust"] = EC2
    for _ in range(2):
        run(shell, "trust", EC2)
        assert isinstance(shell.user_ns["trust"], TrustPolicy)


TERRAFORM = """resource "aws_iam_role" "app" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "allow", Principal = { AWS = var.who }, Action = "sts:AssumeRole" }]
  })
}
"""


def test_a_cell_may_hold_a_file_of_another_form(shell: Any) -> None:
    """Its findings and fixes are those of the cell; what it does not say is named."""
    report = shell.run_cell_magic("trust_policy", "", TERRAFORM)
    assert [(each.line, each.finding.code) for each in report.placed] == [(4, "TP108")]
    assert report.fixed("TP108") == TERRAFORM.replace("allow", "Allow")
    assert "line 4: unresolved var.who" in repr(report)
    assert "unresolved var.who" in report._repr_mimebundle_()["text/html"]


PART = """Version: "2012-10-17"
Statement:
  - Effect: Allow
    Principal: {AWS: "*"}
    Action: sts:AssumeRole
"""


def test_a_part_of_a_file_is_read_at_its_lines(shell: Any) -> None:
    """A policy in YAML, without the template around it."""
    [placed] = run(shell, "", PART).placed
    assert (placed.finding.code, placed.line) == ("TP301", 4)


def test_without_the_extra_one_line_says_how_to_install_it(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "ruamel"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    [note] = run(shell, "", PART).notes
    assert note.endswith("pip install 'trust-widgets[files]'")
