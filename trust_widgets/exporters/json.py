"""The trust policy alone, as IAM takes it."""

from __future__ import annotations

from trust_widgets.exporters import Exporter
from trust_widgets.policy import Role


def render(role: Role) -> str:
    """The trust policy document.

    Example:
        >>> print(render(Role("app")), end="")
        {
          "Version": "2012-10-17",
          "Statement": []
        }
    """
    return f"{role.trust}\n"


EXPORTER = Exporter(
    title="JSON",
    filename="trust-policy.json",
    language="json",
    render=render,
    note="The trust policy alone: paste it into the role's Trust relationships tab.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
)
