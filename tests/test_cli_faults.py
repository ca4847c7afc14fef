"""The command line under faults, as real processes: everything else is reported, and there is no
traceback.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.failing import SECRET, boom, command
from trust_widgets import cli
from trust_widgets.cli import check

EC2 = {
    "Sid": "Ec2",
    "Effect": "Allow",
    "Principal": {"Service": "ec2.amazonaws.com"},
    "Action": "sts:AssumeRole",
}
OPEN = {"Sid": "Open", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
PLAIN = [sys.executable, "-m", "trust_widgets.cli"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a good policy, an open one (its star is in line 8, column 16), and one
    that makes the check raise.
    """
    monkeypatch.chdir(tmp_path)
    root = Path(cli.__file__).resolve().parents[2]
    monkeypatch.setenv("PYTHONPATH", str(root))
    write("good.json", EC2)
    write("open.json", OPEN)
    write("bad.json", {**EC2, "Sid": "Bad"})
    return tmp_path


def write(name: str, *statements: object) -> None:
    """Write a policy."""
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)
    Path(name).write_text(text, encoding="utf-8")


def run(line: list[str], **given: object) -> tuple[int, list[str], str]:
    """The status, the lines printed, and what was said beside them."""
    ran = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60, **given)  # type: ignore[call-overload]
    assert "Traceback" not in ran.stderr and "Exception ignored" not in ran.stderr
    return ran.returncode, ran.stdout.splitlines(), ran.stderr


def shell(script: str) -> tuple[int, list[str], str]:
    """A line for `sh`, in which `$CHECK` is the check."""
    check = f'"{sys.executable}" -m trust_widgets.cli check'
    return run(["sh", "-c", script.replace("$CHECK", check)])


def test_a_pitfall_that_raises_ends_no_other_file() -> None:
    """All three are reported, the statement of the second, in line 4, with it; the status is 2."""
    status, lines, said = run(command("check", "open.json", "bad.json", "open.json"))
    assert [line.split(" ")[:2] for line in lines[:-1]] == [
        ["open.json:8:16:", "TP301"],
        ["bad.json:4:5:", "TP000"],
        ["open.json:8:16:", "TP301"],
    ]
    assert lines[-1] == "3 findings: 2 open, 1 internal error"
    assert (status, said) == (2, "") and SECRET not in "".join(lines)


@pytest.mark.parametrize(
    ("files", "status"), [(["bad.json"], 2), (["good.json"], 0), (["open.json", "good.json"], 1)]
)
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_fault_is_2_and_a_finding_1(files: list[str], status: int, form: str) -> None:
    """In each form."""
    assert run(command("check", "--format", form, *files))[0] == status


def test_the_reports_tell_a_notification() -> None:
    """Beside the findings of the other files."""
    _, lines, _ = run(command("check", "--format", "json", "open.json", "bad.json"))
    report = json.loads("\n".join(lines))
    assert [(each["file"], each["code"]) for each in report["findings"]] == [("open.json", "TP301")]
    assert [(each["file"], each["code"]) for each in report["notifications"]] == [
        ("bad.json", "TP000")
    ]
    assert [each["file"] for each in report["policies"]] == ["open.json", "bad.json"]

    _, lines, _ = run(command("check", "--format", "sarif", "open.json", "bad.json"))
    (sarif,) = json.loads("\n".join(lines))["runs"]
    (note,) = sarif["invocations"][0]["toolExecutionNotifications"]
    assert note["descriptor"]["id"] == "TP000" and [
        each["ruleId"] for each in sarif["results"]
    ] == ["TP301"]


def test_one_role_of_a_list_fails_alone() -> None:
    """The others of the file are checked, each under its name."""
    documents = {"first": OPEN, "second": {**EC2, "Sid": "Bad"}, "third": OPEN}
    roles = [
        {
            "RoleName": name,
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [document]},
        }
        for name, document in documents.items()
    ]
    Path("roles.json").write_text(json.dumps({"Roles": roles}), encoding="utf-8")
    status, lines, _ = run(command("check", "--format", "json", "roles.json"))
    report = json.loads("\n".join(lines))
    assert status == 2
    assert [(each["role"], each["code"]) for each in report["findings"]] == [
        ("first", "TP301"),
        ("third", "TP301"),
    ]
    assert [each["role"] for each in report["notifications"]] == ["second"]


