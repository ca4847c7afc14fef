"""What answers about one policy must have in common, whatever the policy is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import trust_widgets as tw
from trust_widgets.access import Answer, can_let_in
from trust_widgets.findings import Finding, Severity, Verdict


def broken_laws(policy: tw.TrustPolicy, home: tw.Home | None = None) -> list[str]:
    """Return a sentence for each law that the answers about a policy break.

    Whoever `is_public` shows has a class in `who_gets_in` that is not said to be without strangers.
    Each Allow statement that names a principal has a class too, unless `can_let_in` says no: "not
    decided" is not "nobody".
    """
    classes = tw.who_gets_in(policy, home)
    found = []
    if tw.is_public(policy, home).found and all(each.stranger is False for each in classes):
        found.append("is_public shows a stranger, and no class of who_gets_in can have strangers")
    with_class = {each.path[1] for each in classes}
    for number, statement in enumerate(policy.statements):
        if statement.effect != "Allow" or _names_nobody(statement) or number in with_class:
            continue
        answer = can_let_in(policy, number, home)
        if answer.found is not False:
            found.append(
                f"can_let_in says {answer.found} of statement {number}, which has no class in"
                " who_gets_in"
            )
    return found


def _names_nobody(statement: tw.Statement) -> bool:
    """Return whether a statement has no principal at all: neither element, or an empty list."""
    if statement.not_principal is not None:
        return False
    return statement.principal is None or not (
        statement.principal.star or any(statement.principal.each())
    )


@dataclass(frozen=True)
class Answers:
    """All answers about one policy, each asked for once.

    Args:
        text: of the policy, which can be read.
        home: what is the reader's own.
    """

    text: str
    home: tw.Home | None = None

    @cached_property
    def policy(self) -> tw.TrustPolicy:
        """The policy."""
        return tw.parse(self.text)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What `check` reports."""
        return tuple(tw.check(self.text, self.home))

    @cached_property
    def classes(self) -> dict[int, list[tw.CallerClass]]:
        """What `who_gets_in` answers, by statement."""
        found = defaultdict(list)
        for each in tw.who_gets_in(self.policy, self.home):
            found[int(each.path[1])].append(each)
        return found

    @cached_property
    def public(self) -> Answer:
        """What `is_public` answers."""
        return tw.is_public(self.policy, self.home)

    def findings_in(self, number: int) -> list[Finding]:
        """The findings about one statement."""
        return [each for each in self.findings if each.path[:2] == ("Statement", number)]


def contradictions(text: str, home: tw.Home | None = None) -> list[str]:
    """Return a sentence for each contradiction between the answers about a policy.

    "Not decided" contradicts nothing.
    """
    answers = Answers(text, home)
    found = list(_about_strangers(answers))
    for number, statement in enumerate(answers.policy.statements):
        if statement.effect == "Allow" and not _names_nobody(statement):
            found += _about_statement(answers, number)
    return found


def _about_strangers(answers: Answers) -> Iterator[str]:
    """`is_public` against `who_gets_in`, and both against `evaluate`."""
    classes = [each for group in answers.classes.values() for each in group]
    if answers.public.found is True and all(each.stranger is False for each in classes):
        yield "is_public is yes, and no class of who_gets_in can have strangers"
    if answers.public.found is False and any(each.stranger is True for each in classes):
        yield "is_public is no, and a class of who_gets_in has strangers"
    witnesses = [each.witness for each in classes]
    for witness in (*witnesses, answers.public.witness):
        if witness is not None and tw.evaluate(answers.policy, witness).outcome != "allowed":
            yield f"evaluate does not allow the witness {witness}"


def _about_statement(answers: Answers, number: int) -> Iterator[str]:
    """`check` and `can_let_in` against `who_gets_in`, for one Allow statement with principals."""
    classes = answers.classes.get(number, [])
    findings = answers.findings_in(number)
    answer = can_let_in(answers.policy, number, answers.home)
    who = f"statement {number}"
    if answer.found is False and classes:
        yield f"can_let_in is no for {who}, which has a class"
    if answer.found is not False and not classes:
        yield f"can_let_in is {answer.found} for {who}, which has no class"
    is_reported = any(each.verdict in (Verdict.DEAD, Verdict.REFUSED) for each in answers.findings)
    if answer.found is False and not is_reported:
        yield f"can_let_in is no for {who}, and check reports nothing dead: {answer.because}"
    for finding in findings:
        yield from _about_finding(finding, classes, answer)


def _about_finding(
    finding: Finding, classes: list[tw.CallerClass], answer: Answer
) -> Iterator[str]:
    """One finding against the classes of its statement."""
    of_statement = len(finding.path) == len(("Statement", 0))
    if finding.verdict is Verdict.DEAD and classes:
        if of_statement or "this statement lets nobody in" in finding.message:
            yield f"{finding.code} says that nobody is allowed, and there is a class"
        if any(each.path == finding.path for each in classes):
            yield f"{finding.code} calls a principal dead that has a class"
    if finding.verdict is Verdict.OPEN and answer.found is False:
        yield f"{finding.code} calls a statement too permissive that allows nobody"
    is_critical = finding.verdict is Verdict.OPEN and finding.severity is Severity.CRITICAL
    if is_critical and all(each.stranger is False for each in classes):
        yield f"{finding.code} is critical, and no class can have strangers"
