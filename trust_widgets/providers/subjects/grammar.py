"""Subjects as a grammar: forms of named parts, from which a subject is built and read back, and a
pattern in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product
from typing import Any, NamedTuple, TypeVar

from trust_widgets.providers import Reading
from trust_widgets.providers.subjects.alignment import Element, LaidPattern
from trust_widgets.providers.subjects.forms import Fit, expression, names_in, parsed
from trust_widgets.providers.subjects.forms import Form as Form
from trust_widgets.providers.subjects.parts import Part as Part
from trust_widgets.providers.subjects.wording import reading_of_fits
from trust_widgets.text.globs import count_wildcards, is_exact, matches, tidy, widest

T = TypeVar("T")
# No vendor's pattern has so many; a hostile one would take long to lay along the forms.
_MOST_WILDCARDS = 24
_MOST_KNOWN = 16_384
_LONGEST = 4096


class _ReadForms(NamedTuple):
    """What a grammar says, ready to be laid along patterns.

    Args:
        parts: by name.
        elements, expressions: of each form's templates, by the form's name.
        known: what was said of patterns, as far as it was needed: many rules need the same.
    """

    parts: dict[str, Part]
    elements: dict[str, list[tuple[Element, ...]]]
    expressions: dict[str, list[re.Pattern[str]]]
    known: dict[Hashable, Any]


@dataclass(frozen=True)
class Grammar:
    """The forms and parts of an issuer's subjects.

    Args:
        forms: the usual one first.
        parts: all that the forms name, in any order.
        everything: words for a pattern that admits every subject.
        several: words for a pattern that fits several forms, of parts that all forms have, in the
            syntax of `Form.words`; without it the words of those forms are joined with "or".
        several_fault: what is wide then: `"run_any"`.
    """

    forms: tuple[Form, ...]
    parts: tuple[Part, ...]
    everything: str
    several: str = ""
    several_fault: str = ""

    def build(self, form: str, **parts: str) -> str:
        """A subject.

        Args:
            form: its name.
            parts: their values as people know them; empty ones are as good as none.

        Raises:
            ValueError: for a part that the form does not have, lacks, or cannot take.
        """
        values = {name: self.part(name).escaped(value) for name, value in parts.items() if value}
        for name, value in values.items():
            if not self.part(name).is_value(value):
                raise ValueError(f"{value!r} is no {name}; {self.part(name).example!r} is one")
        return self._put(form, values)

    def pattern(self, form: str, **parts: str) -> str:
        """A pattern for subjects: as `build`, with any wildcards in the parts."""
        values = {name: self.part(name).escaped(value) for name, value in parts.items() if value}
        for name, value in values.items():
            if not (all(map(self.part(name).may_hold, value)) and self.part(name).admits(value)):
                raise ValueError(f"{value!r} fits no {name}; {self.part(name).example!r} is one")
        return self._put(form, values)

    def _put(self, form: str, values: dict[str, str]) -> str:
        for template in next(known for known in self.forms if known.name == form).templates():
            if set(names_in(template)) == set(values):
                return template.format_map(values)
        raise ValueError(f"{form!r} takes other parts than {', '.join(values)}")

    def take_apart(self, subject: str) -> tuple[str, dict[str, str]] | None:
        """The name of the form that a subject has and the values of its parts; `None` when it has
        none.
        """
        for form in self.forms:
            for known in self._read.expressions[form.name]:
                match = known.fullmatch(subject)
                if match is None:
                    continue
                texts = match.groupdict()
                if all(self.part(name).is_value(text) for name, text in texts.items()):
                    parts = {name: self.part(name).unescaped(text) for name, text in texts.items()}
                    return form.name, parts
        return None

    def parts_of(self, subject: str) -> dict[str, str] | None:
        """The values of a subject's parts, whatever its form."""
        taken_apart = self.take_apart(subject)
        if taken_apart is None:
            return None
        _, parts = taken_apart
        return parts

    def is_too_wild(self, pattern: str) -> bool:
        """Whether a pattern has too many wildcards to be laid along the forms; it may fit any."""
        return _has_too_many_wildcards(pattern)

    def admits(self, pattern: str) -> bool:
        """Whether a pattern fits one of the forms, which takes less than how it fits each."""
        return self._once(self._admits, pattern)

    def _admits(self, pattern: str) -> bool:
        tidied = tidy(pattern)
        for form in self.forms:
            for index in range(len(self._read.elements[form.name])):
                if self._laid(form, index, tidied) is not None:
                    return True
        return False

    def fits(self, pattern: str) -> tuple[Fit, ...]:
        """How a pattern fits the forms, one entry for each that it can fit."""
        return self._once(self._fits, pattern)

    def _fits(self, pattern: str) -> tuple[Fit, ...]:
        fits = [self._fit(form, tidy(pattern)) for form in self.forms]
        return tuple(fit for fit in fits if fit is not None)

    def _once(self, work: Callable[..., T], *asked: Hashable) -> T:
        """What a method answers, remembered."""
        known, key = self._read.known, (work.__name__, *asked)
        if key in known:
            answer: T = known[key]
            return answer
        if len(known) >= _MOST_KNOWN:
            known.clear()
        answer = known[key] = work(*asked)
        return answer

    def _fit(self, form: Form, pattern: str) -> Fit | None:
        templates = range(len(self._read.elements[form.name]))
        laid = (self._laid(form, index, pattern) for index in templates)
        found = [parts for parts in laid if parts is not None]
        if not found:
            return None
        texts_by_name: dict[str, list[str]] = {}
        for parts in found:
            for name, texts in parts.items():
                texts_by_name.setdefault(name, []).extend(texts)
        merged = {name: widest(texts) for name, texts in texts_by_name.items()}
        closed = [part.closes for part in self.parts if part.closes and _is_exact(part, found)]
        return Fit(form, merged, frozenset(closed))

    def read(self, pattern: str) -> Reading | None:
        """A subject, or a pattern for subjects, in words; `None` when no subject of this issuer
        fits it.
        """
        return self._once(self._reading_of, pattern)

    def _reading_of(self, pattern: str) -> Reading | None:
        if _has_too_many_wildcards(pattern):
            text = f"callers with a subject like {pattern}"
            return Reading(text, (text,))
        return reading_of_fits(self, self.fits(pattern), pattern)

    def subjects_for(self, pattern: str, *, strangers: bool = True) -> tuple[str, ...]:
        """Realistic subjects that a pattern admits, those of external callers first.

        Args:
            pattern: a value of a condition on the subject.
            strangers: whether external callers can have subjects of this issuer at all.
        """
        return self._once(self._subjects_for, pattern, strangers)

    def _subjects_for(self, pattern: str, strangers: bool) -> tuple[str, ...]:
        if is_exact(pattern):
            if self.take_apart(pattern):
                return (pattern,)
            return ()
        if _has_too_many_wildcards(pattern):
            return ()
        found: list[str] = []
        for hostile in (True, False) if strangers else (False,):
            for form in self.forms:
                for index, template in enumerate(form.templates()):
                    parts = self._laid(form, index, tidy(pattern)) or {}
                    found.extend(self._filled(template, parts, pattern, hostile))
        return _once(found)

    def _laid(self, form: Form, index: int, pattern: str) -> dict[str, tuple[str, ...]] | None:
        """A pattern along one of a form's templates; `None` where it does not fit."""
        return self._once(self._align, form.name, index, pattern)

    def _align(self, form: str, index: int, pattern: str) -> dict[str, tuple[str, ...]] | None:
        is_regular = self._read.expressions[form][index].fullmatch
        if is_exact(pattern) and not is_regular(pattern):
            return None
        known = self._read.known
        laid = known.get(LaidPattern)
        if laid is None or laid.pattern != pattern:  # a pattern is laid along all forms in turn
            laid = known[LaidPattern] = LaidPattern(tidy(pattern))
        open_in_parts: dict[str, tuple[str, ...]] | None
        open_in_parts = laid.along(self._read.elements[form][index])
        return open_in_parts

    def _filled(
        self, template: str, parts: dict[str, tuple[str, ...]], pattern: str, hostile: bool
    ) -> Iterator[str]:
        if not parts or (hostile and not self._can_be_a_strangers(parts)):
            return
        for texts in islice(product(*parts.values()), 8):
            values = {
                name: self._once(self._fill, name, text, hostile)
                for name, text in zip(parts, texts, strict=True)
            }
            subject = template.format_map(values)
            if None in values.values() or not matches(pattern, subject):
                continue
            if self.take_apart(subject):
                yield subject
                return

    def _can_be_a_strangers(self, parts: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether a part is left open of which external callers can have their own."""
        for name, texts in parts.items():
            if self.part(name).stranger and not all(map(is_exact, texts)):
                return True
        return False

    def _fill(self, name: str, text: str, hostile: bool) -> str | None:
        """A realistic value of a part."""
        return self.part(name).fill(text, hostile=hostile)

    def with_any_names(self, chars: str) -> Grammar:
        """A grammar with the same forms, in which a name may consist of any of these characters."""
        parts = [
            part if part.choices else replace(part, chars=chars, rule="", least=1, most=999)
            for part in self.parts
        ]
        return replace(self, parts=tuple(parts))

    def part(self, name: str) -> Part:
        """The part with a name."""
        return self._read.parts[name]

    @cached_property
    def _read(self) -> _ReadForms:
        parts = {part.name: part for part in self.parts}
        elements, expressions = {}, {}
        for form in self.forms:
            templates = [parsed(text, parts) for text in form.templates()]
            elements[form.name] = templates
            expressions[form.name] = [expression(each) for each in templates]
        return _ReadForms(parts, elements, expressions, {})


def _is_exact(part: Part, found: Iterable[Mapping[str, Iterable[str]]]) -> bool:
    """Whether every reading of a pattern has exact texts alone for a part."""
    for texts_by_name in found:
        if not all(map(is_exact, texts_by_name.get(part.name, "*"))):
            return False
    return True


def _has_too_many_wildcards(pattern: str) -> bool:
    return count_wildcards(tidy(pattern)) > _MOST_WILDCARDS


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
