"""What is known of a condition key stands in its record, `aws/data/keys/`, and in no table of
another module.

A table is a dictionary, set, list or tuple at the top of a module that names two keys of AWS or
more. The rule is shown to catch what it forbids.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from trust_widgets.aws.keys.records import records

PACKAGE = Path(__file__).resolve().parents[2] / "trust_widgets"
KEYS = {record.name.lower() for record in records()}
# Keys of tags without the tag's own key, as tables spell them.
KEYS |= {key.partition("/")[0] + end for key in KEYS if "/${" in key for end in ("", "/", "/*")}
HOME = "aws/keys/"
# The policies of exercises, which decide nothing.
STORIES = "exercises/tasks/"

# Modules that have such a table today, and why. The list may only shrink.
KNOWN_TABLES = {
    "access/key_names.py": "two lists of tags that have to say the same",
    "pitfalls/rules/open/any_service.py": "a call that is made up",
}


def is_key(node: ast.expr | None) -> bool:
    """Whether an expression is the name of a condition key, alone or first in a pair."""
    if isinstance(node, ast.Tuple) and node.elts:
        return is_key(node.elts[0])
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lower() in KEYS
    )


def tables(source: str) -> Iterator[int]:
    """The lines at which tables of keys begin."""
    for statement in ast.parse(source).body:
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or names_each_value(statement):
            continue
        for node in ast.walk(statement):
            entries: list[ast.expr | None] = []
            if isinstance(node, ast.Dict):
                entries = list(node.keys)
            elif isinstance(node, (ast.Set, ast.List, ast.Tuple)):
                entries = list(node.elts)
            if len(list(filter(is_key, entries))) > 1:
                yield node.lineno


def names_each_value(statement: ast.Assign | ast.AnnAssign) -> bool:
    """Whether a statement gives each key a name of its own: `ACCOUNT, ARN = ...`."""
    return isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Tuple)


def modules() -> Iterator[tuple[str, str]]:
    """Each module outside the home of keys, with its source."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith((HOME, STORIES)):
            yield name, path.read_text(encoding="utf-8")


def test_no_module_has_a_table_of_keys() -> None:
    found = {name for name, source in modules() if any(True for _ in tables(source))}
    assert found == set(KNOWN_TABLES), (
        "ask the record of the key: trust_widgets/aws/keys/records.py"
    )


def test_a_table_of_keys_is_found() -> None:
    assert list(tables('_TOLD = {"aws:SourceArn": 1, "sts:ExternalId": 2}')) == [1]
    assert list(tables('x = 1\n_OPEN = frozenset({"aws:PrincipalArn", "aws:userid"})')) == [2]
    assert list(tables('_PAIRS = [("aws:SourceArn", "aws"), ("aws:RequestTag/", "saml")]')) == [1]
    assert list(tables('ARN, ACCOUNT = "aws:SourceArn", "aws:SourceAccount"')) == []
    assert (
        list(
            tables(
                '_KEY = "aws:SourceArn"\n_WHERE = {"here": "aws:SourceArn", "there":'
                ' "aws:SourceIp"}'
            )
        )
        == []
    )
