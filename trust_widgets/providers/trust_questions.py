"""The questions of the form for one issuer, made from its grammar.

A part may be answered with wildcards. One that a policy may leave open without harm is optional:
a part that the same people choose anew for each token, and one that the vendor's own page leaves
open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.forms import Field, Question, fields_of
from trust_widgets.providers import PROVIDERS, Provider
from trust_widgets.providers.facts import FACTS, IssuerFacts
from trust_widgets.providers.subjects.grammar import Grammar
from trust_widgets.providers.subjects.parts import Part
from trust_widgets.providers.subjects.policy_subjects import (
    ANY,
    forms_without_rest,
    shared_start,
)

AS_WRITTEN = "subjects"
"""The kind of answers that give subjects as a policy has them."""
KIND = "kind"
GUESTS = "guests"
SESSION_NAME = "session_name"
_SESSION_NAME_KEY = "sts:rolesessionname"
# Answers that are about the role and about every issuer.
RESERVED = ("account", "name", "issuer", "audience", "partition", "guards", "home", "path")

_SUBJECTS = Question(
    "Subjects",
    "Any of these. * matches any characters.",
    "",
    r"(?=.*[^*?\s])[^\"\x00-\x1f\x7f]{1,500}",
)
_GUESTS = Question(
    "Users",
    choices={"signed_in": "Signed in", "guests": "Guests", "all": "Signed in, and guests"},
)
_WITH_WILDCARDS = "* matches any characters."


def issuers_with_form() -> tuple[str, ...]:
    """The members of the family whose roles have this form: those with OIDC tokens and without a
    pattern of their own, by title.

    Example:
        >>> "gitlab" in issuers_with_form(), "github_actions" in issuers_with_form()
        (True, False)
    """
    names = [
        name
        for name, provider in PROVIDERS.items()
        if provider.protocol == "oidc" and provider.subject and not FACTS[name].pattern
    ]
    return tuple(sorted(names, key=lambda name: PROVIDERS[name].title.lower()))


def trust_fields(name: str) -> tuple[Field, ...]:
    """The questions about an issuer's tokens, in the order of the form.

    Args:
        name: of a member in `PROVIDERS`.

    Example:
        >>> [field.name for field in trust_fields("gitlab")]
        ['host', 'kind', 'group', 'project', 'branch', 'tag', 'subjects', 'audience']
    """
    return _FIELDS.get(name) or _fields(name)


def _fields(name: str) -> tuple[Field, ...]:
    provider, facts = PROVIDERS[name], FACTS[name]
    fields = {field.name: field for field in _issuer_fields(name)}
    for field in (*_subject_fields(name), *_further_fields(facts)):
        fields.setdefault(field.name, field)
    if not facts.form.audience_is_of_issuer:
        fields["audience"] = _audience_field(provider, facts)
    return tuple(fields.values())


def question_name(issuer: str, part: str) -> str:
    """What a part is called in the form: its own name, unless every form has such a question.

    Example:
        >>> question_name("scalr", "account"), question_name("scalr", "workspace")
        ('scalr_account', 'workspace')
    """
    if part in RESERVED:
        return f"{issuer}_{part}"
    return part


def grammar_of_member(name: str) -> Grammar:
    """The grammar of an issuer's subjects.

    Raises:
        ValueError: for a member without one.
    """
    grammar = FACTS[name].grammar
    if grammar is None:
        raise ValueError(f"{name} has no grammar")
    return grammar


def _issuer_fields(name: str) -> Iterator[Field]:
    make, others = PROVIDERS[name].issuer_from, FACTS[name].form.questions
    if make is None:
        return
    for field in fields_of(make):
        question = others.get(field.name, field.question)
        yield replace(field, name=question_name(name, field.name), question=question)


def _subject_fields(name: str) -> Iterator[Field]:
    """The kind of subject, its parts, and subjects as a policy has them."""
    provider, facts, grammar = PROVIDERS[name], FACTS[name], grammar_of_member(name)
    parts = {part.name: part for part in grammar.parts}
    asked = {field.name: field for field in fields_of(provider.subject)} if provider.subject else {}
    yield _kind_field(grammar, asked.pop(KIND, None))
    fields = [_part_field(grammar, facts, parts[part], field) for part, field in asked.items()]
    for field in sorted(fields, key=lambda field: field.question.optional):
        yield replace(field, name=question_name(name, field.name))
    examples = provider.subjects_for("*", strangers=False) if provider.subjects_for else ()
    example = next(iter(examples), "")
    message = f"A subject needs more than wildcards, like {example}."
    written = replace(_SUBJECTS, example=example, message=message, when=(KIND, (AS_WRITTEN,)))
    yield Field(AS_WRITTEN, _suggesting(written, examples), "list", ())


def _suggesting(question: Question, texts: tuple[str, ...]) -> Question:
    return replace(question, suggestions=lambda: texts)


def _kind_field(grammar: Grammar, field: Field | None) -> Field:
    """Which form a subject has, or any of them, or subjects as written."""
    written = {AS_WRITTEN: "Subjects as the policy has them"}
    if field is None:
        form = grammar.forms[0].name
        question = Question("Subject", choices={form: "From its parts", **written})
        return Field(KIND, question, "choice", form, (form, AS_WRITTEN))
    choices = {name: field.question.choices.get(name, name) for name in field.options}
    if shared_start(grammar):
        missing = [choices[form] for form in forms_without_rest(grammar) if form in choices]
        choices[ANY] = "Any of these" + "".join(f", but not: {label}" for label in missing)
    question = replace(field.question, choices={**choices, **written})
    return replace(field, question=question, options=tuple(question.choices))


def _part_field(grammar: Grammar, facts: IssuerFacts, part: Part, field: Field) -> Field:
    """A field about a part that a policy may leave open."""
    question = _when(grammar, part.name, field.question)
    if field.kind == "choice":
        return _open_choice(field, question, part)
    return replace(field, question=_open_text(question, part, facts), default="")


def _when(grammar: Grammar, part: str, question: Question) -> Question:
    """A question about a part, for the kinds of subjects that have it."""
    kinds = [form.name for form in grammar.forms if f"{{{part}}}" in form.template]
    if f"{{{part}}}" in shared_start(grammar):
        kinds.append(ANY)
    return replace(question, when=(KIND, tuple(kinds)))


def _open_choice(field: Field, question: Question, part: Part) -> Field:
    """A choice with one option more, for any."""
    labels = {option: question.choices.get(option, option) for option in field.options}
    choices = {**labels, ANY: part.many[:1].upper() + part.many[1:]}
    return replace(
        field, question=replace(question, choices=choices), options=(*field.options, ANY)
    )


def _open_text(question: Question, part: Part, facts: IssuerFacts) -> Question:
    """A question whose answer may have wildcards, and may be left out where that does no harm."""
    optional = question.optional or part.free or _may_be_open(part, facts)
    helps = f"Empty: {part.many}." if optional else _WITH_WILDCARDS
    return replace(
        question,
        help=". ".join(filter(None, (question.help.rstrip("."), helps))),
        rule=rf"(?=.*[*?])(?:{part.chars}|[*?])+|(?:{question.rule})",
        optional=optional,
        beside="",  # the other one of two is a wildcard where it is left out
    )


def needs_no_subject(facts: IssuerFacts) -> bool:
    """Whether something else than the subject says whose tokens are meant."""
    return bool(facts.app_claims) or _SESSION_NAME_KEY in facts.claim_values


def is_session_name_asked(name: str) -> bool:
    """Whether the session's name says whose the tokens of a member in `PROVIDERS` are."""
    return _SESSION_NAME_KEY in FACTS[name].claim_values


