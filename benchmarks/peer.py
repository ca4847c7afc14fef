"""A checker of other people's in a process of its own, and what is known of it."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from installing import NotInstalled, install_from_pypi

HERE = Path(__file__).parent
STARTS = 3


@dataclass
class Peer:
    """A checker in a process of its own."""

    name: str
    said: dict[str, Any]
    python: Path
    process: subprocess.Popen[str] | None = None
    cold: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Begin anew, so that the next answer is a cold one."""
        self.stop()
        program = str(HERE / "peers" / "adapters" / f"run_{self.name}.py")
        self.process = subprocess.Popen(
            [str(self.python), program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=self.python.parent,
        )

    def stop(self) -> None:
        """End it."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def ask(self, texts: list[str], plain: bool = False) -> list[dict[str, Any]]:
        """What it finds in each text, and how long it took; `plain`: by the call that its README
        shows.

        Raises:
            NotInstalled: when it ends instead.
        """
        assert self.process and self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"texts": texts, "plain": plain}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise NotInstalled("its adapter ended without an answer")
        answer: list[dict[str, Any]] = json.loads(line)
        return answer

    def speaks(self, found: list[list[str]]) -> list[tuple[list[str], list[str]]]:
        """Verdicts and families of its findings above advice."""
        rules = self.said["rules"]
        told = [rules.get(rule, {}) for rule, severity, _ in found if self.is_loud(severity)]
        return [(rule.get("verdicts", []), rule.get("families", [])) for rule in told]

    def is_loud(self, severity: str) -> bool:
        """Whether a finding of that severity is above advice."""
        return severity != "crash" and severity not in self.said["advice"]


def read(name: str) -> dict[str, Any]:
    """One of the files about peers."""
    said: dict[str, Any] = json.loads((HERE / "peers" / f"{name}.json").read_text("utf-8"))
    return said


def ready_peer(name: str, folder: Path) -> Peer | None:
    """A peer, installed, cold starts measured, and shown to find what it documents; one line where
    it can't be.
    """
    said = read(name)
    try:
        peer = Peer(
            name,
            said,
            install_from_pypi(folder, said["package"], said["version"], *said.get("with", ())),
        )
        for _ in range(STARTS):
            begun = time.perf_counter()
            peer.start()
            peer.ask([said["examples"][0]["text"]])
            peer.cold.append(time.perf_counter() - begun)
        print_examples(peer)
    except NotInstalled as error:
        print(f"{said['package']}: no figures, because it could not be installed: {error}")
        return None
    return peer


def print_examples(peer: Peer) -> None:
    """Whether the adapter finds in the peer's own examples what the peer says it finds."""
    examples = peer.said["examples"]
    found = [
        {rule for rule, *_ in answer["found"]}
        for answer in peer.ask([each["text"] for each in examples])
    ]
    missed = [
        each["rule"]
        for each, rules in zip(examples, found, strict=True)
        if each["rule"] not in rules
    ]
    told = (
        f"NOT found: {', '.join(missed)}"
        if missed
        else f"all {len(examples)} of its own examples found"
    )
    print(f"{peer.said['package']} {peer.said['version']}, given {peer.said['form']}: {told}")
