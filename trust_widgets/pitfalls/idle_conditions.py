"""What is said of conditions that narrow nobody."""

from __future__ import annotations

from trust_widgets.policy import Statement, narrowing_conditions
from trust_widgets.text.english import listed


def why_idle(statement: Statement) -> str:
    """A sentence on the conditions of a statement that do not narrow who calls; `""` if each does.

    Example:
        >>> from trust_widgets.policy import Condition, Principal
        >>> region = Condition("StringEquals", "aws:RequestedRegion", ("eu-west-1",))
        >>> why_idle(Statement("Allow", Principal(aws=("*",)), conditions=(region,)))
        'The condition on aws:RequestedRegion does not restrict who can assume the role.'
    """
    narrowing = list(narrowing_conditions(statement))
    idle = dict.fromkeys(c.key for c in statement.conditions if c not in narrowing)
    if not idle:
        return ""
    if len(idle) == 1:
        return f"The condition on {next(iter(idle))} does not restrict who can assume the role."
    return f"The conditions on {listed(idle)} do not restrict who can assume the role."
