"""A subject of one form next to a claim that, by default, only tokens of another form have."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, asked
from trust_widgets.pitfalls.subjects import as_compared, is_judged, subject_of
from trust_widgets.policy import Home, TrustPolicy, text_from_scalar
from trust_widgets.providers import Provider, facts_of


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    required = asked(policy)
    for each in required:
        provider = subject_of(each)
        if provider is None:
            continue
        for claim, form in facts_of(provider).form_of_claim.items():
            beside = _beside(each, claim, required)
            if beside is None or _may_be_of(each, provider, form):
                continue
            yield Hit(
                each.place,
                f"With the default subject template, a token of {provider.title} with the "
                f"claim {claim} has a subject of the form {form}. The condition on "
                f"{each.condition.key} requires another subject than the condition on "
                f"{beside.condition.key}. Only a customized subject template can give both. "
                f'Require a subject with ":{form}:" and its name.',
                assumptions=("The subject template is customized.",),
            )


def _beside(
    subject: RequiredCondition, claim: str, required: tuple[RequiredCondition, ...]
) -> RequiredCondition | None:
    """A condition of the same statement on a claim of the same issuer."""
    key = f"{claim_key(subject.key).issuer}:{claim}"
    return next((c for c in required if c.path == subject.path and c.key == key), None)


def _may_be_of(each: RequiredCondition, provider: Provider, form: str) -> bool:
    """Whether a value for subjects fits a form, or is of no default form at all."""
    usual = facts_of(provider).usual
    for value in each.condition.values:
        text = text_from_scalar(value)
        if usual is None or not is_judged(each, text):
            return True
        fits = usual.fits(as_compared(each, provider, text))
        if not fits or any(fit.form.name == form for fit in fits):
            return True
    return False


def _with(subject: str, **claims: str) -> str:
    asked = {"aud": "sts.amazonaws.com", "sub": subject, **claims}
    return token_example(GITHUB, {"StringLike": asked})


PITFALL = Pitfall(
    code="TP471",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A claim with a subject of another form",
    find=find,
    needs=CLAIMS,
    fine="When the repository or the organization has a customized subject template.",
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(
        _with("repo:octo-org/app:ref:refs/heads/main", environment="production"),
        _with("repo:octo-org/app:ref:refs/heads/release/*", environment="production"),
    ),
    good=(
        _with("repo:octo-org/app:environment:production", environment="production"),
        _with("repo:octo-org/app:*", environment="production"),
        _with("repo:octo-org/app:environment:production", ref="refs/heads/main"),
    ),
)
