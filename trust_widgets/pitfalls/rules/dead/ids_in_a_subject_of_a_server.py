"""A GitHub subject with IDs, required from GitHub Enterprise Server, whose subjects have none."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.pitfalls.subjects import is_judged, subject_of
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy
from trust_widgets.providers.issuers import github_actions


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if subject_of(each) is not github_actions.PROVIDER or not is_judged(each, text):
            continue
        if github_actions.has_ids_of_no_server(claim_key(each.key).issuer, text):
            yield Hit(
                place,
                f'"{text}" contains the IDs of an owner and a repository, as subjects of '
                "github.com can. Subjects of GitHub Enterprise Server never contain them. "
                f"{outcome(each, place)}",
                fix=_fix(place, text),
            )


def _fix(place: tuple[str | int, ...], text: str) -> Fix | None:
    plain = github_actions.without_ids(text)
    reading = github_actions.read(plain)
    if reading is None or reading.faults:
        return None
    return Fix(f'Write "{plain}"', (Replace(place, plain),))


_SERVER = "github.octo.example/_services/token"


def _sub(issuer: str, subject: str) -> str:
    return token_example(issuer, {"StringEquals": {"sub": subject}})


PITFALL = Pitfall(
    code="TP205",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="IDs in a subject of GitHub Enterprise Server",
    find=find,
    needs=CLAIMS,
    fine="On github.com and ghe.com.",
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(_sub(_SERVER, "repo:octo-org@123456/app@456789:ref:refs/heads/main"),),
    good=(
        _sub(_SERVER, "repo:octo-org/app:ref:refs/heads/main"),
        _sub(
            GITHUB,
            "repo:octo-org@123456/app@456789:ref:refs/heads/main",
        ),
    ),
)
