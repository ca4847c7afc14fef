"""Judge the checker, the solver and the command line by the cases of `tests/cases/rulings.jsonl`.

`tests/cases/README.md` says what the members of a case mean. A member of an expectation is judged
by the function of its name in the table of its `ask`; each returns what is wrong, or `""`.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import trust_widgets as tw
from trust_widgets.access import CallerClass, Comparison
from trust_widgets.cli import main
from trust_widgets.evaluation import Outcome
from trust_widgets.findings import Finding, Verdict

Case = dict[str, Any]
Expected = dict[str, Any]
Judges = dict[str, Callable[[Any], str]]
CASES = Path(__file__).parent.parent / "cases" / "rulings.jsonl"
ROLE = "arn:aws:iam::111122223333:role/app"
_LINE = re.compile(r"^[^:\n]+:\d+:\d+: (?P<code>TP\d+) (?P<verdict>\w+) ", re.MULTILINE)
# What has to hold of one finding together.
_OF_ONE = (
    *("verdicts_any", "codes_any", "severities_any", "path_prefix", "path_has"),
    *("message_has", "with_assumption"),
)


def cases() -> list[Case]:
    """The cases, in the order of the file."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def faults_of(case: Case) -> list[str]:
    """What is wrong by a case, as sentences; none where it is right."""
    return _ASKS[case["ask"]](case)


