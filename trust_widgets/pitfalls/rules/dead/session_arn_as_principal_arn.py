"""A session's ARN in `aws:PrincipalArn`, which holds that of its role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.policy import Fix, Home, Path, Replace, TrustPolicy, example
from trust_widgets.text.globs import is_only_wildcards

_SESSION = re.compile(
    r"arn:(?P<partition>[^:]+):(?:sts|iam|\*):[^:]*:(?P<account>[^:]*):assumed-role(?:/(?P<rest>.*))?"
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if each.key != "aws:principalarn":
            continue
        session = _SESSION.fullmatch(text)
        if session:
            yield Hit(
                place,
                "In a request from a role session, aws:PrincipalArn contains the ARN of the role, "
                f'"arn:{session["partition"]}:iam::...:role/...". It never contains "{text}". '
                f"{outcome(each, place)}",
                fix=_fix(place, session),
            )


def _fix(place: Path, session: re.Match[str]) -> Fix | None:
    """The role, which stays as narrow as it was written; its path, if it has one, the session does
    not tell.
    """
    role, slash, name = (session["rest"] or "").partition("/")
    if is_only_wildcards(role) or is_only_wildcards(session["account"]):
        return None
    if not slash or name not in ("*", ""):
        return None
    arn = f"arn:{session['partition']}:iam::{session['account']}:role/{role}"
    return Fix(f'Write "{arn}"', (Replace(place, arn),))


_ROOT = {"AWS": "arn:aws:iam::444455556666:root"}
_ARN = "aws:PrincipalArn"

PITFALL = Pitfall(
    code="TP209",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="The ARN of a session instead of its role",
    find=find,
    needs=condition_on("aws:PrincipalArn"),
    fine=(
        "As a principal: there the ARN of a session means that session only. In a condition, "
        "aws:userid contains the name of the calling session, after the unique ID of the role."
    ),
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(
        example(
            _ROOT, condition={"ArnLike": {_ARN: "arn:aws:sts::444455556666:assumed-role/deploy/*"}}
        ),
        example(
            _ROOT,
            condition={
                "StringEquals": {_ARN: "arn:aws:sts::444455556666:assumed-role/deploy/run-1"}
            },
        ),
    ),
    good=(
        example(_ROOT, condition={"ArnLike": {_ARN: "arn:aws:iam::444455556666:role/deploy"}}),
        example(
            _ROOT,
            condition={"ArnNotLike": {_ARN: "arn:aws:sts::444455556666:assumed-role/deploy/*"}},
        ),
        example({"AWS": "arn:aws:sts::444455556666:assumed-role/deploy/run-1"}),
    ),
)
