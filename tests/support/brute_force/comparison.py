"""Ask the package about random policies, and report where it and the brute-force decision
disagree.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import trust_widgets as tw
from support.brute_force.callers import CALLERS, UNNAMED_CALLERS
from support.brute_force.combinations import Situation, situations
from support.brute_force.decision import (
    ALLOWED,
    Caller,
    Document,
    allowing_statements,
    decide,
    names_caller,
    star_leaves_open,
    statements_of,
)
from support.brute_force.policies import PolicyMaker
from support.brute_force.requests import request_from, request_of
from support.laws import broken_laws
from trust_widgets.access import can_let_in

HOME = tw.Home(today=date(2025, 1, 1))
"""The present day is one before the times of the small world, so that none of them is past."""

PAIRS_OF_A_PARTITION = 10
"""Every tenth pair is asked about in another partition too."""

REQUESTS_OF_A_PAIR = 4
"""How many requests of each pair are decided by `evaluate`, on both policies."""


class Disagreement(NamedTuple):
    """A question on which the package and the brute-force decision give different answers.

    Args:
        question: which one, such as `compare says no`.
        seed: of the pair.
        details: the documents, the request and both answers.
    """

    question: str
    seed: int
    details: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.question} (seed {self.seed}): {json.dumps(self.details, default=str)}"


class Report(NamedTuple):
    """What a run found."""

    counts: Counter[str]
    disagreements: list[Disagreement]


def run(seeds: Iterable[int]) -> Report:
    """Check one pair of policies for each seed."""
    report = Report(Counter(), [])
    for seed in seeds:
        old, new = PolicyMaker(seed).pair()
        report.disagreements.extend(check_pair(old, new, seed, report.counts))
    return report


def check_pair(old: Document, new: Document, seed: int, counts: Counter[str]) -> list[Disagreement]:
    """Ask everything about one pair of policies, and return the disagreements."""
    counts["pairs"] += 1
    check = _PairCheck(old, new, seed, counts)
    for question in (
        check.evaluations,
        check.comparison,
        check.statements_that_let_in,
        check.classes_of_callers,
        check.publicness,
        check.laws,
        check.partitions,
    ):
        try:
            question()
        except Exception as error:  # whatever it is, the package must not raise it
            check.disagree(
                f"{question.__name__} raises {type(error).__name__}",
                old=old,
                new=new,
                error=str(error),
            )
    return check.disagreements


class _PairCheck:
    """The questions about one pair of policies."""

    def __init__(self, old: Document, new: Document, seed: int, counts: Counter[str]) -> None:
        self.old, self.new, self.seed, self.counts = old, new, seed, counts
        self.disagreements: list[Disagreement] = []
        self.old_policy, self.new_policy = tw.parse(json.dumps(old)), tw.parse(json.dumps(new))
        both = (old, new)
        self.all_situations = list(situations(both, _covered(CALLERS, both)))
        self.of_unnamed = list(
            situations((new,), _covered(UNNAMED_CALLERS, (new,)), is_unnamed=True)
        )

    def disagree(self, question: str, **details: Any) -> None:
        self.disagreements.append(Disagreement(question, self.seed, details))

    def evaluations(self) -> None:
        """`evaluate` decides requests as the brute-force decision does."""
        chance = random.Random(self.seed)
        count = min(REQUESTS_OF_A_PAIR, len(self.all_situations))
        for situation in chance.sample(self.all_situations, count):
            request = request_of(situation)
            sides = zip(
                (self.old, self.new),
                (self.old_policy, self.new_policy),
                situation.outcomes,
                strict=True,
            )
            for document, policy, expected in sides:
                self.counts["requests"] += 1
                assert expected == decide(document, situation.caller, situation.keys), (
                    "the net itself is wrong"
                )
                outcome = str(tw.evaluate(policy, request).outcome)
                if outcome != expected:
                    self.disagree(
                        "evaluate",
                        document=document,
                        request=request,
                        expected=expected,
                        actual=outcome,
                    )

    def comparison(self) -> None:
        """`compare` finds what changes; its witnesses show a change."""
        answers = tw.compare(self.old_policy, self.new_policy, HOME, caller_permission="yes")
        self._one_direction("gained", answers.gained, (1, 0))
        self._one_direction("lost", answers.lost, (0, 1))

    def _one_direction(self, name: str, answer: tw.Answer, sides: tuple[int, int]) -> None:
        """Check one direction of `compare`.

        Args:
            sides: the numbers of the policy that allows a request and of the one that does not.
        """
        more, less = sides
        self.counts[f"compare {answer.found}"] += 1
        shown = _first(
            self.all_situations, lambda s: s.outcomes[more] == ALLOWED != s.outcomes[less]
        )
        if answer.found is False and shown is not None:
            self.disagree(
                f"compare says no ({name})", old=self.old, new=self.new, request=request_of(shown)
            )
        if answer.found is None and shown is not None:
            self.counts["compare undecided, with a change"] += 1
        if answer.witness is not None:
            documents = (self.old, self.new)
            outcomes = self._outcomes_of_witness(answer.witness, documents)
            if outcomes is not None and not (outcomes[more] == ALLOWED != outcomes[less]):
                self.disagree(
                    f"compare's witness ({name})",
                    old=self.old,
                    new=self.new,
                    request=answer.witness,
                )

    def statements_that_let_in(self) -> None:
        """`can_let_in` says no only of statements through which nobody comes."""
        for number, statement in enumerate(statements_of(self.new)):
            if statement["Effect"] != "Allow":
                continue
            answer = can_let_in(self.new_policy, number, HOME)
            self.counts[f"can_let_in {answer.found}"] += 1
            shown = self._let_in_by(number)
            if answer.found is False and shown is not None:
                self.disagree(
                    "can_let_in says no",
                    document=self.new,
                    statement=number,
                    request=request_of(shown),
                )
            self._check_witness_through("can_let_in's witness", answer.witness, number)

    def classes_of_callers(self) -> None:
        """`who_gets_in` has a class for each statement through which somebody comes."""
        classes = {int(each.path[1]): each for each in tw.who_gets_in(self.new_policy, HOME)}
        self.counts["classes"] += len(classes)
        for number in range(len(statements_of(self.new))):
            shown = self._let_in_by(number)
            if shown is not None and number not in classes:
                self.disagree(
                    "who_gets_in leaves out",
                    document=self.new,
                    statement=number,
                    request=request_of(shown),
                )
        for number, each in classes.items():
            self._check_witness_through("who_gets_in's witness", each.witness, number)
            stranger = self._unnamed_let_in_by(number)
            if each.stranger is False and stranger is not None:
                self.disagree(
                    "who_gets_in says no stranger",
                    document=self.new,
                    statement=number,
                    request=request_of(stranger),
                )

    def publicness(self) -> None:
        """`is_public` says no only if no unnamed caller comes in; whom it shows is allowed and has
        a class.
        """
        answer = tw.is_public(self.new_policy, HOME)
        self.counts[f"is_public {answer.found}"] += 1
        shown = _first(self.of_unnamed, lambda situation: situation.outcomes == (ALLOWED,))
        if answer.found is False and shown is not None:
            self.disagree("is_public says no", document=self.new, request=request_of(shown))
        if answer.witness is None:
            return
        outcomes = self._outcomes_of_witness(answer.witness, (self.new,))
        if outcomes is not None and outcomes != (ALLOWED,):
            self.disagree("is_public's witness", document=self.new, request=answer.witness)

    def laws(self) -> None:
        """The answers about the new policy agree with each other."""
        for law in broken_laws(self.new_policy, HOME):
            self.disagree("the laws are broken", document=self.new, law=law)

    def partitions(self) -> None:
        """In another partition everything is decided in the same way; a SAML endpoint has another
        name there.
        """
        if self.seed % PAIRS_OF_A_PARTITION or "saml" in json.dumps([self.old, self.new]).lower():
            return
        old, new = map(_in_another_partition, (self.old, self.new))
        here, there = _found(self.old_policy, self.new_policy), _found(old, new)
        self.counts["pairs in another partition"] += 1
        if here != there:
            self.disagree(f"partitions: {here}, {there}", old=self.old, new=self.new)

    def _let_in_by(self, statement: int) -> Situation | None:
        """Return a request that the new policy allows by this statement alone."""
        return _first(
            self.all_situations, lambda s: s.outcomes[1] == ALLOWED and s.through == (statement,)
        )

    def _unnamed_let_in_by(self, statement: int) -> Situation | None:
        return _first(
            self.of_unnamed, lambda s: s.outcomes == (ALLOWED,) and s.through == (statement,)
        )

    def _outcomes_of_witness(
        self, witness: tw.Request, documents: tuple[Document, ...]
    ) -> tuple[str, ...] | None:
        """Return the outcomes of a witness, or None if AWS leaves it open."""
        self.counts["witnesses"] += 1
        caller, keys = request_from(witness)
        if star_leaves_open(documents, caller):
            return None
        return tuple(decide(document, caller, keys) for document in documents)

    def _check_witness_through(
        self, question: str, witness: tw.Request | None, statement: int
    ) -> None:
        if witness is None:
            return
        outcomes = self._outcomes_of_witness(witness, (self.new,))
        if outcomes is None:
            return
        caller, keys = request_from(witness)
        if outcomes != (ALLOWED,) or statement not in allowing_statements(self.new, caller, keys):
            self.disagree(question, document=self.new, statement=statement, request=witness)


def _in_another_partition(document: Document) -> tw.TrustPolicy:
    """A policy whose ARNs and Regions are in the partition of the US government."""
    text = re.sub("(arn|ARN):(?:aws|AWS):", r"\1:aws-us-gov:", json.dumps(document))
    return tw.parse(text.replace("eu-west-1", "us-gov-west-1"))


def _found(old: tw.TrustPolicy, new: tw.TrustPolicy) -> list[bool | None]:
    """Whether something was found, for each question about two policies."""
    comparison = tw.compare(old, new, HOME, caller_permission="yes")
    public = tw.is_public(new, HOME).found
    classes = [each.stranger for each in tw.who_gets_in(new, HOME)]
    return [comparison.gained.found, comparison.lost.found, public, *classes]


def _covered(callers: Iterable[Caller], documents: tuple[Document, ...]) -> Iterator[Caller]:
    """Yield the callers whom a statement names, without those of whom AWS leaves that open."""
    statements = [statement for document in documents for statement in statements_of(document)]
    for caller in callers:
        is_named = any(names_caller(statement, caller) for statement in statements)
        if is_named and not star_leaves_open(documents, caller):
            yield caller


def _first(found: Iterable[Situation], is_wanted: Callable[[Situation], bool]) -> Situation | None:
    return next(filter(is_wanted, found), None)
