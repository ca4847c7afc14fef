"""`scan` and the tables of an `Inventory`, on small exports with answers derived by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw

HOME = tw.Home(accounts=("222233334444", "555566667777"))


def role(name: str, *principals: Any, account: str = "222233334444", **more: Any) -> dict[str, Any]:
    """A role as IAM describes it, with a statement for each principal."""
    statements = [
        {
            "Effect": "Allow",
            "Principal": principal,
            "Action": "sts:AssumeRoleWithWebIdentity"
            if isinstance(principal, dict) and "Federated" in principal
            else "sts:AssumeRole",
        }
        for principal in principals
    ]
    return {
        "Path": "/",
        "RoleName": name,
        "Arn": f"arn:aws:iam::{account}:role/{name}",
        "CreateDate": "2026-01-31T00:00:00+00:00",
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": statements},
        **more,
    }


ROLES = [
    role("worker", {"Service": "ec2.amazonaws.com"}, Tags=[{"Key": "team", "Value": "web"}]),
    role("anyone", {"AWS": "*"}),
    role("sibling", {"AWS": "arn:aws:iam::555566667777:root"}),
    role("partner", {"AWS": "arn:aws:iam::666677778888:root"}),
    role("own", {"AWS": "arn:aws:iam::222233334444:root"}),
    role("own", {"AWS": "arn:aws:iam::555566667777:root"}, account="555566667777"),
    role("nobody"),
]
# verdict, external, callers
EXPECTED = {
    "worker": ("", "no", "service"),
    "anyone": ("open", "yes", "aws"),
    "sibling": ("", "no", "aws"),
    "partner": ("open", "named account", "aws"),
    "own": ("", "no", "aws"),
    "nobody": ("refused", "no", ""),
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """What `aws iam get-account-authorization-details` prints, in two pages."""
    pages = [
        {"UserDetailList": [], "RoleDetailList": ROLES[:4], "IsTruncated": True, "Marker": "x"},
        {"RoleDetailList": ROLES[4:], "Policies": [], "IsTruncated": False},
    ]
    file = tmp_path / "export.json"
    file.write_text("\n".join(json.dumps(page, indent=4) for page in pages), encoding="utf-8")
    return file


def scanned(*sources: Any, **options: Any) -> tw.Inventory:
    """A scan in this process that shows nothing."""
    return tw.scan(*sources, home=HOME, progress=False, workers=1, **options)


def test_the_table_of_roles(export: Path) -> None:
    """The verdict of the worst finding, whether there is external access, and for whom."""
    inventory = scanned(export)
    for row in inventory.roles:
        verdict, external, callers = EXPECTED[row["role"]]
        assert (row["external"], row["callers"]) == (external, callers), row["role"]
        if verdict:
            assert row["verdict"] == verdict, row["role"]
        else:
            assert row["verdict"] in ("", "advice"), row["role"]
    assert len(inventory) == len(inventory.roles) == 7
    assert [row["tags"] for row in inventory.roles][:2] == ["team=web", ""]


def test_the_tables_agree_with_check_and_who_gets_in(export: Path) -> None:
    """A row for each finding and each class of callers, as the functions for one policy say it."""
    inventory = scanned(export)
    findings, callers = [], []
    for each in inventory:
        home = tw.Home(HOME.accounts, role=each.arn)
        findings += [(each.arn, it.code, it.message) for it in tw.check(each.record, home)]
        callers += [(each.arn, it.sentence) for it in tw.who_gets_in(each.record, home)]
    assert [(row["arn"], row["code"], row["message"]) for row in inventory.findings] == findings
    assert [(row["arn"], row["sentence"]) for row in inventory.callers] == callers
    assert (len(inventory.findings), len(inventory.callers)) == (len(findings), len(callers))


def test_two_roles_share_an_analysis(export: Path) -> None:
    """Those whose policies differ in the role's own account alone."""
    inventory = scanned(export)
    marks = [row["policy"] for row in inventory.roles if row["role"] == "own"]
    assert len(marks) == 2 and len(set(marks)) == 1


