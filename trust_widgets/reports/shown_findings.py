"""The findings of a policy in which `${expression}` represents what a file does not say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from trust_widgets.findings import Finding, Findings
from trust_widgets.policy import DocumentError, Fix, Home, TrustPolicy, parse
from trust_widgets.readers import (
    Entry,
    Hole,
    Place,
    RoleRecord,
    Sources,
    Tree,
    document_of_shown,
)
from trust_widgets.reports.completions import Completion
from trust_widgets.reports.judging import completed, judged
from trust_widgets.reports.placing import Placed
from trust_widgets.reports.stand_ins import OWN_ACCOUNT

POLICY = "policy.json"


def shown_findings(text: str, holes: tuple[Hole, ...], home: Home) -> tuple[Finding, ...]:
    """The findings that a policy has whatever represents its expressions, worst first.

    Args:
        text: the policy. holes: what is not known of it, as `ShownPolicy` has them.
        home: what is yours.

    Example:
        >>> text = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action":'
        >>> text += ' "sts:AssumeRole", "Principal": {"AWS": ["*", "${var.x}"]}}]}'
        >>> [each.name for each in shown_findings(text, (Hole("var.x", 0, 5),), Home())]
        ['anyone']
    """
    sources = Sources()
    sources.add(POLICY, text)
    record = RoleRecord("", Place(POLICY, 1, 1, 0), "", document_of_shown(text, holes), sources)
    return Findings(map(_with_fix, judged(record, home)))


class CompletedText(NamedTuple):
    """A policy that is shown, with something in place of what is not known.

    Args:
        policy: it. home: what is the reader's own. restored: puts expressions back into a sentence.
    """

    policy: TrustPolicy
    home: Home
    restored: Callable[[str], str]


def completed_text(text: str, holes: tuple[Hole, ...], home: Home) -> CompletedText | None:
    """The policy with something in place of what is not known; `None` if it cannot be read."""
    tree = document_of_shown(text, holes).tree
    if tree is None:
        return None
    if len(home.accounts) == 1:
        account = home.accounts[0]
    else:
        account = ""
    known = _with_known_principals(tree)
    whole = completed(known, home, account, made_by=_ShownCompletion)
    try:
        policy = parse(whole.made.text)
    except DocumentError:
        return None
    return CompletedText(policy, whole.home, whole.completion.restored)


@dataclass
class _ShownCompletion(Completion):
    """A completion in which each caller that is not known has a word, for sentences about it.

    Args:
        names_own: whether the policy names the role's own account as such.
    """

    names_own: bool = False

    def caller(self, kind: str, tree: Tree) -> str:
        made = super().caller(kind, tree)
        if tree.holes:
            word = self.word(tree.holes[0])
        else:
            word = ""
        if not word or kind == "Federated":
            return made
        if kind == "Service":
            return f"{word}.amazonaws.com"
        return made.replace(word, f"any-{word}")

    def own(self, hole: Hole) -> str:
        self.names_own = self.names_own or hole.own == "account"
        return super().own(hole)

    def restored(self, text: str) -> str:
        text = _UNKNOWN.sub(_word_of, text)
        if not self.names_own:
            text = text.replace(f"your account {OWN_ACCOUNT}", f"account {OWN_ACCOUNT}")
        return super().restored(text)


_UNKNOWN = re.compile(
    r"[Tt]he role any-(unresolved\d+x) of (?:your )?account [0-9]+"
    r"|[Tt]he AWS service (unresolved\d+x)\.amazonaws\.com"
    r"|(unresolved\d+x)\.(?:amazonaws|example)\.com"
)


def _word_of(found: re.Match[str]) -> str:
    """The word alone, of a caller of whom nothing else is known."""
    return str(next(filter(None, found.groups())))


def _with_known_principals(tree: Tree) -> Tree:
    """A policy without the principals of which nothing is known: who they are is not guessed."""
    if tree.kind != "object":
        return replace(tree, items=tuple(map(_with_known_principals, tree.items)))
    members = []
    for key, value in tree.members:
        if key.known_text == "Principal":
            value = _known(value)
        elif key.known_text == "Statement":
            value = _with_known_principals(value)
        members.append(Entry(key, value))
    return replace(tree, members=tuple(members))


def _known(tree: Tree) -> Tree:
    members = [Entry(key, _known(value)) for key, value in tree.members if value.kind != "unknown"]
    items = [item for item in tree.items if item.kind != "unknown"]
    parts = (*tree.items, *(member.value for member in tree.members))
    holes = [hole for part in parts if part.kind == "unknown" for hole in part.holes]
    return replace(tree, members=tuple(members), items=tuple(items), holes=(*tree.holes, *holes))


def _with_fix(placed: Placed) -> Finding:
    if placed.fix is None:
        return placed.finding
    return replace(placed.finding, fix=Fix(placed.fix.title, placed.fix.splices))
