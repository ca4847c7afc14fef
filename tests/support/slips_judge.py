"""Run the slips of `tests/cases/slips.jsonl` in a real kernel, and judge what a student sees.

`tests/cases/README.md` says what the members of a slip mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

Slip = dict[str, Any]
CASES = Path(__file__).parent.parent / "cases" / "slips.jsonl"
WORKS, TOLD, SILENT, UNHELPFUL, OPEN = "works", "told", "silent", "unhelpful", "open"
SECONDS = 60
_FIRST_CELL = """
import json
import trust_widgets as tw

R = "arn:aws:iam::111122223333:role/app"
GITHUB = "token.actions.githubusercontent.com"

def trusting(repository):
    return json.dumps({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringEquals": {
                f"{GITHUB}:aud": "sts.amazonaws.com",
                f"{GITHUB}:sub": f"repo:octo-org/{repository}:ref:refs/heads/main",
            }},
        }],
    })

T, CLOSED = trusting("app"), trusting("web")
D, P_ = json.loads(T), tw.parse(T)
CAPITAL = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "EC2.amazonaws.com"}, "Action": "sts:AssumeRole"}
]})
call = tw.CALLERS["github_actions"].make(R, owner="octo-org", repository="app", branch="main")
"""


def slips() -> list[Slip]:
    """All slips of the file."""
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@dataclass
class Shown:
    """What a cell showed: its error, its warnings, and expressions evaluated after it."""

    error: str = ""
    warnings: list[str] = field(default_factory=list)
    values: dict[str, bool] = field(default_factory=dict)

    @property
    def messages(self) -> list[str]:
        """All that was told, errors and warnings."""
        return [*self.warnings, *([self.error] if self.error else [])]


@contextmanager
def kernel() -> Iterator[BlockingKernelClient]:
    """A kernel in which the first cell was run."""
    manager, client = start_new_kernel()
    try:
        first = run(client, _FIRST_CELL, {})
        assert not first.messages, first
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client: BlockingKernelClient, code: str, expressions: dict[str, str]) -> Shown:
    """Run one cell, and evaluate expressions after it."""
    shown = Shown()

    def hear(message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] == "error":
            shown.error = f"{content['ename']}: {content['evalue']}"
        if message["msg_type"] == "stream" and content["name"] == "stderr":
            shown.warnings.extend(re.findall(r"\w*Warning: .*", content["text"]))

    asked = {name: f"bool({expression})" for name, expression in expressions.items()}
    reply = client.execute_interactive(
        code, user_expressions=asked, timeout=SECONDS, output_hook=hear, store_history=False
    )
    for name, value in reply["content"].get("user_expressions", {}).items():
        shown.values[name] = value.get("data", {}).get("text/plain") == "True"
    return shown


def judged(client: BlockingKernelClient, slip: Slip) -> tuple[str, str]:
    """What becomes of a slip, and what was shown."""
    shown = run(client, f"r = None\n{slip['code']}", {"works": slip.get("works", "False")})
    said = "\n".join(shown.messages)
    never = run(client, "", {"open": slip.get("never", "False")})
    if never.values["open"]:
        return OPEN, said
    if not shown.messages:
        return (WORKS if shown.values["works"] else SILENT), said
    helps = all(re.search(pattern, said) for pattern in slip.get("says", []))
    return (TOLD if helps and len(shown.messages) == 1 else UNHELPFUL), said
