"""The findings of a role read from a file, at their places in that file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.findings import Finding, Verdict, is_internal_error, is_not_decided
from trust_widgets.policy import Fix, Home
from trust_widgets.readers import (
    Document,
    Rendered,
    RoleRecord,
    Tree,
    defaults_of,
    holes_of,
    rendered,
    unknown_holes,
    walk,
)
from trust_widgets.reports.completions import Completion
from trust_widgets.reports.file_fixes import fix_of_text, fix_of_tree
from trust_widgets.reports.placing import Placed, placed_at, placed_findings
from trust_widgets.reports.stand_ins import OWN_ACCOUNT, OWN_ORGANIZATION
from trust_widgets.reports.variants import variants
from trust_widgets.text.english import listed

_PARTITION = re.compile(r"arn:(aws-cn|aws-us-gov)[:]")
_PROVIDER = re.compile(rf":iam::({ACCOUNT_ID}):(?:oidc|saml)-provider/")
_ROLE = re.compile(rf"arn:[\w-]+:iam::{ACCOUNT_ID}:role/[\w+=,.@/-]+")
_OF_THE_WHOLE = ("over_quota", "near_quota")  # the length of a policy that is not known whole


@dataclass(frozen=True, slots=True)
class _Seen:
    """A finding of one completion.

    Args:
        finding: it, with expressions in its message. start, end: its place in the files.
        node: the value it is about. fix, tree: how the policy is fixed, and the policy.
    """

    finding: Finding
    start: int
    end: int
    node: Tree | None
    fix: Fix | None
    tree: Tree

    @property
    def key(self) -> tuple[str, str, int]:
        """What makes two findings one."""
        return self.finding.code, self.finding.message, self.start


def judged(record: RoleRecord, home: Home, today: date | None = None) -> Iterator[Placed]:
    """The findings of a role's trust policy, worst first.

    A finding of a policy of which something is not known is one that it has whatever that is.
    """
    own = home_of_record(record, home)
    tree = record.document.tree
    if tree is None:
        yield from _of_text(record, record.document, own, today)
        return
    told: dict[tuple[str, str, int], tuple[_Seen, list[frozenset[str]]]] = {}
    taken: list[frozenset[str]] = []
    for labels, variant in variants(tree, record.document.possible):
        taken.append(labels)
        for seen in _robust(record, variant, own, today):
            told.setdefault(seen.key, (seen, []))[1].append(labels)
    for seen, where in told.values():
        finding = _with_conditions(seen.finding, where, taken)
        placed = placed_at(record.sources, _with_defaults(finding, seen.node), seen.start, seen.end)
        if seen.fix is not None:
            placed = placed._replace(fix=fix_of_tree(seen.fix, seen.tree, record.sources))
        yield placed


def home_of_record(record: RoleRecord, home: Home) -> Home:
    """What is the reader's own, with the role's ARN, or the account that is known of it."""
    if _ROLE.fullmatch(record.arn):
        return replace(home, role=record.arn)
    if record.account:
        return replace(home, accounts=(*home.accounts, record.account))
    return home


def _of_text(
    record: RoleRecord, document: Document, home: Home, today: date | None
) -> Iterator[Placed]:
    """The findings of a text that is known whole."""
    if document.holes:
        return
    for each in placed_findings(document.text, home, today):
        start, end = document.places[each.start], document.places[each.end]
        placed = placed_at(record.sources, each.finding, start, end)
        if each.finding.fix is not None:
            placed = placed._replace(fix=fix_of_text(each.finding.fix, document, record.sources))
        yield placed


def _robust(record: RoleRecord, tree: Tree, home: Home, today: date | None) -> list[_Seen]:
    """The findings that each completion of a policy has."""
    ways = (False, True) if unknown_holes(tree) else (False,)
    found: list[_Seen] = []
    for number, foreign in enumerate(ways):
        whole = completed(tree, home, record.account, foreign)
        seen = list(_findings_of(whole, tree, today))
        if not number:
            found = seen
        else:
            keys = {each.key for each in seen}
            found = [each for each in found if each.key in keys]
    return found


class Completed(NamedTuple):
    """A policy that was completed.

    Args:
        completion: how. policy: the policy as a value, and `made` as text.
        home: what is the reader's own, with what the policy calls its own.
    """

    completion: Completion
    policy: Tree
    made: Rendered
    home: Home


def completed(
    tree: Tree,
    home: Home,
    account: str = "",
    foreign: bool = False,
    made_by: type[Completion] = Completion,
) -> Completed:
    """A policy without holes.

    Args:
        tree: the policy. home: what is yours. account: the role's, where it is known.
        foreign: whether what is not known is assumed as another's, where it may be.
        made_by: what fills it in.
    """
    completion = made_by(
        foreign,
        account=account or _account_of_providers(tree) or OWN_ACCOUNT,
        partition=_partition(tree),
        organization=home.organization or OWN_ORGANIZATION,
    )
    policy = completion.policy(tree)
    made = rendered(policy)
    within = _with_own(home, completion, made.text) if holes_of(tree) else home
    return Completed(completion, policy, made, within)


def _with_own(home: Home, completion: Completion, text: str) -> Home:
    """What is the reader's own, with the account and the organization that a policy calls own."""
    if completion.account in text:
        home = replace(home, accounts=(*home.accounts, completion.account))
    if completion.organization in text:
        home = replace(home, organization=completion.organization)
    return home


