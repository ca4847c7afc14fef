"""`trust-widgets` on the command line: a module for each subcommand, put together in `program`.

It needs no Jupyter.
"""

from __future__ import annotations

from trust_widgets.cli.outcome import FAULT, FOUND, GOOD, INTERRUPTED
from trust_widgets.cli.program import main

__all__ = ["FAULT", "FOUND", "GOOD", "INTERRUPTED", "main"]
