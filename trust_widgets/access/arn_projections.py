"""Condition keys that are parts of the caller's ARN, such as its account and a user's name."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access.atoms import Projection, account_projection, name_projection
from trust_widgets.access.caller import PATH, PrincipalClass
from trust_widgets.access.key_names import ARN
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.text.tokens import tokens_of_form, tokens_of_text


def projections_of(caller: PrincipalClass) -> Iterator[tuple[str, str, Projection]]:
    """Each key that is a part of the caller's ARN, where that is open.

    With it come the key that holds the ARN, and where in it the part is.
    """
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