def home_of(case: Case) -> tw.Home:
    """What a case says is the reader's."""
    fields = case.get("home") or {}
    return tw.Home(
        **{name: tuple(each) if isinstance(each, list) else each for name, each in fields.items()}
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _lacks(patterns: Iterable[str], text: str) -> list[str]:
    return [pattern for pattern in patterns if not re.search(pattern, text)]


def _has(patterns: Iterable[str], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)


def _judged(expect: Expected, judges: Judges, others: Iterable[str] = ()) -> list[str]:
    """Each member of an expectation that does not hold.

    Args:
        expect: the expectation. judges: by the member's name. others: members that are judged
            elsewhere.

    Raises:
        ValueError: for a member that nobody judges.
    """
    unknown = set(expect) - set(judges) - set(others)
    if unknown:
        raise ValueError(f"nobody judges {sorted(unknown)}")
    told = {name: judges[name](expect[name]) for name in expect if name in judges}
    return [f"{name}: {wrong}" for name, wrong in told.items() if wrong]


def _any_of(expect: Expected, judge: Callable[[Expected], list[str]]) -> list[str]:
    """Nothing where one of several expectations holds."""
    tried = [judge(each) for each in expect.get("any_of", ())]
    return [f"none of any_of: {tried}"] if tried and all(tried) else []


# What tw.check finds.


class _Findings:
    """The findings on a policy, held against an expectation."""

    def __init__(self, case: Case, findings: Iterable[Finding]) -> None:
        self.case, self.findings = case, list(findings)
        self.told = " | ".join(map(str, self.findings)) or "no findings"
        self.judges: Judges = {
            "verdicts_none": lambda names: self._none(lambda each: str(each.verdict) in names),
            "severities_none": lambda names: self._none(lambda each: str(each.severity) in names),
            "not_codes": lambda codes: self._none(lambda each: each.code in codes),
            "message_has_not": lambda bad: self._none(lambda each: _has(bad, _words(each))),
            "no_above_advice": lambda _: self._none(_is_loud),
            "at_most": self._at_most,
            "fix_keeps": lambda nested: self._after_fixes(nested, all),
            "fix_makes": lambda nested: self._after_fixes(nested, any),
        }

    def judged(self, expect: Expected) -> list[str]:
        rest = {name: wanted for name, wanted in expect.items() if name != "any_of"}
        wrong = _judged(rest, self.judges, (*_OF_ONE, "ignore_codes"))
        return [*self._one(rest), *wrong, *_any_of(expect, self.judged)]

    def _none(self, is_wrong: Callable[[Finding], bool]) -> str:
        return " | ".join(str(each) for each in self.findings if is_wrong(each))

    def _at_most(self, most: int) -> str:
        return "" if sum(map(_is_loud, self.findings)) <= most else self.told

    def _one(self, expect: Expected) -> list[str]:
        """Nothing where one finding has all that is said of one."""
        wanted = {name: expect[name] for name in _OF_ONE if name in expect}
        counted = [
            each for each in self.findings if each.code not in expect.get("ignore_codes", ())
        ]
        if not wanted or any(_is_as_wanted(each, wanted) for each in counted):
            return []
        return [f"no finding with {wanted}; got {self.told}"]

    def _after_fixes(self, nested: Expected, how: Callable[[Iterable[bool]], bool]) -> str:
        """Judge the text after each fix."""
        text = _text(self.case["text"])
        fixed = [each.fix.apply(text) for each in self.findings if each.fix]
        wrong = [faults_of({**self.case, **nested, "text": after}) for after in fixed]
        return "" if fixed and how(not each for each in wrong) else f"after the fixes: {wrong}"


def _is_loud(finding: Finding) -> bool:
    return finding.verdict is not Verdict.ADVICE


def _words(finding: Finding) -> str:
    title = finding.fix.title if finding.fix else ""
    return "\n".join([finding.message, title, *finding.callers])


def _is_as_wanted(finding: Finding, wanted: Expected) -> bool:
    prefix = wanted.get("path_prefix", [])
    return (
        str(finding.verdict) in wanted.get("verdicts_any", [str(finding.verdict)])
        and finding.code in wanted.get("codes_any", [finding.code])
        and str(finding.severity) in wanted.get("severities_any", [str(finding.severity)])
        and list(finding.path)[: len(prefix)] == prefix
        and not _lacks(wanted.get("path_has", ()), " ".join(map(str, finding.path)))
        and not _lacks(wanted.get("message_has", ()), _words(finding))
        and (not wanted.get("with_assumption") or bool(finding.assumptions))
    )


def _check(case: Case) -> list[str]:
    findings = tw.check(_text(case["text"]), home_of(case))
    return _Findings(case, findings).judged(case["expect"])


def _model(case: Case) -> list[str]:
    model = tw.TrustModel(text=_text(case["text"]))
    grants = [(grant.pattern, dict(grant.answers)) for grant in model.grants]
    judges: Judges = {
        "grants_not": lambda pairs: str(grants) if any(tuple(p) in grants for p in pairs) else "",
        "summary_has_not": lambda bad: model.summary if _has(bad, model.summary) else "",
    }
    own = {name: wanted for name, wanted in case["expect"].items() if name in judges}
    rest = {name: wanted for name, wanted in case["expect"].items() if name not in judges}
    return [*_judged(own, judges), *_Findings(case, model.findings).judged(rest)]


# Who gets in, what changed, and one call.


def _who(case: Case) -> list[str]:
    policy = tw.parse(_text(case["text"]))
    classes = list(tw.who_gets_in(policy, home_of(case)))
    told = "\n".join(f"{each.sentence} {each.stranger}" for each in classes) or "nobody"
    judges: Judges = {
        "nobody": lambda _: told if classes else "",
        "somebody": lambda _: "" if classes else told,
        "sentence_has": lambda patterns: told if _lacks(patterns, told) else "",
        "sentence_has_not": lambda patterns: told if _has(patterns, told) else "",
        "stranger": lambda wanted: "" if _is_for_strangers(classes, wanted) else told,
        "witness": lambda _: "\n".join(_without_witness(policy, classes)),
    }
    return _judged(case["expect"], judges)


def _is_for_strangers(classes: list[CallerClass], wanted: bool | None) -> bool:
    """True: one class has strangers. False: each says that it has none. None: none has."""
    said = [each.stranger for each in classes]
    if wanted:
        return True in said
    return True not in said and (wanted is None or None not in said)


def _without_witness(policy: tw.TrustPolicy, classes: list[CallerClass]) -> Iterator[str]:
    """The classes that no call shows."""
    for each in classes:
        call = each.witness
        if call is None or tw.evaluate(policy, call).outcome is not Outcome.ALLOWED:
            yield each.sentence


def _compare(case: Case) -> list[str]:
    found: Comparison = tw.compare(
        tw.parse(_text(case["old"])), tw.parse(_text(case["new"])), home_of(case)
    )
    judges: Judges = {
        "gained": lambda wanted: "" if _is_one(found.gained.found, wanted) else str(found.gained),
        "lost": lambda wanted: "" if _is_one(found.lost.found, wanted) else str(found.lost),
    }
    return _judged(case["expect"], judges)


def _is_one(found: bool | None, wanted: Any) -> bool:
    return found in (wanted if isinstance(wanted, list) else [wanted])


def _evaluate(case: Case) -> list[str]:
    """One call, as `fix_keeps` puts it to a fixed policy."""
    call = tw.CALLERS[case["caller"]].make(case.get("role", ROLE), case.get("answers"))
    outcome = str(tw.evaluate(tw.parse(_text(case["text"])), call).outcome)
    return [] if outcome in case["expect"]["outcome"] else [f"got {outcome}"]


# The command line.


def _cli(case: Case) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in case["files"].items():
            Path(folder, name).write_text(_text(content), encoding="utf-8")
        status, out = _run(folder, ["check", *case["files"]])
    verdicts = [line["verdict"] for line in _LINE.finditer(out)]
    judges: Judges = {
        "rc": lambda wanted: "" if status == wanted else f"{status}: {out}",
        "findings": lambda wanted: (
            "" if all(set(each["verdict"]) & set(verdicts) for each in wanted) else out
        ),
    }
    return _judged(case["expect"], judges)


def _run(folder: str, arguments: list[str]) -> tuple[int, str]:
    """The exit status of a command in a folder, and what it prints."""
    before, out = os.getcwd(), io.StringIO()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = main(arguments)
    finally:
        os.chdir(before)
    return status, out.getvalue()


_ASKS: dict[str, Callable[[Case], list[str]]] = {
    "check": _check,
    "who": _who,
    "compare": _compare,
    "cli": _cli,
    "model": _model,
    "evaluate": _evaluate,
}
