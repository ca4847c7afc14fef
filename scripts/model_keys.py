"""Press keys in a model's text and print its memory: `make model-keys KEYS=20000`.

The exit status is 1 if the memory at the end is over a tenth more than after the first quarter, in
which caches fill.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import sys
import time
from collections.abc import Iterator

import trust_widgets as tw

_PARTS = 8
_MOST_GROWTH = 1.1
_LETTERS = "abcdefgh0123-*"
_LONGEST = 30
_STATEMENT = {
    "Effect": "Allow",
    "Principal": {"AWS": "444455556666"},
    "Action": "sts:AssumeRole",
    "Condition": {"StringEquals": {"sts:ExternalId": "HERE"}},
}
_TEXT = json.dumps({"Version": "2012-10-17", "Statement": [_STATEMENT]}, indent=2)


def main(arguments: list[str] | None = None) -> int:
    """Type, print the memory eight times, and return the exit status."""
    parser = argparse.ArgumentParser(description="Press keys in a model's text.")
    parser.add_argument("keys", type=int, nargs="?", default=2000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    options = parser.parse_args(arguments)
    model, start, sizes = tw.TrustModel(text=_TEXT), time.process_time(), []
    for number, text in enumerate(texts(options.keys, options.seed), 1):
        model.text = text
        if number % max(1, options.keys // _PARTS) == 0:
            gc.collect()
            sizes.append(_megabytes())
            seconds = time.process_time() - start
            said = f"{number} keys: {sizes[-1]:.1f} MB, {len(gc.get_objects())} objects"
            print(f"seed {options.seed}, {said}, {seconds:.0f} s", flush=True)
    grown = sizes[-1] / sizes[len(sizes) // 4]
    print(f"from the first quarter to the end: {grown:.2f} times the memory")
    return 1 if grown > _MOST_GROWTH else 0


def texts(keys: int, seed: int) -> Iterator[str]:
    """The text after each key: letters of an external ID, and now and then one is taken back."""
    chance, typed = random.Random(seed), ""
    for _ in range(keys):
        is_back = typed and (len(typed) > _LONGEST or chance.random() < 0.3)
        typed = typed[:-1] if is_back else typed + chance.choice(_LETTERS)
        yield _TEXT.replace("HERE", typed)


def _megabytes() -> float:
    """The memory of this process that is in use now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


if __name__ == "__main__":
    sys.exit(main())
