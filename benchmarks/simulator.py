"""The npm simulator as a warm process, and the cases that both sides can take."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installing import NotInstalled, beside_python, install_from_npm, peers_folder

from trust_widgets import Request

HERE = Path(__file__).parent
CASES = HERE.parent / "tests" / "evaluation" / "cases"
PACKAGE, VERSION = "@cloud-copilot/iam-simulate", "0.1.173"


@dataclass(frozen=True)
class Case:
    """One case, as both sides take it."""

    stem: str
    name: str
    text: str
    request: Request
    expected: str

    @property
    def calls(self) -> list[dict[str, Any]]:
        """The peer's calls: one for each action that the request needs, which it would otherwise
        leave out.
        """
        return [call_from_request(self.request, action) for action in self.request.actions]


class Peer:
    """The peer's warm process."""

    def __init__(self, room: Path) -> None:
        program = str(HERE / "peers" / "iam_simulate.mjs")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([beside_python("node"), program], cwd=room, **pipes)  # type: ignore[call-overload]

    def ask(self, command: str, **said: Any) -> Any:
        """Its answer to one command."""
        self.process.stdin.write(json.dumps({"do": command, **said}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def installed_peer(name: str) -> Iterator[Peer | None]:
    """The simulator, installed for the time of its use; `None`, and one line that says why, where
    it cannot be had.

    Args:
        name: of the benchmark, for that line.
    """
    with peers_folder() as folder:
        try:
            room = install_from_npm(folder, PACKAGE, VERSION).parent
        except NotInstalled as error:
            print(f"{name}: no figures, because {PACKAGE} could not be installed: {error}")
            yield None
            return
        peer = Peer(room)
        try:
            yield peer
        finally:
            peer.process.kill()


def shared_cases() -> Iterator[Case]:
    """The cases that both can take: every key known, a key that AWS has, and an answer that hangs
    on nothing.
    """
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            if (
                not case["request"].get("unknown")
                and case["outcome"] != "depends"
                and "example:" not in str(case)
            ):
                yield case_from_json(path.stem, case)


def case_from_json(stem: str, case: dict[str, Any]) -> Case:
    """A case as the file has it."""
    return Case(
        stem,
        case["name"],
        json.dumps(case["policy"]),
        request_from_json(case["request"]),
        case["outcome"],
    )


def request_from_json(said: dict[str, Any]) -> Request:
    """A request as a case's file has it."""
    context = {
        key: tuple(v) if isinstance(v, list) else v for key, v in said.get("context", {}).items()
    }
    return Request(**{**said, "context": context})


def call_from_request(request: Request, action: str) -> dict[str, Any]:
    """The same call as the peer takes it, with the keys that we derive from who calls and it does
    not.
    """
    given = {key.lower() for key in request.context}
    derived = {
        key: value for key, value in request.keys.items() if value is not None and key not in given
    }
    context = {
        key: list(v) if isinstance(v, tuple) else v
        for key, v in {**request.context, **derived}.items()
    }
    # A service or a token's holder has no permissions of its own: the simulator may have one for
    # them, to be at its best.
    may = request.caller_permission == "yes" or request.identity.kind != "aws"
    return {
        "principal": request.principal,
        "action": action,
        "role": request.role,
        "context": context,
        "may": may,
    }
