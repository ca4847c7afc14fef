"""The operator for whether a key is there at all; `conditions.py` passes it that, not a
value.
"""

from __future__ import annotations

from trust_widgets.evaluation.operators import Operator
from trust_widgets.evaluation.operators._readers import READS_TRUTH

OPERATORS = (Operator("Null", READS_TRUTH),)
