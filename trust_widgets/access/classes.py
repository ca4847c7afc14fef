"""One class of callers for each statement that lets somebody in, and the sentence that names them all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from trust_widgets.access.callers import who_of
from trust_widgets.access.limits import limits_of
from trust_widgets.home import Home
from trust_widgets.policy import Path, Statement, TrustPolicy

NOBODY = "Nobody can assume this role yet."


@dataclass(frozen=True, slots=True)
class CallerClass:
    """Callers that one statement lets in.

    Args:
        who: who they are, `"the AWS service EC2"`.
        sentence: `"The AWS service EC2 can assume this role."`
        stranger: whether somebody with no tie to the reader is among them; `None`: not decided.
        witness: a call that gets in; not searched for yet, so always `None`.
        wide: the parts of `who` that deserve emphasis, because they name more than one caller.
        path: the statement.
    """

    who: str
    sentence: str
    stranger: bool | None = None
    witness: None = None
    wide: tuple[str, ...] = ()
    path: Path = ()


def who_gets_in(policy: TrustPolicy, home: Home | None = None) -> tuple[CallerClass, ...]:
    """The callers that each Allow statement lets in, in the policy's order. Deny statements are not weighed.

    Args:
        policy: what to read.
        home: what is yours.

    Example:
        >>> import trust_widgets as tw
        >>> ec2 = tw.Statement(principal=tw.Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole")
        >>> tw.who_gets_in(tw.TrustPolicy((ec2,)))[0].sentence
        'The AWS service EC2 can assume this role.'
    """
    found = (
        _class_of(statement, ("Statement", index), home or Home())
        for index, statement in enumerate(policy.statements)
        if statement.effect == "Allow" and _assumes(statement)
    )
    return tuple(each for each in found if each is not None)


def _assumes(statement: Statement) -> bool:
    """Whether an action of it assumes the role, rather than only tagging the session."""
    actions = [action.lower() for action in statement.action or ()]
    return statement.not_action is not None or any(
        action.startswith("sts:assumerole") or ("*" in action and action.startswith(("*", "sts:")))
        for action in actions
    )


def _class_of(statement: Statement, path: Path, home: Home) -> CallerClass | None:
    words = who_of(statement, home)
    if not words:
        return None
    limits = limits_of(statement)
    who = _listed([word.text for word in words]) + "".join(f" {limit}" for limit in limits)
    known = {word.stranger for word in words}
    stranger = True if True in known and not limits else False if known == {False} else None
    wide = tuple(chain.from_iterable(word.wide for word in words))
    return CallerClass(who, f"{_capital(who)} can assume this role.", stranger, None, wide, path)


def summary_of(classes: tuple[CallerClass, ...], denies: int = 0) -> str:
    """One sentence that joins those of all classes.

    Args:
        classes: from `who_gets_in`.
        denies: how many Deny statements stand beside them.

    Example:
        >>> summary_of(()), summary_of((CallerClass("the AWS service EC2", ""), CallerClass("you", "")), 1)
        ('Nobody can assume this role yet.', 'The AWS service EC2 can assume this role, and so can you, unless a Deny statement stops them.')
    """
    if not classes:
        return NOBODY
    first, *others = dict.fromkeys(each.who for each in classes)
    text = f"{_capital(first)} can assume this role"
    if others:
        text += f", and so can {_listed(others)}"
    if denies:
        text += f", unless {'a Deny statement stops' if denies == 1 else f'one of {denies} Deny statements stops'} them"
    return f"{text}."


def emphasis(sentence: str, wide: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """A sentence in parts, those that name more than one caller marked.

    Example:
        >>> emphasis("Runs on any branch of app.", ("any branch",))
        (('Runs on ', False), ('any branch', True), (' of app.', False))
    """
    parts: list[tuple[str, bool]] = [(sentence, False)]
    for phrase in sorted({p for p in wide if p}, key=len, reverse=True):
        for form in (phrase, _capital(phrase)):
            parts = list(
                chain.from_iterable(_split(text, form) if not is_wide else [(text, True)] for text, is_wide in parts)
            )
    return tuple((text, is_wide) for text, is_wide in parts if text)


def _split(text: str, phrase: str) -> list[tuple[str, bool]]:
    before, found, after = text.partition(phrase)
    return [(before, False), (found, True), *_split(after, phrase)] if found else [(text, False)]


def _listed(words: list[str]) -> str:
    """Words as a sentence lists them: `a, b and c`."""
    each = list(dict.fromkeys(words))
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
