"""How long a key takes: from the key pressed to the editor and the findings redrawn, in a real
JupyterLab, beside a bare ipywidgets `Text` -> `HTML` echo in the same page; and the kernel's side
alone, beside `json.loads` of the same text.

Run it by `make benchmark`. It prints figures and judges nothing.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

import trust_widgets as tw
from lab_in_browser import focus_on_notebook, temporary_lab
from trust_widgets.views.lazy import LazyPart

KEYS = 60
ROUNDS = 5
ECHO = """import ipywidgets
text, html = ipywidgets.Text(description="echo"), ipywidgets.HTML("-")
text.observe(lambda change: setattr(html, "value", change.new), "value")
ipywidgets.VBox([text, html])"""
BUILDER = """import trust_widgets as tw
answers = {"owner": "octo-org", "repository": "*", "branch": "main"}
tw.TrustBuilder("github_oidc", account="111122223333", **answers)"""

# From the key until both places show what was typed: the page tells by itself, so that no polling
# is measured.
MEASURE = """async ([input, typed, places]) => {
    const field = document.querySelector(input);
    const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    field.focus();
    const done = () => places.every(place => {
        const element = document.querySelector(place);
        return element && element.textContent.includes(typed);
    });
    const start = performance.now();
    setter.call(field, typed);
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true}));
    while (!done()) {
        if (performance.now() - start > 5000) return null;
        await new Promise(requestAnimationFrame);
    }
    return performance.now() - start;
}"""


def main() -> int:
    """Print the figures; returns the exit status."""
    print_kernel_side()
    print_browser_side()
    return 0


def print_kernel_side() -> None:
    """The kernel's side of a key with all views open, in rounds: what else the machine does spoils
    some of them.
    """
    for name, grants in (("typical", 1), ("at the quota", quota_grants())):
        model = tw.TrustModel(account="111122223333", grants=[grant(i) for i in range(grants)])
        builder = tw.TrustBuilder(model)
        for part in builder.parts.values():
            if isinstance(part, LazyPart):
                part.do_open()
        take = builder.parts["editor"]._take_newest
        variants = [
            model.text.replace("main", f"main{i}", 1) for i in range(ROUNDS * 200)
        ]  # a key changes one place
        keys = [
            timed(partial(take, {"revision": i + 1, "text": v})) for i, v in enumerate(variants)
        ]
        loads = [timed(partial(json.loads, variant)) for variant in variants]
        rounds = [percentile(keys[start : start + 200], 95) for start in range(0, len(keys), 200)]
        print(
            f"kernel's side of a key, all views open, {name} ({model.policy.size} characters): "
            f"p50 {percentile(keys, 50):.2f} ms, p95 {percentile(keys, 95):.2f} ms "
            f"(of 200 keys each: {', '.join(f'{each:.2f}' for each in rounds)}); "
            f"json.loads of the same text: p50 {percentile(loads, 50):.3f} ms"
        )


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


def print_browser_side() -> None:
    """Key pressed to page redrawn, ours beside a bare echo, in turn."""
    with temporary_lab() as (lab, browser):
        lab.write_notebook("keys.ipynb", ECHO, BUILDER)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        lab.run(page, "keys.ipynb")
        focus_on_notebook(page)
        page.locator(".tw-findings").first.wait_for()
        page.wait_for_timeout(1000)
        ours, echo = measure_in_turn(page)
    ratio = statistics.median(ours) / statistics.median(echo)
    for name, times in (("bare echo", echo), ("TrustBuilder", ours)):
        print(
            f"key to page, {name}: p50 {percentile(times, 50):.1f} ms, p95"
            f" {percentile(times, 95):.1f} ms ({len(times)} keys)"
        )
    print(f"ratio of medians, TrustBuilder / bare echo: {ratio:.2f}")


def measure_in_turn(page: Page) -> tuple[list[float], list[float]]:
    """Rounds of keys, one of ours and one of the echo in turn, so that both meet the same
    machine.
    """
    ours: list[float] = []
    echo: list[float] = []
    branch = page.get_by_label("Branch", exact=True).first
    branch.evaluate("element => element.setAttribute('data-bench', 'ours')")
    page.locator(".widget-text input").first.evaluate(
        "element => element.setAttribute('data-bench', 'echo')"
    )
    page.locator(".widget-html-content").first.evaluate(
        "element => element.setAttribute('data-bench', 'html')"
    )
    for turn in range(ROUNDS):
        for key in range(KEYS // ROUNDS):
            typed = f"b{turn}x{key}"
            echo.append(measure(page, "[data-bench=echo]", typed, ["[data-bench=html]"]))
            ours.append(
                measure(
                    page, "[data-bench=ours]", typed, [".tw-editor .cm-content", ".tw-findings"]
                )
            )
    return ours, echo


def measure(page: Page, field: str, typed: str, places: list[str]) -> float:
    """Milliseconds from a key to all places redrawn."""
    took = page.evaluate(MEASURE, [field, typed, places])
    if took is None:
        raise RuntimeError(f"{places} never showed {typed!r}")
    return float(took)


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def percentile(times: list[float], percent: int) -> float:
    """A percentile of some times."""
    return statistics.quantiles(times, n=100)[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
