"""Chains in random organizations, against trying every call: `brute_chains.py NUMBER SEED`."""

from __future__ import annotations

import sys

import trust_widgets as tw
from support.brute_chains import Organization, made
from support.organizations import export


def disagreement(seed: int) -> str:
    """What the search and trying every call say differently; `""` for nothing."""
    case = made(seed)
    organization = Organization(case)
    inventory = tw.scan(export(case), workers=1, progress=False)
    paths = {path.target: path.certain for path in inventory.paths(start="u")}
    for only_certain in (True, False):
        found = {a.rpartition("/")[2] for a, sure in paths.items() if sure or not only_certain}
        tried = {name.partition("@")[0] for name in organization.reached(only_certain)}
        if found != tried:
            return f"seed {seed}, certain {only_certain}: {sorted(found)}, tried {sorted(tried)}"
    return ""


def main() -> int:
    """Print each disagreement, and how many there are."""
    number, first = int(sys.argv[1]), int(sys.argv[2])
    found = 0
    for seed in range(first, first + number):
        text = disagreement(seed)
        if text:
            found += 1
            print(text, flush=True)
        done = seed - first + 1
        if done % 100 == 0:
            print(f"{done} organizations tried", flush=True)
    print(f"{number} organizations, {found} disagreements")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
