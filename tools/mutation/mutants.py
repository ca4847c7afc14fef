"""Mutation testing: whether the tests notice when the code is changed.

README.md beside it says how to run it, docs/mutation-testing.md what came of it.

    make mutants                                               # every package
    python tools/mutation/mutants.py evaluation --sample 400   # needs mutmut and coverage

All is imported and collected once. Each test tells which lines it runs, in a process that ends with
it. Each mutant then gets a process of its own, which changes the function's code in place and runs
the tests of that line, the fast ones first, until one fails. What runs while modules are imported
cannot be changed in place: those mutants import everything anew.
"""

from __future__ import annotations

import argparse
import gc
import os
import pickle
import random
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage
from hypothesis import HealthCheck, Phase, settings

from in_place import changed, functions_of, import_anew
from mutations import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
TESTS = {
    "text": ("tests/text", "tests/access"),
    "policy": ("tests/policy", "tests/pitfalls"),
    "evaluation": (
        "tests/evaluation",
        "tests/explain",
        "tests/text/test_globs.py",
        "tests/callers",
    ),
    "explain": ("tests/explain", "tests/evaluation", "tests/access", "tests/callers"),
    "access": (
        "tests/access",
        "tests/text/test_automaton.py",
        "tests/model/test_grants.py",
        "tests/pitfalls",
    ),
    "providers": ("tests/providers", "tests/callers"),
    "pitfalls": ("tests/pitfalls",),
}
SAMPLES = {
    "text": 200,
    "policy": 200,
    "evaluation": 400,
    "explain": 400,
    "access": 400,
    "providers": 400,
    "pitfalls": 300,
}
SEED = 6
OPTIONS = [
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:nbval",
    "--assert=plain",
    "-o",
    "addopts=--import-mode=importlib --doctest-modules",
]
KILLED, SURVIVED = 1, 0
_Cache = type(cache(len))


@dataclass
class Baseline:
    """What the tests do without a change: seconds of each, and who runs a line of a file."""

    seconds: dict[str, float] = field(default_factory=dict)
    runs: dict[str, dict[int, set[str]]] = field(default_factory=dict)

    def tests_of(self, file: Path, lines: Iterable[int]) -> set[str]:
        """Names of the tests that run one of the lines; `""` stands for the import."""
        runs = self.runs.get(str(ROOT / file), {})
        return {name for line in lines for name in runs.get(line, ())}


