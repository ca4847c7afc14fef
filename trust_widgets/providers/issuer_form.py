"""The form for roles of one issuer: the questions about whose tokens may assume the role, and the
job's own configuration.

All questions follow from the provider's grammar and from `Provider.issuer_from`. What these do not
say, a member says in `IssuerFacts.form`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from trust_widgets.forms import Question
from trust_widgets.text.globs import is_exact

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """What a job's configuration has to name.

    Args:
        role_arn: the role.
        issuer: of the tokens, without `https://`.
        audience: of the tokens.
        subject: a subject, or a pattern for subjects, that the role accepts.
        answers: of the form, by question; those that were not given are empty.
    """

    role_arn: str
    issuer: str
    audience: str
    subject: str
    answers: Texts

    def plain(self, name: str, instead: str) -> str:
        """An answer without wildcards; for others a placeholder.

        Example:
            >>> job = Job("arn:aws:iam::111122223333:role/app", "", "", "", {"branch": "main*"})
            >>> job.plain("branch", "BRANCH")
            'BRANCH'
        """
        answer = self.answers.get(name, "")
        if answer and is_exact(answer):
            return answer
        return instead


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file that makes a job assume the role.

    Args:
        title: a few words for a tab: `"The pipeline"`.
        note: one or two sentences: where it goes, and what it needs.
        filename: what it is called.
        text: ready to use.
    """

    title: str
    note: str
    filename: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerForm:
    """What the form for one issuer has besides the questions from its grammar.

    Args:
        issuer_answers: the inverse of `Provider.issuer_from`, from an issuer and an audience;
            `None` where `Provider.issuer` is a template that is read instead.
        questions: questions about the issuer in place of those of `Provider.issuer_from`, by name.
        any_host: whether a customer's own server may have any host, so that an issuer of which
            nothing is known may be one.
        audience: the question for the audience; `None` for the usual one.
        audience_is_of_issuer: whether the questions about the issuer say the audience, too.
        audience_from: the usual audience, from answers; `None` where the provider or its facts
            know it.
        job: the files of a job that assumes the role; `None` where there is no job, or none that
            a vendor's page describes.
        job_source: the vendor's page about these files.
        job_read_on: the day on which that page was read.
    """

    issuer_answers: Callable[[str, str], Texts | None] | None = None
    questions: Mapping[str, Question] = field(default_factory=dict)
    any_host: bool = False
    audience: Question | None = None
    audience_is_of_issuer: bool = False
    audience_from: Callable[[Texts], str] | None = None
    job: Callable[[Job], tuple[JobFile, ...]] | None = None
    job_source: str = ""
    job_read_on: str = ""


USUAL_FORM = IssuerForm()
"""The form that has only the questions from the grammar."""
