"""The code and the style that every view needs in the browser, and how they come there.

In Jupyter one hidden widget per kernel holds both. The `_esm` of each view is a loader that takes
the code from there once per page. marimo serves each distinct `_esm` once and closes hidden widgets
with the cell that made them, so there each view carries the code itself.
"""

from __future__ import annotations

import gzip
import json
import sys
from hashlib import sha256
from pathlib import Path

import ipywidgets
import traitlets

from trust_widgets.views.tables import tables

STATIC = Path(__file__).parent / "static"


def built(name: str) -> str:
    """The text of a file of the built front end.

    Raises:
        RuntimeError: when the front end was not built.
    """
    path = STATIC / name
    if not path.exists():
        raise RuntimeError(f"The front end is not built ({name} is missing): run `make build`.")
    return path.read_text(encoding="utf-8")


def _literal(value: object) -> str:
    """A value as JavaScript writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


STYLE, TABLES = _literal(built("style.css")), _literal(tables())
CODE = f"const STYLE={STYLE},TABLES={TABLES};\n{built('views.js')}"
"""The code of all views, with their style and the tables that are the same for each of them."""

LOADER = built("loader.js").replace("DIGEST", sha256(CODE.encode()).hexdigest()[:12])
"""The `_esm` of a view in Jupyter. Another version of the code gets its own name."""


class SharedCode(ipywidgets.Widget):  # type: ignore[misc]
    """The hidden widget that brings the code to the page, compressed."""

    code = traitlets.Bytes().tag(sync=True)


_shared: list[SharedCode] = []


def shared_code() -> SharedCode:
    """The hidden widget of this kernel; a new one if it was closed."""
    if not _shared or _shared[-1].comm is None:
        _shared[:] = [SharedCode(code=gzip.compress(CODE.encode(), mtime=0))]
    return _shared[-1]


def is_marimo() -> bool:
    """Whether a marimo notebook runs this code."""
    marimo = sys.modules.get("marimo")
    return marimo is not None and bool(marimo.running_in_notebook())
