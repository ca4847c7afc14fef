"""Sources, engines and what happens when something fails, on small exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from support.brute_force.policies import PolicyMaker
from trust_widgets import cli
from trust_widgets.inventory import engines

ACCOUNTS = ("222233334444", "555566667777")


def described(number: int, policy: Any, account: str = ACCOUNTS[0]) -> dict[str, Any]:
    """A role as IAM describes it."""
    name = f"role-{number}"
    return {
        "RoleName": name,
        "Arn": f"arn:aws:iam::{account}:role/{name}",
        "AssumeRolePolicyDocument": policy,
    }


def trusting(principal: Any) -> dict[str, Any]:
    """A policy of one statement."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.fixture(scope="module")
def lines() -> str:
    """Twenty roles with random policies, as JSON lines; half of the policies appear twice."""
    policies = [PolicyMaker(seed).policy() for seed in range(900, 910)]
    roles = [described(n, policies[n % 10], ACCOUNTS[n // 10]) for n in range(20)]
    return "\n".join(map(json.dumps, roles))


def tables(inventory: tw.Inventory) -> list[list[dict[str, Any]]]:
    """All rows but those that say where a role was read."""
    found = []
    for table in (inventory.roles, inventory.findings, inventory.callers):
        rows = [
            {k: v for k, v in row.items() if k not in ("file", "line", "column")} for row in table
        ]
        found.append(sorted(rows, key=str))
    return found


def test_the_engine_and_the_order_change_nothing(
    lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process, in two worker processes, on threads; the roles in another order."""
    here = tables(tw.scan(lines, workers=1))
    monkeypatch.setattr(engines, "MANY", 5)
    monkeypatch.setattr(engines, "CHUNK", 3)
    assert tables(tw.scan(lines, workers=2)) == here
    with ThreadPoolExecutor(2) as pool:
        assert tables(tw.scan(lines, executor=pool)) == here
    backwards = "\n".join(reversed(lines.splitlines()))
    assert tables(tw.scan(backwards, workers=1)) == here


def test_an_analysis_that_fails_loses_no_other(lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its role is reported."""
    whole = {row["arn"]: row for row in tw.scan(lines, workers=1).roles}
    analyse = engines.analyse_packed

    def fails_for_some(jobs: Any, home: Any) -> Any:
        if any(number == 4 for number, _ in jobs):
            raise MemoryError
        return analyse(jobs, home)

    monkeypatch.setattr(engines, "analyse_packed", fails_for_some)
    monkeypatch.setattr(engines, "CHUNK", 3)
    with ThreadPoolExecutor(1) as pool:
        inventory = tw.scan(lines, executor=pool)
    failed = {row["arn"]: row for row in inventory.roles.where(status="internal error")}
    assert failed and all(
        row["code"] == "TP000" for row in inventory.findings if row["arn"] in failed
    )
    for row in inventory.roles:
        assert row["arn"] in failed or row == whole[row["arn"]]


def test_an_interrupted_scan_keeps_what_it_has(lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The roles that were read, and the analyses that were made."""

    def interrupts(progress: Any) -> None:
        if progress.roles == 7:
            raise KeyboardInterrupt

    monkeypatch.setattr("trust_widgets.inventory.progress.EVERY", 0.0)
    inventory = tw.scan(lines, workers=1, progress=interrupts)
    whole = list(tw.scan(lines, workers=1).roles)
    assert not inventory.is_complete and "interrupted" in inventory.summary
    assert 6 <= len(inventory) <= 7
    assert list(inventory.roles)[:6] == whole[:6]


@pytest.mark.parametrize("piece", [40, 64, 1 << 20])
@pytest.mark.parametrize("form", ["lines", "pages", "list", "wrapped", "encoded", "indented"])
def test_an_export_is_read_as_the_other_readers_do(
    lines: str, form: str, piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same roles, policies and places, however the file is cut into pieces."""
    from trust_widgets.readers import _exports, exported_roles, read_text

    roles = [json.loads(line) for line in lines.splitlines()]
    text = {
        "lines": lines,
        "pages": json.dumps({"UserDetailList": [{"a": [1, "]"]}], "RoleDetailList": roles[:9]})
        + "\n"
        + json.dumps({"Roles": roles[9:], "IsTruncated": False}),
        "list": json.dumps(roles),
        "wrapped": "\n".join(json.dumps({"Role": role}) for role in roles),
        "encoded": "\n".join(
            json.dumps({**r, "AssumeRolePolicyDocument": json.dumps(r["AssumeRolePolicyDocument"])})
            for r in roles
        ),
        "indented": json.dumps({"RoleDetailList": roles}, indent=4),
    }[form]
    monkeypatch.setattr(_exports, "PIECE", piece)
    file = tmp_path / "roles.json"
    file.write_text(text, encoding="utf-8")
    with file.open(encoding="utf-8", newline="") as opened:
        found = [(r.plain["RoleName"], r.text, r.line, r.column) for r in exported_roles(opened)]
    records = read_text("roles.json", text).records
    assert len(found) == 20
    assert found == [(r.name, r.text, r.place.line, r.place.column) for r in records]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Files of several kinds."""
    role = described(1, trusting({"AWS": "*"}))
    (tmp_path / "export.json").write_text(json.dumps({"RoleDetailList": [role]}), encoding="utf-8")
    trust = {"AssumeRolePolicyDocument": {"Ref": "Trust"}}
    template = {"Resources": {"App": {"Type": "AWS::IAM::Role", "Properties": trust}}}
    (tmp_path / "template.json").write_text(json.dumps(template), encoding="utf-8")
    (tmp_path / "broken.json").write_text('{"RoleDetailList": [{"RoleName": 1', encoding="utf-8")
    yield tmp_path


EC2, LAMBDA = {"Service": "ec2.amazonaws.com"}, {"Service": "lambda.amazonaws.com"}
OWN = {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/app"}}


@pytest.mark.parametrize(
    ("one", "other", "external"),
    [
        (EC2, LAMBDA, "no"),
        (EC2, OWN, "no"),
        ({"AWS": "444455556666"}, {"AWS": "999988887777"}, "named account"),
        ({"AWS": "*"}, {"AWS": ["*", "444455556666"]}, "yes"),
        (EC2, {"AWS": "*"}, "not decided"),
        (EC2, {"AWS": {"Ref": "Other"}}, "not decided"),
    ],
)
def test_access_that_is_the_same_whatever_a_condition_is(
    tmp_path: Path, one: dict[str, Any], other: dict[str, Any], external: str
) -> None:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html"""
    policy = trusting({"Fn::If": ["IsProduction", one, other]})
    properties = {"AssumeRolePolicyDocument": policy}
    template = {
        "Conditions": {"IsProduction": {"Fn::Equals": [{"Ref": "Stage"}, "production"]}},
        "Resources": {"App": {"Type": "AWS::IAM::Role", "Properties": properties}},
    }
    (tmp_path / "template.json").write_text(json.dumps(template), encoding="utf-8")
    inventory = tw.scan(tmp_path, workers=1)
    (row,) = inventory.roles
    assert row["external"] == external
    statuses = {each.status for each in inventory.expect(external="no").violations}
    assert statuses == {"no": set(), "yes": {"broken"}}.get(external, {"not decided"})


def test_a_folder_is_read(folder: Path) -> None:
    """Exports, a template of which something is not known, and what cannot be read."""
    rows = {row["role"]: row for row in tw.scan(folder, workers=1).roles}
    assert rows["role-1"]["external"] == "yes"
    assert rows["App"]["status"] == "not completely known"
    assert rows["App"]["external"] == "not decided"


def test_a_file_that_is_not_there_is_reported(folder: Path) -> None:
    """The others are read."""
    inventory = tw.scan(folder / "export.json", folder / "missing.json", workers=1)
    assert len(inventory) == 1
    assert "missing.json: No such file" in str(inventory.unread[0])


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines, files that it writes, and the exit status."""
    export, page = str(folder / "export.json"), folder / "report.html"
    assert cli.main(["scan", export, "--html", str(page), "--csv", str(folder / "tables")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{export}:1:") and "role/role-1: open critical" in said[0]
    assert said[-1].startswith("1 role in 1 account, 1 distinct policy, external access to 1")
    assert "role-1" in page.read_text(encoding="utf-8")
    assert (folder / "tables" / "callers.csv").exists()
    assert cli.main(["scan", export, "--fail-on", "never"]) == 0
    assert cli.main(["scan", export, "--fail-on", "external"]) == 1
    assert cli.main(["scan", str(folder / "missing.json")]) == 2
    assert cli.main(["scan", export, "--older", export, "--fail-on", "never"]) == 0
    assert "1 role compared: no caller gained access" in capsys.readouterr().out
    assert cli.main(["scan", export, "--older", str(folder / "missing.json")]) == 2
    told = capsys.readouterr()
    assert "missing.json: No such file" in told.err and "compared" not in told.out
    assert cli.main(["scan", export, "--format", "json", "--fail-on", "never"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [row["external"] for row in report["callers"]] == ["yes"]
