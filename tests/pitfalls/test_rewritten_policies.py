"""How a policy is written changes no finding above advice and nobody who gets in: order,
duplicates, spelling, the partition. And no fix makes another finding louder or keeps everybody out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import pytest

import trust_widgets as tw
from support.planted_judge import SETS, cases, home_of, text_of
from support.real_policies import records
from support.rewritten import DOUBLED, REORDERED, Document, in_govcloud
from trust_widgets.access import can_let_in
from trust_widgets.findings import Finding, Verdict, by_rank
from trust_widgets.policy import DocumentError

Read = tuple[str, str, tw.Home]
# Its statements cannot be reversed or doubled.
NO_STATEMENTS = {"statement_is_a_string"}
OVER_QUOTA = ("TP118", "error")


@cache
def policies() -> tuple[Read, ...]:
    """All planted policies, and 120 of the real ones, drawn at random."""
    planted = [
        (str(case["name"]), text_of(case), home_of(case))
        for folder in SETS.values()
        for case in (*cases(folder, "mistakes"), *cases(folder, "good"))
    ]
    real = [(line["id"], json.dumps(line["policy"]), tw.Home()) for line in records()]
    return (*planted, *Random(20261130).sample(real, 120))


@cache
def some_policies() -> tuple[Read, ...]:
    """300 of them, drawn at random."""
    return tuple(Random(20261130).sample(policies(), 300))


def document_of(text: str) -> Document | None:
    """The document, where the text is one and no member comes twice."""
    try:
        document: Any = json.loads(text, object_pairs_hook=_once)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in members}) < len(members):
        raise ValueError("a member comes twice")
    return dict(members)


def written(document: Document) -> str:
    """A document as a text, with its characters as they are."""
    return json.dumps(document, ensure_ascii=False)


@cache
def check(text: str, home: tw.Home) -> tuple[Finding, ...]:
    """What `check` finds: several tests ask it of the same texts."""
    return tuple(tw.check(text, home))


@cache
def loud(text: str, home: tw.Home) -> Counter[tuple[str, str]]:
    """The findings above advice, by code and severity."""
    return Counter(
        (each.code, str(each.severity))
        for each in check(text, home)
        if each.verdict is not Verdict.ADVICE
    )


@pytest.mark.parametrize("rewrite", REORDERED, ids=lambda rewrite: rewrite.__name__)
def test_another_way_to_write_it_changes_no_finding(
    rewrite: Callable[[Document], Document],
) -> None:
    """As many findings of each kind."""
    changed = []
    for name, text, home in some_policies():
        document = document_of(text)
        if document is None or name in NO_STATEMENTS:
            continue
        if loud(written(rewrite(document)), home) != loud(text, home):
            changed.append(name)
    assert changed == []


@pytest.mark.parametrize("rewrite", DOUBLED, ids=lambda rewrite: rewrite.__name__)
def test_what_stands_twice_is_no_other_mistake(rewrite: Callable[[Document], Document]) -> None:
    """The same kinds of findings, as often as their cause."""
    changed = []
    for name, text, home in some_policies():
        document = document_of(text)
        if document is None or name in NO_STATEMENTS:
            continue
        twice = set(loud(written(rewrite(document)), home))
        if twice - {OVER_QUOTA} != set(loud(text, home)) - {OVER_QUOTA}:
            changed.append(name)
    assert changed == []


def test_a_policy_means_the_same_in_govcloud() -> None:
    """With its ARNs, Regions and hosts in GovCloud it has the same findings."""
    moved = [(name, text, in_govcloud(text), home) for name, text, home in policies()]
    compared = [each for each in moved if each[2] is not None and each[2] != each[1]]
    assert len(compared) > 400
    changed = [
        name for name, text, there, home in compared if loud(str(there), home) != loud(text, home)
    ]
    assert changed == []


@pytest.mark.parametrize("rewrite", REORDERED, ids=lambda rewrite: rewrite.__name__)
def test_nor_who_gets_in(rewrite: Callable[[Document], Document]) -> None:
    """The same classes of callers, and `compare` shows no caller that is only in one."""
    for name, text, home in some_policies()[:100]:
        document = document_of(text)
        try:
            old = tw.parse(text)
            new = tw.parse(written(rewrite(document or {})))
        except DocumentError:
            continue
        strangers = [
            sorted(str(each.stranger) for each in tw.who_gets_in(policy, home))
            for policy in (old, new)
        ]
        change = tw.compare(old, new, home)
        assert strangers[0] == strangers[1], name
        assert change.gained.found is not True and change.lost.found is not True, name


# Findings that a fix reveals because IAM refused the policy before, or that were hidden behind a
# worse one of the same place.
REVEALED = {
    "account_id_with_dashes": {"TP302"},
    "account_as_json_number": {"TP302"},
    "federated_is_a_role_arn": {"TP116", "TP207"},
    "identity_pool_of_china_as_a_service": {"TP312"},
}


def _fixes() -> list[tuple[str, str, tw.Home, Finding]]:
    return [
        (name, text, home, finding)
        for name, text, home in policies()
        for finding in check(text, home)
        if finding.fix is not None
    ]


def test_a_fix_changes_the_text_and_ends_its_finding() -> None:
    """The same finding is not told of the fixed policy at the same place."""
    for name, text, home, finding in _fixes():
        after = finding.fix.apply(text) if finding.fix else text
        assert after != text, name
        told = {(each.code, each.path, each.value) for each in check(after, home)}
        assert (finding.code, finding.path, finding.value) not in told, name


def test_a_fix_makes_nothing_louder() -> None:
    """No new finding above advice, but a milder one, or what IAM's refusal had hidden."""
    worse = []
    for name, text, home, finding in _fixes():
        after = finding.fix.apply(text) if finding.fix else text
        new = {code for code, _ in loud(after, home) - loud(text, home)}
        is_milder = not _is_louder(text, after, home)
        if new - REVEALED.get(name, set()) and not (is_milder and _may_reveal(finding)):
            worse.append((name, finding.code, sorted(new)))
    assert worse == []


