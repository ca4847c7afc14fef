"""The size of a policy, as the quota counts it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from trust_widgets.policy import TrustPolicy, once_a_policy


def document_of(policy: TrustPolicy) -> dict[str, Any]:
    """A policy as plain JSON values, which are read and not changed."""
    return _documents(policy)[0]


@once_a_policy
def _documents(policy: TrustPolicy) -> Iterator[dict[str, Any]]:
    yield policy.to_dict()


def size_without_white_space(policy: TrustPolicy) -> int:
    """Characters that certainly count against the quota: all but white space."""
    return _sizes(policy)[1]


def size_at_most(policy: TrustPolicy) -> int:
    """Characters that may count against the quota: `TrustPolicy.size`."""
    return _sizes(policy)[0]


@once_a_policy
def _sizes(policy: TrustPolicy) -> Iterator[int]:
    """Both sizes, the larger one first."""
    text = json.dumps(document_of(policy), separators=(",", ":"), ensure_ascii=False)
    yield len(text)
    yield len("".join(text.split()))
