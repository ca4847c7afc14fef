"""The form for each issuer: its questions, what answers mean, and that policies are read back.

Held over the whole family, so that a provider that is added has a form that works.
"""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import hcl2
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from providers.test_contract import _real, texts_of
from trust_widgets.forms import Field, complete, settle
from trust_widgets.model.grant_reading import grants_from_statements
from trust_widgets.providers import (
    FACTS,
    PROVIDERS,
    example_answers,
    issuers_with_form,
    provider_of,
    subjects_from,
    trust_fields,
)
from trust_widgets.text.globs import has_wildcard

ACCOUNT = "111122223333"
PATTERN = tw.PATTERNS["oidc_service"]
NAMES = issuers_with_form()
AUDIENCE = "octo-audience"


def example_form(name: str) -> dict[str, Any]:
    """What somebody fills in who follows the examples."""
    return {"issuer": name, **example_answers(name)}


def fields_asked(name: str, answers: Mapping[str, Any]) -> Iterator[Field]:
    """The questions that are asked beside answers."""
    fields = PATTERN.fields_for({"issuer": name})
    every = complete(fields, answers)
    yield from (field for field in fields[1:] if field.is_asked(every))


@st.composite
def answers_to_form(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Right answers to the form for an issuer, with wildcards and parts that are left out."""
    answers: dict[str, Any] = {"issuer": name}
    for field in trust_fields(name):
        if field.kind == "choice":
            options = [option for option in field.options if option != "subjects"]
            answers[field.name] = draw(st.sampled_from(options))
    for field in list(fields_asked(name, answers)):
        if field.kind == "text":
            answers[field.name] = draw(_texts(field))
    fields = PATTERN.fields_for(answers)
    settled = settle(fields, answers)
    assume(not PATTERN.complaints_about(settled))
    assume(all(str(answer).isprintable() for answer in settled.values()))
    return {key: value for key, value in settled.items() if value != ""}


def _texts(field: Field) -> st.SearchStrategy[str]:
    """The example, its beginning with a star, any right text, and nothing where that is right."""
    question = field.question
    texts = st.just(question.example)
    if question.when:
        texts |= st.just(question.example[:4] + "*")
        exact = question.rule.partition("|(?:")[2].removesuffix(")")
        texts |= texts_of(exact) if exact else st.nothing()
        if not question.optional:
            texts |= st.just("*")
    return texts | st.just("") if question.optional else texts


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_a_form_builds_is_read_back(name: str, data: st.DataObject) -> None:
    """The same form with the same answers, from the policy alone."""
    answers = data.draw(answers_to_form(name))
    role = PATTERN.build(account=ACCOUNT, **answers)
    ((grant, _),), _ = grants_from_statements(role.trust.statements, "")
    fields = PATTERN.fields_for(answers)
    assert grant.pattern == "oidc_service" and not grant.guards
    assert settle(fields, grant.answers) == settle(fields, answers)


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_make_a_policy_that_passes(name: str) -> None:
    """No finding above advice, the same form after reading, and a sentence about this issuer."""
    answers = example_form(name)
    role = PATTERN.build(account=ACCOUNT, **answers)
    above = [f.message for f in tw.check(role.trust) if f.verdict.value != "advice"]
    assert above == []
    model = tw.TrustModel(text=str(role.trust))
    (grant,) = model.grants
    assert (grant.pattern, dict(grant.answers)) == ("oidc_service", answers)
    assert "can assume this role" in model.summary and "No one" not in model.summary


@pytest.mark.parametrize("name", NAMES)
def test_the_policy_lets_its_tokens_in(name: str) -> None:
    """A token with a subject that the policy names may assume the role; an empty form makes no
    policy.
    """
    role = PATTERN.build(account=ACCOUNT, **example_form(name))
    (caller,) = tw.who_gets_in(role.trust)
    assert (
        caller.witness is not None and tw.evaluate(role.trust, caller.witness).outcome == "allowed"
    )
    assert PATTERN.complaints_about({"issuer": name})


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_a_right_one(name: str) -> None:
    """A label, an example that its own rule takes, and a message that shows a right answer."""
    fields = trust_fields(name)
    assert len({field.name for field in fields}) == len(fields)
    reserved = {field.name for field in fields} & {"account", "name", "issuer", "partition"}
    assert not reserved
    for field in fields:
        question = field.question
        assert question.label and question.label[0].isupper()
        if field.kind in ("text", "list"):
            value: Any = (question.example,) if field.kind == "list" else question.example
            answers = {"issuer": name, field.name: value}
            if question.when:
                answers[question.when[0]] = question.when[1][0]
            assert field.name not in PATTERN.complaints_about(answers), field.name
            assert question.message.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_wildcards_is_refused(name: str) -> None:
    """Subjects as written, too, have to say something."""
    fields = PATTERN.fields_for({"issuer": name})
    answers = {**example_form(name), "kind": "subjects", "subjects": ("*",)}
    assert "subjects" in PATTERN.complaints_about(answers)
    assert "subjects" in {field.name for field in fields}


def test_which_issuers_have_the_form() -> None:
    """All with OIDC tokens, but for those with a pattern of their own."""
    others = {name for name, p in PROVIDERS.items() if p.protocol == "oidc"} - set(NAMES)
    assert others == {"github_actions", "eks", "any_oidc"}
    assert all(FACTS[name].pattern in tw.PATTERNS for name in others)


def test_a_provider_that_is_added_gets_its_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """From its record alone: nothing else names it."""
    monkeypatch.setitem(PROVIDERS._members, "octo_ci", PROVIDERS["scalr"])  # type: ignore[index]
    monkeypatch.setitem(FACTS._members, "octo_ci", FACTS["scalr"])  # type: ignore[index]
    names = [field.name for field in trust_fields("octo_ci")]
    expected = ["kind", "octo_ci_account", "environment", "workspace", "subjects", "audience"]
    assert "octo_ci" in issuers_with_form() and names == expected
    answers = {"kind": "workspace", "octo_ci_account": "octo-org", "environment": "production"}
    assert subjects_from("octo_ci", answers) == (
        "account:octo-org:environment:production:workspace:*",
    )


# Subjects of the real policies that the form does not take, each with the reason.
NOT_TAKEN = {"*": "wildcards alone"}


def _known_subjects() -> list[tuple[str, str]]:
    """Subjects of real policies whose issuers have the form, by the name of the issuer's member."""
    by_provider = {id(PROVIDERS[name]): name for name in NAMES}
    known = []
    for issuer, subject in _real():
        name = by_provider.get(id(provider_of(issuer)))
        if name and subject not in NOT_TAKEN and PROVIDERS[name].read(subject):
            known.append((issuer, subject))
    return known


def test_real_subjects_fill_the_right_form() -> None:
    """With the parts that their subject has, or as it is written."""
    known = _known_subjects()
    assert known
    for issuer, subject in known:
        (grant,) = tw.TrustModel(text=_policy(issuer, subject)).grants
        provider = provider_of(issuer)
        assert provider is not None and grant.pattern == "oidc_service", subject
        assert PROVIDERS[grant.answers["issuer"]] is provider


def _policy(issuer: str, subject: str) -> str:
    like = "StringLike" if has_wildcard(subject) else "StringEquals"
    conditions: dict[str, dict[str, str]] = {"StringEquals": {f"{issuer}:aud": AUDIENCE}}
    conditions.setdefault(like, {})[f"{issuer}:sub"] = subject
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": conditions,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


JOBS = [name for name in NAMES if FACTS[name].form.job]
# A name of a role may hold these, and none of them means anything to the reader of a file.
ROLE_NAME = "deploy+=,.@-_"


@pytest.mark.parametrize("name", JOBS)
def test_the_files_of_a_job_can_be_read(name: str) -> None:
    """By a reader of their language, and the role's ARN is in them, or in the note."""
    role = PATTERN.build(account=ACCOUNT, name=ROLE_NAME, **example_form(name))
    files = [companion for companion in role.companions if companion.kind == "job"]
    assert files
    for file in files:
        held = "".join(_texts_in(_parsed(file.filename, file.text)))
        assert role.arn in held + file.note
        assert file.note.endswith(".") and file.title[0].isupper()


def _parsed(filename: str, text: str) -> Any:
    ending = filename.rpartition(".")[2]
    if ending in ("yml", "yaml"):
        return yaml.safe_load(text)
    if ending == "toml":
        return tomllib.loads(text)
    if ending == "tf":
        return hcl2.loads(text)
    if ending == "sh":
        return shlex.split(text)
    return text


def _texts_in(value: Any) -> Iterator[str]:
    """Each text in a document."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(inner)
    elif isinstance(value, str):
        yield value.strip('"')  # as hcl2 leaves them


@pytest.mark.parametrize("name", NAMES)
def test_a_job_has_its_page_and_its_day(name: str) -> None:
    """Vendors change their configuration; the page says what was so on that day."""
    form = FACTS[name].form
    if form.job:
        assert form.job_source.startswith("https://")
        assert re.fullmatch(r"2026-\d\d-\d\d", form.job_read_on)
    else:
        assert form.job_source == form.job_read_on == ""


@pytest.mark.parametrize(
    ("answers", "audience"),
    [
        ({"issuer": "gitlab", "host": "git.octo.example"}, "https://git.octo.example"),
        ({"issuer": "codefresh", "audience": "octo"}, "octo"),
        ({"issuer": "bitbucket", "audience": "octo"}, "octo"),
        ({"issuer": "scalr"}, "aws.scalr-run-workload"),
        ({"issuer": "hcp_terraform", "audience": "octo"}, "octo"),
    ],
)
def test_a_job_asks_for_the_audience_that_the_role_requires(
    answers: dict[str, Any], audience: str
) -> None:
    """Or the role would not accept its token."""
    role = PATTERN.build(account=ACCOUNT, **{**example_form(answers["issuer"]), **answers})
    job = role.companions[0]
    assert job.kind == "job" and audience in _texts_in(_parsed(job.filename, job.text))
    keys = role.trust.to_dict()["Statement"][0]["Condition"]["StringEquals"]
    assert audience in keys.values()


# https://www.pulumi.com/docs/esc/guides/configuring-oidc/aws/ and
# https://www.pulumi.com/docs/deployments/guides/oidc/aws/
@pytest.mark.parametrize(
    ("kind", "parts", "audience"),
    [
        ("deployment", {"project": "shop", "stack": "dev"}, "octo-org"),
        ("environment", {"project": "shop", "environment": "dev"}, "aws:octo-org"),
        ("default_project", {"environment": "dev"}, "octo-org"),
    ],
)
def test_the_audience_of_pulumi(kind: str, parts: dict[str, str], audience: str) -> None:
    """The organization, after "aws:" for Pulumi ESC outside of the project called default."""
    role = PATTERN.build(
        account=ACCOUNT, issuer="pulumi", kind=kind, organization="octo-org", **parts
    )
    conditions = role.trust.to_dict()["Statement"][0]["Condition"]["StringEquals"]
    assert conditions["api.pulumi.com/oidc:aud"] == audience


@pytest.mark.parametrize(
    ("phase", "variable"),
    [
        ("plan", "TFC_AWS_PLAN_ROLE_ARN"),
        ("apply", "TFC_AWS_APPLY_ROLE_ARN"),
        ("any", "TFC_AWS_RUN_ROLE_ARN"),
    ],
)
def test_a_phase_of_terraform_has_its_variable(phase: str, variable: str) -> None:
    """https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/aws-configuration"""
    answers = {**example_form("hcp_terraform"), "run_phase": phase}
    job = PATTERN.build(account=ACCOUNT, **answers).companions[0]
    assert variable in job.text
