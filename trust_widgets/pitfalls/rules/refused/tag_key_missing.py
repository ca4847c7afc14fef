"""A condition on a tag that does not say which tag."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.spelling import lacks_tag
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Home, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            if lacks_tag(condition.key):
                head = condition.key.rstrip("/")
                yield Hit(
                    (*path, *condition.path),
                    f'"{condition.key}" does not say which tag: write its key after a slash,'
                    f' "{head}/team".',
                )


PITFALL = Pitfall(
    code="TP130",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A tag without its key",
    find=find,
    fine=(
        "AWS's own policy check (IAM Access Analyzer) reports this as an error, whether or not IAM"
        " saves the document. To ask for tags by their keys alone, there is aws:TagKeys."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag": "octo"}}),
        example({"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag/": "octo"}}),
    ),
    good=(
        example(
            {"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag/team": "octo"}}
        ),
    ),
)
