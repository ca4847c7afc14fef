"""A permission for other roles than this one, so that the caller's half is missing."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit
from trust_widgets.pitfalls.caller_half import AskedPermissions, CallerPitfall, caller_example
from trust_widgets.policy import Fix, Path, Replace, Statement


def find(half: AskedPermissions) -> Iterator[Hit]:
    """Only where no statement reaches the role, and each is known not to."""
    allows = list(half.allows())
    if not half.role or any(half.reaches(statement) is not False for _, statement in allows):
        return
    for path, statement in allows:
        yield _hit(half, path, statement)


def _hit(half: AskedPermissions, path: Path, statement: Statement) -> Hit:
    resources = statement.resource or ()
    if len(resources) != 1:
        return Hit(
            (*path, "Resource" if resources else "NotResource"),
            f"This statement does not include {half.role}. The call fails. Add its ARN.",
        )
    [text] = resources
    place = (*path, "Resource", 0)
    return Hit(
        place,
        f'"{text}" does not match the ARN of the role, "{half.role}".{_why(text, half.role)} The'
        f' call fails. Write "{half.role}".',
        fix=Fix(f"Write {half.role}", (Replace(place, half.role),)),
    )


def _why(text: str, role: str) -> str:
    """What is wrong with an ARN, where that is plain."""
    if ":assumed-role/" in text:
        return " It is the ARN of a session, not of a role."
    if text.lower() == role.lower():
        return " Role names are case-sensitive here."
    if text.rpartition("/")[2] == role.rpartition("/")[2] and text.count("/") != role.count("/"):
        return " The path is a part of the ARN."
    return ""


PITFALL = CallerPitfall(
    code="TP269",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A permission for another role",
    find=find,
    fine="Where another policy of the caller names this role, or where the trust policy names the"
    " caller in the role's own account.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
    bad=(
        (caller_example(resource="arn:aws:iam::111122223333:role/other"), ""),
        (caller_example(resource="arn:aws:sts::111122223333:assumed-role/app/*"), ""),
        (caller_example(resource="arn:aws:iam::111122223333:role/team/app"), ""),
    ),
    good=(
        (caller_example(), ""),
        (caller_example(resource="arn:aws:iam::*:role/app"), ""),
        (caller_example(resource=["arn:aws:iam::111122223333:role/other", "*"]), ""),
        (caller_example(resource="arn:aws:iam::111122223333:role/${aws:username}"), ""),
    ),
)
