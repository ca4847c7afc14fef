"""A pattern for subjects in words: what it admits, and in which ways it is wide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from trust_widgets.providers import Reading
from trust_widgets.providers.subjects.forms import Fit, names_in
from trust_widgets.text.globs import is_anything, widest

if TYPE_CHECKING:
    from trust_widgets.providers.subjects.grammar import Grammar

_WORDS = re.compile(r"[*]([^*]*)[*]|\{\w+\}(?:/\{\w+\})*")


def reading_of_fits(grammar: Grammar, fits: tuple[Fit, ...], pattern: str) -> Reading | None:
    """A pattern in words, from how it fits the forms of a grammar; `None` when it fits none."""
    lists = [patterns for fit in fits for patterns in fit.parts.values()]
    texts = [text for patterns in lists for text in patterns]
    if fits and len(fits) == len(grammar.forms) and all(map(is_anything, texts)):
        return _read_everything(grammar, fits)
    if len(fits) > 1 and grammar.several:
        first = _as_first_form(grammar, fits)
        if first is not None:
            return _reading(grammar, first, first.form.words, first.form.fault)
        return _read_several(grammar, fits, "" if _leave_all_open(fits) else pattern)
    readings = [_reading(grammar, fit, fit.form.words, fit.form.fault) for fit in fits]
    if not readings:
        return None
    if len(readings) == 1:
        return readings[0]
    return _joined(readings)


def _read_everything(grammar: Grammar, fits: tuple[Fit, ...]) -> Reading:
    fault = grammar.several_fault if len(fits) > 1 else fits[0].form.fault
    reading = _reading(grammar, _common(fits), "", fault)
    faults = reading.faults
    if reading.stranger:
        faults = ("everything", *faults)
    return Reading(grammar.everything, (grammar.everything,), faults, reading.stranger)


def _read_several(grammar: Grammar, fits: tuple[Fit, ...], pattern: str) -> Reading:
    reading = _reading(grammar, _common(fits), grammar.several, grammar.several_fault)
    like = f" whose subject is like {pattern}" if pattern else ""
    return Reading(reading.words + like, reading.wide, reading.faults, reading.stranger)


def _common(fits: tuple[Fit, ...]) -> Fit:
    """Several fits as one, with the parts that all of them have."""
    shared = set.intersection(*(set(fit.parts) for fit in fits))
    parts = {}
    for name in fits[0].parts:
        if name in shared:
            parts[name] = widest(text for fit in fits for text in fit.parts[name])
    return Fit(fits[0].form, parts, frozenset.intersection(*(fit.closed for fit in fits)))


def _as_first_form(grammar: Grammar, fits: tuple[Fit, ...]) -> Fit | None:
    """Several fits as one of the usual form, where the others only have more parts that are left
    open, and it says more than the words for several.
    """
    common = _common(fits)
    more = set(common.parts) - set(names_in(grammar.several))
    says_more = any(not is_anything(text) for name in more for text in common.parts[name])
    if says_more and _leave_all_open(fits) and _is_whole(common):
        return common
    return None


def _leave_all_open(fits: tuple[Fit, ...]) -> bool:
    """Whether the parts that only some of the fits have are open in all of these."""
    common = _common(fits).parts
    own = [texts for fit in fits for name, texts in fit.parts.items() if name not in common]
    return all(is_anything(text) for texts in own for text in texts)


def _is_whole(fit: Fit) -> bool:
    """Whether a fit has all the parts that its form names outside of brackets."""
    return set(names_in(fit.form.templates()[-1])) <= set(fit.parts)


def _reading(grammar: Grammar, fit: Fit, template: str, fault: str) -> Reading:
    faults = [
        grammar.part(name).fault_of(texts)
        for name, texts in fit.parts.items()
        if name not in fit.closed
    ]
    words, wide = _phrase(grammar, template, fit)
    stranger = any(grammar.part(name).stranger and not fit.is_one(name) for name in fit.parts)
    return Reading(words, wide, tuple(filter(None, (*faults, fault))), stranger)


def _phrase(grammar: Grammar, template: str, fit: Fit) -> tuple[str, tuple[str, ...]]:
    """Words with the parts filled in, and the wide ones among them."""
    wide: list[str] = []

    def put(match: re.Match[str]) -> str:
        if match[1] is not None:
            wide.append(match[1])
            return match[1]
        names = re.findall(r"\w+", match[0])
        if len(names) > 1 and all(fit.is_said(name) for name in names):
            return "/".join(grammar.part(name).unescaped(fit.parts[name][0]) for name in names)
        texts = {name: grammar.part(name).say(fit.parts[name]) for name in reversed(names)}
        for name, text in texts.items():
            if not fit.is_one(name) and not grammar.part(name).free:
                wide.append(text)
        return " of ".join(texts.values())

    def kept(match: re.Match[str]) -> str:
        return match[1] if fit.is_told(match[1]) else ""

    return _WORDS.sub(put, re.sub(r"\[([^]]*)\]", kept, template)), tuple(wide)


def _joined(readings: list[Reading]) -> Reading:
    """What any of them admits."""
    return Reading(
        " or ".join(_once(reading.words for reading in readings)),
        _once(text for reading in readings for text in reading.wide),
        _once(fault for reading in readings for fault in reading.faults),
        any(reading.stranger for reading in readings),
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
