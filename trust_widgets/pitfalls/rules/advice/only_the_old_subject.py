"""A GitHub subject without ids: repositories made, renamed or moved since 15 July 2026 send them in
the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.operators import ParsedOperator, parse_operator
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, values
from trust_widgets.pitfalls.subjects import is_judged, subject_of
from trust_widgets.policy import Fix, Home, Insert, Path, TrustPolicy
from trust_widgets.providers.issuers import github_actions


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    asked = [entry for entry in values(policy) if subject_of(entry[0]) is github_actions.PROVIDER]
    texts = [text for _, _, text in asked]
    # Of many subjects in one statement, one represents all, whatever their order.
    told: set[Path] = set()
    for each, place, text in sorted(asked, key=lambda entry: entry[2]):
        issuer = claim_key(each.key).issuer
        if each.path in told or not github_actions.may_have_ids(issuer):
            continue
        parts = _parts_without_ids(each, text)
        if not parts:
            continue
        if not any(f"/{parts['repository']}@" in other for other in texts):
            told.add(each.path)
            ids = _claim(each, issuer, "repository_owner_id"), _claim(each, issuer, "repository_id")
            newer = _newer(text, parts, *ids)
            yield Hit(
                place,
                "A repository created, renamed or moved since 15 July 2026 also sends its IDs "
                f'in the subject, here "{newer}". It does not match a subject with names '
                f"only.{'' if all(ids) else _where(parts)}",
                fix=_fix(each, place, newer) if all(ids) else None,
            )


def _parts_without_ids(each: RequiredCondition, text: str) -> dict[str, str] | None:
    """The parts of a subject that names an owner without its ID; `None` for any other text."""
    if not is_judged(each, text):
        return None
    pattern = _OF_ONE_REPOSITORY.fullmatch(text)
    if pattern is not None:
        return pattern.groupdict()
    parts = github_actions.GRAMMAR.parts_of(text)
    if parts is None or "owner_id" in parts:
        return None
    return parts


# A pattern with wildcards after the repository: another rule reports those in its name.
_OF_ONE_REPOSITORY = re.compile(
    r"repo:(?P<owner>[A-Za-z0-9_.-]+)/(?P<repository>[A-Za-z0-9_.-]+):.*[*?].*", re.DOTALL
)


def _claim(each: RequiredCondition, issuer: str, claim: str) -> str:
    """The one value that a claim must have; `""` where it may have others."""
    found = [
        str(value)
        for _, operator, value in each.statement.values_of(f"{issuer}:{claim}")
        if parse_operator(operator) == ParsedOperator("", "StringEquals", if_exists=False)
    ]
    if len(found) == 1 and found[0].isdigit():
        return found[0]
    return ""


def _newer(text: str, parts: dict[str, str], owner_id: str, number: str) -> str:
    owner, repository = parts["owner"], parts["repository"]
    ids = f"repo:{owner}@{owner_id or 'OWNER-ID'}/{repository}@{number or 'REPOSITORY-ID'}:"
    return text.replace(f"repo:{owner}/{repository}:", ids, 1)


def _where(parts: dict[str, str]) -> str:
    """How to find the IDs that the policy does not contain."""
    return (
        f" `gh api repos/{parts['owner']}/{parts['repository']} --jq '.owner.id, .id'` prints both"
        " IDs."
    )


def _fix(each: RequiredCondition, place: Path, newer: str) -> Fix:
    return Fix("List both forms", (Insert((*each.place, int(place[-1]) + 1), newer),))


_OLD, _NEW = (
    "repo:octo-org/app:ref:refs/heads/main",
    "repo:octo-org@123456/app@456789:ref:refs/heads/main",
)


def _sub(*subjects: str, **ids: str) -> str:
    claims = {"aud": "sts.amazonaws.com", "sub": list(subjects), **ids}
    return token_example(GITHUB, {"StringEquals": claims})


PITFALL = Pitfall(
    code="TP446",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="Only the older form of a subject",
    find=find,
    needs=CLAIMS,
    fine="When the repository is older, and has kept its name and its owner.",
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(
        _sub(_OLD),
        _sub(_OLD, repository_id="456789"),
        _sub(_OLD, repository_id="456789", repository_owner_id="123456"),
    ),
    good=(
        _sub(_NEW),
        _sub(_OLD, _NEW, repository_id="456789"),
        _sub(_NEW, repository_id="456789"),
    ),
)
