"""The caller's own half."""

from __future__ import annotations

from typing import TypedDict

from trust_widgets.views.state.common import FieldState, FieldValue, LazyViewState


class PermissionFinding(TypedDict):
    """Something wrong in the caller's policy."""

    code: str
    verdict: str
    message: str
    place: str


class PermissionsState(LazyViewState):
    """PermissionsView: the caller's policy, decided together with the trust policy."""

    fields: list[FieldState]
    """The caller's ARN and its permissions policy."""
    role: str
    """The ARN that the policy is decided for."""
    none: str
    """Why this caller has no second half, or empty."""
    outcome: str
    """Empty while there is nothing to decide."""
    because: str
    changes: list[str]
    findings: list[PermissionFinding]
    stale: bool


class PermissionsTyped(TypedDict):
    """What PermissionsView's browser side types."""

    fields: dict[str, FieldValue]