def _may_be_open(part: Part, facts: IssuerFacts) -> bool:
    if needs_no_subject(facts):
        return True
    wide = facts.wide_parts.get(part.fault or part.name)
    return wide is not None and wide.usual_unless is not None


def _further_fields(facts: IssuerFacts) -> Iterator[Field]:
    """Whether guests are meant, and the session's name where IAM requires it."""
    if facts.guests:
        yield Field(GUESTS, _GUESTS, "choice", "signed_in", tuple(_GUESTS.choices))
    values = facts.claim_values.get(_SESSION_NAME_KEY)
    if values and values.whose:
        question = Question(
            "Session name",
            "Session name. It tells the customers of the issuer apart.",
            values.example,
            values.whose,
            f"A session name is like {values.example}.",
        )
        yield Field(SESSION_NAME, question, "text", "")


def _audience_field(provider: Provider, facts: IssuerFacts) -> Field:
    usual = "" if facts.form.audience_from else provider.audience
    is_known = bool(provider.audience or facts.audience_of_customer or facts.form.audience_from)
    question = facts.form.audience or Question(
        "Audience",
        "The aud claim of the tokens.",
        provider.audience or "sts.amazonaws.com",
        r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
        f"An audience has no spaces or wildcards, like {provider.audience or 'sts.amazonaws.com'}.",
    )
    if is_known and not usual:
        question = replace(question, help=f"{question.help} Empty: the usual one.", optional=True)
    question = replace(question, more=is_known)
    if provider.audience:
        question = _suggesting(question, (provider.audience,))
    return Field("audience", question, "text", usual)


# Made once: each key press needs them.
_FIELDS = {name: _fields(name) for name in issuers_with_form()}
