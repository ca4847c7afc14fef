"""The classes of callers that `who_gets_in` returns, their sentences, and the sentence of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from trust_widgets.evaluation import Request
from trust_widgets.explain import (
    External,
    Fold,
    Part,
    PrincipalWords,
    access_words,
    bundle_of,
    html_of,
    number_of,
    parts_of_class,
    shortest_form,
)
from trust_widgets.names import helps_with_names
from trust_widgets.policy import Path
from trust_widgets.text.english import capital, count_of, listed
from trust_widgets.text.html import CARD, STILL, tag
from trust_widgets.text.terminal import one_line

FOLDS = (Fold.LONG, Fold.EVERY, Fold.KEYS, Fold.COUNTS)
"""How the lists of a class are folded in its shorter forms."""
SAYS = "IAM would reject this policy. As written, it means: "
NOBODY = "No one can assume this role yet."


@helps_with_names(call="witness", public="stranger", statement="path", text="sentence")
@dataclass(frozen=True, slots=True)
class CallerClass:
    """Callers that one statement allows.

    Args:
        who: who they are, `"the AWS service EC2"`.
        sentence: `"The AWS service EC2 can assume this role."`; of a policy without a meaning to
            decide by, that IAM refuses it, and then what it says.
        stranger: whether an external caller is among them; `None`: not decided.
        witness: a call that is allowed, an external caller's if there is one; `None` when none was
            found in time.
        wide: the parts of `who` that deserve emphasis, because they name more than one caller.
        path: the statement.
        accounts: those of principals that the statement names, and of which it is not known
            whether they are the reader's: access from them is external unless they are.
        vendors: those of principals that the statement names, and that are vendors' in the
            settings.
        owners: the GitHub owners of subjects that the statement names and that are not in the
            settings, where these name some: access from them is external unless they are own ones.
        forms: `who` whole and, where it has long lists, in ever fewer words: these are counted.
    """

    who: str
    sentence: str
    stranger: bool | None = None
    witness: Request | None = None
    wide: tuple[str, ...] = ()
    path: Path = ()
    accounts: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    forms: tuple[PrincipalWords, ...] = ()

    @property
    def external(self) -> External:
        """Whether there is external access: `"yes"`, `"no"`, `"named account"` where that depends
        on whose `accounts` or `owners` are, `"vendor"`, or `"not decided"`.
        """
        if self.stranger:
            return "yes"
        if self.accounts or self.owners:
            return "named account"
        if self.vendors:
            return "vendor"
        if self.stranger is None:
            return "not decided"
        return "no"

    def __str__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return bundle_of(self._parts(), self._whole)

    @property
    def brief(self) -> str:
        """The sentence with its long lists counted, on at most two lines where that is possible."""
        return shortest_form(map(self._sentence_with, self.forms[1:])) or self.sentence

    def form(self, length: int) -> PrincipalWords:
        """Who they are in one of the shorter forms, the longest being 0."""
        if not self.forms:
            return PrincipalWords(self.who)
        return self.forms[min(length + 1, len(self.forms) - 1)]

    def _sentence_with(self, form: PrincipalWords) -> str:
        whole = capital(self.forms[0].assume)
        return self.sentence.replace(whole, capital(form.assume), 1)

    @property
    def said(self) -> str:
        """The brief sentence, for a place that already says that IAM rejects the policy."""
        return self.brief.removeprefix(SAYS)

    @property
    def _whole(self) -> str:
        """The sentence with all that its lists have, if the brief one counts them."""
        if self.brief != self.sentence:
            return self.sentence
        return ""

    def _parts(self) -> Iterator[Part]:
        access = access_words(self.external, self.accounts, self.owners)
        return parts_of_class(self.brief, access, self.witness)


@helps_with_names(
    sentence="callers[0].sentence",
    stranger="callers[0].stranger",
    witness="callers[0].witness",
    who="callers[0].who",
    found="is_public(policy).found",
)
class CallerClasses(tuple[CallerClass, ...]):
    """Everyone who can assume the role: a tuple of classes that shows itself, a line each, and in a
    notebook with their calls.

    It equals any tuple of the same classes; what is sliced or added is a plain tuple.

    Example:
        >>> CallerClasses(
        ...     (CallerClass("you", "You can assume this role.", False, path=("Statement", 0)),)
        ... )
        Statement 1: You can assume this role. This includes no external access.
        >>> CallerClasses()
        No one can assume this role yet.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        lines = (f"{number_of(each.path)}: {next(each._parts())[0]}" for each in self)
        return "\n".join(map(one_line, lines)) or self._nobody

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        cards = [
            tag(
                "div",
                tag("p", number_of(each.path)),
                html_of(each._parts(), each._whole),
                style=CARD,
            )
            for each in self
        ]
        page = tag("div", *(cards or [tag("p", self._nobody)]), style=STILL)
        return {"text/plain": repr(self), "text/html": page}

    @property
    def _nobody(self) -> str:
        return NOBODY


