"""YAML in block style, with quotes wherever a YAML 1.1 reader could see anything but a string."""

from __future__ import annotations

import math
import re
from typing import Any

from trust_widgets.text.quoting._text import quoted

PLAIN = re.compile(r"[A-Za-z/](?:[A-Za-z0-9_./@+=*:-]*[A-Za-z0-9_./@+=*-])?")
TRAPS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
LONGEST_KEY = 1000


def string(text: str) -> str:
    """A string, plain where nothing could take it for something else.

    What begins with a digit is quoted: numbers, account IDs, dates.
    Source: https://yaml.org/type/ (the types of YAML 1.1: `yes`, `on`, dates, numbers to the base
    60).

    Example:
        >>> print(string("sts:AssumeRole"), string("2012-10-17"), string("on"), string("*"))
        sts:AssumeRole "2012-10-17" "on" "*"
    """
    if PLAIN.fullmatch(text) and text.lower() not in TRAPS:
        return text
    return quoted(text)


def value(json_value: Any, indent: int = 0) -> str:
    """A JSON value as YAML, without a newline at its end.

    Args:
        json_value: what `json.loads` gives.
        indent: spaces before each line of an object or a list.

    Raises:
        TypeError: for what JSON does not know.

    Example:
        >>> statement = {"Sid": "A", "Action": ["sts:TagSession"]}
        >>> print(value({"Version": "2012-10-17", "Statement": [statement]}))
        Version: "2012-10-17"
        Statement:
          - Sid: A
            Action:
              - sts:TagSession
    """
    pad = " " * indent
    if isinstance(json_value, dict) and json_value:
        return "\n".join(
            f"{pad}{_key(key, pad)}{_after(it, indent)}" for key, it in json_value.items()
        )
    if isinstance(json_value, list) and json_value:
        return "\n".join(f"{pad}- {value(it, indent + 2).lstrip(' ')}" for it in json_value)
    return _scalar(json_value)


def _key(key: str, pad: str) -> str:
    """A key and its colon; readers take a key before a colon only up to 1,024 characters.

    Source: https://yaml.org/spec/1.1/#id904245
    """
    text = string(key)
    if len(text) <= LONGEST_KEY:
        return f"{text}:"
    return f"? {text}\n{pad}:"


def _after(json_value: Any, indent: int) -> str:
    is_block = isinstance(json_value, (dict, list)) and json_value
    return ("\n" if is_block else " ") + value(json_value, indent + 2)


def _scalar(given: Any) -> str:
    if isinstance(given, str):
        return string(given)
    if given is None or isinstance(given, bool):
        return {None: "null", True: "true", False: "false"}[given]
    if isinstance(given, float):
        return _number(given)
    if isinstance(given, int):
        return str(int(given))
    if given in ({}, []):
        if isinstance(given, dict):
            return "{}"
        return "[]"
    raise TypeError(f"no YAML for {type(given).__name__}")


def _number(given: float) -> str:
    """A float; YAML 1.1 asks for a point in it. Source: https://yaml.org/type/float.html"""
    if math.isnan(given):
        return ".nan"
    if math.isinf(given):
        if given > 0:
            return ".inf"
        return "-.inf"
    text = repr(given)
    if "." in text:
        return text
    return text.replace("e", ".0e")
