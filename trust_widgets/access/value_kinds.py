"""The kinds of values that conditions compare: texts, numbers, dates and others."""

from __future__ import annotations

TEXT, NUMBER, DATE, ADDRESS, TRUTH, BYTES = "text", "number", "date", "address", "truth", "bytes"
KINDS = {
    "String": TEXT,
    "Arn": TEXT,
    "Numeric": NUMBER,
    "Date": DATE,
    "IpAddress": ADDRESS,
    "NotIpAddress": ADDRESS,
    "Bool": TRUTH,
    "Binary": BYTES,
}
