"""A subject unlike those that the issuer's tokens usually have."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import SPACELIFT, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import values
from trust_widgets.pitfalls.subjects import as_compared, example_of, is_judged, subject_of
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.providers import cannot_be


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        provider = subject_of(each)
        if provider is None or not is_judged(each, text):
            continue
        compared = as_compared(each, provider, text)
        if provider.read(compared) is None and not cannot_be(provider, compared):
            yield Hit(
                place,
                f"Subjects of {provider.title} usually look like"
                f' "{example_of(provider, text)}", and'
                f' "{text}" does not. It may match no token.',
                assumptions=(
                    ("Subjects may have other forms; some issuers let their customers choose."),
                ),
            )


def _sub(subject: str) -> str:
    return token_example(SPACELIFT, {"StringEquals": {"sub": subject}})


PITFALL = Pitfall(
    code="TP441",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An unusual subject",
    find=find,
    needs=CLAIMS,
    fine="When one of your tokens has this subject: look at one.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(_sub("stack:web"),),
    good=(_sub("space:root:stack:web:run_type:TRACKED:scope:write"),),
)
