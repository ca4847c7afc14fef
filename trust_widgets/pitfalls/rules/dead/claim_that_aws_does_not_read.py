"""A claim of the principal's own issuer that AWS makes no condition key of."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.condition_keys import is_read_from_tokens
from trust_widgets.aws.oidc_issuers import claims_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, GITLAB, issued_by
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_claims import lacks_control
from trust_widgets.pitfalls.required_conditions import RequiredCondition, asked, callers, outcome
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import Fix, Home, TrustPolicy, example, rename_key
from trust_widgets.providers import facts_of_issuer

# Other names for the same thing, and names that an ID which AWS does read can replace.
_MEANT = {"subject": "sub", "audience": "aud", "client_id": "aud", "azp": "aud"}
_INSTEAD = {
    "repository_owner": "repository_owner_id",
    "project_path": "project_id",
    "namespace_path": "namespace_id",
    "workflow_ref": "job_workflow_ref",
}


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        issuer, claim = _claim(each)
        if not claim:
            continue
        known = _claims_with_a_key(issuer)
        if claim not in known and not lacks_control(each.statement, issuer):
            yield Hit(
                each.place, _message(each, issuer, claim, known), fix=_fix(each, issuer, claim)
            )


def _claims_with_a_key(issuer: str) -> list[str]:
    return [key.removeprefix(f"{issuer}:") for key in claims_of(issuer)]


def _claim(each: RequiredCondition) -> tuple[str, str]:
    """The issuer and claim of a key that belongs to a principal's issuer."""
    for caller in callers(each.path, each.statement):
        if caller.issuer and each.key.startswith(f"{caller.issuer}:"):
            claim = each.key.removeprefix(f"{caller.issuer}:")
            return caller.issuer, "" if is_read_from_tokens(caller.issuer, claim) else claim
    return "", ""


def _message(each: RequiredCondition, issuer: str, claim: str, known: list[str]) -> str:
    meant = _meant(issuer, claim, known)
    hint = f"AWS supports these claims: {', '.join(known)}."
    if meant:
        hint = f'Did you mean "{meant}"?'
    elif _INSTEAD.get(claim) in known:
        hint = f"{hint} Use {_INSTEAD[claim]} instead."
    return (
        f'AWS provides no condition key for "{claim}" in tokens of {issuer}. {hint} '
        f"{outcome(each, each.place)}"
    )


def _meant(issuer: str, claim: str, known: list[str]) -> str:
    """The claim that was meant, by another name of it or by a near spelling; `""` for none."""
    facts = facts_of_issuer(issuer)
    own_names = {"sub": facts.subject_claim, "aud": next(iter(facts.app_claims), "aud")}
    usual = _MEANT.get(claim, claim)
    named = own_names.get(usual, usual)
    if named in known:
        return named
    if claim in _INSTEAD:
        return ""
    return next(iter(get_close_matches(claim, known, n=1, cutoff=0.8)), "")


def _fix(each: RequiredCondition, issuer: str, claim: str) -> Fix | None:
    """The claim that was meant, where another name of it was written."""
    meant = _meant(issuer, claim, _claims_with_a_key(issuer))
    if not meant:
        return None
    right = f"{intended_claim(each.condition.key).issuer}:{meant}"
    return rename_key(each.path, each.statement, each.condition, right)


_GITLAB = "gitlab.octo.example"


def _for(issuer: str, **claims: str) -> str:
    block = {"StringEquals": {f"{issuer}:{claim}": value for claim, value in claims.items()}}
    return example(issued_by(issuer), WITH_WEB_IDENTITY, block)


PITFALL = Pitfall(
    code="TP203",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A claim that AWS does not read",
    find=find,
    needs=CLAIMS,
    fine=("When AWS has started to read the claim since our list was made."),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    bad=(
        _for(GITHUB, sub="repo:octo-org/app:ref:refs/heads/main", repository_owner="octo-org"),
        _for(_GITLAB, subject="project_path:octo-org/app:ref_type:branch:ref:main"),
        _for(
            _GITLAB,
            sub="project_path:octo-org/app:ref_type:branch:ref:main",
            environment="production",
        ),
    ),
    good=(
        _for(GITHUB, sub="repo:octo-org/app:ref:refs/heads/main", repository_owner_id="123456"),
        _for(
            _GITLAB,
            sub="project_path:octo-org/app:ref_type:branch:ref:main",
            aud="https://gitlab.octo.example",
        ),
        _for(GITLAB, sub="project_path:octo-org/app:ref_type:branch:ref:main", project_id="20"),
    ),
)