def _may_reveal(finding: Finding) -> bool:
    """Whether a finding hides others of its statement: a refusal, or what is open as a whole."""
    return finding.verdict in (Verdict.REFUSED, Verdict.OPEN)


def _is_louder(text: str, after: str, home: tw.Home) -> bool:
    """Whether the worst finding after a fix is worse than before."""
    return _worst(after, home) < _worst(text, home)


def _worst(text: str, home: tw.Home) -> int:
    """The rank of the worst finding: the lower, the worse."""
    return min((by_rank(each)[1] for each in check(text, home)), default=99)


def test_a_fix_keeps_nobody_out_whom_it_names() -> None:
    """After a fix somebody can meet the statement, unless another mistake keeps them out."""
    dead = []
    for name, text, home, finding in _fixes():
        if finding.path[:1] != ("Statement",) or len(finding.path) < len(("Statement", 0)):
            continue
        number = int(finding.path[1])
        after = _statements(finding.fix.apply(text) if finding.fix else text)
        if after is None or len(after.statements) <= number or _has_another(text, home, finding):
            continue
        is_allow = after.statements[number].effect == "Allow"
        if is_allow and can_let_in(after, number, home).found is False:
            dead.append((name, finding.code))
    assert [each for each in dead if each[0] not in REVEALED] == []


def _statements(text: str) -> tw.TrustPolicy | None:
    try:
        return tw.parse(text)
    except DocumentError:
        return None


def _has_another(text: str, home: tw.Home, finding: Finding) -> bool:
    """Whether another finding says that nobody can use the same statement."""
    return any(
        each.verdict in (Verdict.DEAD, Verdict.REFUSED) and each.path[:2] == finding.path[:2]
        for each in check(text, home)
        if (each.code, each.path) != (finding.code, finding.path)
    )
