"""A subject that admits more of an issuer's tokens than one job, pod or stack; GitHub's have a rule
of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trust_widgets.access import probe_of
from trust_widgets.aws.oidc_issuers import is_shared
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import (
    BUILDKITE,
    EKS,
    GITLAB,
    HCP_TERRAFORM,
    PULUMI,
    SPACELIFT,
    VERCEL,
    token_example,
)
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.subject_width import (
    SubjectValue,
    claims_pinned,
    first_tokens,
    subjects_asked,
)
from trust_widgets.pitfalls.wide import counted, severity_of, what_to_name
from trust_widgets.policy import Fix, Home, Remove, TrustPolicy
from trust_widgets.providers import Reading, facts_of, reading_of, subjects_of

_THEIRS = " (anyone can get a token like this)"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for asked in subjects_asked(policy):
        if facts_of(asked.provider).width_rule or not asked.text.strip("*?:/"):
            continue
        reading = reading_of(asked.issuer, asked.subject)
        if reading is None:
            continue
        faults = counted(asked, reading.faults, claims_pinned(asked.statement, asked.issuer))
        if faults:
            yield from _hits(policy, asked, reading, faults, home)


def _hits(
    policy: TrustPolicy, asked: SubjectValue, reading: Reading, faults: tuple[str, ...], home: Home
) -> Iterator[Hit]:
    opening = probe_of(policy, asked.place, home)
    if opening is None or asked.provider.subjects_for is None:
        return
    facts = facts_of(asked.provider)
    own = subjects_of(asked.issuer, asked.subject, strangers=False)
    theirs: list[str] = []
    if reading.stranger and is_shared(asked.issuer):
        theirs = [
            subject for subject in subjects_of(asked.issuer, asked.subject) if subject not in own
        ]
    hostile = first_tokens(opening, asked.principal, theirs[:1], strangers=True)
    tame = first_tokens(opening, asked.principal, own[:2])
    if not hostile and not tame:
        return
    yield Hit(
        asked.place,
        f'"{asked.text}" matches {reading.words}. {what_to_name(facts, faults)}',
        callers=tuple([*(f"{subject}{_THEIRS}" for subject in hostile), *tame][:2]),
        severity=Severity.CRITICAL if hostile else severity_of(facts, faults),
        fix=_fix(asked) if hostile else None,
    )


def _fix(asked: SubjectValue) -> Fix | None:
    """Without it, if an exact one is next to it."""
    *_, operator, key, _ = asked.place
    for condition in asked.statement.conditions:
        if (condition.operator, condition.key) != (operator, key):
            continue
        for value in condition.values:
            reading = asked.provider.read(str(value))
            if reading is not None and not reading.faults:
                return Fix(f'Remove "{asked.text}"', (Remove(asked.place),))
    return None


_WORKSPACE = "organization:octo-org:project:web:workspace:prod"


def _like(issuer: str, audience: str, *subjects: str) -> str:
    block: dict[str, dict[str, Any]] = {"StringEquals": {"aud": audience}}
    block["StringLike"] = {"sub": list(subjects)}
    return token_example(issuer, block)


PITFALL = Pitfall(
    code="TP305",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A subject that matches too much",
    find=find,
    needs=CLAIMS,
    fine="When everyone whose tokens match may use the role.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(
        _like(EKS, "sts.amazonaws.com", "system:serviceaccount:*:cart"),
        _like(EKS, "sts.amazonaws.com", "system:serviceaccount:shop:default"),
        _like(GITLAB, "https://gitlab.com", "project_path:octo*"),
        _like(GITLAB, "https://gitlab.com", "project_path:octo-org/*:ref_type:branch:ref:main"),
        _like(
            HCP_TERRAFORM,
            "aws.workload.identity",
            "organization:*:project:web:workspace:prod:run_phase:apply",
        ),
        _like(HCP_TERRAFORM, "aws.workload.identity", "organization:octo-org:*"),
        _like(HCP_TERRAFORM, "aws.workload.identity", f"{_WORKSPACE}:run_phase:*"),
        _like(BUILDKITE, "sts.amazonaws.com", "organization:octo-org:pipeline:*"),
        _like(SPACELIFT, SPACELIFT, "space:root:*"),
        _like(
            VERCEL,
            "https://vercel.com/octo-org",
            "owner:octo-org:project:web:environment:*",
        ),
        _like(PULUMI, "aws:octo-org", "pulumi:deploy:org:octo-org:project:web:*"),
    ),
    good=(
        _like(EKS, "sts.amazonaws.com", "system:serviceaccount:shop:cart"),
        _like(GITLAB, "https://gitlab.com", "project_path:octo-org/app:ref_type:branch:ref:main"),
        _like(HCP_TERRAFORM, "aws.workload.identity", f"{_WORKSPACE}:run_phase:apply"),
        _like(
            BUILDKITE,
            "sts.amazonaws.com",
            "organization:octo-org:pipeline:web:ref:refs/heads/main:*",
        ),
        _like("idp.octo.example", "aws", "deployer-*"),
    ),
)
