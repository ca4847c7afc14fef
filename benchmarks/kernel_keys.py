"""How long the kernel works on a key, with each tool open, beside `json.loads` of the same text.

It runs by itself, without the libraries that drive a browser: a kernel does not have them. It
prints figures and judges nothing.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import trust_widgets as tw
from trust_widgets.views.lazy import LazyPart

ROUNDS = 5


def main() -> int:
    """Print the figures; returns the exit status."""
    print_kernel_side()
    return 0


def print_kernel_side() -> None:
    """The kernel's side of a key, each tool in turn the open one."""
    for name, count in (("typical", 1), ("at the quota", quota_grants())):
        grants = [grant(i) for i in range(count)]
        model = tw.TrustModel(account="111122223333", grants=grants)
        builder = tw.TrustBuilder(model)
        tools = [name for name, part in builder.parts.items() if isinstance(part, LazyPart)]
        print(f"kernel's side of a key, {name} ({model.policy.size} characters), processor time:")
        print(f"  json.loads of the same text: {_times([partial(json.loads, model.text)] * 200)}")
        for tool in tools:
            opened = tw.TrustBuilder(tw.TrustModel(account="111122223333", grants=grants))
            opened.parts[tool].hear({"do": "open"})
            print(f"  {tool} open: {_times(_keys(opened, tool))}")
            opened.close()


def _keys(builder: tw.TrustBuilder, word: str) -> list[Callable[[], object]]:
    """A key that changes one place, again and again; texts that no one has seen before."""
    take, text = builder.parts["editor"]._take_newest, builder.model.text
    changed = [text.replace("main", f"{word}{i}", 1) for i in range(ROUNDS * 40)]
    return [partial(take, {"revision": i + 1, "text": each}) for i, each in enumerate(changed)]


def _times(acts: list[Callable[[], object]]) -> str:
    times = [timed(act) for act in acts]
    return f"p50 {percentile(times, 50):.3f} ms, p95 {percentile(times, 95):.3f} ms"


def quota_grants() -> int:
    """How many grants fill the quota of 2,048 characters."""
    count = 1
    while (
        tw.TrustModel(
            account="111122223333", grants=[grant(i) for i in range(count + 1)]
        ).policy.size
        <= 2048
    ):
        count += 1
    return count


def grant(index: int) -> tw.Grant:
    """One grant among many, each of another repository."""
    return tw.Grant(
        "github_oidc", {"owner": "octo-org", "repository": f"app{index}", "branch": "main"}
    )


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of processor time that a call takes."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def percentile(times: list[float], percent: int) -> float:
    """A percentile of some times."""
    return statistics.quantiles(times, n=100)[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
