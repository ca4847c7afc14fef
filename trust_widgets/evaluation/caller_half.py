"""What the caller's own side says of a call, as the decision of a trust policy needs it.

Which of the caller's policies count depends on how the trust policy names the caller:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from trust_widgets.evaluation.request import Permission


class ActionHalf(NamedTuple):
    """The caller's own side of one action, by how the trust policy names the caller.

    Args:
        delegated: where the trust policy names the caller's account, or anybody of another account:
            all policies count.
        role: where it names the caller's role in its own account: what the permissions policies
            leave out does not count.
        direct: where it names the user or the session itself in its own account, or everyone: what
            a boundary and a session policy leave out does not count either.
    """

    delegated: Permission
    role: Permission
    direct: Permission


CallerHalf: TypeAlias = "Mapping[str, ActionHalf]"
"""The caller's own side, by the action that the call needs."""
