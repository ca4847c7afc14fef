"""Files that nobody meant to write, for the readers: changed at random, cut, spliced, nested.

Each text is made from one seed and the files that it begins with.
"""

from __future__ import annotations

import json
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from trust_widgets.findings import is_internal_error
from trust_widgets.readers import READERS, read_text
from trust_widgets.reports import checked_reading

PIECES = (
    *("{", "}", "[", "]", '"', "'", "${", "%{", "<<EOF\n", "EOF\n", "\n", "!Sub ", "&a ", "*a"),
    *("<<: *a", "---\n", "|", "#", "/*", "\\", "\x00", "\ue000", "\uffff", "𝒳", "null", "1e999"),
    *("(", ")", "? a : b", "[*]", "...", "{{ x }}", "$(", "`", "\r\n", "\ufeff", ":", "- "),
    *("Fn::If", "Ref", "jsonencode(", "range(99999999)", "each.key", "9" * 400),
    *("!GetAtt a.Arn", "!If [a, b, c]", "%7B%22", "\\u00", "dynamic", "for_each = ", "for x in "),
    *("local.a", "var.a", "merge(", "templatefile(", "<<-EOF\n", "\t", "!!binary ", "|-\n", ">+\n"),
)
SLOW = 2.0  # seconds of the processor
STUCK = 10.0  # seconds after which a file is given up
_CASES = Path(__file__).resolve().parents[1] / "readers" / "cases"
_KINDS = {".tf": "hcl", ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".tfstate": "json"}
_MOST_CHARACTERS = 20_000


def changed(text: str, chance: random.Random) -> str:
    """A text with some characters put in, taken out or repeated."""
    letters = list(text)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(letters) + 1)
        until = min(len(letters), at + chance.randrange(1, 40))
        way = chance.random()
        if way < 0.4:
            letters[at:at] = chance.choice(PIECES)
        elif way < 0.7:
            del letters[at:until]
        else:
            letters[at:at] = letters[at:until] * chance.choice((1, 2, 5))
    return "".join(letters)


def _spliced(text: str, other: str, chance: random.Random) -> str:
    """The beginning of one text and the end of another."""
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


def _nested(text: str, chance: random.Random) -> str:
    """A text with one piece many times at one place."""
    at = chance.randrange(len(text) + 1)
    piece = chance.choice(PIECES)
    return text[:at] + piece * chance.choice((30, 300, 3000)) + text[at:]


def given_files() -> dict[str, list[tuple[str, str]]]:
    """The files to begin with, by language: the readers' examples, and those of the cases."""
    files = [(reader.file, reader.example) for reader in READERS.values()]
    for path in sorted(_CASES.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            files += case["files"].items()
    kinds: dict[str, list[tuple[str, str]]] = {}
    for name, text in files:
        kind = _KINDS.get(Path(name).suffix, "other")
        kinds.setdefault(kind, []).append((name, str(text)))
    return kinds


def hostile_file(seed: int, given: dict[str, list[tuple[str, str]]]) -> tuple[str, str]:
    """The name and the text of the file of a seed."""
    chance = random.Random(seed)
    files = given[chance.choice(sorted(given))]
    name, text = chance.choice(files)
    way = chance.random()
    if way < 0.15:
        text = _spliced(text, chance.choice(files)[1], chance)
    elif way < 0.25:
        text = _nested(text, chance)
    return name, changed(text, chance)[:_MOST_CHARACTERS]


@dataclass
class FileReport:
    """What came of hostile files.

    Args:
        faults: what went wrong, with seeds. counts: what was read of how many files.
        slowest: seconds of the processor, and the seed.
    """

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, 0)


def run(first: int, count: int, say: Callable[[str], None]) -> FileReport:
    """Read and check the files of some seeds."""
    report, given = FileReport(), given_files()
    signal.signal(signal.SIGVTALRM, _stop)
    for number, seed in enumerate(range(first, first + count), 1):
        name, text = hostile_file(seed, given)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, STUCK)
        try:
            report.counts[_judged(name, text)] += 1
        except Exception as error:  # whatever it is, a reader must not raise it
            report.faults.append(f"seed {seed}, {name}: {type(error).__name__}: {error}")
            say(report.faults[-1])
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        seconds = time.process_time() - begun
        report.slowest = max(report.slowest, (seconds, seed))
        if seconds > SLOW:
            report.faults.append(f"seed {seed}, {name}: {seconds:.1f} seconds")
        if number % 5000 == 0:
            say(f"{number} files, {len(report.faults)} faults, slowest {report.slowest}")
    return report


def _stop(_: int, frame: FrameType | None) -> None:
    """Give a file up; the places in the code say where it was stuck."""
    where = traceback.extract_stack(frame)[-6:]
    raise TimeoutError("stuck: " + " > ".join(f"{each.name}:{each.lineno}" for each in where))


def _judged(name: str, text: str) -> str:
    """Read and check a file; what kind of file it was read as."""
    contents = read_text(name, text)
    for record in contents.records:
        if not 0 <= record.place.offset <= len(text):
            raise ValueError("a place outside the file")
        if record.text is None or record.unresolved is None:
            raise ValueError("no text")
    for each in checked_reading(name, contents):
        for finding in filter(is_internal_error, each.findings):
            if "did not finish" not in finding.message:
                raise ValueError(finding.message)
    return contents.records[0].source if contents.records else "no role"
