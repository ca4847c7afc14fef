"""Two versions of files compared: which roles changed, and who gained or lost access."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from trust_widgets.access import Answer, CallerClass, compare, who_gets_in
from trust_widgets.aws.arns import arn_of
from trust_widgets.policy import DocumentError, Home, TrustPolicy, parse
from trust_widgets.readers import RoleRecord, Unresolved, rendered, unknown_holes
from trust_widgets.reports.completions import Completion
from trust_widgets.reports.stand_ins import OWN_ACCOUNT
from trust_widgets.reports.variants import variants

Status = Literal["added", "removed", "changed", "same", "not compared"]
NOBODY = TrustPolicy(())
_NO = Answer(False)


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role in two versions of some files.

    Args:
        name: its name, or what the file knows it by.
        status: what became of it; `"not compared"` where a policy is not known whole.
        old, new: the role as it was read; `None` where a version does not have it.
        gained, lost: whether someone gained or lost access, with a call that shows it.
        callers: who is allowed by the new version, and was not by the old one.
        unresolved: what the files do not say, where it was not compared for that.
        reason: why it was not compared.
    """

    name: str
    status: Status
    old: RoleRecord | None = None
    new: RoleRecord | None = None
    gained: Answer = _NO
    lost: Answer = _NO
    callers: tuple[CallerClass, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    reason: str = ""

    @property
    def place(self) -> str:
        """`"roles.tf:12"`, in the newer version where it has the role."""
        record = self.new or self.old
        if record is not None:
            return f"{record.place.file}:{record.place.line}"
        return ""

    @property
    def is_external(self) -> bool:
        """Whether callers from outside are among those who gained access."""
        return any(each.external != "no" for each in self.callers)


def compare_roles(
    old: Iterable[RoleRecord],
    new: Iterable[RoleRecord],
    home: Home | None = None,
    roots: tuple[str, str] = ("", ""),
) -> tuple[RoleChange, ...]:
    """What became of each role, in the order of the newer version; removed ones come last.

    A role of one version is that of the other with the same name in the same file, or with the same
    name, where only one of each version has it.

    Args:
        old, new: the roles of two versions, as `read_roles` gives them.
        home: what is yours.
        roots: the folder or file that each version was read from; files are the same where their
            names below it are.
    """
    pairs = _pairs(list(old), list(new), roots)
    return tuple(change_of_role(before, after, home or Home()) for before, after in pairs)


Pair = tuple[RoleRecord | None, RoleRecord | None]


def _pairs(old: list[RoleRecord], new: list[RoleRecord], roots: tuple[str, str]) -> Iterator[Pair]:
    by_place = {_key(record, roots[0]): record for record in old}
    names = Counter(record.name for record in old), Counter(record.name for record in new)
    by_name = {record.name: record for record in old if names[0][record.name] == 1}
    taken: set[int] = set()
    for record in new:
        before = by_place.get(_key(record, roots[1]))
        if before is None and names[1][record.name] == 1:
            before = by_name.get(record.name)
        if before is not None and id(before) in taken:
            before = None
        if before is not None:
            taken.add(id(before))
        yield before, record
    yield from ((record, None) for record in old if id(record) not in taken)


def _key(record: RoleRecord, root: str) -> tuple[str, str]:
    if root:
        file = os.path.relpath(record.place.file, root)
    else:
        file = record.place.file
    return file, record.name


def change_of_role(old: RoleRecord | None, new: RoleRecord | None, home: Home) -> RoleChange:
    """What became of one role.

    Args:
        old, new: the role in both versions; `None` where a version does not have it.
        home: what is yours.
    """
    record = new or old
    assert record is not None  # one of them has the role
    name = record.name or record.place.file
    before, after = policies_by_conditions(old), policies_by_conditions(new)
    if old is not None and new is not None and _is_same(old, new):
        return RoleChange(name, "same", old, new)
    versions = ((old, before), (new, after))
    unknown = [each for each, found in versions if each is not None and found is None]
    if before is None or after is None:
        return _not_compared(name, old, new, unknown)
    own = home_of_completed(record, home)
    answers = [_compared(*pair, own) for pair in _alike(before, after)]
    status: Status = "changed"
    if old is None or new is None:
        status = "added" if old is None else "removed"
    gained = _worst([answer for answer, _, _ in answers])
    lost = _worst([answer for _, answer, _ in answers])
    if status == "changed" and gained.found is False and lost.found is False:
        status = "same"
    callers = {each.sentence: each for _, _, classes in answers for each in classes}
    return RoleChange(name, status, old, new, gained, lost, tuple(callers.values()))


def _not_compared(
    name: str, old: RoleRecord | None, new: RoleRecord | None, unknown: list[RoleRecord]
) -> RoleChange:
    unresolved = tuple(each for record in unknown for each in record.unresolved)
    problems = [problem.message for record in unknown for problem in record.problems]
    reason = "The files do not contain all values of its trust policy."
    if problems:
        reason = f"Its trust policy is not valid: {problems[0]}"
    undecided = Answer(None, None, reason)
    return RoleChange(name, "not compared", old, new, undecided, undecided, (), unresolved, reason)


def _is_same(old: RoleRecord, new: RoleRecord) -> bool:
    """Whether two records have the same policy as written, what is not known included."""
    return _written(old) == _written(new)


def _written(record: RoleRecord) -> tuple[str, tuple[str, ...]]:
    tree = record.document.tree
    holes = tuple(hole.expression for hole in record.document.unknown)
    if tree is None:
        return record.document.text, holes
    completion = Completion(False)
    texts = [rendered(completion.policy(variant)).text for _, variant in variants(tree)]
    return "\n".join(texts), holes


Policies = Mapping[frozenset[str], TrustPolicy]


def policies_by_conditions(record: RoleRecord | None) -> Policies | None:
    """The trust policies of a role, by the conditions of its template under which each counts;
    `None` where one is not known whole or cannot be read.
    """
    if record is None:
        return {frozenset(): NOBODY}
    tree = record.document.tree
    if tree is None:
        if record.trust is None:
            return None
        return {frozenset(): record.trust}
    if unknown_holes(tree):
        return None
    completion = Completion(False, account=record.account or OWN_ACCOUNT)
    found = {}
    for labels, variant in variants(tree, record.document.possible):
        try:
            found[labels] = parse(rendered(completion.policy(variant)).text)
        except DocumentError:
            return None
    return found


def _alike(before: Policies, after: Policies) -> Iterator[tuple[TrustPolicy, TrustPolicy]]:
    """The policies that count under the same conditions; of other conditions, each with each."""
    if set(before) == set(after):
        yield from ((before[labels], after[labels]) for labels in after)
        return
    for one in before.values():
        yield from ((one, other) for other in after.values())


def home_of_completed(record: RoleRecord, home: Home) -> Home:
    """What is the reader's own, with the account of the role, or the one used in its place."""
    arn = arn_of(record.arn)
    if arn is not None and arn.resource.startswith("role/"):
        return replace(home, role=record.arn)
    account = record.account or OWN_ACCOUNT
    if account in home.accounts:
        return home
    return home.with_account(account)


Compared = tuple[Answer, Answer, tuple[CallerClass, ...]]


def _compared(before: TrustPolicy, after: TrustPolicy, home: Home) -> Compared:
    found = compare(before, after, home)
    if found.gained.found is False:
        return found.gained, found.lost, ()
    known = {each.sentence for each in who_gets_in(before, home)}
    new = [each for each in who_gets_in(after, home) if each.sentence not in known]
    return found.gained, found.lost, tuple(new)


def _worst(answers: list[Answer]) -> Answer:
    """The first "yes", else the first that is not decided, else "no"."""
    for wanted in (True, None):
        for answer in answers:
            if answer.found is wanted:
                return answer
    return _NO
