"""What every provider owes: it reads what it builds, reads any text, and makes up only what a
pattern admits.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.real_policies import records
from trust_widgets.forms import complaints_about, complete, fields_of, settle
from trust_widgets.providers import PROVIDERS, Provider, provider_of

NAMES = sorted(PROVIDERS)
BUILDERS = [name for name in NAMES if PROVIDERS[name].subject is not None]
ISSUERS = [name for name in NAMES if PROVIDERS[name].issuer_from is not None]
# Forms of a subject that are a fault however exact they are: pull requests hold code that nobody
# has reviewed, and Pulumi ESC writes the same for every environment that a stack uses.
FAULTS_OF_EXACT = {"pull_request", "environment_any"}
# What cannot be told by its issuer alone owns none: see each one's `owns`.
WITHOUT_ISSUERS = {"any_oidc", "saml_any", "terraform_enterprise"}


def texts_of(rule: str) -> st.SearchStrategy[str]:
    """Texts that a rule takes; what looks ahead says more than what follows it, so that texts are
    made from that.
    """
    ahead = re.fullmatch(r"\(\?=\(\?:(.*)\)\\Z\).*", rule)
    texts = st.from_regex(re.compile(ahead[1] if ahead else rule, re.ASCII), fullmatch=True)
    return texts.filter(lambda text: re.fullmatch(rule, text) is not None)


@st.composite
def answers_to(draw: st.DrawFn, function: Callable[..., str]) -> dict[str, Any]:
    """Right answers to a function's questions, those left out that are not asked."""
    fields = fields_of(function)
    raw: dict[str, Any] = {}
    for field in fields:
        if field.kind == "choice":
            raw[field.name] = draw(st.sampled_from(field.options))
            continue
        rule = field.question.rule
        value = texts_of(rule) if rule else st.text(min_size=1)
        likely = st.just(field.question.example)
        raw[field.name] = (
            draw(likely | value | st.just("")) if field.question.optional else draw(likely | value)
        )
    answers = settle(fields, raw)
    # What a form would refuse, as a line break that "." took, or one of two that go together, is no
    # answer.
    assume(
        not complaints_about(fields, answers)
        and all(str(v).isprintable() for v in answers.values())
    )
    return answers


def built(name: str) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """Subjects of a provider with the answers that they were made from."""
    build = PROVIDERS[name].subject
    assert build is not None
    return answers_to(build).map(lambda answers: (build(**answers), answers))


@st.composite
def opened(draw: st.DrawFn, subject: str) -> str:
    """A pattern that admits a subject: stretches of it replaced by `*`, letters by `?`."""
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(subject)))
        end = draw(st.integers(start, len(subject)))
        subject = f"{subject[:start]}*{subject[end:]}"
    if subject and draw(st.booleans()):
        place = draw(st.integers(0, len(subject) - 1))
        subject = subject if subject[place] == "*" else f"{subject[:place]}?{subject[place + 1 :]}"
    return subject


