"""Chains in small organizations, with paths that were derived by hand before the code was run.

`../cases/chains.jsonl` has them in the notation of `support/organizations.py`; `lab` names the
scenario of a public lab whose steps a case has.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from support.organizations import export
from trust_widgets.inventory.chains import AccessPath, Hop, HopKind, Paths
from trust_widgets.inventory.chains.picture import picture_of

FILE = Path(__file__).resolve().parents[1] / "cases" / "chains.jsonl"
CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def found(case: dict[str, Any]) -> Paths:
    """The chains of a case."""
    home = tw.Home(**case.get("home", {}))
    inventory = tw.scan(export(case), home=home, workers=1, progress=False)
    return inventory.paths(to=case["to"], start=case["start"])


def names(path: AccessPath) -> list[str]:
    """The names of what a chain goes through."""
    return [node.rpartition("/")[2] for node in path.nodes]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_chain_is_the_one_derived_by_hand(case: dict[str, Any]) -> None:
    """Its nodes, whether it is certain, how each hop is made, and what it depends on."""
    paths = found(case)
    if case["path"] is None:
        assert list(paths) == []
        return
    [path] = paths
    assert (names(path), path.certain) == (case["path"], case["certain"])
    if "how" in case:
        assert [str(hop.kind) for hop in path.hops] == case["how"]
    if "needs" in case:
        assert list(path.needs) == case["needs"]


def test_there_are_enough_cases() -> None:
    """At least 40, and eight of public labs."""
    assert len(CASES) >= 40 and sum("lab" in case for case in CASES) >= 8


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["path"]], ids=[c["name"] for c in CASES if c["path"]]
)
def test_each_call_is_decided_by_evaluate_and_the_cut_is_proved(case: dict[str, Any]) -> None:
    """The witness of a certain hop is allowed; without the cut's statements no chain is left."""
    paths = found(case)
    principals = paths.principals
    for hop in paths[0].hops:
        role = principals[hop.target]
        if hop.kind in (HopKind.PASS, HopKind.REWRITE):
            assert hop.witness is None
            continue
        assert hop.witness is not None
        caller = principals.get(hop.source)
        known = (
            {}
            if caller is None
            else {
                "permissions": caller.permissions,
                "boundary": caller.boundary,
            }
        )
        decision = tw.evaluate(role.trust, hop.witness, **known)
        assert decision.outcome in (("allowed",) if hop.certain else ("allowed", "depends"))
    cut = paths.cut()
    assert cut.proved, cut
    assert cut.paths_before and (cut.narrowings or cut.permissions)


CHAIN = {
    "users": {"alice": ["sts:AssumeRole a"]},
    "roles": {
        "a": {"trust": ["user/alice"], "can": ["sts:AssumeRole *"]},
        "b": {"trust": ["role/a", {"who": "*", "if": {"Bool": {"aws:SecureTransport": "true"}}}]},
        "c@555566667777": {"trust": ["role/b", "role/a"], "can": []},
    },
}


def test_paths_as_a_table_a_picture_and_a_graph() -> None:
    """A row a hop; a picture without scripts that names every role; an edge a hop."""
    inventory = tw.scan(export(CHAIN), workers=1, progress=False)
    paths = inventory.paths(start=["outside", "users"])
    reached = {(path.start.rpartition("/")[2], names(path)[-1]): len(path) for path in paths}
    assert reached == {
        ("outside", "b"): 1,
        ("alice", "a"): 1,
        ("alice", "b"): 1,  # "*" names each principal of the role's account
        ("alice", "c"): 2,
    }
    assert len(paths.table) == sum(reached.values())
    shown = paths._repr_mimebundle_()["text/html"]
    assert "data:image/svg+xml" in shown and "<script" not in shown
    assert all(role in shown for role in ("alice", "c (555566667777)", "outside"))
    networkx = pytest.importorskip("networkx")
    graph = paths.to_networkx()
    assert networkx.has_path(graph, "arn:aws:iam::222233334444:user/alice", paths[-1].target)


def test_an_arrow_passes_below_the_boxes_that_it_does_not_reach() -> None:
    """`a` reaches `d` at once, and by `b` and `c`: behind their boxes its arrow would be theirs."""
    hops = [
        Hop(source, target, HopKind.ASSUME, certain=True)
        for source, target in (("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"))
    ]
    shown = str(picture_of(hops))
    boxes = {float(y) for y in re.findall(r'<rect[^>]* y="(\d+)"', shown)}
    (level,) = boxes  # one row of boxes, and the long arrow in a row of its own
    short, long = sorted(re.findall(r' d="([^"]+)"', shown), key=len)[::3]
    assert {float(y) for y in re.findall(r"C\S+ (\d+)", short)} == {level + 13}
    assert max(float(y) for y in re.findall(r" (\d+)", long)) > level + 26


def test_the_cut_is_the_cheapest() -> None:
    """Two chains to one role go through one statement, which is cut in place of two."""
    case = {
        "users": {"alice": [], "bob": []},
        "roles": {
            "a": {"trust": ["user/alice"], "can": ["sts:AssumeRole c"]},
            "b": {"trust": ["user/bob"], "can": ["sts:AssumeRole c"]},
            "c": {"trust": ["service/ec2", "root"], "can": ["sts:AssumeRole d"]},
            "d": {"trust": ["role/c", "role/c"], "can": []},
        },
    }
    inventory = tw.scan(export(case), workers=1, progress=False)
    cut = inventory.paths(to="d", start="users").cut()
    assert [(each.role.rpartition("/")[2], each.statement) for each in cut.narrowings] == [("c", 1)]
    assert cut.proved and len(cut.paths_before) == 2
    assert cut.narrowings[0].comparison.lost.found is True
    assert cut.sentence == "Narrow statement 2 of c (222233334444). This removes 2 paths."


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "nobody"}, "no user or role 'nobody'"),
        ({"to": "alice"}, "no user or role 'alice'"),
    ],
)
def test_a_start_or_target_that_is_not_there(options: dict[str, Any], message: str) -> None:
    """A user is no target: it is not assumed."""
    inventory = tw.scan(export(CHAIN), workers=1, progress=False)
    with pytest.raises(ValueError, match=message):
        inventory.paths(**options)
