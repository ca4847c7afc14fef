"""Other ways to write the same policy: none of them changes whom it lets in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from trust_widgets.aws.partitions import PARTITIONS

Document = dict[str, Any]
_LISTS = ("Action", "NotAction")


def _statements(document: Document) -> list[Document]:
    statements = document.get("Statement", [])
    listed = statements if isinstance(statements, list) else [statements]
    return [statement for statement in listed if isinstance(statement, dict)]


def _copy(document: Document) -> Document:
    copied: Document = json.loads(json.dumps(document))
    return copied


def _holders(statement: Document) -> Iterator[tuple[dict[str, Any], str]]:
    """Where values stand, as an object and the name in it."""
    for name in _LISTS:
        if name in statement:
            yield statement, name
    blocks = [statement.get("Principal"), *_objects(statement.get("Condition"))]
    for block in blocks:
        if isinstance(block, dict):
            yield from ((block, name) for name in block)


def _objects(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else []


def _with_values(document: Document, change: Callable[[Any], Any]) -> Document:
    copied = _copy(document)
    for statement in _statements(copied):
        for holder, name in _holders(statement):
            holder[name] = change(holder[name])
    return copied


def _reversed(value: Any) -> Any:
    return value[::-1] if isinstance(value, list) else value


def statements_reversed(document: Document) -> Document:
    """The last statement first."""
    return {**_copy(document), "Statement": _statements(_copy(document))[::-1]}


def values_reversed(document: Document) -> Document:
    """The last value of each list first."""
    return _with_values(document, _reversed)


def members_reversed(document: Document) -> Document:
    """The last member of each object first."""
    pairs: Document = json.loads(
        json.dumps(document), object_pairs_hook=lambda members: dict(members[::-1])
    )
    return pairs


def values_listed(document: Document) -> Document:
    """Each value alone in a list."""
    return _with_values(document, lambda value: value if isinstance(value, list) else [value])


def values_twice(document: Document) -> Document:
    """The first value of each list again at its end."""
    return _with_values(
        document, lambda value: [*value, value[0]] if isinstance(value, list) and value else value
    )


def keys_in_capitals(document: Document) -> Document:
    """Names of condition keys in capitals: AWS does not look at their case.

    The part after a slash stays as it is: it may be the key of a tag.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    """
    copied = _copy(document)
    for statement in _statements(copied):
        block = statement.get("Condition")
        for operator, keys in block.items() if isinstance(block, dict) else ():
            if isinstance(keys, dict):
                block[operator] = {_in_capitals(key): value for key, value in keys.items()}
    return copied


def _in_capitals(key: str) -> str:
    if not re.match("(aws|sts|saml):", key, re.IGNORECASE):
        return key
    head, slash, tag = key.partition("/")
    return f"{head.upper()}{slash}{tag}"


def actions_in_capitals(document: Document) -> Document:
    """Actions in capitals, which IAM does not look at either.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """
    copied = _copy(document)
    for statement in _statements(copied):
        for name in _LISTS:
            if name in statement:
                statement[name] = json.loads(json.dumps(statement[name]).upper())
    return copied


def statements_twice(document: Document) -> Document:
    """Each statement again, without its Sid."""
    statements = _statements(_copy(document))
    again = [{n: v for n, v in each.items() if n != "Sid"} for each in statements]
    return {**_copy(document), "Statement": [*statements, *again]}


REORDERED: tuple[Callable[[Document], Document], ...] = (
    *(statements_reversed, values_reversed, members_reversed, values_listed),
    *(keys_in_capitals, actions_in_capitals),
)
DOUBLED: tuple[Callable[[Document], Document], ...] = (values_twice, statements_twice)

# What is in GovCloud under another name.
_HOSTS = {
    "signin.aws.amazon.com": "signin.amazonaws-us-gov.com",
    "cognito-identity.amazonaws.com": "cognito-identity-us-gov.amazonaws.com",
}
_COMMERCIAL = "|".join(PARTITIONS[0].regions)
_ELSEWHERE = re.compile(r"arn:aws-|\b(?:cn|us-gov|eusc|us-iso)-|us-gov|amazonaws\.cn|\.com\.cn")


def in_govcloud(text: str) -> str | None:
    """A policy of the commercial partition as it is in GovCloud; `None` for one that names another
    partition already.
    """
    if _ELSEWHERE.search(text):
        return None
    moved = re.sub(rf"\b(?:{_COMMERCIAL})\b", "us-gov-west-1", text)
    for commercial, govcloud in _HOSTS.items():
        moved = moved.replace(commercial, govcloud)
    return moved.replace("arn:aws:", "arn:aws-us-gov:")
