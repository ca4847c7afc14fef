"""How long the analysis of a policy takes as it grows, of two versions in one run; and how long a
key takes on real policies.

    python benchmarks/growth.py [CHECKOUT OF THE VERSION BEFORE] [FAMILY,...]

Each figure is the CPU time of one call in a process of its own, in which nothing of the policy was
asked before. `*` says that the answer, or a part of it, is "not decided". Processes end after ten
seconds of CPU time. It prints figures and judges nothing; `tests/access/test_effort.py` holds the
counted calls.
"""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent / "tests"))

from support.growth_families import FAMILIES, number_for, text_of  # noqa: E402

SIZES = (2048, 4096, 6000, 16_000, 64_000)
QUESTIONS = ("check", "who_gets_in", "is_public", "compare")
SECONDS = 10
KEYS = 9


def main(arguments: list[str]) -> int:
    """Print the table; returns the exit status."""
    before = [Path(arguments[0])] if arguments and arguments[0] else []
    families = arguments[1].split(",") if len(arguments) > 1 else list(FAMILIES)
    roots = [*before, HERE.parent.parent]
    worst = {root: [0.0] * len(SIZES) for root in roots}
    memory = dict.fromkeys(roots, 0.0)
    print("CPU seconds of one call, at", ", ".join(f"{size:,}" for size in SIZES), "characters")
    for question in QUESTIONS:
        for family in families:
            for root in roots:
                row = [_measured(root, question, family, size) for size in SIZES]
                seconds = [each[0] for each in row]
                worst[root] = list(map(max, worst[root], seconds))
                memory[root] = max(memory[root], *(each[1] for each in row))
                print(_line(question, family, _version(root, before), row), flush=True)
    for root in roots:
        most = " ".join(f"{seconds:9.2f}" for seconds in worst[root])
        print(f"{_version(root, before):7} most {most}   {memory[root]:.0f} MB")
    if before:
        print(f"a key on real policies, after / before: {_keys(before[0], roots[-1]):.3f}")
    return 0


def _version(root: Path, before: list[Path]) -> str:
    return "before" if root in before else "after"


def _line(question: str, family: str, version: str, row: list[tuple[float, float, bool]]) -> str:
    cells = " ".join(f"{seconds:8.2f}{'*' if undecided else ' '}" for seconds, _, undecided in row)
    first, last = row[-2][0], row[-1][0]
    ratio = number_for(family, SIZES[-1]) / number_for(family, SIZES[-2])
    grows = math.log(max(last, 0.001) / max(first, 0.001)) / math.log(ratio)
    return f"{question:12}{family:27}{version:7}{cells}  n^{grows:.1f}"


def _measured(root: Path, question: str, family: str, size: int) -> tuple[float, float, bool]:
    """Seconds, megabytes, and whether the answer is not decided, of one call in a new process."""
    command = [sys.executable, str(HERE), "--one", question, family, str(size)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    try:
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            preexec_fn=_limit_seconds,
        )
    except subprocess.CalledProcessError as error:
        if error.returncode != -signal.SIGXCPU:
            raise
        return float(SECONDS), 0.0, True
    seconds, megabytes, undecided = json.loads(done.stdout)
    return seconds, megabytes, undecided


def _limit_seconds() -> None:
    """End this process after some seconds of CPU time, however busy the machine is."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


def _one(question: str, family: str, size: int) -> None:
    """Print the figures of one call."""
    import trust_widgets as tw

    n = max(2, number_for(family, size))
    text, earlier = text_of(family, n), text_of(family, n - 1)
    ask: dict[str, Callable[[], object]] = {
        "check": lambda: tw.check(text),
        "who_gets_in": lambda: tw.who_gets_in(tw.parse(text)),
        "is_public": lambda: tw.is_public(tw.parse(text)),
        "compare": lambda: tw.compare(tw.parse(earlier), tw.parse(text)),
    }
    tw.check(text_of("github_subjects", 2))  # the tables are loaded
    tw.compare(*(tw.parse(text_of("accounts", few)) for few in (2, 3)))
    start = time.process_time()
    answer = ask[question]()
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, megabytes, _is_undecided(question, answer)]))


def _is_undecided(question: str, answer: object) -> bool:
    if question == "check":
        return any(finding.code in ("TP000", "TP026") for finding in answer)  # type: ignore[attr-defined]
    if question == "who_gets_in":
        return any(each.witness is None for each in answer)  # type: ignore[attr-defined]
    if question == "is_public":
        return answer.found is None  # type: ignore[attr-defined]
    return None in (answer.gained.found, answer.lost.found)  # type: ignore[attr-defined]


def _keys(before: Path, after: Path) -> float:
    """The median of the ratios of both versions, which take turns."""
    ratios = []
    for _ in range(KEYS):
        old, new = _key_seconds(before), _key_seconds(after)
        ratios.append(new / old)
    return sorted(ratios)[len(ratios) // 2]


def _key_seconds(root: Path) -> float:
    done = subprocess.run(
        [sys.executable, str(HERE), "--keys"],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _press_keys() -> None:
    """Print the seconds that keys take in real policies: check and who gets in, one text after the
    other that differs in its Id.
    """
    import trust_widgets as tw
    from support.real_policies import records

    texts = [json.dumps(record["policy"]) for record in records()][:150]
    policies = [text for text in texts if text.startswith("{")]
    for text in policies:
        tw.TrustModel(text=text)
    start = time.process_time()
    for number in range(3):
        for text in policies:
            model = tw.TrustModel(text=text)
            model.text = f'{{"Id": "key-{number}", {text[1:]}'
    print(time.process_time() - start)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    elif sys.argv[1:2] == ["--keys"]:
        _press_keys()
    else:
        sys.exit(main(sys.argv[1:]))
