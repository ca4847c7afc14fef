"""Condition keys that are parts of another key's value: of the time of the request, and of the
caller's ARN, such as its account and a user's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.access.atoms import (
    SECONDS,
    Projection,
    account_projection,
    name_projection,
)
from trust_widgets.access.caller import PATH, PrincipalClass
from trust_widgets.access.key_names import ARN, CURRENT_TIME, EPOCH_TIME
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.evaluation import CompiledCondition
from trust_widgets.text.tokens import tokens_of_form, tokens_of_text

_READS_MOMENTS = ("Date", "Numeric", "Null")


def projections_of(caller: PrincipalClass) -> Iterator[tuple[str, str, Projection]]:
    """Each key that is a part of the time, or of the caller's ARN where that is open.

    With it come the key that holds the whole, and where in it the part is.
    """
    yield EPOCH_TIME, CURRENT_TIME, SECONDS
    if caller.arn is None:
        return
    partition = partition_of(caller.principal)
    if "aws:principalaccount" not in caller.fixed:
        yield "aws:principalaccount", ARN, account_projection(partition)
    if caller.sort == "user":
        account = caller.fixed.get("aws:principalaccount", "")
        number = tokens_of_text(account) if account else tokens_of_form("[0-9]" * 12)
        path = tokens_of_form(f"{PATH}/") if caller.with_path else ()
        before = tokens_of_text(f"arn:{partition}:iam::")
        glob = (*before, *number, *tokens_of_text(":user/"), *path)
        yield "aws:username", ARN, name_projection(glob)


def part_of(
    projections: Iterable[tuple[str, str, Projection]], clause: CompiledCondition
) -> tuple[str, Projection | None]:
    """The key whose value decides a condition, and where in it the condition's own key is.

    An operator that reads no moments is decided by the condition's own key alone.
    """
    for key, group, projection in projections:
        if key != clause.key:
            continue
        if key == EPOCH_TIME and not clause.operator.base.startswith(_READS_MOMENTS):
            break
        return group, projection
    return clause.key, None
