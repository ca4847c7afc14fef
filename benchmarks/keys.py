"""How long a key takes: from the key pressed to the editor and the findings redrawn, in a real
JupyterLab, beside a bare ipywidgets `Text` -> `HTML` echo in the same page; and first the kernel's
side alone, by `kernel_keys.py`.

Run it by `make benchmark`. It prints figures and judges nothing.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from kernel_keys import ROUNDS, percentile

from lab_in_browser import focus_on_notebook, temporary_lab

KEYS = 60
TYPING = 120  # milliseconds from one key to the next: a fast typist
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


# The exercise's editor is typed into; the number of characters beside it is what the kernel draws.
MEASURE_EDITOR = """async place => {
    const element = document.querySelector(place);
    window.tookKeys = [];
    let pressed = 0;
    document.addEventListener('keydown', () => { pressed = performance.now(); }, true);
    new MutationObserver(() => requestAnimationFrame(() => {
        if (pressed) window.tookKeys.push(performance.now() - pressed);
        pressed = 0;
    })).observe(element, {subtree: true, childList: true, characterData: true});
}"""
EXERCISE = """import trust_widgets as tw
tw.ExerciseView("W3", progress="")"""


def main() -> int:
    """Print the figures; returns the exit status."""
    # In a process that has no more in memory than a kernel: JupyterLab's own libraries take longer
    # to be searched for garbage than all that a builder has.
    kernel_side = Path(__file__).with_name("kernel_keys.py")
    subprocess.run([sys.executable, str(kernel_side)], check=True)
    print_browser_side()
    print_exercise()
    return 0


def print_exercise() -> None:
    """A key in an exercise's editor, until the number of characters that the kernel counts is
    drawn.
    """
    with temporary_lab() as (lab, browser):
        lab.write_notebook("exercise.ipynb", EXERCISE)
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        lab.run(page, "exercise.ipynb")
        focus_on_notebook(page)
        page.locator(".tw-exercise .cm-line").filter(has_text="999988887777").click()
        page.wait_for_timeout(1000)
        page.evaluate(MEASURE_EDITOR, ".tw-exercise .tw-size")
        for _ in range(KEYS):
            page.keyboard.press("a")
            page.wait_for_timeout(TYPING)
        took = page.evaluate("window.tookKeys")
    p50, p95 = percentile(took, 50), percentile(took, 95)
    print(f"key to update, ExerciseView: p50 {p50:.1f} ms, p95 {p95:.1f} ms ({len(took)} keys)")


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


if __name__ == "__main__":
    sys.exit(main())
