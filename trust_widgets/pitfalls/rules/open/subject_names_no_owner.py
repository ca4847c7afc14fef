"""A customized GitHub subject that says nothing of whose repository it is."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import probe_of
from trust_widgets.aws.oidc_issuers import is_shared
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.subject_width import SubjectValue, claims_pinned, subjects_asked, token
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.providers import reading_of
from trust_widgets.providers.issuers import github_actions
from trust_widgets.text.globs import example_text

_PINNED = (
    "repository",
    "repository_id",
    "repository_owner_id",
    "enterprise_id",
    "actor_id",
    "actor",
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for asked in subjects_asked(policy):
        if asked.provider is not github_actions.PROVIDER or not is_shared(asked.issuer):
            continue
        if _names_somebody(asked):
            continue
        opening = probe_of(policy, asked.place, home)
        if opening is None:
            continue
        subject = example_text(asked.subject, run="anything")
        if token(opening, asked.principal, subject, strangers=True) is not None:
            yield Hit(
                asked.place,
                f'"{asked.text}" names no owner: any organization can customize its subjects '
                'like this, and its runs then match. Add repository_owner_id, or "repo", to '
                "the claims of the subject.",
                callers=(f"{subject} (of anyone's repository)",),
            )


def _names_somebody(asked: SubjectValue) -> bool:
    """Whether a subject, or another claim that is spelled out, says whose run it is; also what no
    subject is.
    """
    if asked.subject.startswith("repo:"):
        return True
    reading = reading_of(github_actions.ISSUER, asked.subject)
    if reading is None or not reading.stranger:
        return True
    if any(fault.startswith("owner") for fault in reading.faults):
        return True
    return bool(claims_pinned(asked.statement, asked.issuer) & {*_PINNED})


def _sub(subject: str, operator: str = "StringEquals", **more: str) -> str:
    block = {"StringEquals": {"aud": "sts.amazonaws.com", **more}}
    block.setdefault(operator, {})["sub"] = subject
    return token_example(GITHUB, block)


PITFALL = Pitfall(
    code="TP306",
    verdict=Verdict.OPEN,
    severity=Severity.CRITICAL,
    title="A GitHub subject that names no owner",
    find=find,
    needs=CLAIMS,
    fine="When another claim names the owner, as repository_owner_id does.",
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(
        _sub("environment:production"),
        _sub("repository_visibility:private:ref:refs/heads/main"),
        _sub("environment:*", "StringLike"),
    ),
    good=(
        _sub("repository_owner:octo-org:environment:production"),
        _sub("repository_owner_id:123456:environment:production"),
        _sub("environment:production", repository_owner_id="123456"),
        _sub("repo:octo-org/app:environment:production"),
    ),
)
