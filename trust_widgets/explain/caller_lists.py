"""The callers of a statement as a sentence lists them: each by name, or counted."""

from __future__ import annotations

from collections.abc import Iterable

from trust_widgets.explain.conditions import limits_of
from trust_widgets.explain.folding import Fold, is_counted
from trust_widgets.explain.principal_words import PrincipalWords
from trust_widgets.explain.principals import ANY_PRINCIPAL, ANYONE
from trust_widgets.policy import Statement
from trust_widgets.text.english import count_of, listed


def callers_in_words(callers: Iterable[PrincipalWords], fold: Fold = Fold.WHOLE) -> PrincipalWords:
    """All callers that a statement names as one list.

    Only callers that the same words count are counted together: none that names one caller with
    one that names many, no external one with one that is not.

    Args:
        callers: from `who_of`.
        fold: how far the list is folded.

    Example:
        >>> roles = [
        ...     PrincipalWords(f"the role r{n}", counted="{} roles", account=f"account {n % 4}")
        ...     for n in range(80)
        ... ]
        >>> callers_in_words(roles, Fold.LONG).text, callers_in_words(roles[:2]).text
        ('80 roles in 4 accounts', 'the role r0 and the role r1')
    """
    each = list(dict.fromkeys(callers))
    kinds: dict[str, list[PrincipalWords]] = {}
    for caller in each:
        kinds.setdefault(caller.counted, []).append(caller)
    counted = {kind: _counted(group, fold) for kind, group in kinds.items()}
    said = dict.fromkeys(counted[caller.counted] or caller for caller in each)
    wide = tuple(phrase for words in said for phrase in words.wide)
    return PrincipalWords(listed(dict.fromkeys(words.text for words in said)), wide)


def with_limits(
    statement: Statement, callers: Iterable[PrincipalWords], fold: Fold = Fold.WHOLE
) -> PrincipalWords:
    """The callers that a statement names, with its conditions.

    Example:
        >>> from trust_widgets.policy import Condition
        >>> blocks = tuple(f"198.51.{n}.0/24" for n in range(40))
        >>> office = Statement(conditions=(Condition("IpAddress", "aws:SourceIp", blocks),))
        >>> with_limits(office, [PrincipalWords("the user ops")], Fold.LONG).condition
        'from the IP address 198.51.0.0/24, 198.51.1.0/24 or 38 others'
    """
    every = list(callers)
    words = callers_in_words(every, fold)
    limits = limits_of(statement, fold, is_attached=_takes_limits(every))
    text, wide = words.text, words.wide
    if limits.callers and text == ANYONE:
        text, wide = ANY_PRINCIPAL, (ANY_PRINCIPAL,)
    text = f"{text} {limits.callers}".strip()
    return words._replace(text=text, wide=wide, condition=limits.request)


def _takes_limits(callers: list[PrincipalWords]) -> bool:
    """Whether words after these callers are about all of them, and about them alone."""
    return len(callers) == 1 and not callers[0].text.endswith(" allows")


def _counted(group: list[PrincipalWords], fold: Fold) -> PrincipalWords | None:
    """Callers of one kind as one entry that counts them; None where each is listed."""
    first, number = group[0], sum(each.number for each in group)
    if not first.counted or not is_counted(number, fold):
        return None
    text = first.counted.replace("{}", f"{number:,}")
    accounts = list(dict.fromkeys(each.account for each in group if each.account))
    if len(accounts) == 1:
        text = f"{text} of {accounts[0]}"
    elif accounts:
        text = f"{text} in {count_of(len(accounts), 'account')}"
    return PrincipalWords(text, (text,) if first.wide else (), first.stranger)