def like(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern, by a regular expression."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, text, re.DOTALL) is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_provider_says_what_it_is(name: str) -> None:
    """A title, a page of the vendor's, what is verified, and where its tokens come from."""
    provider = PROVIDERS[name]
    assert provider.title and provider.source.startswith("https://")
    assert provider.verified.endswith(".") and provider.setup.endswith(".")
    assert (provider.subject is None) == (provider.answers is None)


@pytest.mark.parametrize("name", BUILDERS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_is_built_is_read_back(name: str, data: st.DataObject) -> None:
    """The same answers, and words without a fault."""
    provider = PROVIDERS[name]
    subject, given_answers = data.draw(built(name))
    assert provider.subject is not None and provider.answers is not None
    fields = fields_of(provider.subject)
    told = provider.answers(subject)
    assert told is not None and complete(fields, told) == complete(fields, given_answers)
    reading = provider.read(subject)
    assert reading is not None and reading.words
    assert set(reading.faults) <= FAULTS_OF_EXACT | {"service_account_default"}
    assert reading.wide == () or reading.faults


@pytest.mark.parametrize("name", BUILDERS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_pattern_that_admits_a_subject_is_read(name: str, data: st.DataObject) -> None:
    """`None` is said only of what no token has; an exact reading is said only of exact patterns'
    parts.
    """
    provider = PROVIDERS[name]
    subject, _ = data.draw(built(name))
    pattern = data.draw(opened(subject))
    reading = provider.read(pattern)
    assert reading is not None, pattern
    assert all(part in reading.words for part in reading.wide)


@pytest.mark.parametrize("name", BUILDERS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_subjects_made_up_for_a_pattern_fit_it(name: str, data: st.DataObject) -> None:
    """Each is read too; asked for no strangers, there are none that were not there before."""
    provider = PROVIDERS[name]
    subject, _ = data.draw(built(name))
    pattern = data.draw(opened(subject))
    assume(provider.subjects_for is not None)
    assert provider.subjects_for is not None
    found = provider.subjects_for(pattern)
    assert all(like(pattern, text) and provider.read(text) is not None for text in found)
    assert set(provider.subjects_for(pattern, strangers=False)) <= set(found)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40) | st.text("*?:/{}-_@abcrefs1", max_size=60))
def test_any_text_is_read_or_not(name: str, text: str) -> None:
    """Nothing raises, and the wide parts stand in the words."""
    provider = PROVIDERS[name]
    reading = provider.read(text)
    assert reading is None or all(part in reading.words for part in reading.wide)
    assert (
        provider.answers is None
        or provider.answers(text) is None
        or provider.read(text) is not None
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text", ["*a" * 200, "*:" * 1000, "?*" * 1000, "*" + "/" * 4000, "x" * 4000]
)
def test_no_text_takes_long(name: str, text: str) -> None:
    """A policy may hold any text of its length."""
    started = time.process_time()
    PROVIDERS[name].read(text)
    assert time.process_time() - started < 2


def owners(issuer: str) -> list[str]:
    """The providers that own an issuer."""
    return [name for name in NAMES if PROVIDERS[name].owns(issuer)]


def examples(provider: Provider) -> list[str]:
    """Issuers of a provider."""
    fixed = [provider.issuer] if provider.issuer and "{" not in provider.issuer else []
    if provider.issuer_from is None:
        return fixed
    fields = fields_of(provider.issuer_from)
    usual = {field.name: field.question.example or field.default for field in fields}
    return [*fixed, provider.issuer_from(**usual)]


@pytest.mark.parametrize("name", NAMES)
def test_an_issuer_belongs_to_one_provider(name: str) -> None:
    """Nobody else takes its example for an own one."""
    for issuer in examples(PROVIDERS[name]):
        assert owners(issuer) == ([] if name in WITHOUT_ISSUERS else [name])


@pytest.mark.parametrize("name", ISSUERS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_an_issuer_that_was_made_is_its_own(name: str, data: st.DataObject) -> None:
    """Whatever the answers are."""
    make = PROVIDERS[name].issuer_from
    assert make is not None
    assert PROVIDERS[name].owns(make(**data.draw(answers_to(make)))) or name in WITHOUT_ISSUERS


# Subjects in real policies that no token has, each with the reason.
NO_SUBJECT = {
    "invalid": "a placeholder of a test",
    "sub-value": "a placeholder of a test",
    "${aws:PrincipalTag/sub}": "a variable",
}


def _real() -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for line in records():
        if line["clean"]:
            found.update(dict.fromkeys(_subjects(line["policy"])))
    return list(found)


def _subjects(value: Any) -> list[tuple[str, str]]:
    """Every issuer and subject in a document, however it is nested."""
    found: list[tuple[str, str]] = []
    for key, inner in (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    ):
        if isinstance(key, str) and key.endswith(":sub"):
            texts = inner if isinstance(inner, list) else [inner]
            found.extend(
                (key.removesuffix(":sub"), text) for text in texts if isinstance(text, str)
            )
        else:
            found.extend(_subjects(inner))
    return found


def test_real_subjects_are_read() -> None:
    """Each subject of a known issuer in the real policies, but for the ones listed above."""
    known = [
        (provider, text)
        for issuer, text in _real()
        if (provider := provider_of(issuer)) is not None
    ]
    assert len(known) > 10
    unread = {text for provider, text in known if provider.read(text) is None}
    assert sorted(unread - set(NO_SUBJECT)) == []


@pytest.mark.parametrize("name", [name for name in NAMES if PROVIDERS[name].protocol == "oidc"])
def test_the_case_of_an_issuer_does_not_count(name: str) -> None:
    """A host's name is the same in any case."""
    for issuer in examples(PROVIDERS[name]):
        assert owners(issuer.upper()) == owners(issuer)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_of_an_issuer_has_questions_for_it(name: str) -> None:
    """So that a form can make it."""
    assert "{" not in PROVIDERS[name].issuer or PROVIDERS[name].issuer_from is not None


@pytest.mark.parametrize("name", NAMES)
def test_the_first_answers_of_a_form_are_right_ones(name: str) -> None:
    """One of the choices; else nothing, the example, or the issuer's host."""
    provider = PROVIDERS[name]
    for make in (provider.subject, provider.issuer_from):
        for field in fields_of(make) if make else ():
            assert field.default in (field.options or ("", field.question.example, provider.issuer))
