"""The view of many roles: filters, pages, and the builder on a role."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from support.organizations import ACCOUNT, arn, trust
from trust_widgets.views.role_rows import RoleRow, ordered

HOSTILE = '<img src=x onerror="alert(1)">'


def role(name: str, who: Any, **more: Any) -> dict[str, Any]:
    """A role as IAM describes it."""
    document = trust([who], ACCOUNT)
    return {
        "RoleName": name,
        "Arn": arn("role", name),
        "AssumeRolePolicyDocument": document,
        **more,
    }


ROLES = [
    role("open", "*", Tags=[{"Key": "team", "Value": "web"}]),
    role("worker", "service/ec2", RoleLastUsed={"LastUsedDate": "2020-01-01T00:00:00Z"}),
    role("own", "root", RoleLastUsed={"LastUsedDate": "2999-01-01T00:00:00Z"}),
    *(role(f"copy-{number}", "root@222233334444") for number in range(60)),
]


@pytest.fixture(scope="module")
def inventory() -> tw.Inventory:
    """A scan of 63 roles."""
    return tw.scan(json.dumps({"RoleDetailList": ROLES}), workers=1, progress=False)


def names(view: tw.InventoryView) -> list[str]:
    """The roles that the filters leave."""
    return [each.name for each in view.roles]


@pytest.mark.parametrize(
    ("control", "value", "expected"),
    [
        ("external", "yes", ["open"]),
        ("verdict", "open", ["open"]),
        ("kind", "service", ["worker"]),
        ("search", "TEAM=web", ["open"]),
        ("search", "role/own 2222", ["own"]),
        ("search", "nothing", []),
        ("age", "not used for a year", ["worker"]),
    ],
)
def test_a_filter(inventory: tw.Inventory, control: str, value: str, expected: list[str]) -> None:
    """The roles that fit, and what is shown of them; the value `any` shows all again."""
    view = tw.InventoryView(inventory)
    before = getattr(view, control).value
    getattr(view, control).value = value
    assert names(view) == expected
    assert all(name in view.still() for name in expected)
    getattr(view, control).value = before
    assert len(view.roles) == 63


@pytest.mark.parametrize(
    ("column", "descending", "first"),
    [
        ("", False, ["open", "own"]),
        ("role", False, ["copy-0", "copy-1"]),
        ("role", True, ["worker", "own"]),
        ("verdict", False, ["open", "own"]),  # of findings the worst, and nothing found is last
        ("verdict", True, ["worker"]),
        ("last_used", True, ["own", "worker"]),
        ("external", True, ["open"]),
    ],
)
def test_an_order(inventory: tw.Inventory, column: str, descending: bool, first: list[str]) -> None:
    """By a click on a heading and by code; a filter keeps it, and the still table has it."""
    view = tw.InventoryView(inventory)
    view.sort("account")
    view._turn(2)
    view.sort(column, descending)
    assert names(view)[: len(first)] == first
    assert [name for _, name, *_ in view.table.rows][: len(first)] == first
    assert view.still().index(first[0]) < view.still().index(names(view)[9])
    view.search.value = "o"
    assert names(view)[: len(first)] == first


def test_numbers_are_ordered_as_numbers() -> None:
    """Nine findings are fewer than ten, and the ninth role comes before the tenth."""
    rows = []
    for n in (10, 9, 0):
        cells = (f"app-{n}", "", "", "", "", str(n), "")
        rows.append(RoleRow(n, cells, "", (), "", (0, True)))
    for column in ("findings", "role"):
        assert [row.number for row in ordered(rows, column)] == [0, 9, 10]


def test_a_column_that_there_is_not(inventory: tw.Inventory) -> None:
    """Is refused, with the one that was meant; a heading that a page makes up is none."""
    view = tw.InventoryView(inventory)
    with pytest.raises(ValueError, match="did you mean 'last_used'"):
        view.sort("lastused")
    view.table.sorted_by = "made up"
    assert names(view)[0] == "open"


def test_pages_and_the_builder_on_a_role(inventory: tw.Inventory) -> None:
    """Each page has ten roles; a click on one opens the builder with the role's policy."""
    view = tw.InventoryView(inventory)
    # a note about an account's root; nothing is found in "worker"
    assert [name for _, name, *_ in view.table.rows[:2]] == ["open", "own"]
    assert (len(view.table.rows), view.table.caption) == (10, "1 to 10 of 63 roles")
    view._turn(6)
    assert len(view.table.rows) == 3
    view._turn(-6)
    view.table.chosen = 2
    assert view.builder is not None
    assert "arn:aws:iam::222233334444:root" in view.builder.model.text
    assert view.builder in view.children[-1].children
    opened = view.open_role("open")
    assert (opened.model.role_name, opened.model.account) == ("open", "222233334444")
    assert opened.model.role_file is None  # an export is no file to write a policy to


def test_a_strangers_text_is_text() -> None:
    """In the picture; the table in the browser has no way to set HTML."""
    inventory = tw.scan(json.dumps(role(HOSTILE, "*")), workers=1, progress=False)
    view = tw.InventoryView(inventory)
    assert HOSTILE not in view.still() and "&lt;img src=x" in view.still()
    assert "innerHTML" not in view.table._esm  # the browser sets text


def test_ten_thousand_roles_are_filtered_and_sorted() -> None:
    """How long that takes, `benchmarks/inventory_view.py` prints."""
    roles = [role(f"role-{number}", "root") for number in range(10_000)]
    text = "\n".join(map(json.dumps, roles))
    view = tw.InventoryView(tw.scan(text, workers=1, progress=False))
    view.search.value = "role-99"
    assert len(view.roles) == 111  # 99, 990 to 999, 9900 to 9999
    view.search.value = ""
    view.sort("role", descending=True)
    assert [name for _, name, *_ in view.table.rows[:2]] == ["role-9999", "role-9998"]


def test_a_wrong_argument_is_refused() -> None:
    """With what to write."""
    with pytest.raises(TypeError, match=r"write tw\.scan"):
        tw.InventoryView("export.json")


def test_the_worst_role_comes_first() -> None:
    """Whatever the order of the export: refused, open to everyone, nothing found."""
    refused = role("refused", "*")
    refused["AssumeRolePolicyDocument"]["Statement"][0]["Resource"] = "*"
    roles = [role("own", "service/ec2"), role("open", "*"), refused]
    for order in (roles, roles[::-1]):
        text = json.dumps({"RoleDetailList": order})
        view = tw.InventoryView(tw.scan(text, workers=1, progress=False))
        assert names(view)[:2] == ["refused", "open"]