def _account_of_providers(tree: Tree) -> str:
    """The account of a named identity provider: a role trusts only those of its own account."""
    for one in walk(tree):
        found = _PROVIDER.search(str(one.value)) if one.is_text else None
        if found is not None:
            return found[1]
    return ""


def _partition(tree: Tree) -> str:
    """The partition of the first ARN that names another one than usual."""
    for one in walk(tree):
        match = _PARTITION.search(str(one.value)) if one.is_text else None
        if match is not None:
            return match[1]
    return "aws"


def _findings_of(whole: Completed, tree: Tree, today: date | None) -> Iterator[_Seen]:
    completion, policy, made, home = whole
    unknown = unknown_holes(tree)
    for each in placed_findings(made.text, home, today):
        node = made.innermost(each.start, each.end) if each.end else None
        if unknown and not _is_sound(each.finding, node, completion, tree):
            continue
        finding = replace(
            each.finding,
            message=completion.restored(each.finding.message),
            callers=tuple(map(completion.restored, each.finding.callers)),
            value=completion.restored(each.finding.value),
            fix=None,
        )
        start = made.places[each.start]
        end = made.places[each.end] if each.end else start
        fix = each.finding.fix if _is_free_of(completion.words, each.finding.fix) else None
        yield _Seen(finding, start, max(end, start), node, fix, policy)


def _is_free_of(words: Iterable[str], fix: Fix | None) -> bool:
    """Whether a fix writes nothing that only represents what is not known."""
    return fix is not None and not any(word in repr(fix.edits) for word in words)


def _is_sound(finding: Finding, node: Tree | None, completion: Completion, tree: Tree) -> bool:
    """Whether a finding holds although something of the policy is not known."""
    if is_internal_error(finding) or is_not_decided(finding):
        return True
    if finding.name in _OF_THE_WHOLE:
        return False
    if len(finding.path) < 2 or finding.path[0] != "Statement":
        return finding.verdict is Verdict.REFUSED and not _is_missing(finding)
    number = finding.path[1] if isinstance(finding.path[1], int) else 0
    number = completion.numbers[number] if number < len(completion.numbers) else number
    written = _written(tree, node, number)
    if written is not None and written.kind == "unknown":
        return False
    if written is not None and written.is_text and unknown_holes(written):
        return finding.verdict in (Verdict.OPEN, Verdict.ADVICE) and number not in completion.vague
    statement = _statement_at(tree, number)
    if number in completion.vague:
        return finding.verdict is Verdict.REFUSED and not _is_missing(finding)
    if finding.verdict is Verdict.DEAD and statement is not None and unknown_holes(statement):
        return len(finding.path) > 3 and not (written is not None and unknown_holes(written))
    return True


def _is_missing(finding: Finding) -> bool:
    return finding.name == "missing_element"


def _written(tree: Tree, node: Tree | None, number: int) -> Tree | None:
    """The value of the file that a value of a completion was made from."""
    if node is None:
        return None
    for one in walk(tree):
        if (one.start, one.end) == (node.start, node.end) and one.kind != "json":
            if one.kind in ("scalar", "unknown") or one.kind == node.kind:
                return one
    return None


def _statement_at(tree: Tree, number: int) -> Tree | None:
    statements = tree.member("Statement")
    if statements is None or statements.kind != "list":
        return statements
    if number < len(statements.items):
        return statements.items[number]
    return None


# -- what a finding rests on


def _with_conditions(
    finding: Finding, where: list[frozenset[str]], taken: list[frozenset[str]]
) -> Finding:
    """A finding that says which conditions of the file it needs."""
    if len(where) == len(taken):
        return finding
    common = sorted(frozenset.intersection(*where))
    everywhere = frozenset.intersection(*taken)
    needed = [label for label in common if label not in everywhere]
    if not needed:
        return finding
    return replace(finding, message=f"{finding.message} This applies if {listed(needed)}.")


def _with_defaults(finding: Finding, node: Tree | None) -> Finding:
    """A finding that says which defaults it rests on."""
    names = sorted(defaults_of(node)) if node is not None else []
    if not names:
        return finding
    have = "has its default value" if len(names) == 1 else "have their default values"
    return replace(finding, message=f"{finding.message} This applies if {listed(names)} {have}.")
