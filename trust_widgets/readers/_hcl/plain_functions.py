"""Terraform's functions of values that are all known.

https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import ipaddress
import math
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

from trust_widgets.readers._hcl.calls import FunctionFails
from trust_widgets.readers._hcl.patterns import pattern_for
from trust_widgets.readers._tree import text_of_scalar

_LONGEST_RANGE = 1000
_LONGEST_NUMBER = 40


def _range(*numbers: Any) -> list[int]:
    made = range(*(int(number) for number in numbers))
    if len(made) > _LONGEST_RANGE:
        raise ValueError("too long")
    return list(made)


def _substr(text: str, start: int, length: int) -> str:
    """A part of a text; a start below 0 counts from the end, a length of -1 is the rest."""
    if start < 0:
        begin = max(len(text) + start, 0)
    else:
        begin = start
    if length < 0:
        return text[begin:]
    return text[begin : begin + length]


def _split(separator: str, text: str) -> list[str]:
    if separator:
        return text.split(separator)
    return list(text)


def _title(text: str) -> str:
    return re.sub(r"\b[a-z]", lambda match: match[0].upper(), text)


def _tonumber(value: Any) -> float | int | None:
    if value is None:
        return None
    text = text_of_scalar(value)
    if not re.fullmatch(r"-?\d{1,40}(?:\.\d{1,40})?", text):
        raise FunctionFails(text)
    if "." not in text:
        return int(text)
    return float(text)


def _tobool(value: Any) -> bool:
    words = {"true": True, "false": False}
    if text_of_scalar(value) not in words:
        raise FunctionFails(value)
    return words[text_of_scalar(value)]


def _regex(pattern: str, text: str) -> Any:
    found = pattern_for(pattern, text).search(text)
    if found is None:
        raise FunctionFails(pattern)
    return _groups(found)


def _regexall(pattern: str, text: str) -> list[Any]:
    return [_groups(found) for found in pattern_for(pattern, text).finditer(text)]


def _groups(found: re.Match[str]) -> Any:
    """What a match gives: its text, or its groups by number or name."""
    names = found.re.groupindex
    if names:
        return {name: found[name] for name in names}
    if found.re.groups:
        return list(found.groups())
    return found[0]


def _csvdecode(text: str) -> list[dict[str, str]]:
    first, *rows = csv.reader(io.StringIO(text), strict=True)
    return [dict(zip(first, row, strict=True)) for row in rows if row]


def _decoded(text: str) -> str:
    return base64.b64decode(text, validate=True).decode("utf-8")


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def _hashed(name: str) -> Callable[[str], str]:
    return lambda text: hashlib.new(name, text.encode("utf-8"), usedforsecurity=False).hexdigest()


def _index(values: list[Any], value: Any) -> int:
    if value not in values:
        raise FunctionFails(value)
    return values.index(value)


def _pow(base: float, exponent: float) -> float:
    if abs(base) > 10**6 or abs(exponent) > _LONGEST_NUMBER:
        raise ValueError("too large")
    return float(base**exponent)


def _parseint(text: str, base: int) -> int:
    if not re.fullmatch(r"-?[0-9A-Za-z]{1,40}", text):
        raise FunctionFails(text)
    return int(text, base)


def _trimmed(text: str, chars: str) -> str:
    if chars:
        return text.strip(chars)
    return text


def _arn_build(*parts: str) -> str:
    if len(parts) != 5:
        raise FunctionFails(parts)
    return ":".join(("arn", *parts))


def _arn_parse(arn: str) -> dict[str, str]:
    parts = arn.split(":", 5)
    if len(parts) != 6 or parts[0] != "arn":
        raise FunctionFails(arn)
    names = ("partition", "service", "region", "account_id", "resource")
    return dict(zip(names, parts[1:], strict=True))


def _subnet(prefix: str, bits: int, number: int) -> str:
    """A network inside another one, as many bits longer, by its number."""
    network = ipaddress.ip_network(prefix)
    length = network.prefixlen + int(bits)
    if number < 0 or length > network.max_prefixlen or number >= 1 << int(bits):
        raise FunctionFails(prefix)
    first = int(network[0]) + (int(number) << (network.max_prefixlen - length))
    return f"{type(network[0])(first)}/{length}"


def _subnets(prefix: str, *bits: int) -> list[str]:
    """Networks one behind the other in another one; each begins at a multiple of its size."""
    network = ipaddress.ip_network(prefix)
    after = int(network[0])
    found = []
    for more in bits:
        length = network.prefixlen + int(more)
        size = 1 << (network.max_prefixlen - length)
        first = -(-after // size) * size
        after = first + size
        if after > int(network[-1]) + 1:
            raise FunctionFails(prefix)
        found.append(f"{type(network[0])(first)}/{length}")
    return found


def _host(prefix: str, number: int) -> str:
    """An address of a network by its number; below 0 it counts from the end."""
    return str(ipaddress.ip_network(prefix)[int(number)])


PLAIN: dict[str, Callable[..., Any]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": _title,
    "trimspace": str.strip,
    "chomp": lambda text: text.rstrip("\r\n"),
    "trim": _trimmed,
    "strrev": lambda text: text[::-1],
    "split": _split,
    "substr": _substr,
    "startswith": str.startswith,
    "endswith": str.endswith,
    "strcontains": lambda text, part: part in text,
    "regex": _regex,
    "regexall": _regexall,
    "csvdecode": _csvdecode,
    "base64decode": _decoded,
    "base64encode": _encoded,
    "urlencode": quote_plus,
    "md5": _hashed("md5"),
    "sha1": _hashed("sha1"),
    "sha256": _hashed("sha256"),
    "sha512": _hashed("sha512"),
    "sort": lambda values: sorted(map(text_of_scalar, values)),
    "range": _range,
    "tonumber": _tonumber,
    "tobool": _tobool,
    "parseint": _parseint,
    "abs": abs,
    "ceil": math.ceil,
    "floor": math.floor,
    "pow": _pow,
    "min": min,
    "max": max,
    "sum": sum,
    "cidrsubnet": _subnet,
    "cidrsubnets": _subnets,
    "cidrhost": _host,
    "index": _index,
    "basename": lambda path: path.rstrip("/").rpartition("/")[2],
    "dirname": lambda path: path.rpartition("/")[0] or ".",
    "anytrue": lambda values: True in values,
    "alltrue": lambda values: False not in values,
    "provider::aws::arn_build": _arn_build,
    "provider::aws::arn_parse": _arn_parse,
}
