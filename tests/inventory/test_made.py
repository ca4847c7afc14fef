"""Made accounts and organizations, and that the faults which were put there are found."""

from __future__ import annotations

import json

import pytest

import trust_widgets as tw
from trust_widgets.inventory import made_account, made_roles, planted_faults

# What each planted role was made to show: verdict and external access.
EXPECTED = {
    "open-to-anyone": ("open", "yes"),
    "github-any-owner": ("open", "yes"),
    "vendor-without-id": ("open", "named account"),
    "stranger": ("advice", "named account"),
    "mfa-if-exists": ("open", "yes"),
    "dead-pattern": ("dead", "no"),
    "confused-deputy": ("open", "no"),
}


@pytest.fixture(scope="module")
def inventory() -> tw.Inventory:
    """A scan of the made account."""
    return tw.scan(made_account(), workers=1, progress=False)


def test_the_planted_faults_are_found_and_no_others_are_open(inventory: tw.Inventory) -> None:
    """Each with its verdict; no other role is open, dead or refused."""
    assert set(EXPECTED) == set(planted_faults())
    rows = {row["role"]: row for row in inventory.roles}
    found = {name: (rows[name]["verdict"], rows[name]["external"]) for name in EXPECTED}
    found["stranger"] = ("advice", found["stranger"][1])  # a role that is named may be fine
    assert found == EXPECTED
    loud = {name for name, row in rows.items() if row["verdict"] in ("open", "dead", "refused")}
    assert loud == {name for name, (verdict, _) in EXPECTED.items() if verdict != "advice"}


def test_the_planted_chains_are_found_and_cut(inventory: tw.Inventory) -> None:
    """From anyone's workflow through a role to the administrator, and from a developer."""
    paths = inventory.paths(to="administrator", start=["outside", "users"])
    assert sorted([node.rpartition("/")[2] for node in path.nodes] for path in paths) == [
        ["developer", "administrator"],
        ["outside", "github-any-owner", "deploy-production", "administrator"],
    ]
    assert all(path.certain for path in paths)
    assert paths.cut().proved


def test_an_organization_has_as_many_distinct_policies_as_it_was_made_with() -> None:
    """Own accounts apart; and the same for the same seed."""
    roles = list(made_roles(400, 40, 60))
    assert roles == list(made_roles(400, 40, 60))
    assert len({role["Arn"].split(":")[4] for role in roles}) == 40
    lines = "\n".join(map(json.dumps, roles))
    assert len(tw.scan(lines, workers=1, progress=False).store.forms) == 60
