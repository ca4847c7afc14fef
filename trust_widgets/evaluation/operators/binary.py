"""The operator for bytes, which a policy writes as base64."""

from __future__ import annotations

import binascii
from base64 import b64decode

from trust_widgets.evaluation.operators import Operator, reads_text
from trust_widgets.text.globs import Test


def bytes_from_text(text: str) -> bytes | None:
    """Bytes from base64; `None` for a text that is none.

    Example:
        >>> bytes_from_text("QmluYXJ5"), bytes_from_text("!")
        (b'Binary', None)
    """
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _equal(text: str) -> Test | None:
    wanted = bytes_from_text(text)
    if wanted is None:
        return None
    return lambda given: bytes_from_text(given) == wanted


OPERATORS = (Operator("BinaryEquals", reads_text(_equal)),)
