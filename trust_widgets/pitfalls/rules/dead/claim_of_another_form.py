"""A claim of a token with a value that it never holds, as a workflow without its ref."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.oidc_issuers import claims_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, GITLAB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, callers, outcome, values
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.pitfalls.subjects import is_judged
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.providers import ClaimValues, claim_values_of, fits_some_value


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        known = _values_of(each)
        if known is None or not is_judged(each, text):
            continue
        if not fits_some_value(known, text, any_case=each.base == "StringEqualsIgnoreCase"):
            yield Hit(
                place,
                f'{each.condition.key} contains {known.words}. "{text}" does not have this '
                f'form. {outcome(each, place)} Write a value such as "{known.example}".',
            )


def _values_of(each: RequiredCondition) -> ClaimValues | None:
    """The values of a claim that the tokens of this statement have."""
    issuer = claim_key(each.key).issuer
    issuers = {caller.issuer for caller in callers(each.path, each.statement)}
    if issuer not in issuers or not each.base.startswith("String"):
        return None
    if each.key in claims_of(issuer):
        return claim_values_of(issuer, each.key)
    return None


def _with(issuer: str, subject: str, claim: str, value: str) -> str:
    block = {"StringEquals": {"sub": subject}}
    block.setdefault("StringLike", {})[claim] = value
    return token_example(issuer, block)


_RUN = "repo:octo-org/app:environment:production"
_JOB = "project_path:octo-org/app:ref_type:branch:ref:main"

PITFALL = Pitfall(
    code="TP261",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A claim in another form",
    find=find,
    needs=CLAIMS,
    fine="Never, as long as the issuer writes the claim as its page says.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    bad=(
        _with(GITHUB, _RUN, "job_workflow_ref", "octo-org/ops/.github/workflows/deploy.yml"),
        _with(GITHUB, _RUN, "repository", "app"),
        _with(GITHUB, _RUN, "repository_id", "octo-org/app"),
        _with(GITLAB, _JOB, "ref_protected", "yes"),
    ),
    good=(
        _with(GITHUB, _RUN, "job_workflow_ref", "octo-org/ops/.github/workflows/*"),
        _with(GITHUB, _RUN, "repository", "*/app"),
        _with(GITHUB, _RUN, "repository_id", "456789"),
        _with(GITLAB, _JOB, "ref_protected", "true"),
    ),
)