def test_an_unknown_column_is_named(export: Path) -> None:
    """With the one that was meant."""
    with pytest.raises(ValueError, match="did you mean 'verdict'"):
        scanned(export).roles.where(verdicts="open")


def test_a_table_leaves_as_csv_arrow_and_parquet(export: Path, tmp_path: Path) -> None:
    """All hold the same rows; what a spreadsheet would run has an apostrophe before it."""
    roles = [*ROLES, role("=1+1", {"Service": "ec2.amazonaws.com"})]
    export.write_text(json.dumps({"RoleDetailList": roles}), encoding="utf-8")
    inventory = scanned(export)
    inventory.to_csv(tmp_path / "tables")
    inventory.to_parquet(tmp_path / "tables")
    rows = list(inventory.roles)
    with (tmp_path / "tables" / "roles.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert read[-1]["role"] == "'=1+1"
    assert [row["arn"] for row in read] == [row["arn"] for row in rows]
    import arro3.core
    import arro3.io

    table = arro3.core.Table(inventory.roles)  # by the PyCapsule interface
    assert table.column("role").to_pylist() == [row["role"] for row in rows]
    assert table.column("findings").to_pylist() == [row["findings"] for row in rows]
    parquet = arro3.io.read_parquet(str(tmp_path / "tables" / "roles.parquet")).read_all()
    assert parquet.column("external").to_pylist() == [row["external"] for row in rows]


def test_a_report_has_every_role_and_runs_nothing(export: Path) -> None:
    """No script, nothing that is loaded, and a stranger's HTML is text."""
    inventory = scanned(json.dumps(role("<script>alert(1)</script>", {"AWS": "*"})), export)
    page = inventory.to_html()
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "http-equiv" in page and "src=" not in page and "href=" not in page
    assert all(each["RoleName"] in page for each in ROLES)


def test_sarif_names_each_finding_at_its_role(export: Path) -> None:
    """As `trust-widgets check --format sarif`, with the line where the role's policy begins."""
    inventory = scanned(export)
    results = inventory.to_sarif()["runs"][0]["results"]
    rows = list(inventory.findings)
    assert [result["ruleId"] for result in results] == [row["code"] for row in rows]
    lines = [
        result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results
    ]
    assert lines == [row["line"] for row in rows]


def test_what_changed(export: Path) -> None:
    """A role that opened, one that is new, and one that is gone."""
    older = scanned(export)
    roles = [
        role("worker", {"Service": "ec2.amazonaws.com"}, {"AWS": "666677778888"}),
        *ROLES[1:5],
        role("new", {"AWS": "*"}),
        ROLES[6],
    ]
    newer = scanned(json.dumps({"RoleDetailList": roles}))
    changes = newer.compare(older)
    table = {row["arn"]: row for row in changes.table}
    assert {arn.partition(":role/")[2]: row["change"] for arn, row in table.items()} == {
        "worker": "changed",
        "new": "added",
        "own": "removed",
    }
    worker = table["arn:aws:iam::222233334444:role/worker"]
    assert (worker["gained"], worker["lost"]) == ("yes", "no")
    assert ":666677778888:" in worker["gained_by"]
    assert (
        changes.summary == "8 roles compared: callers gained access to 2, callers lost access to 1"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [("workr", "did you mean 'worker'"), ("own", "2 roles are named"), ("zzz", "there is no role")],
)
def test_a_role_that_is_not_there(export: Path, name: str, message: str) -> None:
    """What to write instead."""
    with pytest.raises(ValueError, match=message):
        scanned(export).role(name)


def test_a_role_is_found_by_its_arn(export: Path) -> None:
    """With its own account in its answers."""
    own = scanned(export).role("arn:aws:iam::555566667777:role/own")
    assert "555566667777" in str(own.record.trust)
    assert own.callers[0].witness is not None
    assert own.callers[0].witness.role == own.arn


def test_a_wrong_source_is_refused() -> None:
    """With what to write."""
    with pytest.raises(TypeError, match="scan needs a source of roles, not int"):
        tw.scan(3)
