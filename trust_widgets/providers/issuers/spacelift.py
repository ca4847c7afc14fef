"""Spacelift: a token for each run, whose subject says its space, its stack or module, and what it
may do.

https://docs.spacelift.io/integrations/cloud-providers/oidc
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import RUN, IssuerFacts, WidePart
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts
from trust_widgets.text.quoting import hcl

_NAME, _NAMED = "[A-Za-z0-9_-]", "letters, digits, - and _"
RunType = Literal["PROPOSED", "TRACKED", "TASK", "TESTING", "DESTROY"]
_ACCOUNT = Question(
    "Account",
    "The first part of your account's host.",
    "octo-org",
    r"[a-z0-9-]{1,63}(\.app(\.us)?\.spacelift\.io)?",
    "An account has lower case letters, digits and -, like octo-org or "
    "octo-org.app.us.spacelift.io.",
)
_SPACE = Part("space", "space {}", "any space", _NAME, "production")
_PATH = Part(
    "space_path",
    "{}",
    "any path",
    "[A-Za-z0-9/_-]",
    "/root/production",
    rule="/.*",
    fine_within=True,
)
_CALLER_TYPE = Part(
    "caller_type", "{}", "any stack or module", ".", "stack", choices=("stack", "module")
)
_CALLER = Part("caller", "{}", "of any name", _NAME, "shop")
_TYPE = Part("run_type", "type {}", "any type", ".", "TRACKED", choices=get_args(RunType))
_SCOPE = Part("scope", "{} scope", "any scope", ".", "write", choices=("read", "write"))

_HEAD = "Spacelift runs of {caller_type} {caller} in {space}"
_TAIL = "{caller_type}:{caller}:run_type:{run_type}:scope:{scope}"
GRAMMAR = Grammar(
    forms=(
        Form(
            "usual",
            "space:{space}:" + _TAIL,
            _HEAD + ", of {run_type}, with {scope}",
            "of each run",
        ),
        Form(
            "path",
            "space:{space}:space_path:{space_path}:" + _TAIL,
            _HEAD + " at {space_path}, of {run_type}, with {scope}",
            "of each run, where the account's subject template names the space's path",
        ),
    ),
    parts=(_SPACE, _PATH, _CALLER_TYPE, _CALLER, _TYPE, _SCOPE),
    everything="any Spacelift run of the account",
    several="*any Spacelift run* in {space}",
    several_fault="run_any",
)
_KINDS = {"usual": "The usual one", "path": "With space_path:{spacePath} after the space"}


def issuer_from(account: Annotated[str, _ACCOUNT]) -> str:
    """An account's issuer.

    Example:
        >>> issuer_from("octo-org"), issuer_from("octo-org.app.us.spacelift.io")
        ('octo-org.app.spacelift.io', 'octo-org.app.us.spacelift.io')
    """
    if "." in account:
        return account
    return f"{account}.app.spacelift.io"


def subject(
    space: Annotated[str, asked(_SPACE, "Space", _NAMED)],
    caller: Annotated[str, asked(_CALLER, "Stack or module", _NAMED)],
    caller_type: Annotated[Literal["stack", "module"], Question("It is a")] = "stack",
    run_type: Annotated[RunType, Question("Type of run")] = "TRACKED",
    scope: Annotated[Literal["read", "write"], Question("Scope")] = "write",
    kind: Annotated[
        Literal["usual", "path"], Question("The account's subject template", choices=_KINDS)
    ] = "usual",
    space_path: Annotated[str, asked(_PATH, "Path", "the spaces from the root on", "path")] = "",
) -> str:
    """The subject of a run's token.

    Example:
        >>> subject("production", "shop")
        'space:production:stack:shop:run_type:TRACKED:scope:write'
    """
    parts = {
        "space": space,
        "caller": caller,
        "caller_type": caller_type,
        "run_type": run_type,
        "scope": scope,
    }
    return build(GRAMMAR, kind, space_path=space_path, **parts)


def usual_audience(account: str) -> str:
    """The audience of an account's tokens: its host.

    Example:
        >>> usual_audience("octo-org")
        'octo-org.app.spacelift.io'
    """
    return issuer_from(account)


PROVIDER = Provider(
    title="Spacelift",
    owns=lambda issuer: (
        re.fullmatch(r"[a-z0-9-]+\.app(\.us)?\.spacelift\.io", issuer, re.IGNORECASE) is not None
    ),
    audience="",
    read=GRAMMAR.read,
    source="https://docs.spacelift.io/integrations/cloud-providers/oidc",
    issuer="{account}.app.spacelift.io",
    issuer_from=issuer_from,
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "Each run finds its token in SPACELIFT_OIDC_TOKEN. The audience is the account's host. Two"
        " spaces of one name have the same subject, unless the account's subject template names the"
        " space's path."
    ),
    read_on="2026-11-30",
    verified=(
        "The issuer, the audience and both forms are in Spacelift's pages. Subjects of "
        "an account with another subject template are not read. The host of accounts in "
        "the US region is known from other people's repositories."
    ),
)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://docs.spacelift.io/integrations/cloud-providers/oidc/aws-oidc, read on 2026-11-30."""
    identity = {
        "role_arn": job.role_arn,
        "web_identity_token_file": "/mnt/workspace/spacelift.oidc",
    }
    inner = hcl.block("assume_role_with_web_identity", (), identity)
    text = hcl.nested(hcl.block("provider", ("aws",), {}), [inner])
    note = "Add this to the stack's configuration. Each run finds its token in that file."
    return (JobFile("The AWS provider", note, "provider.tf", text),)


FACTS = IssuerFacts(
    audience_names="customer",
    audience_of_customer=usual_audience,
    subjects="free",
    form=IssuerForm(
        job=_job,
        job_source="https://docs.spacelift.io/integrations/cloud-providers/oidc/aws-oidc",
        job_read_on="2026-11-30",
        issuer_answers=lambda issuer, _: {"account": issuer.removesuffix(".app.spacelift.io")},
    ),
    grammar=GRAMMAR,
    wide_parts={
        "run": RUN,
        # Spacelift's page names a stack alone: an account has one stack of a name.
        "space": WidePart(usual_unless=("run", "space_path", "caller_type", "caller")),
        "space_path": WidePart(level_if_begun="low"),
        "caller_type": WidePart(noun="the kind (stack or module)", level="low"),
        "caller": WidePart(noun="the name of the stack or module"),
        "run_type": WidePart(noun="the type of run", level="low"),
        # A run of one type has one scope, but for previews of code that nobody has approved.
        "scope": WidePart(
            level="low",
            usual_unless=("run", "space_path", "caller_type", "caller", "run_type"),
        ),
    },
)