class CallerClassesUnderCeilings(CallerClasses):
    """The same under the RCPs and SCPs that were given.

    Example:
        >>> CallerClassesUnderCeilings()
        No one can assume this role under the RCPs and SCPs given.
    """

    __slots__ = ()

    @property
    def _nobody(self) -> str:
        return "No one can assume this role under the RCPs and SCPs given."


def unless_denied(denies: int) -> str:
    """What so many Deny statements add to a sentence.

    Example:
        >>> unless_denied(1)
        ', unless a Deny statement denies the request'
    """
    if not denies:
        return ""
    if denies == 1:
        return ", unless a Deny statement denies the request"
    return f", unless one of {denies} Deny statements denies the request"


def summary_of(classes: tuple[CallerClass, ...], denies: int = 0, *, whole: bool = False) -> str:
    """One sentence that joins those of all classes.

    Args:
        classes: from `who_gets_in`.
        denies: how many Deny statements the policy has.
        whole: whether to list all that long lists have, which are else counted.

    Example:
        >>> summary_of(())
        'No one can assume this role yet.'
        >>> summary_of((CallerClass("the AWS service EC2", ""), CallerClass("you", "")))
        'The AWS service EC2 can assume this role, and so can you.'
    """
    if not classes:
        return NOBODY
    different = list({each.who: each for each in classes}.values())
    if whole:
        every = [_whole_words(each) for each in different]
        return _joined(every, denies)
    return shortest_form(_joined(names, denies) for names in _names_of(different))


def _whole_words(found: CallerClass) -> PrincipalWords:
    """The callers of a class in the longest words there are."""
    if found.forms:
        return found.forms[0]
    return PrincipalWords(found.who)


def _names_of(classes: list[CallerClass]) -> Iterator[list[PrincipalWords]]:
    """The callers of each class in ever fewer words, and those of the first classes alone."""
    longest, shortest = 0, len(FOLDS) - 1
    yield _in_words(classes, longest)
    yield _in_words(classes, longest + 1)
    for number in range(len(classes) - 1, 1, -1):
        yield _first(classes, number, longest)
    for length in range(longest + 2, shortest + 1):
        yield _in_words(classes, length)
    for number in range(len(classes) - 1, 0, -1):
        yield _first(classes, number, shortest)


def _first(classes: list[CallerClass], number: int, length: int) -> list[PrincipalWords]:
    """The callers of the first classes, and how many other statements there are."""
    rest = count_of(len(classes) - number, "other statement")
    return [*_in_words(classes[:number], length), PrincipalWords(f"the callers of {rest}")]


def _in_words(classes: list[CallerClass], length: int) -> list[PrincipalWords]:
    names: list[PrincipalWords] = []
    for each in classes:
        words = each.form(length)
        if words in names:  # the same words about others, whom another statement names
            place = number_of(each.path).lower()
            words = words._replace(text=f"{words.text} ({place})")
        names.append(words)
    return names


def _joined(names: list[PrincipalWords], denies: int) -> str:
    first, *others = names
    text = capital(first.assume)
    if others:
        text += f", and so can {listed(each.whole for each in others)}"
    return f"{text}{unless_denied(denies)}."


def emphasis(sentence: str, wide: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """A sentence in parts, those that name more than one caller marked.

    Example:
        >>> emphasis("Runs on any branch of app.", ("any branch",))
        (('Runs on ', False), ('any branch', True), (' of app.', False))
    """
    parts: list[tuple[str, bool]] = [(sentence, False)]
    for phrase in sorted({p for p in wide if p}, key=len, reverse=True):
        for form in (phrase, capital(phrase)):
            parts = list(
                chain.from_iterable(
                    _split(text, form) if not is_wide else [(text, True)] for text, is_wide in parts
                )
            )
    return tuple((text, is_wide) for text, is_wide in parts if text)


def _split(text: str, phrase: str) -> list[tuple[str, bool]]:
    before, found, after = text.partition(phrase)
    if found:
        return [(before, False), (found, True), *_split(after, phrase)]
    return [(text, False)]
