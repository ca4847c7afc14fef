"""Kept callers: a test bench for a trust policy, as JSON and as a pytest file.

External IDs and tokens are never written: what was left out is said in the file, and is unknown
when it is read back.
"""

from __future__ import annotations

from trust_widgets.saved_callers.json_file import from_json, to_json
from trust_widgets.saved_callers.pytest_file import request_code, to_pytest
from trust_widgets.saved_callers.saved_caller import EXTERNAL_ID, Kept

__all__ = ["EXTERNAL_ID", "Kept", "from_json", "request_code", "to_json", "to_pytest"]
