"""A condition on a tag that does not say which tag."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.spelling import lacks_tag
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import FormerCode, Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import asked, outcome
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        if lacks_tag(each.condition.key):
            head = each.condition.key.rstrip("/")
            yield Hit(
                each.place,
                f'"{each.condition.key}" does not name a tag, so no request contains this key. '
                f"{outcome(each, each.place)} Write the key of the tag after a slash, "
                f'"{head}/team".',
            )


PITFALL = Pitfall(
    code="TP253",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A tag without its key",
    find=find,
    needs=CONDITIONS,
    fine=(
        "Never. AWS's own policy check (IAM Access Analyzer) reports this as an error. No page "
        "says whether IAM rejects the document. To compare the keys of tags, use aws:TagKeys."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag": "octo"}}),
        example({"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag/": "octo"}}),
    ),
    former_codes=(
        FormerCode(
            "TP130",
            "A tag without its key",
            "No page says that IAM rejects the name of a condition key; that no request has it is"
            " certain.",
        ),
    ),
    good=(
        example(
            {"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag/team": "octo"}}
        ),
    ),
)
