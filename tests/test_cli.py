"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

import trust_widgets
from support.asking import policy as one
from trust_widgets import cli

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "Effect": "Allow",
    "Principal": {"Service": "ec2.amazonaws.com"},
    "Action": "sts:AssumeRole",
}
STAR = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "*"},
      "Action": "sts:AssumeRole"
    }
  ]
}
"""
ACCEPT = '[[accepted]]\ncode = "TP301"\nreason = "Public on purpose."\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of one's own, with no `trust-home.toml` above it that could be found."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def policy(*statements: object, version: str = "2012-10-17") -> str:
    """A policy's text."""
    return json.dumps({"Version": version, "Statement": statements})


def write(name: str, text: str) -> str:
    """Write a file into the working folder; returns its name."""
    Path(name).write_text(text, encoding="utf-8", newline="")
    return name


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """The status, the lines printed, and what was said beside them."""
    status = cli.main(arguments)
    said = capsys.readouterr()
    return status, said.out.splitlines(), said.err


def test_a_good_policy(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing but a count, and status 0."""
    assert run(capsys, "check", write("good.json", policy(GOOD))) == (0, ["0 findings"], "")


def test_a_finding_is_a_line_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    """The star stands in line 6, after 6 blanks and `"Principal": {"AWS": `, 21 characters: column
    28.
    """
    status, lines, _ = run(capsys, "check", write("star.json", STAR))
    assert status == 1
    assert lines[0].startswith("star.json:6:28: TP301 open critical ")
    assert lines[1:] == ["1 finding: 1 open"]


def test_columns_count_after_windows_line_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    """CRLF is one line break."""
    _, lines, _ = run(capsys, "check", write("star.json", STAR.replace("\n", "\r\n")))
    assert lines[0].startswith("star.json:6:28: TP301 ")


def test_a_broken_text_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem at its own place, however alike they are."""
    text = (
        '{"Version": "2012-10-17",\n "Statement": [{"Effect": "Allow",},\n {"Effect": "Allow",}]}'
    )
    status, lines, _ = run(capsys, "check", write("broken.json", text))
    assert status == 1
    assert [line.split(" ")[:4] for line in lines[:-1]] == [
        ["broken.json:2:34:", "TP007", "refused", "error"],
        ["broken.json:3:20:", "TP007", "refused", "error"],
    ]


def test_advice_alone_is_status_0(capsys: pytest.CaptureFixture[str]) -> None:
    """An old version works as meant."""
    status, lines, _ = run(capsys, "check", write("old.json", policy(GOOD, version="2008-10-17")))
    assert status == 0
    assert " advice info " in lines[0] and lines[-1] == "1 finding: 1 advice"


def test_the_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` reads it."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STAR.encode())))
    status, lines, _ = run(capsys, "check", "-")
    assert status == 1 and lines[0].startswith("-:6:28: TP301 ")


def test_a_file_that_cannot_be_read_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    """The others are checked all the same; of a folder without roles it is said so."""
    Path("latin.json").write_text(STAR.replace("Allow", "Ällow"), encoding="latin-1")
    Path("roles").mkdir()
    status, lines, said = run(
        capsys, "check", "none.json", "latin.json", "roles", write("star.json", STAR)
    )
    assert status == 2
    assert lines[0] == "roles: no role in this folder"
    assert lines[1].startswith("star.json:6:28: TP301 ")
    assert lines[-1] == "1 finding: 1 open; 2 not read"
    assert [line.split(": ")[1] for line in said.splitlines()] == ["none.json", "latin.json"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_what_windows_powershell_writes_is_read(
    capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    """UTF-16 with its mark before it, whose places do not count the mark."""
    Path("star.json").write_bytes(("\ufeff" + STAR).encode(encoding))
    status, lines, said = run(capsys, "check", "star.json")
    assert (status, said) == (1, "") and lines[0].startswith("star.json:6:28: TP301 ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "star.json", "--home", "none.toml"), "none.toml: No such file or directory\n"),
        (("who", "star.json", "--home", "none.toml"), "none.toml: No such file or directory\n"),
        (("check", "none.json"), "none.json: No such file or directory\n"),
        (("test", "star.json"), "expectations.toml: No such file or directory\n"),
    ],
)
def test_a_missing_file_is_named_without_an_error_number(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """The file, and what the system says of it."""
    Path("star.json").write_text(STAR, encoding="utf-8")
    status, _, said = run(capsys, *arguments)
    assert status == 2 and said.startswith("trust-widgets: ") and said.endswith(message)
    assert "Errno" not in said


def test_a_missing_file_of_variables_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """It would otherwise look as if the file named no values."""
    with pytest.raises(SystemExit) as end:
        cli.main(["check", "roles.tf", "--var-file", "none.tfvars"])
    assert end.value.code == 2 and "none.tfvars: no such file" in capsys.readouterr().err


def test_half_a_character_of_utf16_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, and no traceback."""
    Path("half.json").write_bytes(("\ufeff" + STAR).encode("utf-16-le")[:-1])
    status, _, said = run(capsys, "check", "half.json")
    assert status == 2 and said.startswith("trust-widgets: half.json: not UTF-16 text")


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The package's own."""
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert (
        end.value.code == 0
        and capsys.readouterr().out == f"trust-widgets {trust_widgets.__version__}\n"
    )


def test_lines_come_in_the_order_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A critical finding in the second statement does not stand before a lesser one in the
    first.
    """
    statements = [{**GOOD, "Principal": {"AWS": "444455556666"}}, json.loads(STAR)["Statement"][0]]
    text = json.dumps({"Version": "2008-10-17", "Statement": statements}, indent=2)
    _, lines, _ = run(capsys, "check", write("p.json", text))
    places = [tuple(map(int, line.split(":")[1:3])) for line in lines[:-1]]
    assert [line.split()[1] for line in lines if "TP30" in line] == ["TP302", "TP301"]
    assert places == sorted(places) and len(places) > 2


def test_no_line_is_made_by_a_stranger(capsys: pytest.CaptureFixture[str]) -> None:
    """A value, or a file's name, with line breaks and a terminal's orders in it stays in its
    line.
    """
    evil = {**GOOD, "Principal": {"AWS": "x\nother.json:1:1: TP000 fine\x1b[2J\u202e\ud800"}}
    status, lines, _ = run(capsys, "check", write("evil.json", policy(evil)))
    assert status == 1
    assert all(line.startswith("evil.json:") for line in lines[:-1])
    assert all(line.isprintable() for line in lines)

    _, lines, said = run(capsys, "check", write("a\nb\x1b[2J.json", STAR), "c\nd.json")
    assert lines[0].startswith(r"a\nb\x1b[2J.json:6:28: TP301 ") and len(lines) == 2
    assert said.startswith(r"trust-widgets: c\nd.json: ")


def test_what_is_accepted_does_not_count(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """It is in the count's line, with the file that says so; in the folder or named."""
    star = write("star.json", STAR)
    bound = f'{ACCEPT}value = "*"\n'
    mine = write("mine.toml", bound)
    assert run(capsys, "check", star)[0] == 1
    status, lines, _ = run(capsys, "check", star, "--home", mine)
    assert (status, lines) == (0, [f"0 findings; 1 accepted ({folder / 'mine.toml'})"])

    write("trust-home.toml", bound)
    status, lines, _ = run(capsys, "check", star)
    assert (status, lines) == (0, [f"0 findings; 1 accepted ({folder / 'trust-home.toml'})"])


def test_what_is_accepted_at_any_value_is_said(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """An entry without a value accepts what nobody has seen yet; one that is over accepts
    nothing.
    """
    over = '[[accepted]]\ncode = "TP302"\nreason = "Once."\nuntil = 2001-01-01\n'
    write("trust-home.toml", ACCEPT + over)
    status, lines, _ = run(capsys, "check", write("star.json", STAR))
    assert status == 0
    assert lines == [
        f"0 findings; 1 accepted ({folder / 'trust-home.toml'}); TP301 is accepted at any value"
    ]


def test_an_accepted_account_is_no_other_account(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """Two policies that differ in the account alone: one was accepted, the other is told."""
    write(
        "trust-home.toml",
        '[[accepted]]\ncode = "TP302"\nreason = "Ours."\nvalue = "444455556666"\n',
    )
    text = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": "444455556666"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    )
    ours, theirs = (
        write("ours.json", text),
        write("theirs.json", text.replace("444455556666", "999988887777")),
    )
    assert run(capsys, "check", ours)[0] == 0
    status, lines, _ = run(capsys, "check", theirs)
    assert status == 1 and lines[0].startswith("theirs.json:1:") and " TP302 " in lines[0]


@pytest.mark.parametrize("text", ["acounts = []", None])
def test_a_wrong_home_is_status_2(capsys: pytest.CaptureFixture[str], text: str | None) -> None:
    """Nothing is checked against half of what was meant."""
    if text is not None:
        write("mine.toml", text)
    status, lines, said = run(capsys, "check", write("star.json", STAR), "--home", "mine.toml")
    assert (status, lines) == (2, []) and "mine.toml" in said


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["check", "x", "--format", "xml"], ["tutorials"], ["chekc", "x"]]
)
def test_a_wrong_call_is_status_2(arguments: list[str]) -> None:
    """With the usage, as of any program."""
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2


def role(name: str, document: object) -> dict[str, object]:
    """A role as `aws iam get-role` prints it."""
    return {
        "RoleName": name,
        "Arn": f"arn:aws:iam::111122223333:role/{name}",
        "AssumeRolePolicyDocument": document,
    }


def test_a_role_is_unwrapped_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Indented by four as the command does, the policy begins in line 5, and its star is in line
    11.
    """
    text = json.dumps({"Role": role("app", json.loads(STAR))}, indent=4)
    lines_of_file = text.split("\n")
    assert (
        lines_of_file[4].endswith('"AssumeRolePolicyDocument": {')
        and lines_of_file[10].strip() == '"AWS": "*"'
    )
    status, lines, _ = run(capsys, "check", write("role.json", text))
    assert status == 1
    assert lines[0] == f"role.json:5:{len(lines_of_file[4])}: the trust policy of role app"
    star = lines_of_file[10].index('"*"') + 1
    assert lines[1].startswith(f"role.json:11:{star}: TP301 open critical ") and lines[2:] == [
        "1 finding: 1 open"
    ]


def test_each_role_of_a_list_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    """A good one, a bad one that is URL-encoded, and one without a name."""
    roles = [role("good", json.loads(policy(GOOD))), role("bad", quote(STAR))]
    text = json.dumps({"Roles": [*roles, {"AssumeRolePolicyDocument": json.loads(policy(GOOD))}]})
    status, lines, _ = run(capsys, "check", write("roles.json", text))
    assert status == 1
    star = text.index(quote('"*"')) + 1
    assert [line.split(": ", 1)[1][:34] for line in lines[:2]] == [
        "the trust policy of role good",
        "the trust policy of role bad",
    ]
    assert lines[2].startswith(f"roles.json:1:{star}: TP301 open ")
    assert lines[3].endswith(": the trust policy of a role without a name")
    assert lines[4:] == ["1 finding: 1 open"]


def test_an_encoded_document_is_decoded(capsys: pytest.CaptureFixture[str]) -> None:
    """As the API gives it back; it names no role."""
    text = quote(STAR)
    status, lines, _ = run(capsys, "check", write("raw.txt", text))
    assert status == 1 and len(lines) == 2
    assert lines[0].startswith(f"raw.txt:1:{text.index(quote(chr(34) + '*')) + 1}: TP301 ")


def test_the_account_of_a_role_is_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    """The role's own account is no stranger to it; another account is."""
    for account, code in (("111122223333", "TP405"), ("444455556666", "TP302")):
        document = {**GOOD, "Principal": {"AWS": f"arn:aws:iam::{account}:root"}}
        text = json.dumps({"Role": role("app", json.loads(policy(document)))})
        _, lines, _ = run(capsys, "check", write("role.json", text))
        assert f" {code} " in lines[1]


def test_no_role_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A list without any, so that nobody takes silence for a check."""
    assert run(capsys, "check", write("none.json", '{"Roles": []}')) == (
        0,
        ["none.json: no role found", "0 findings"],
        "",
    )


def test_a_roles_name_makes_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever wrote it."""
    evil = role("a\nb.json:1:1: TP000 fine\x1b[2J\u202e", json.loads(policy(GOOD)))
    _, lines, _ = run(capsys, "check", write("role.json", json.dumps({"Role": evil})))
    assert len(lines) == 2 and lines[0].isprintable()
    assert lines[0].endswith(r": the trust policy of role a\nb.json:1:1: TP000 fine\x1b[2J\u202e")


@pytest.mark.parametrize("form", ["json", "sarif"])
@pytest.mark.parametrize(
    ("text", "status"),
    [(policy(GOOD), 0), (STAR, 1), ("", 1), ("hello", 1), ("[" * 50_000, 1), ('{"Roles": []}', 0)],
)
def test_a_form_changes_no_status(
    capsys: pytest.CaptureFixture[str], form: str, text: str, status: int
) -> None:
    """Whatever the text; and on the standard output is one JSON document in plain ASCII."""
    name = write("p.json", text)
    assert run(capsys, "check", name)[0] == status
    ended, lines, said = run(capsys, "check", "--format", form, name)
    assert (ended, said) == (status, "") and "\n".join(lines).isascii()
    assert set(json.loads("\n".join(lines))) >= {"version"}


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_form_tells_what_was_not_read(capsys: pytest.CaptureFixture[str], form: str) -> None:
    """No file, and bytes that are no text: in the report, and beside it as ever; the rest is
    checked.
    """
    Path("binary.json").write_bytes(b"\x00\xff\xfe{")
    status, lines, said = run(
        capsys, "check", "--format", form, "none.json", "binary.json", write("star.json", STAR)
    )
    assert status == 2 and len(said.splitlines()) == 2
    report = json.loads("\n".join(lines))
    if form == "json":
        assert [each["file"] for each in report["not_read"]] == ["none.json", "binary.json"]
        assert [each["code"] for each in report["findings"]] == ["TP301"]
    else:
        (run_,) = report["runs"]
        assert len(run_["invocations"][0]["toolExecutionNotifications"]) == 2
        assert [each["ruleId"] for each in run_["results"]] == ["TP301"]


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_the_standard_input_in_a_form(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """`-` reads it, a role's description too."""
    text = json.dumps({"Role": role("app", json.loads(STAR))})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    status, lines, _ = run(capsys, "check", "--format", form, "-")
    assert status == 1 and '"TP301"' in "".join(lines) and "app" in "".join(lines)


def test_as_a_process_without_jupyter() -> None:
    """Through a pipe, with an encoding that lacks letters, and without a module of Jupyter's."""
    code = (
        "import sys; from trust_widgets.cli import main; status = main()\nassert not {'ipywidgets',"
        " 'anywidget', 'traitlets', 'IPython'} & set(sys.modules)\nsys.exit(status)"
    )
    text = STAR.replace("Allow", "Ällow")
    ran = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", code, "check", "-"],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
    )
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert b"\\xc4llow" in ran.stdout


def test_tutorials_are_copied_and_never_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    """A notebook that is there already, perhaps worked in, stays as it is."""
    first = Path("mine", "deep", "01-first-trust-policy.ipynb")
    status, lines, _ = run(capsys, "tutorials", str(first.parent))
    assert status == 0 and lines[0] == f"copied: {first}"
    assert first.read_bytes() == (ROOT / "notebooks" / first.name).read_bytes()
    assert len(lines) == len(list((ROOT / "notebooks").glob("*.ipynb")))

    first.write_text("mine", encoding="utf-8")
    status, again, _ = run(capsys, "tutorials", str(first.parent))
    assert (status, first.read_text(encoding="utf-8")) == (0, "mine")
    assert again == [line.replace("copied", "already there, not copied") for line in lines]


def test_tutorials_cannot_go_where_a_file_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Said in one line, and status 2."""
    status, lines, said = run(capsys, "tutorials", write("taken", "x"))
    assert (status, lines) == (2, []) and "taken" in said


def test_the_wheel_holds_the_command_and_the_tutorials(tmp_path: Path) -> None:
    """Installed, the command is there, and copies the notebooks that came with it; nothing else of
    that folder did.
    """
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(tmp_path / "dist"),
    ]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as held:
        held.extractall(site)
    (entries,) = site.glob("*.dist-info/entry_points.txt")
    assert "trust-widgets = trust_widgets.cli:main" in entries.read_text(encoding="utf-8")
    packed = {path.name for path in (site / "trust_widgets" / "tutorials").iterdir()}
    assert packed == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}

    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); from trust_widgets.cli import main;"
        " sys.exit(main())"
    )
    command = [sys.executable, "-I", "-S", "-c", code, "tutorials", str(tmp_path / "out")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert {path.name for path in (tmp_path / "out").iterdir()} == packed


LOW = one({"Service": "states.amazonaws.com"})  # TP313
MEDIUM = one(
    {"Federated": "arn:aws:iam::111122223333:oidc-provider/idp.octo.example"},
    "sts:AssumeRoleWithWebIdentity",
)
DEAD = one({"AWS": "arn:aws:sts::111122223333:federated-user/report"})
REFUSED = one("*")
CRITICAL = one({"AWS": "*"})


@pytest.mark.parametrize(
    ("text", "fails_on"),
    [
        (LOW, {"low"}),
        (MEDIUM, {"low", "medium", ""}),
        (DEAD, {"low", "medium", "high", ""}),
        (REFUSED, {"low", "medium", "high", ""}),
        ("{", {"low", "medium", "high", ""}),
        (CRITICAL, {"low", "medium", "high", "critical", ""}),
    ],
    ids=["low", "medium", "dead", "refused", "unreadable", "critical"],
)
@pytest.mark.parametrize("level", ["", "low", "medium", "high", "critical"])
def test_the_severity_from_which_the_status_is_1(
    capsys: pytest.CaptureFixture[str], text: str, fails_on: set[str], level: str
) -> None:
    """Without the option it is medium; each finding is printed all the same."""
    option = ["--fail-on", level] if level else []
    status, lines, _ = run(capsys, "check", *option, write("policy.json", text))
    assert status == (1 if level in fails_on else 0)
    assert lines[-1].startswith("1 finding")


def test_another_severity_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, "check", "--fail-on", "error", write("policy.json", LOW))
    assert ended.value.code == 2


@pytest.mark.parametrize("option", [(), ("--fail-on", "advice"), ("--fail-on", "low")])
def test_checks_that_did_not_finish_fail_no_pipeline(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    """A note says which; it is no refusal, no internal error and no finding against the policy."""
    monkeypatch.setattr("trust_widgets.access.effort._AT_LEAST", 1)
    monkeypatch.setattr("trust_widgets.access.effort._FOR_EACH_CHARACTER", 0)
    condition = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    everyone = {**GOOD, "Principal": {"AWS": "*"}, "Condition": condition}
    file = write("good.json", policy(everyone))
    status, lines, _ = run(capsys, "check", *option, file)
    assert status == 0 and "TP026" in lines[0] and "advice" in lines[0]
    report = json.loads("\n".join(run(capsys, "check", "--format", "json", file)[1]))
    assert [found["code"] for found in report["findings"]] == ["TP026"]
    assert report["notifications"] == []
    sarif = json.loads("\n".join(run(capsys, "check", "--format", "sarif", file)[1]))
    assert [result["level"] for result in sarif["runs"][0]["results"]] == ["note"]


# -- who


def test_who_names_the_callers_of_each_role(capsys: pytest.CaptureFixture[str]) -> None:
    """In words, with the place; external access is named."""
    write("service.json", policy(GOOD))
    write("star.json", STAR)
    write("nobody.json", policy())
    status, lines, _ = run(capsys, "who", "service.json", "star.json", "nobody.json")
    assert status == 0
    assert lines[0] == "service.json:1: the trust policy"
    assert "EC2 can assume this role" in lines[1] and "no external access" in lines[1]
    assert lines[2] == "star.json:1: the trust policy"
    assert lines[3].endswith("can assume this role. This includes external access.")
    assert lines[5] == "  Nobody can assume this role."


def test_who_reads_roles_of_files_and_says_what_is_not_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    known, unknown = "jsonencode(" + policy(GOOD) + ")", "var.trust_policy"
    blocks = [
        f'resource "aws_iam_role" "{name}" {{\n  assume_role_policy = {value}\n}}\n'
        for name, value in (("known", known), ("unknown", unknown))
    ]
    write("roles.tf", "\n".join(blocks))
    status, lines, _ = run(capsys, "who", ".")
    assert status == 0
    assert "roles.tf:2: role aws_iam_role.known" in lines[0] and "EC2" in lines[1]
    assert "role aws_iam_role.unknown" in lines[2]
    assert lines[3].startswith("  Who can assume this role is not known.")
    assert "var.trust_policy" in lines[4]


def test_who_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    write("star.json", STAR)
    status, lines, _ = run(capsys, "who", "--format", "json", "star.json")
    (role,) = json.loads("\n".join(lines))["roles"]
    assert status == 0
    assert role["can_be_assumed"] is True and role["reason"] == ""
    assert [caller["external"] for caller in role["callers"]] == [True]


@pytest.mark.parametrize("name", ["no-such-file.json", "broken.json"])
def test_who_ends_with_2_where_something_was_not_read(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("broken.json", '{"Version": "2012-10-17", "Statement": [')
    assert run(capsys, "who", name)[0] == 2
