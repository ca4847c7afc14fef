"""A pattern for an owner's repositories that fits none made, renamed or moved since 15 July
2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import values
from trust_widgets.pitfalls.subjects import subject_of
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.providers.issuers import github_actions

_OWNER = re.compile(r"repo:(?P<owner>[A-Za-z0-9_.-]+)/(?P<repository>[^:]*)")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    asked = [entry for entry in values(policy) if subject_of(entry[0]) is github_actions.PROVIDER]
    texts = [text for _, _, text in asked]
    for each, place, text in asked:
        if each.base != "StringLike" or not _may_have_ids(each.key):
            continue
        written = _OWNER.match(text)
        if written is None or "*" not in written["repository"]:
            continue
        owner = written["owner"]
        if not any(other.startswith(f"repo:{owner}@") for other in texts):
            yield Hit(
                place,
                "Subjects of repositories created, renamed or moved since 15 July 2026 start "
                f'with "repo:{owner}@" and the owner\'s ID, so "{text}" matches only older '
                f'repositories. Add "repo:{owner}@ID/..." to the list for the others.',
            )


def _may_have_ids(key: str) -> bool:
    return github_actions.may_have_ids(claim_key(key).issuer)


def _like(*subjects: str) -> str:
    exact = {"aud": "sts.amazonaws.com", "repository_id": "456789", "ref": "refs/heads/main"}
    return token_example(GITHUB, {"StringEquals": exact, "StringLike": {"sub": list(subjects)}})


PITFALL = Pitfall(
    code="TP444",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A pattern that new repositories do not match",
    find=find,
    needs=CLAIMS,
    fine=(
        "When no repository of this owner has subjects with IDs, or you do not want to allow those."
    ),
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(_like("repo:octo-org/*:ref:refs/heads/main"),),
    good=(
        _like("repo:octo-org/*:ref:refs/heads/main", "repo:octo-org@123456/*:ref:refs/heads/main"),
        _like("repo:octo-org/app:ref:refs/heads/release/*"),
        _like("repo:octo-org/app:ref:refs/heads/main"),
    ),
)
