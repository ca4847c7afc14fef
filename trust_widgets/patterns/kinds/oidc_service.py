"""A CI or identity service that signs tokens: each issuer that the engine knows and that has no
separate pattern.

The first question is which; the others come from the issuer's record in `providers/`.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trust_widgets.forms import Field, Question, complete
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns import issuer_statements as _issuers
from trust_widgets.patterns import oidc_statements as _tokens
from trust_widgets.policy import Companion, Role, Statement
from trust_widgets.providers import (
    FACTS,
    PROVIDERS,
    Job,
    audience_from_answers,
    complaints_about_parts,
    is_session_name_asked,
    issuer_from_answers,
    issuers_with_form,
    subjects_from,
    trust_fields,
)

_PARTITION = replace(_accounts.PARTITION, help="The partition of the role's account.")
_PARTITIONS = Field("partition", _PARTITION, "choice", "aws", tuple(_PARTITION.choices))


def _issuer_field() -> Field:
    titles = {name: PROVIDERS[name].title for name in issuers_with_form()}
    question = Question("Issuer", "Who signs the tokens.", next(iter(titles)), choices=titles)
    return Field("issuer", question, "choice", "", tuple(titles))


def _fields(issuer: str) -> tuple[Field, ...]:
    if issuer not in issuers_with_form():
        return (_issuer_field(),)
    return (_issuer_field(), *trust_fields(issuer), _PARTITIONS)


def questions(answers: Mapping[str, Any]) -> tuple[Field, ...]:
    return _fields(str(answers.get("issuer", "")))


def statements(
    account: str, issuer: str, partition: str = "aws", **answers: Any
) -> tuple[Statement, ...]:
    return (_issuers.statement(partition, account, issuer, answers),)


def complaints(answers: Mapping[str, Any]) -> dict[str, str]:
    """Parts whose wildcards no value of theirs fits."""
    issuer = str(answers.get("issuer", ""))
    if issuer not in issuers_with_form():
        return {}
    return complaints_about_parts(issuer, answers)


def keys(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The claims of the issuer's tokens for which AWS has keys."""
    issuer = str(answers.get("issuer", ""))
    if issuer not in issuers_with_form():
        return ()
    return _issuers.further_keys(issuer, issuer_from_answers(issuer, answers))


def label(answers: Mapping[str, Any]) -> str:
    """The issuer's title, and the first parts of the subject."""
    issuer = str(answers.get("issuer", ""))
    if issuer not in issuers_with_form():
        return "CI or identity service"
    every = complete(_fields(issuer), answers)
    parts = [
        str(every[field.name]).strip()
        for field in trust_fields(issuer)
        if field.kind == "text" and field.question.when and field.is_asked(every)
    ]
    shown = "/".join([part for part in parts if part][:2])
    if shown:
        return f"{PROVIDERS[issuer].title} · {shown}"
    return PROVIDERS[issuer].title


def companions(
    role: Role, issuer: str, partition: str = "aws", **answers: Any
) -> tuple[Companion, ...]:
    """The job's configuration, and the identity provider where AWS has none built in."""
    host, form = issuer_from_answers(issuer, answers), FACTS[issuer].form
    audience = audience_from_answers(issuer, answers)
    texts = {name: answer for name, answer in answers.items() if isinstance(answer, str)}
    subject = next(iter(subjects_from(issuer, answers)), "")
    job = Job(_accounts.arn_of(role, partition), host, audience, subject, texts)
    files = []
    if form.job is not None:
        for file in form.job(job):
            files.append(Companion("job", file.title, file.note, file.filename, file.text))
    if not _issuers.is_without_account(issuer):
        files.append(_tokens.provider(host, audience, PROVIDERS[issuer].title))
    if form.job is None and not is_session_name_asked(issuer):
        # Where the subject has another name, the tokens are no OIDC tokens.
        provider_id = host if FACTS[issuer].subject_claim != "sub" else ""
        files.append(_tokens.try_it(job.role_arn, provider_id))
    return tuple(files)


PATTERN = Pattern(
    title="CI or identity service (OpenID Connect)",
    group="Outside AWS",
    about="GitLab, HCP Terraform, CircleCI, Buildkite, Auth0, Okta, and others that sign tokens.",
    callers=frozenset({"oidc"}),
    example={"issuer": "gitlab", "group": "octo-org", "project": "app", "branch": "main"},
    statements=statements,
    answers=_issuers.answers_of,
    label=label,
    companions=companions,
    complaints=complaints,
    keys=keys,
    questions=questions,
    decided_by="issuer",
    without_account=lambda answers: _issuers.is_without_account(str(answers.get("issuer", ""))),
)
