"""`trust-widgets compare`: which roles changed between two versions, and who gained access."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets import cli
from trust_widgets.reports import compare_roles, read_version

EC2 = {"Service": "ec2.amazonaws.com"}
BOTH = {"Service": "ec2.amazonaws.com", "AWS": "444455556666"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository of one's own as working folder."""
    monkeypatch.chdir(tmp_path)
    git("init", "-q", ".")
    return tmp_path


def git(*arguments: str) -> None:
    """Run git with a name that is nobody's."""
    who = ("-c", "user.name=octo-org", "-c", "user.email=octo-org@example.com")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def commit(message: str) -> None:
    """Commit all files."""
    git("add", "-A")
    git("commit", "-q", "-m", message)


def role(principal: Any, name: str = "app", account: str = "111122223333") -> str:
    """What `aws iam get-role` prints."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    arn = f"arn:aws:iam::{account}:role/{name}"
    return json.dumps({"Role": {"RoleName": name, "Arn": arn, "AssumeRolePolicyDocument": policy}})


def write(file: str, text: str) -> str:
    """Write a file; returns its name."""
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(text, encoding="utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The status, what was printed, and what was said beside it."""
    status = cli.main(["compare", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_who_gained_access_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The account that the new version names, and an example of it."""
    old, new = write("old.json", role(EC2)), write("new.json", role(BOTH))
    status, out, _ = run(capsys, old, new)
    assert status == 1
    assert "new.json:1: role app: changed" in out
    assert "arn:aws:sts::444455556666:assumed-role/" in out
    assert out.endswith("1 role compared: callers gained access to 1\n")


def test_the_other_way_round_access_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    """Which is no reason to fail, unless it is asked for."""
    old, new = write("old.json", role(BOTH)), write("new.json", role(EC2))
    status, out, _ = run(capsys, old, new)
    assert status == 0 and "No caller gained access." in out and "Lost access:" in out
    assert run(capsys, old, new, "--fail-on", "lost")[0] == 1


def test_another_spelling_of_the_same_is_no_change(capsys: pytest.CaptureFixture[str]) -> None:
    """The account's id and its root's ARN mean the same."""
    old = write("old.json", role({"AWS": "444455556666"}))
    new = write("new.json", role({"AWS": "arn:aws:iam::444455556666:root"}))
    assert run(capsys, old, new) == (0, "1 role compared: no caller gained access\n", "")


def test_external_callers_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """A service is not external; an account that nobody calls their own may be."""
    old = write("old.json", role(EC2))
    service = write("service.json", role({"Service": ["ec2.amazonaws.com", "eks.amazonaws.com"]}))
    assert run(capsys, old, service, "--fail-on", "external")[0] == 0
    assert run(capsys, old, service)[0] == 1
    account = write("account.json", role(BOTH))
    assert run(capsys, old, account, "--fail-on", "external")[0] == 1
    one = write("one.json", role({"AWS": "arn:aws:iam::444455556666:role/app"}))
    status, out, _ = run(capsys, old, one, "--fail-on", "external")
    assert status == 1 and "If account 444455556666 is not yours, this is external" in out


def test_a_new_role_lets_in_who_was_not(capsys: pytest.CaptureFixture[str]) -> None:
    """And one that is gone lets in nobody any more. Roles are found again in other files."""
    write("old/a.json", role(EC2, "a"))
    write("old/gone.json", role(EC2, "gone"))
    write("new/moved.json", role(EC2, "a"))
    write("new/b.json", role(EC2, "b"))
    status, out, _ = run(capsys, "old", "new")
    assert status == 1
    assert "role b: new role" in out and "role gone: role removed" in out and "role a:" not in out


def test_revisions_of_git(capsys: pytest.CaptureFixture[str]) -> None:
    """A revision beside a file is that file's; files of a revision are named as git does."""
    write("roles/app.json", role(EC2))
    commit("one")
    write("roles/app.json", role(BOTH))
    assert run(capsys, "HEAD", "roles/app.json")[0] == 1
    assert run(capsys, "HEAD:roles", "roles")[0] == 1
    commit("two")
    status, out, _ = run(capsys, "HEAD~1", "HEAD")
    assert status == 1 and "HEAD:roles/app.json:1: role app: changed" in out
    assert run(capsys, "HEAD", ".") == (0, "1 role compared: no caller gained access\n", "")


def test_a_revision_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """No program that the repository's attributes name for showing a file."""
    write("app.json", role(EC2))
    write(".gitattributes", "*.json diff=planted filter=planted\n")
    for name in ("diff.planted.textconv", "filter.planted.smudge"):
        git("config", name, "touch planted; cat")
    commit("one")
    assert run(capsys, "HEAD", ".")[0] == 0
    assert not Path("planted").exists()


def test_links_of_a_revision_are_not_followed(folder: Path) -> None:
    """Nor written."""
    write("app.json", role(EC2))
    (folder / "link.json").symlink_to("/etc/passwd")
    commit("one")
    assert [record.name for record in read_version("HEAD").records] == ["app"]


TERRAFORM = """resource "aws_iam_role" "later" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = %s }, Action = "sts:AssumeRole" }
    ]
  })
}
"""


def test_what_is_not_known_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """And fails only where it is asked for; the same expression on both sides is no change."""
    old = write("old.tf", TERRAFORM % "module.hub.role_arn")
    new = write("new.tf", TERRAFORM % "module.other.role_arn")
    status, out, _ = run(capsys, old, new)
    assert status == 0 and "not compared" in out and "new.tf:5:47: unresolved module.other" in out
    assert run(capsys, old, new, "--fail-on", "unresolved")[0] == 1
    assert run(capsys, old, old, "--fail-on", "unresolved")[0] == 0


def test_markdown_for_a_pull_request(capsys: pytest.CaptureFixture[str]) -> None:
    """No value of a policy is Markdown."""
    old = write("old.json", role(EC2))
    new = write("new.json", role({"AWS": "arn:aws:iam::444455556666:user/*x*"}, name="a`b"))
    _, out, _ = run(capsys, old, new, "--format", "markdown")
    assert out.startswith("### Trust policies: 2 roles compared")
    assert "#### `a'b` (`new.json:1`): new role" in out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """With the call that shows it."""
    old, new = write("old.json", role(EC2)), write("new.json", role(BOTH))
    _, out, _ = run(capsys, old, new, "--format", "json")
    told = json.loads(out)
    [only] = told["roles"]
    assert told["version"] == 1 and only["gained"]["found"] is True
    assert only["gained"]["witness"]["principal"].startswith("arn:aws:sts::444455556666:")
    assert only["lost"]["found"] is False


def test_a_wrong_name_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """With what was looked for."""
    status, _, said = run(capsys, "nothing", write("new.json", role(EC2)))
    assert status == 2 and "no revision that git knows" in said
    status, _, said = run(capsys, "--fail-on=never", "--", "-x", "new.json")
    assert status == 2


def test_records_from_code() -> None:
    """`read_roles` gives them."""
    old, new = tw.read_roles(role(EC2)), tw.read_roles(role(BOTH))
    [change] = compare_roles(old, new)
    assert change.status == "changed" and change.gained.found is True
