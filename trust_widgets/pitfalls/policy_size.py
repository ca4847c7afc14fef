"""How long a policy is, as the quota counts it."""

from __future__ import annotations

import json

from trust_widgets.policy import TrustPolicy


def size_without_white_space(policy: TrustPolicy) -> int:
    """Characters that certainly count against the quota: all but white space."""
    return len("".join(json.dumps(policy.to_dict(), ensure_ascii=False).split()))
