"""How a scan grows: `scale.py ROLES ACCOUNTS POLICIES`.

It makes an organization, and prints the seconds of `json.loads` of the same bytes, the median
seconds of one analysis, those of the scan, what they may be, and the peak of memory; also in
processor time, which other programs on the machine change less.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import trust_widgets as tw
from trust_widgets.inventory import made_roles

WORKERS = 2
MOST_MEMORY = 1024  # MiB
TIMES = 4


def write(file: Path, roles: int, accounts: int, policies: int, form: str) -> None:
    """An organization as JSON lines, or as exports of accounts one behind the other."""
    every = made_roles(roles, accounts, policies)
    with file.open("w", encoding="utf-8") as opened:
        if form == "lines":
            opened.writelines(json.dumps(role) + "\n" for role in every)
            return
        size = max(1, roles // accounts)
        while page := list(islice(every, size)):
            opened.write(json.dumps({"RoleDetailList": page}, indent=1) + "\n")


class Times(NamedTuple):
    """How long something took.

    Args:
        seconds: by the clock. processor: of processors, in all processes.
    """

    seconds: float
    processor: float

    @classmethod
    def now(cls) -> Times:
        """The time now."""
        return cls(time.perf_counter(), processor_seconds())

    def since(self, start: Times) -> Times:
        """How long it is since another time."""
        return Times(self.seconds - start.seconds, self.processor - start.processor)


def times_of_loads(file: Path, form: str) -> Times:
    """The time of `json.loads` of a file's documents, reading apart."""
    seconds, processor, text = 0.0, 0.0, ""
    with file.open(encoding="utf-8") as opened:
        for line in opened:
            text += line
            if form == "lines" or line == "}\n":
                start, before = time.perf_counter(), time.process_time()
                json.loads(text)
                seconds += time.perf_counter() - start
                processor += time.process_time() - before
                text = ""
    return Times(seconds, processor)


def times_of_analysis(policies: int) -> Times:
    """The median time of the analysis of one policy, over some hundred."""
    roles = list(made_roles(min(policies, 300), 1, policies))
    found = []
    for role in roles:
        text = json.dumps(role)
        start = Times.now()
        tw.scan(text, workers=1, progress=False)
        found.append(Times.now().since(start))
    seconds, processor = map(statistics.median, zip(*found, strict=True))
    return Times(seconds, processor)


def peak() -> float:
    """The peak of memory of this process, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def processor_seconds() -> float:
    """The processor time of this process and of those that it started and that ended."""
    every = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in every)


def measured(form: str, roles: int, accounts: int, policies: int) -> bool:
    """Print the figures of one form; returns whether they are within the bounds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"organization.{'jsonl' if form == 'lines' else 'json'}"
        write(file, roles, accounts, policies, form)
        loads = times_of_loads(file, form)
        one = times_of_analysis(policies)
        start = Times.now()
        inventory = tw.scan(file, workers=WORKERS)
        took = Times.now().since(start)
        size = file.stat().st_size / 1024**2
    distinct = len(inventory.store.forms)
    bound = TIMES * loads.seconds + distinct * one.seconds / WORKERS
    most = TIMES * loads.processor + distinct * one.processor
    print(f"{form}: {roles:,} roles in {accounts:,} accounts, {size:,.0f} MiB")
    print(f"  json.loads {loads.seconds:.2f} s, of processors {loads.processor:.2f} s")
    print(
        f"  {distinct:,} distinct policies, one {one.seconds * 1000:.2f} ms,"
        f" of processors {one.processor * 1000:.2f} ms"
    )
    rate = f"{roles / took.seconds:,.0f} roles a second"
    print(f"  scan {took.seconds:.2f} s, at most {bound:.2f} s, {rate}")
    print(f"  processor time {took.processor:.2f} s in all processes, at most {most:.2f} s")
    print(f"  peak {peak():,.0f} MiB, at most {MOST_MEMORY:,} MiB")
    return len(inventory) == roles and took.seconds <= bound and peak() <= MOST_MEMORY


def main() -> int:
    """Measure both forms; the status is 1 where a bound is broken."""
    roles, accounts, policies = map(int, sys.argv[1:4])
    results = [measured(form, roles, accounts, policies) for form in ("lines", "exports")]
    print("within the bounds" if all(results) else "NOT within the bounds")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
