"""Labels by which the grants of a policy can be distinguished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from trust_widgets.forms import complete
from trust_widgets.model.grants import Grant, kind_of, label_of


def labels_of(grants: Sequence[Grant]) -> tuple[str, ...]:
    """A label for each grant, no two of them equal.

    Grants with the same label get the answer in which they differ, or else their number.

    Example:
        >>> same = {"owner": "octo-org", "repository": "app"}
        >>> labels_of([Grant("github_oidc", {**same, "branch": name}) for name in ("main", "dev")])
        ('GitHub Actions · octo-org/app · main', 'GitHub Actions · octo-org/app · dev')
    """
    plain = [label_of(grant) for grant in grants]
    labels = [
        _with_difference(label, grant, _alike(label, plain, grants))
        for label, grant in zip(plain, grants, strict=True)
    ]
    times = Counter(labels)
    return tuple(
        f"{label} · {number}" if times[label] > 1 else label
        for number, label in enumerate(labels, start=1)
    )


def _alike(label: str, labels: Sequence[str], grants: Sequence[Grant]) -> list[Grant]:
    return [grant for grant, other in zip(grants, labels, strict=True) if other == label]


def _with_difference(label: str, grant: Grant, alike: Sequence[Grant]) -> str:
    """A label with the first answer in which a grant differs from others with that label."""
    pattern = kind_of(grant)
    if pattern is None or len(alike) == 1:
        return label
    own, others = _answers(grant), [_answers(other) for other in alike]
    for asked in pattern.fields_for(own):
        answer = own[asked.name]
        is_shown = asked.kind == "text" and asked.is_asked(own) and answer
        if is_shown and any(other.get(asked.name) != answer for other in others):
            return f"{label} · {answer}"
    return label


def _answers(grant: Grant) -> Mapping[str, Any]:
    pattern = kind_of(grant)
    if pattern:
        return complete(pattern.fields_for(grant.answers), grant.answers)
    return {}
