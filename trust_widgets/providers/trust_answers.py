"""What answers to the form for one issuer mean, and the answers that a policy was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.forms import Answer, complaints_about, complete, fields_of, settle
from trust_widgets.providers import PROVIDERS
from trust_widgets.providers.facts import FACTS
from trust_widgets.providers.subjects.grammar import Grammar
from trust_widgets.providers.subjects.policy_subjects import (
    ANY,
    answers_of_subject,
    policy_subject,
    shared_start,
    takes,
)
from trust_widgets.providers.trust_questions import (
    AS_WRITTEN,
    KIND,
    grammar_of_member,
    issuers_with_form,
    needs_no_subject,
    question_name,
    trust_fields,
)
from trust_widgets.text.globs import is_only_wildcards

_NEEDED = "A subject needs more than wildcards"


def subjects_from(name: str, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The subjects that a policy requires; none where nothing is said of them.

    Args:
        name: of a member in `PROVIDERS`.
        answers: to `trust_fields`, settled.

    Example:
        >>> subjects_from("gitlab", {"kind": "branch", "group": "octo-org", "branch": "main"})
        ('project_path:octo-org/*:ref_type:branch:ref:main',)
    """
    kind, grammar = str(answers.get(KIND, "")), grammar_of_member(name)
    if kind == AS_WRITTEN:
        written = answers.get(AS_WRITTEN, ())
        if isinstance(written, tuple):
            return written
        return ()
    texts = {
        part.name: str(answers.get(question_name(name, part.name), ""))
        for part in grammar.parts
        if _is_in(grammar, kind, part.name)
    }
    if not any(text not in ("", ANY) for text in texts.values()):
        return ()
    return (policy_subject(grammar, kind, texts),)


def _is_in(grammar: Grammar, kind: str, part: str) -> bool:
    templates = {form.name: form.template for form in grammar.forms}
    return f"{{{part}}}" in templates.get(kind, shared_start(grammar))


def complaints_about_parts(name: str, answers: Mapping[str, Answer]) -> dict[str, str]:
    """What is wrong with the parts of a subject, by question: with wildcards that no value fits,
    and with none of the parts given.
    """
    questions = {field.name: field.question for field in trust_fields(name)}
    found = {}
    asked = []
    for part in grammar_of_member(name).parts:
        question = question_name(name, part.name)
        answer = str(answers.get(question, ""))
        if question in answers and not part.choices and questions[question].when:
            asked.append(question)
        if answer and not part.choices and not takes(part, answer):
            found[question] = questions[question].message
    subjects = subjects_from(name, answers)
    says_nothing = any(is_only_wildcards(subject) for subject in subjects)
    if asked and (says_nothing or not (subjects or needs_no_subject(FACTS[name]))):
        found.setdefault(asked[0], f"{_NEEDED}, like {questions[asked[0]].example}.")
    return found


def complaints_about_answers(name: str, answers: Mapping[str, Answer]) -> dict[str, str]:
    """What is wrong with answers to the form for one issuer, by question."""
    settled = settle(trust_fields(name), answers)
    return {
        **complaints_about_parts(name, settled),
        **complaints_about(trust_fields(name), answers),
    }


def example_answers(name: str) -> dict[str, Answer]:
    """The examples of the questions that need an answer.

    Example:
        >>> example_answers("gitlab")
        {'group': 'octo-org', 'project': 'app', 'branch': 'main'}
    """
    fields = trust_fields(name)
    answers: dict[str, Answer] = {}
    for field in fields:
        needed = field.kind == "text" and not field.question.optional and not field.default
        if needed and field.is_asked(complete(fields, answers)):
            answers[field.name] = field.question.example
    return answers


def known_issuers() -> dict[str, str]:
    """Issuers of OIDC providers that an account has to create, each with whose it is: of each
    provider the issuer, or one as in its examples.

    Example:
        >>> known_issuers()["gitlab.com"], known_issuers()["oidc.fly.io/octo-org"]
        ('GitLab', 'Fly.io')
    """
    examples = {}
    for name in issuers_with_form():
        usual = {
            field.name: field.question.example or field.default for field in trust_fields(name)
        }
        issuer = PROVIDERS[name].issuer
        examples[issuer_from_answers(name, usual) if "{" in issuer else issuer] = name
    return {
        issuer: PROVIDERS[name].title for issuer, name in examples.items() if issuer not in BUILT_IN
    }


def known_audiences() -> dict[str, str]:
    """The audiences for which usual clients request tokens, each with whose client it is.

    Example:
        >>> known_audiences()["aws.workload.identity"]
        'HCP Terraform, Terraform Enterprise'
    """
    titles: dict[str, list[str]] = {}
    for name in issuers_with_form():
        titles.setdefault(PROVIDERS[name].audience, []).append(PROVIDERS[name].title)
    return {audience: ", ".join(names) for audience, names in titles.items() if audience}


