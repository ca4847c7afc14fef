"""What the tests of pitfalls ask `check`, in few words."""

from __future__ import annotations

import json
from typing import Any

from trust_widgets.findings import Finding, Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import Home

HOME = Home(("111122223333",), "o-a1b2c3d4e5", ("octo-org",))
WEB = "sts:AssumeRoleWithWebIdentity"
GITHUB = "token.actions.githubusercontent.com"
GITHUB_PROVIDER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"}


def policy(
    principal: Any, /, action: Any = "sts:AssumeRole", condition: Any = None, **more: Any
) -> str:
    """The text of a policy of one statement; an element that is `None` is left out."""
    usual = {"Effect": "Allow", "Principal": principal, "Action": action, "Condition": condition}
    said = {name: value for name, value in (usual | more).items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [said]}, indent=2)


def found(name: str, text: str, home: Home | None = None) -> list[Finding]:
    """What one pitfall finds."""
    return [finding for finding in check(text, home) if finding.name == name]


def only(name: str, text: str, home: Home | None = None) -> Finding:
    """The one thing that one pitfall finds, and that nothing else is above advice."""
    (finding,) = found(name, text, home)
    assert [f.name for f in loud(text, home) if f.name != name] == []
    return finding


def loud(text: str, home: Home | None = None) -> list[Finding]:
    """Everything above advice."""
    return [finding for finding in check(text, home) if finding.verdict is not Verdict.ADVICE]


def fixed(finding: Finding, text: str) -> Any:
    """The document after a finding's fix."""
    assert finding.fix is not None
    return json.loads(finding.fix.apply(text))


def statement(document: Any) -> Any:
    """Its first statement."""
    return document["Statement"][0]


def grant(
    principal: Any, /, action: Any = "sts:AssumeRole", condition: Any = None, **more: Any
) -> dict[str, Any]:
    """One statement, as `policy` writes it."""
    return statement(json.loads(policy(principal, action, condition, **more)))


def several(*statements: dict[str, Any]) -> str:
    """The text of a policy of several statements."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=2)


def places(name: str, text: str, home: Home | None = None) -> list[tuple[str | int, ...]]:
    """Where one pitfall is found."""
    return [finding.path for finding in found(name, text, home)]
