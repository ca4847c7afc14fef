"""What answers about one policy must have in common, whatever the policy is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import trust_widgets as tw
from trust_widgets.access import Answer, can_let_in
from trust_widgets.access.caller_class import NOBODY
from trust_widgets.findings import Finding, Severity, Verdict
from trust_widgets.pictures import rows_of
from trust_widgets.policy import names_action, requires_match


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
    found = [*_about_strangers(answers), *_about_what_is_shown(answers)]
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


def _about_what_is_shown(answers: Answers) -> Iterator[str]:
    """The summary and the picture of a model against `who_gets_in`."""
    model = tw.TrustModel(text=answers.text, home=answers.home or tw.Home())
    classes = sum(map(len, answers.classes.values()))
    if len(model.callers) != classes:
        yield f"a model has {len(model.callers)} classes of callers, and who_gets_in {classes}"
    if (NOBODY in model.summary) != (classes == 0):
        yield f"who_gets_in has {classes} classes, and the summary is: {model.summary}"
    rows = rows_of(model.policy, model.callers, model.home, refused=False)
    drawn = sum(row.enters for row in rows)
    if drawn != classes:
        yield f"who_gets_in has {classes} classes, and the picture lets {drawn} in"


def contradictions_of_a_change(old: str, new: str, home: tw.Home | None = None) -> list[str]:
    """Return a sentence for each contradiction between `compare` and the answers about two
    policies.

    The callers' own permissions are taken as given, as in `who_gets_in`.
    """
    before, after = Answers(old, home), Answers(new, home)
    change = tw.compare(before.policy, after.policy, home, caller_permission="yes")
    return [
        *_about_one_direction("gained", change.gained, before, after),
        *_about_one_direction("lost", change.lost, after, before),
    ]


def _about_one_direction(name: str, answer: Answer, less: Answers, more: Answers) -> Iterator[str]:
    """What one policy allows and the other does not, against the callers of both."""
    if answer.witness is not None:
        outcomes = [
            tw.evaluate(each.policy, answer.witness).outcome == "allowed" for each in (more, less)
        ]
        if outcomes != [True, False]:
            yield f"the witness of {name} is allowed by the one and the other: {outcomes}"
    if answer.found is True and not more.classes:
        yield f"{name} is yes, and who_gets_in has no class of those that allow it"
    if answer.found is not False:
        return
    witnesses = [each.witness for group in more.classes.values() for each in group]
    for witness in (*witnesses, more.public.witness):
        # A witness has the keys that its own policy asks for; real calls have the others, too.
        if witness is None or not _keys_of(less.policy) <= set(map(str.lower, witness.context)):
            continue
        if tw.evaluate(less.policy, witness).outcome != "allowed":
            yield f"{name} is no, and this caller is the difference: {witness}"
    if more.public.found is True and less.public.found is False:
        yield f"{name} is no, and only the one policy is public"


def _keys_of(policy: tw.TrustPolicy) -> set[str]:
    """The condition keys of a policy, in small letters."""
    return {
        condition.key.lower()
        for statement in policy.statements
        for condition in statement.conditions
    }


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
    if answer.found is False and not _is_said_to_be_of_no_use(answers, number):
        yield f"can_let_in is no for {who}, and check reports nothing dead: {answer.because}"
    for finding in findings:
        statement = answers.policy.statements[number]
        yield from _about_finding(finding, statement, classes, answer)


def _is_said_to_be_of_no_use(answers: Answers, number: int) -> bool:
    """Whether `check` has something to say of a statement that lets nobody assume the role.

    A statement may be of use to others all the same: where it allows what a call needs besides.
    "May" is said where AWS does not document what would make the statement dead: whom `*` covers,
    and whether an action may have a wildcard.
    """
    helps = ("sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext")
    if any(names_action(answers.policy.statements[number], action) for action in helps):
        return True
    said = {each.code for each in answers.findings_in(number)} & _SAYS_MAY_OF_ONE
    verdicts = {each.verdict for each in answers.findings}
    codes = {each.code for each in answers.findings}
    return bool(said or verdicts & {Verdict.DEAD, Verdict.REFUSED} or codes & _SAYS_MAY_OF_ALL)


_OWNER_SPELLED_OTHERWISE = "TP211"
_SAYS_MAY_OF_ONE = {"TP402"}
_SAYS_MAY_OF_ALL = {"TP448"}


def _says_nobody(finding: Finding, statement: tw.Statement) -> bool:
    """Whether a dead finding leaves nobody: it is about the statement, or about all values of a
    condition that has to be met.

    How an owner is spelled the reader says, which `who_gets_in` does not take as a proof.
    """
    if finding.code == _OWNER_SPELLED_OTHERWISE:
        return False
    if len(finding.path) == len(("Statement", 0)):
        return True
    if "his statement allows no one" in finding.message:
        return True
    for condition in statement.conditions:
        if finding.path[2:5] == condition.path and requires_match(condition):
            return len(finding.path) == len(("Statement", 0, "Condition", "", "")) or (
                len(condition.values) == 1
            )
    return False


def _about_finding(
    finding: Finding, statement: tw.Statement, classes: list[tw.CallerClass], answer: Answer
) -> Iterator[str]:
    """One finding against the classes of its statement."""
    if finding.verdict is Verdict.DEAD and classes:
        if _says_nobody(finding, statement):
            yield f"{finding.code} says that nobody is allowed, and there is a class"
        if any(each.path == finding.path for each in classes):
            yield f"{finding.code} calls a principal dead that has a class"
    if finding.verdict is Verdict.OPEN and answer.found is False:
        yield f"{finding.code} calls a statement too permissive that allows nobody"
    is_critical = finding.verdict is Verdict.OPEN and finding.severity is Severity.CRITICAL
    if is_critical and all(each.stranger is False for each in classes):
        yield f"{finding.code} is critical, and no class can have strangers"