def known_subjects() -> dict[str, str]:
    """Examples of subjects, one of each form, each with whose it is.

    Example:
        >>> known_subjects()["project_path:octo-org/app:ref_type:branch:ref:main"]
        'GitLab'
    """
    found = {}
    for name in issuers_with_form():
        provider = PROVIDERS[name]
        examples = provider.subjects_for("*", strangers=False) if provider.subjects_for else ()
        found.update(dict.fromkeys(examples, provider.title))
    return found


def issuer_from_answers(name: str, answers: Mapping[str, Answer]) -> str:
    """The issuer, without `https://`.

    Example:
        >>> issuer_from_answers("gitlab", {"host": "gitlab.octo-org.example"})
        'gitlab.octo-org.example'
    """
    provider = PROVIDERS[name]
    if provider.issuer_from is None:
        return provider.issuer
    asked = fields_of(provider.issuer_from)
    given = {field.name: answers.get(question_name(name, field.name), "") for field in asked}
    return str(provider.issuer_from(**given))


def audience_from_answers(name: str, answers: Mapping[str, Answer]) -> str:
    """The audience that was given, or the usual one; `""` where there is none."""
    given = str(answers.get("audience", ""))
    provider, facts = PROVIDERS[name], FACTS[name]
    if given:
        return given
    if facts.form.audience_from:
        return facts.form.audience_from({key: str(value) for key, value in answers.items()})
    if facts.audience_of_customer and provider.issuer_from:
        customer = fields_of(provider.issuer_from)[0].name
        return facts.audience_of_customer(str(answers.get(question_name(name, customer), "")))
    return provider.audience


def answers_from_policy(
    name: str, issuer: str, audience: str, subjects: tuple[str, ...]
) -> Iterator[dict[str, Answer]]:
    """Answers that may have led to what a policy requires, the most telling first.

    Args:
        name: of a member in `PROVIDERS`.
        issuer, audience, subjects: of the policy.
    """
    of_issuer = _issuer_answers(name, issuer, audience)
    if of_issuer is None:
        return
    for found in (*_from_parts(name, subjects), _as_written(name, subjects)):
        answers = {**found, **of_issuer}
        if audience != audience_from_answers(name, answers):
            answers["audience"] = audience
        if all(answers.get(key, value) == value for key, value in found.items()):
            yield answers


def _from_parts(name: str, subjects: tuple[str, ...]) -> Iterator[dict[str, Answer]]:
    if not subjects:
        yield {}
    if len(subjects) != 1:
        return
    optional = {field.name for field in trust_fields(name) if field.question.optional}
    grammar = grammar_of_member(name)
    open_parts = [part.name for part in grammar.parts if question_name(name, part.name) in optional]
    for kind, parts in answers_of_subject(grammar, subjects[0], open_parts):
        said: dict[str, Answer] = {KIND: kind}
        for part in grammar.parts:
            if part.name in parts:
                said[question_name(name, part.name)] = parts[part.name]
            elif part.choices and _is_in(grammar, kind, part.name):
                said[question_name(name, part.name)] = ANY
        yield said


def _as_written(name: str, subjects: tuple[str, ...]) -> dict[str, Answer]:
    """Subjects as they are, with the parts of them by which the issuer is named."""
    answers: dict[str, Answer] = {KIND: AS_WRITTEN, AS_WRITTEN: subjects}
    make = PROVIDERS[name].issuer_from
    if make is None or not subjects:
        return answers
    asked = [field.name for field in fields_of(make)]
    for fit in grammar_of_member(name).fits(subjects[0]):
        for part in asked:
            if fit.is_said(part):
                answers.setdefault(question_name(name, part), fit.parts[part][0])
    return answers


def _issuer_answers(name: str, issuer: str, audience: str) -> dict[str, Answer] | None:
    """The answers that an issuer was made from; `None` for an issuer of another caller."""
    provider, read = PROVIDERS[name], FACTS[name].form.issuer_answers
    if provider.issuer_from is None:
        return {} if issuer == provider.issuer else None
    if read is not None:
        parts = read(issuer, audience)
    else:
        parts = _parts_of_issuer(provider.issuer, issuer)
    if parts is None:
        return None
    return {question_name(name, part): text for part, text in parts.items()}


def _parts_of_issuer(template: str, issuer: str) -> dict[str, str] | None:
    """The text in place of each name in a template; `None` for an issuer of another form."""
    expression = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template))
    match = re.fullmatch(expression, issuer)
    if match is None:
        return None
    return match.groupdict()
