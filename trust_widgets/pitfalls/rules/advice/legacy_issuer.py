"""An issuer that its provider has replaced by another."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.policy import Home, TrustPolicy, principals
from trust_widgets.providers import FACTS, PROVIDERS, Provider, facts_of_issuer, issuer_of


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "Federated", "Allow"):
        old = issuer_of(value).lower()
        now = _replaced().get(old)
        if now is not None:
            yield Hit(
                path,
                f"{now.title} issues tokens as {now.issuer} today. Tokens of {old}, its "
                "previous issuer, may no longer exist.",
                assumptions=(f"We found no page that says when {old} ended.",),
            )


def _replaced() -> dict[str, Provider]:
    """The providers by the issuers that they had before."""
    return {old: PROVIDERS[name] for name, facts in FACTS.items() for old in facts.former_issuers}


_OLD = facts_of_issuer(GITHUB).former_issuers[0]


def _github(issuer: str) -> str:
    claims = {"aud": "sts.amazonaws.com", "sub": "repo:octo-org/app:ref:refs/heads/main"}
    return token_example(issuer, {"StringEquals": claims})


PITFALL = Pitfall(
    code="TP416",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An issuer that has been replaced",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine="When runs still use it. Otherwise remove the statement.",
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(_github(_OLD),),
    good=(_github(GITHUB),),
)
