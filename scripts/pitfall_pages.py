"""One page for each pitfall, made from the pitfall itself: what it is, its examples as the checker
tells them, a fix.
"""

from __future__ import annotations

import difflib
import inspect
import json
from collections.abc import Callable, Iterator
from functools import partial

from trust_widgets.findings import Finding, Verdict, path_text
from trust_widgets.pitfalls import PITFALLS, Pitfall, check
from trust_widgets.pitfalls.caller_half import (
    CALLER_PITFALLS,
    EXAMPLE_ROLE,
    check_permissions,
)
from trust_widgets.pitfalls.former_codes import Moved, moved_codes

FOLDER = "docs/pitfalls"
MEANS = {
    Verdict.REFUSED: "IAM rejects this document.",
    Verdict.DEAD: "IAM saves it, but this statement or value can never allow anyone.",
    Verdict.OPEN: "It works, and allows more callers than intended in most cases.",
    Verdict.ADVICE: "It works as intended. This is a note.",
}


def pages(note: str) -> dict[str, Callable[[], str]]:
    """Each page's path with what writes it, the list of all of them first.

    Args:
        note: the first line of every page, which says who wrote it.
    """
    made: dict[str, Callable[[], str]] = {f"{FOLDER}/README.md": lambda: f"{note}\n{_index()}"}
    for name, pitfall in PITFALLS.items():
        made[f"{FOLDER}/{pitfall.code}.md"] = partial(_page, note, name)
    for name, mistake in CALLER_PITFALLS.items():
        made[f"{FOLDER}/{mistake.code}.md"] = partial(_caller_page, note, name)
    for code, moves in _retired().items():
        made[f"{FOLDER}/{code}.md"] = partial(_retired_page, note, code, moves)
    return made


def _moved() -> dict[str, list[Moved]]:
    return moved_codes(PITFALLS.values())


def _retired() -> dict[str, list[Moved]]:
    """The moves from codes that no pitfall has now."""
    used = {pitfall.code for pitfall in PITFALLS.values()}
    return {code: moves for code, moves in _moved().items() if code not in used}


def _by_code() -> list[tuple[str, Pitfall]]:
    return sorted(PITFALLS.items(), key=lambda member: member[1].code)


def _index() -> str:
    lines = [
        "# Pitfalls",
        "",
        "What the checker knows, one page each. Made by `make docs` from the pitfalls themselves.",
    ]
    for verdict in Verdict:
        lines += [
            "",
            f"## {verdict.capitalize()}",
            "",
            MEANS[verdict],
            "",
            "| code | mistake | name |",
            "|---|---|---|",
        ]
        lines += [
            f"| [{pitfall.code}]({pitfall.code}.md) | {pitfall.title} | `{name}` |"
            for name, pitfall in _by_code()
            if pitfall.verdict is verdict
        ]
    lines += _caller_index()
    lines += _retired_index()
    return "\n".join(lines) + "\n"


def _caller_index() -> list[str]:
    """The table of mistakes in the caller's own policies."""
    rows = sorted(CALLER_PITFALLS.items(), key=lambda member: member[1].code)
    return [
        "",
        "## In the caller's own policies",
        "",
        "What `tw.check_permissions` knows of a permissions policy that is to let its caller assume"
        " a role.",
        "",
        "| code | verdict | mistake | name |",
        "|---|---|---|---|",
        *(
            f"| [{each.code}]({each.code}.md) | {each.verdict} | {each.title} | `{name}` |"
            for name, each in rows
        ),
    ]


def _caller_page(note: str, name: str) -> str:
    pitfall = CALLER_PITFALLS[name]
    lines = [
        note,
        f"# {pitfall.code}: {pitfall.title}",
        "",
        (
            f"**{str(pitfall.verdict).capitalize()}**, in a permissions policy of the caller. Its"
            f" name in code is `{name}`."
        ),
        "",
        (inspect.getdoc(CALLER_PITFALLS.module_of(name)) or "").strip(),
        "",
        f"**When is this fine?** {pitfall.fine}",
        "",
        f"**Source:** <{pitfall.source}>",
        "",
        f"The examples are judged for the role `{EXAMPLE_ROLE}`.",
        "",
        "## Where it is made",
    ]
    for permissions, trust in pitfall.bad:
        lines += ["", *_caller_example(permissions, trust)]
        for finding in check_permissions(permissions, EXAMPLE_ROLE, trust or None):
            if finding.name == name:
                lines += ["", f"At `{path_text(finding.path)}`: {finding.message}"]
                lines += _fix(finding, permissions)
    lines += ["", "## Where it is not"]
    for permissions, trust in pitfall.good:
        lines += ["", *_caller_example(permissions, trust)]
    return "\n".join(lines) + "\n"


