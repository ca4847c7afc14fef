"""A subject that no token of the default template has, but perhaps one of a customized one."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, GITLAB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import values
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.pitfalls.subjects import as_compared, example_of, is_judged, subject_of
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.providers import facts_of


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        provider = subject_of(each)
        facts = facts_of(provider)
        if provider is None or facts.usual is None or not is_judged(each, text):
            continue
        compared = as_compared(each, provider, text)
        if facts.usual.is_too_wild(compared) or facts.usual.admits(compared):
            continue
        if provider.read(compared) is None:
            continue
        yield Hit(
            place,
            f"With the default subject template, no token of {provider.title} has the subject "
            f'"{text}": default subjects look like "{example_of(provider, text)}". Only a '
            "customized subject template can give it. Look at the subject of one of your "
            "tokens, and write it exactly.",
            assumptions=("The subject template is customized.",),
        )


def _sub(issuer: str, subject: str) -> str:
    block = {
        "StringEquals": {"aud": "sts.amazonaws.com"},
        "StringLike": {"sub": subject},
    }
    return token_example(issuer, block)


PITFALL = Pitfall(
    code="TP470",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A subject that only a customized template gives",
    find=find,
    needs=CLAIMS,
    fine="When the repository, the organization or the project has such a subject template.",
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(
        _sub(GITHUB, "repo:octo-org/app"),
        _sub(GITHUB, "repo:octo-org/app:ref:refs/heads/main:*"),
        _sub(GITHUB, "repo:octo-org/app:pull_request:*"),
        _sub(GITHUB, "repository_owner:octo-org:environment:production"),
        _sub(GITLAB, "project_path:octo-org/app:ref_type:branch"),
    ),
    good=(
        _sub(GITHUB, "repo:octo-org/app:ref:refs/heads/main"),
        _sub(GITHUB, "repo:octo-org/app:*"),
        _sub(GITLAB, "project_path:octo-org/app:ref_type:branch:ref:main"),
    ),
)
