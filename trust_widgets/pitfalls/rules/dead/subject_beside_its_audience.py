"""A subject that no token with the audience next to it has: it begins with the workspace's ID.

https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import issuer_of_provider, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, asked, outcome, values
from trust_widgets.pitfalls.subjects import is_judged, subject_of
from trust_widgets.policy import Home, TrustPolicy, text_from_scalar
from trust_widgets.providers import facts_of
from trust_widgets.text.globs import covers, is_exact


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    required = asked(policy)
    for each, place, text in values(policy):
        provider = subject_of(each)
        never = facts_of(provider).never_with_audience
        if provider is None or never is None or not is_judged(each, text):
            continue
        audiences = _audiences(each, required)
        patterns = [never(audience) for audience in audiences]
        if patterns and all(pattern and covers(pattern, text) for pattern in patterns):
            yield Hit(
                place,
                f'The audience "{audiences[0]}" and the subject "{text}" contain the same ID. '
                f"No token of {provider.title} has such a subject with this audience: the "
                "audience contains the ID of the workspace, and the subject starts with the ID "
                f"of the repository. {outcome(each, place)} Write the ID of the repository.",
            )


def _audiences(
    subject: RequiredCondition, required: tuple[RequiredCondition, ...]
) -> tuple[str, ...]:
    """The audiences of which a token must have one; none where any will do."""
    key = f"{claim_key(subject.key).issuer}:aud"
    for each in required:
        if each.path == subject.path and each.key == key:
            texts = tuple(map(text_from_scalar, each.condition.values))
            if all(map(is_exact, texts)):
                return texts
    return ()


_ISSUER = issuer_of_provider("bitbucket", workspace="octo-org")
_WORKSPACE = "a7c4a9e2-3b1f-4d60-9a52-0c8e7f6d5b41"
_REPOSITORY = "0f2d3c4b-5a69-4788-9796-a5b4c3d2e1f0"


def _with(subject: str) -> str:
    block = {
        "StringEquals": {"aud": f"ari:cloud:bitbucket::workspace/{_WORKSPACE}"},
        "StringLike": {"sub": subject},
    }
    return token_example(_ISSUER, block)


PITFALL = Pitfall(
    code="TP262",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A subject that does not match its audience",
    find=find,
    needs=CLAIMS,
    fine="Never, as long as the issuer builds its subjects as its page says.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(_with(f"{{{_WORKSPACE}}}:{{{_REPOSITORY}}}:*"), _with(f"{{{_WORKSPACE}}}:*")),
    good=(_with(f"{{{_REPOSITORY}}}:*"),),
)