class Few:
    """A plugin: hypothesis tries few examples, always the same, and does not look for simpler
    ones.
    """

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            function = getattr(item, "obj", None)
            if hasattr(function, "_hypothesis_internal_use_settings"):
                few = settings(
                    max_examples=15, derandomize=True, database=None, deadline=None,
                    phases=[Phase.explicit, Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )  # fmt: skip
                function._hypothesis_internal_use_settings = few  # type: ignore[union-attr]


class Only:
    """A plugin: the tests of these names, in this order."""

    def __init__(self, order: list[str]) -> None:
        self.order = {name: place for place, name in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (i for i in items if i.nodeid in self.order), key=lambda i: self.order[i.nodeid]
        )


class Mutating:
    """A plugin: instead of running the tests, tries the mutants."""

    def __init__(
        self, package: str, mutants: list[Mutant], coverage: Coverage, jobs: int, budget: float
    ) -> None:
        self.package, self.mutants, self.coverage, self.jobs, self.budget = (
            package,
            mutants,
            coverage,
            jobs,
            budget,
        )
        self.results: list[tuple[Mutant, str]] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.baseline = self._baseline()
        self.coverage.stop()
        print(
            f"{len(self.baseline.seconds)} of {len(self.items)} tests pass,"
            f" {sum(self.baseline.seconds.values()):.0f} s"
        )
        self.functions = functions_of(ROOT / "trust_widgets" / self.package)
        gc.freeze()
        self._try_all()
        return True

    def _baseline(self) -> Baseline:
        """Every test once, in a process of its own, so that no cache of this one is filled."""
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "baseline"
            child = forked(
                lambda: (
                    out.write_bytes(
                        pickle.dumps(measured(list(self.items.values()), self.coverage))
                    )
                    and 0
                )
            )
            os.waitpid(child, 0)
            found: Baseline = pickle.loads(out.read_bytes())
        return found

    def _try_all(self) -> None:
        waiting, running = list(reversed(self.mutants)), dict[int, tuple[Mutant, float]]()
        while waiting or running:
            while waiting and len(running) < self.jobs:
                self._start(waiting.pop(), running)
            time.sleep(0.01)
            for child in list(running):
                self._look_at(child, running)

    def _start(self, mutant: Mutant, running: dict[int, tuple[Mutant, float]]) -> None:
        source = mutant.source()
        if not source:
            return self._note(mutant, "no mutant")
        names = self.baseline.tests_of(mutant.file, mutant.lines)
        pairs = list(changed(ROOT / mutant.file, mutant.module.code, source, self.functions))
        if "" in names and any(new.co_name != "<lambda>" for _, new in pairs):
            pairs = []  # it ran while modules were imported; of a lambda, only its line did
        passing = self.baseline.seconds
        if not pairs and "" in names:
            names = set(passing)
        order = self._within_budget(sorted(names & set(passing), key=lambda name: passing[name]))
        seconds = 3 * sum(passing[name] for name in order) + (3 if pairs else 30)
        if not order:
            return self._note(mutant, "not run by any test")

        def child() -> int:
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
            resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
            for function, code in pairs:
                function.__code__ = code
            return (
                run([self.items[name] for name in order], passing)
                if pairs
                else anew(mutant, source, order)
            )

        running[forked(child)] = mutant, time.monotonic() + 6 * seconds + 60

    def _within_budget(self, order: list[str]) -> list[str]:
        sums = accumulate(self.baseline.seconds[name] for name in order)
        return [name for name, seconds in zip(order, sums, strict=True) if seconds <= self.budget]

    def _look_at(self, child: int, running: dict[int, tuple[Mutant, float]]) -> None:
        mutant, deadline = running[child]
        done, status = os.waitpid(child, os.WNOHANG)
        if not done and time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            done, status = os.waitpid(child, 0)
        if done:
            del running[child]
            code = os.waitstatus_to_exitcode(status)
            self._note(
                mutant,
                "survived" if code == SURVIVED else "killed" if code > 0 else "killed by the clock",
            )

    def _note(self, mutant: Mutant, result: str) -> None:
        self.results.append((mutant, result))
        if not result.startswith("killed"):
            print(f"{result}: {mutant}", flush=True)
        if len(self.results) % 50 == 0:
            print(f"{len(self.results)} of {len(self.mutants)}", flush=True)


def forked(work: Callable[[], int]) -> int:
    """A child process that does the work, silently, and ends with its number."""
    child = os.fork()
    if child:
        return child
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        os._exit(work())
    except BaseException:
        os._exit(KILLED)


def measured(items: list[pytest.Item], coverage: Coverage) -> Baseline:
    """Runs every test, and forgets between them what the package remembers."""
    baseline = Baseline()
    caches = [
        each
        for each in gc.get_objects()
        if isinstance(each, _Cache) and each.__module__.startswith("trust_")
    ]
    for item, following in zip(items, [*items[1:], None], strict=True):
        for each in caches:
            each.cache_clear()
        coverage.switch_context(item.nodeid)
        start = time.process_time()
        if not failed(item, following):
            baseline.seconds[item.nodeid] = time.process_time() - start
    coverage.stop()
    data = coverage.get_data()
    for file in data.measured_files():
        baseline.runs[file] = {
            line: set(names) for line, names in data.contexts_by_lineno(file).items()
        }
    return baseline


def failed(item: pytest.Item, following: pytest.Item | None) -> bool:
    return any(report.failed for report in runtestprotocol(item, nextitem=following, log=False))


def run(items: list[pytest.Item], seconds: dict[str, float]) -> int:
    """Runs tests until one fails, or takes three times as long as without the mutant: then the
    process is ended.
    """
    for item, following in zip(items, [*items[1:], None], strict=True):
        signal.setitimer(signal.ITIMER_PROF, 3 * seconds[item.nodeid] + 2)
        if failed(item, following):
            return KILLED
    return SURVIVED


def anew(mutant: Mutant, source: str, order: list[str]) -> int:
    """Imports everything again, with the mutant in the place of its file, and runs the tests."""
    import_anew(ROOT / mutant.file, source, (ROOT / "trust_widgets", ROOT / "tests"))
    files = sorted({name.partition("::")[0] for name in order})
    return int(pytest.main([*OPTIONS, "-x", *files], plugins=[Few(), Only(order)]))


def every_mutant(package: str) -> list[Mutant]:
    """All mutants of a package."""
    files = sorted((ROOT / "trust_widgets" / package).rglob("*.py"))
    return [mutant for file in files for mutant in mutants_of(file.relative_to(ROOT))]


def survivors(mutants: list[Mutant], printed: str) -> list[Mutant]:
    """Those that a run printed as survivors."""
    named = {line.partition(": ")[2] for line in printed.splitlines()}
    return [mutant for mutant in mutants if str(mutant) in named]


def main() -> None:
    """Tries a sample of a package's mutants and prints what survives."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", choices=TESTS)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--outside",
        action="store_true",
        help="what stands outside functions, which mutmut leaves out",
    )
    parser.add_argument(
        "--again", type=Path, help="what an earlier run printed: only what survived there"
    )
    parser.add_argument(
        "--budget", type=float, default=1e9, help="seconds of tests that a mutant gets at most"
    )
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    os.chdir(ROOT)
    every = [m for m in every_mutant(asked.package) if asked.again or m.inside is not asked.outside]
    counted = [mutant for mutant in every if not mutant.only_words]
    if asked.again:
        mutants = survivors(counted, asked.again.read_text(encoding="utf-8"))
    else:
        mutants = random.Random(asked.seed).sample(
            counted, min(asked.sample or SAMPLES[asked.package], len(counted))
        )
    folder = ROOT / "trust_widgets" / asked.package
    coverage = Coverage(data_file=None, source=[str(folder)], config_file=False)
    coverage.start()
    mutating = Mutating(asked.package, mutants, coverage, asked.jobs, asked.budget)
    pytest.main([*OPTIONS, *TESTS[asked.package], str(folder)], plugins=[Few(), mutating])
    results = Counter(result for _, result in mutating.results)
    tried = len(mutating.results) - results["no mutant"]
    dead = results["killed"] + results["killed by the clock"]
    print(
        f"{asked.package}: {len(counted)} mutants, {len(every) - len(counted)} more of words,"
        f" {tried} tried, seed {asked.seed}: {dict(results)}"
    )
    print(f"killed {dead} of {tried}, {100 * dead / tried:.1f} %")


if __name__ == "__main__":
    main()
