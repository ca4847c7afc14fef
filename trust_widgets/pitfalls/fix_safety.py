"""No fix brings a dead statement to life that would be open then.

A fix puts right what keeps everybody out, and nothing else does. Who would be allowed is asked of
the policy as it would be: the repair of a mistake must not make another one louder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from trust_widgets.findings import Finding, Verdict, by_rank
from trust_widgets.pitfalls.precedence import precedence_of
from trust_widgets.policy import DocumentError, Fix, Path, Statement, TrustPolicy, parse

Opened = Callable[[TrustPolicy], Iterable[Finding]]
"""The open findings of a policy."""


def drop_widening_fixes(
    found: list[Finding], policy: TrustPolicy, opened: Opened
) -> Iterator[Finding]:
    """The findings, those of dead ones without a fix that would allow more than was meant.

    Args:
        found: the findings.
        policy: the policy.
        opened: what is open in another one.
    """
    if not any(_is_asked(finding) for finding in found):
        yield from found
        return
    text = str(policy)
    before = _worst(finding for finding in found if finding.verdict is Verdict.OPEN)
    for finding in found:
        if not _is_asked(finding):
            yield finding
            continue
        safe = []
        for fix in finding.fixes:
            after = _worst(opened(_mended(policy, text, finding.path, fix)))
            if not any(rank < before.get(name, 99) for name, rank in after.items()):
                safe.append(fix)
        yield finding.with_fixes(safe)


def _is_asked(finding: Finding) -> bool:
    return finding.verdict is Verdict.DEAD and bool(finding.fixes) and len(finding.path) > 1


def _worst(findings: Iterable[Finding]) -> dict[str, int]:
    """The rank of each rule's worst finding, lower is worse.

    What is reported for fixed statements alone stays out.
    """
    ranks: dict[str, int] = {}
    for finding in findings:
        if precedence_of(finding.name).last:
            continue
        ranks[finding.name] = min(by_rank(finding)[1], ranks.get(finding.name, 99))
    return ranks


def _mended(policy: TrustPolicy, text: str, path: Path, fix: Fix) -> TrustPolicy:
    """The statement after its fix, next to every Deny, which stops whom it stopped."""
    try:
        after = parse(fix.apply(text))
    except DocumentError:
        return policy
    one = _with_one_value(after.statements[int(path[1])], path)
    denies = [
        s for index, s in enumerate(after.statements) if s.effect == "Deny" and index != path[1]
    ]
    return replace(after, statements=(one, *denies))


def _with_one_value(statement: Statement, path: Path) -> Statement:
    """The statement with the one value that was fixed: the other values of its list have findings
    of their own.
    """
    if path[2:3] != ("Condition",) or not isinstance(path[-1], int):
        return statement
    number, conditions = path[-1], []
    for condition in statement.conditions:
        value = condition.values[number : number + 1]
        if condition.path == path[2:-1] and value:
            conditions.append(replace(condition, values=value))
        else:
            conditions.append(condition)
    return replace(statement, conditions=tuple(conditions))
