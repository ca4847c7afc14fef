"""An account with 60 planted faults through this package and through others that read such exports:
who names what, who calls a good role bad, and how long it takes.

Run it by `make peers`. It needs PyPI, gives each peer an environment of its own that is thrown
away, prints figures and judges nothing. `planted_account.py` has the account and says why each
fault is one. A fault counts as named when a tool says of the fault's role that someone outside, or
a user with few permissions, can assume it; the adapters in `peers/adapters/account_NAME.py` say how
each tool is asked. A good role that is named so is a false alarm.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from installing import NotInstalled, install_from_pypi, peers_folder
from planted_account import WHY, Fault, faults, planted_account

ADAPTERS = Path(__file__).parent / "peers" / "adapters"
PATIENCE = 300
GOOD = 240
OURS = "trust_widgets"
PEERS = {
    "cloudsplaining": ("cloudsplaining", "0.9.1"),
    "iamprover": ("iamprover", "0.7.1"),
    "reach": ("reach-security", "0.2.1"),
}


class Result(NamedTuple):
    """What a tool says of an account.

    Args:
        named: roles that callers can assume who should not. seconds: with its start.
    """

    named: frozenset[str]
    seconds: float


def result_of(python: Path, name: str, export: Path) -> Result | None:
    """Run a tool on an export; one line where it does not come to an end."""
    command = [str(python), str(ADAPTERS / f"account_{name}.py"), str(export)]
    start = time.perf_counter()
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, cwd=export.parent
        )
    except subprocess.TimeoutExpired:
        print(f"{name}: cut off after {PATIENCE} seconds")
        return None
    seconds = time.perf_counter() - start
    if done.returncode:
        print(f"{name}: ended with status {done.returncode}: {done.stderr.strip()[-300:]}")
        return None
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Result(frozenset(answer["named"]), seconds)


def results(folder: Path) -> dict[str, Result]:
    """Those of all tools."""
    export = folder / "account.json"
    export.write_text(planted_account(GOOD), encoding="utf-8")
    pythons = {OURS: Path(sys.executable)}
    for name, (package, version) in PEERS.items():
        try:
            pythons[name] = install_from_pypi(folder, package, version)
        except NotInstalled as error:
            print(f"{package}: no figures, because it could not be installed: {error}")
    found = {name: result_of(python, name, export) for name, python in pythons.items()}
    return {name: result for name, result in found.items() if result is not None}


def row(name: str, result: Result, planted: list[Fault]) -> str:
    """A tool's line."""
    found = Counter(fault.kind for fault in planted if fault.role in result.named)
    every = Counter(fault.kind for fault in planted)
    cells = [f"{found[kind]} of {every[kind]}" for kind in WHY]
    alarms = sum(role.startswith("good-") for role in result.named)
    total = f"{sum(found.values())} of {len(planted)}"
    return (
        f"{name:18}"
        + "".join(f"{cell:>12}" for cell in (*cells, total))
        + f"{alarms:>10} of {GOOD}{result.seconds:>9.1f}"
    )


def main() -> int:
    """Print the table, and what was missed."""
    planted = faults()
    with peers_folder() as folder:
        found = results(folder)
    heads = "".join(f"{head:>12}" for head in (*WHY, "all"))
    print(f"{'':18}{heads}{'false alarms':>17}{'seconds':>9}")
    for name, result in found.items():
        print(row(name, result, planted))
    for name, result in found.items():
        missed = [fault.role for fault in planted if fault.role not in result.named]
        alarms = sorted(role for role in result.named if role.startswith("good-"))
        print(f"\n{name} missed: {', '.join(missed) or 'nothing'}")
        print(f"{name} false alarms: {', '.join(alarms[:20]) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