def _caller_example(permissions: str, trust: str) -> Iterator[str]:
    """A permissions policy, and the trust policy of the role where it matters."""
    yield from ("The caller's policy:", "", "```JSON", _pretty(permissions), "```")
    if trust:
        yield from ("", "The role's trust policy:", "", "```JSON", _pretty(trust), "```")


def _retired_index() -> list[str]:
    """The table of retired codes; empty when there is none."""
    retired = _retired()
    if not retired:
        return []
    lines = ["", "## Retired", "", "Codes that are not reported any more.", ""]
    lines += ["| code | mistake | now |", "|---|---|---|"]
    for code, moves in retired.items():
        now = ", ".join(f"[{move.code}]({move.code}.md)" for move in moves)
        lines.append(f"| [{code}]({code}.md) | {moves[0].former.title} | {now} |")
    return lines


def _retired_page(note: str, code: str, moves: list[Moved]) -> str:
    heading = f"# {code}: {moves[0].former.title}"
    return "\n".join([note, heading, "", "**Retired.**", *_moves_from(moves)]) + "\n"


def _moves_from(moves: list[Moved]) -> Iterator[str]:
    """What a page of an old code says of each new code."""
    for move in moves:
        old, new = move.former.code, move.code
        yield from (
            "",
            f"Findings that were {old} may be [{new}]({new}.md) now. {move.former.why} An"
            f" acceptance of {old} counts for {new} too, with a note.",
        )


def _page(note: str, name: str) -> str:
    pitfall = PITFALLS[name]
    severity = (
        f", {pitfall.severity} unless a finding says otherwise"
        if pitfall.verdict is Verdict.OPEN
        else ""
    )
    lines = [
        note,
        f"# {pitfall.code}: {pitfall.title}",
        "",
        (
            f"**{str(pitfall.verdict).capitalize()}**{severity}. {MEANS[pitfall.verdict]} Its name"
            f" in code is `{name}`."
        ),
        "",
        _what(name),
        *_moves_from(_moved().get(pitfall.code, [])),
        "",
        f"**When is this fine?** {pitfall.fine}",
        "",
        f"**Source:** <{pitfall.source}>",
    ]
    if pitfall.home != type(pitfall.home)():
        lines += ["", f"The examples are judged with {_home(pitfall)}."]
    lines += ["", "## Where it is made"]
    for text in pitfall.bad:
        lines += ["", *_bad(name, pitfall, text)]
    lines += ["", "## Where it is not"]
    for text in pitfall.good:
        lines += ["", *_json(text)]
    return "\n".join(lines) + "\n"


def _what(name: str) -> str:
    """What the rule's own file says of it."""
    doc = inspect.getdoc(PITFALLS.module_of(name)) or ""
    return doc.strip()


def _home(pitfall: Pitfall) -> str:
    home = pitfall.home
    said = {
        "your accounts": home.accounts,
        "your organization": (home.organization,) if home.organization else (),
        "your GitHub owners": home.github_owners,
        "your vendors": home.vendors,
    }
    return ", ".join(f"{what} {', '.join(values)}" for what, values in said.items() if values)


def _bad(name: str, pitfall: Pitfall, text: str) -> Iterator[str]:
    shown = _pretty(text)
    yield from _json(text)
    for finding in check(shown, pitfall.home):
        if finding.name == name:
            other = f" ({finding.severity})" if finding.severity is not pitfall.severity else ""
            yield from ("", f"At `{path_text(finding.path)}`{other}: {finding.message}")
            yield from _callers(finding)
            yield from _assumed(finding)
            yield from _fix(finding, shown)


def _callers(finding: Finding) -> Iterator[str]:
    if finding.callers:
        yield from ("", "Example callers:", "")
        yield from (f"- `{caller}`" for caller in finding.callers)


def _assumed(finding: Finding) -> Iterator[str]:
    if finding.assumptions:
        yield from ("", "This rests on what AWS has not documented:", "")
        yield from (f"- {assumption}" for assumption in finding.assumptions)


def _fix(finding: Finding, shown: str) -> Iterator[str]:
    if finding.fix is None:
        return
    changed = finding.fix.apply(shown)
    lines = list(difflib.unified_diff(shown.splitlines(), changed.splitlines(), lineterm="", n=1))[
        3:
    ]
    if lines:
        yield from (
            "",
            f"Fix: {finding.fix.title}",
            "",
            "```diff",
            *(line for line in lines if line[:2] != "@@"),
            "```",
        )


def _json(text: str) -> list[str]:
    return ["```json", _pretty(text), "```"]


def _pretty(text: str) -> str:
    """An example as people write it, where it can be read."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text
