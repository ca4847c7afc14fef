"""Colors, fonts and sizes of the picture.

Colors are those of the page where it has them, each with a fallback for where it has none.
"""

from __future__ import annotations

_STRONG = "var(--jp-ui-font-color0, #000)"
# The names that a picture has for its colors and its font for code, short because each shape has
# one. JupyterLab's own colors are too pale for words: they are mixed with the color of its font,
# as in `editor.css`.
_COLOURS = {
    "--p": "var(--jp-layout-color1, #fff)",
    "--s": "var(--jp-layout-color2, #f3f3f3)",
    "--e": "var(--jp-border-color1, #bdbdbd)",
    "--i": "var(--jp-ui-font-color1, #212121)",
    "--b": _STRONG,
    "--f": f"color-mix(in srgb, var(--jp-ui-font-color2, #616161) 70%, {_STRONG})",
    "--w": f"color-mix(in srgb, var(--jp-warn-color1, #b85c00) 70%, {_STRONG})",
    "--r": f"color-mix(in srgb, var(--jp-error-color1, #d32f2f) 80%, {_STRONG})",
    "--g": f"color-mix(in srgb, var(--jp-success-color1, #2e7d32) 80%, {_STRONG})",
    "--m": 'var(--jp-code-font-family, Menlo, Consolas, "DejaVu Sans Mono", monospace)',
}
PAPER, SHADE, EDGE = "var(--p)", "var(--s)", "var(--e)"
INK, STRONG, FAINT = "var(--i)", "var(--b)", "var(--f)"
WARN, STOP, GOOD = "var(--w)", "var(--r)", "var(--g)"
PALETTE = "; ".join(f"{name}: {colour}" for name, colour in _COLOURS.items())
"""The style of a picture's root, which gives the colors and the font their names."""

SANS = 'var(--jp-ui-font-family, system-ui, "Segoe UI", Helvetica, Arial, sans-serif)'
MONO = "var(--m)"

SMALL = 11.0
"""The size of most words."""

STYLE = (
    f"{PALETTE}; display: block; width: 100%; max-width: 640px; height: auto;"
    f" font: {SMALL:g}px {SANS}; fill: {INK}"
)
"""The style of the whole picture."""
