"""`python -m trust_widgets.cli` is the same as `trust-widgets`."""

from __future__ import annotations

import sys

from trust_widgets.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
