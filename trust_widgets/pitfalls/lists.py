"""One finding for a list: the same mistake in several of its values is reported once.

More lines of the same would hide the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from trust_widgets.findings import Finding, Verdict
from trust_widgets.policy import Edit, Fix, quoted

FEWEST = 3
"""How many values of a list have the same mistake before they are reported as one."""


def once_a_list(findings: Iterable[Finding], settle: Callable[[Finding], Finding]) -> list[Finding]:
    """Findings, those of one pitfall and one severity in one list as one, at the list.

    Advice is left as it is, and so is what was accepted.

    Args:
        findings: any.
        settle: completes a finding with the value at its place, and whether that is accepted.
    """
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_group_of(finding), []).append(finding)
    merged: list[Finding] = []
    for group in groups.values():
        if len(group) < _fewest(group[0]):
            merged.extend(group)
        else:
            merged.append(settle(_merged(sorted(group, key=_index))))
    return merged


def _fewest(finding: Finding) -> int:
    """How many are reported as one: of principals that can't meet one condition, already two."""
    if finding.path[2:3] == ("Principal",) and finding.verdict is Verdict.DEAD:
        return 2
    return FEWEST


def _group_of(finding: Finding) -> object:
    """What the findings that are reported as one have in common; the finding for all others."""
    is_value = bool(finding.path) and isinstance(finding.path[-1], int) and len(finding.path) > 2
    if not is_value or finding.accepted or finding.verdict is Verdict.ADVICE:
        return (id(finding),)
    return (finding.name, finding.verdict, finding.severity, finding.path[:-1])


def _index(finding: Finding) -> int:
    return int(finding.path[-1])


def _merged(group: list[Finding]) -> Finding:
    first, *others = group
    values = [str(finding.value) for finding in others]
    return replace(
        first,
        path=first.path[:-1],
        message=f"{first.message} The same holds for {quoted(values)}.",
        fix=_fix_of(group),
        other_fixes=(),
    )


def _fix_of(group: list[Finding]) -> Fix | None:
    """All fixes as one, from the last value to the first, so that none moves the place of another;
    `None` if one value has no fix.
    """
    fixes = [finding.fix for finding in reversed(group)]
    known = [fix for fix in fixes if fix is not None]
    if len(known) < len(fixes):
        return None
    titles = list(dict.fromkeys(fix.title for fix in known))
    title = titles[0] if len(titles) == 1 else f"{len(known)} changes"
    edits: list[Edit] = []
    for fix in known:
        edits += [edit for edit in fix.edits if edit not in edits]
    return Fix(title, tuple(edits))