@pytest.mark.parametrize(
    "step",
    [
        "cli.check.read_file",
        "findings.internal_errors.parse",
        "reports.placing.locate",
        "cli.check.checked_reading",
    ],
)
def test_a_reader_that_raises(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    """Each step between a file and its findings."""
    monkeypatch.setattr(f"trust_widgets.{step}", boom)
    assert cli.main(["check", "open.json", "good.json"]) == 2
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert any(line.startswith("open.json:1:1: TP000 ") for line in lines) and said.err == ""
    assert ("TP301" in said.out) == (step == "reports.placing.locate") and SECRET not in said.out


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_report_that_raises(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Then there is none; the status is 2, with one line that says so."""
    monkeypatch.setitem(check.REPORTS, form, boom)
    assert cli.main(["check", "--format", form, "good.json"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and SECRET not in said.err
    assert said.err.startswith("trust-widgets: internal error (IndexError); report it at https://")


def test_a_closed_standard_input_is_a_file_that_cannot_be_read() -> None:
    """The others are read."""
    status, lines, said = shell("$CHECK - open.json <&-")
    assert status == 2 and said == "trust-widgets: -: the standard input is closed\n"
    assert lines[0].startswith("open.json:8:16: TP301 ") and lines[-1].endswith("; 1 not read")


@pytest.mark.parametrize(("file", "status"), [("good.json", 0), ("open.json", 1), ("none.json", 2)])
def test_a_closed_pipe_ends_quietly_with_the_status_so_far(file: str, status: int) -> None:
    """Whoever read it is gone before anything is written."""
    for form in ("text", "json"):
        reading, writing = os.pipe()
        os.close(reading)
        line = [*PLAIN, "check", "--format", form, file]
        ran = subprocess.run(
            line, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )
        os.close(writing)
        assert ran.returncode == status
        assert ran.stderr == (
            "" if status < 2 else "trust-widgets: none.json: No such file or directory\n"
        )


def test_a_pipe_that_closes_in_the_middle() -> None:
    """`head` takes a line of far more than a pipe holds."""
    files = " ".join(["open.json"] * 1500)
    status, lines, said = shell(f"{{ $CHECK {files}; echo $? >status; }} | head -1")
    assert (status, said) == (0, "") and len(lines) == 1
    assert Path("status").read_text(encoding="utf-8") == "1\n"


@pytest.mark.parametrize(
    ("closing", "status"),
    [(">&-", 1), ("2>&-", 2), ("none.json >&- 2>&-", 2), ("none.json 2>&-", 2)],
)
def test_closed_outputs(closing: str, status: int) -> None:
    """Each has nowhere to go; an error message never takes the standard output's place."""
    files = "open.json none.json" if closing == "2>&-" else "open.json"
    ended, lines, said = shell(f"$CHECK --format json {files} {closing}")
    assert (ended, said) == (status, "")
    assert ">&-" in closing and (
        not lines or set(json.loads("\n".join(lines))) >= {"version", "findings"}
    )
    assert bool(lines) == (" >&-" not in f" {closing}".replace("2>&-", ""))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_a_fault() -> None:
    """Half a report is none."""
    status, _, said = shell("$CHECK good.json >/dev/full")
    assert (
        status == 2 and said == "trust-widgets: cannot write the output: No space left on device\n"
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Unix")
def test_a_file_without_end_is_not_read_whole() -> None:
    """Nor is a home, nor the standard input; the policy beside it is checked."""
    status, lines, said = shell("$CHECK /dev/zero - open.json </dev/zero")
    assert status == 2 and lines[0].startswith("open.json:8:16: TP301 ")
    assert [line.partition("larger than ")[2][:6] for line in said.splitlines()] == [
        "64 MiB",
        "64 MiB",
    ]
    status, lines, said = shell("$CHECK --home /dev/zero open.json")
    assert (status, lines) == (2, []) and "longer than 1,000,000 characters" in said


def _heed_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_with_130(folder: Path) -> None:
    """While a named pipe that nobody writes to is read; what was found before is printed."""
    os.mkfifo("pipe")
    line = [*PLAIN, "check", "open.json", "pipe"]
    # A shell starts background jobs with Ctrl-C ignored, and these tests may be one.
    started = subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,
    )
    deadline = time.monotonic() + 30
    while True:  # until the process waits for the pipe, which then can be opened for writing
        try:
            writing = os.open("pipe", os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    time.sleep(0.2)
    os.close(writing)  # a signal that came just before the process waited for the pipe is seen now
    out, said = started.communicate(timeout=30)
    assert (started.returncode, said) == (130, "") and out.startswith("open.json:8:16: TP301 ")


@pytest.mark.parametrize("wanted", ["--version", "--help", "check --help"])
def test_a_closed_pipe_for_what_argparse_prints(wanted: str) -> None:
    """No complaint at the end of the process either."""
    reading, writing = os.pipe()
    os.close(reading)
    line = [*PLAIN, *wanted.split()]
    ran = subprocess.run(
        line, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, "")
