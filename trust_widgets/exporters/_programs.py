"""What exporters to programs share: a role's arguments, and JSON as a literal of TypeScript."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from trust_widgets.exporters import beside, companions_to_make
from trust_widgets.policy import Role
from trust_widgets.text.quoting._text import wrapped_line

# What IAM's API and CloudFormation call these.
AWS_NAMES = {
    "name": "RoleName",
    "path": "Path",
    "description": "Description",
    "max_session": "MaxSessionDuration",
}


def arguments(role: Role, names: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of a role but its policy, those that are not the usual ones only.

    Args:
        role: the role.
        names: what the tool calls `name`, `path`, `description` and `max_session`.
    """
    given = {
        names["path"]: role.path if role.path != "/" else "",
        names["description"]: role.description,
        names["max_session"]: role.max_session if role.max_session != 3600 else "",
    }
    unusual = {name: value for name, value in given.items() if value != ""}
    return {names["name"]: role.name, **unusual}


def notes(role: Role, mark: str) -> str:
    """What must exist with the role, as comments."""
    lines = []
    for companion in companions_to_make(role):
        for line in beside(companion).splitlines() or [""]:
            lines += [f"{mark} {part}".rstrip() for part in wrapped_line(_printable(line))]
    return "".join(f"{line}\n" for line in lines)


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in line)


def script_literal(value: Any, indent: int = 0) -> str:
    """A JSON value as a literal of JavaScript and TypeScript, in ASCII.

    Example:
        >>> print(script_literal({"Version": "2012-10-17"}))
        {
          "Version": "2012-10-17"
        }
    """
    text = json.dumps(value, indent=2)
    # An object of JavaScript takes the name __proto__ for something else, unless it is computed.
    text = text.replace('"__proto__":', '["__proto__"]:')
    return text.replace("\n", "\n" + " " * indent)


def identifier(text: str, fallback: str) -> str:
    """Letters and digits: `"example-app"` becomes `"ExampleApp"`.

    Example:
        >>> identifier("example-app", "Role"), identifier("2nd", "Role")
        ('ExampleApp', 'Role2nd')
    """
    letters = "".join(char if char.isascii() and char.isalnum() else " " for char in text)
    name = "".join(word[0].upper() + word[1:] for word in letters.split())
    if name[:1].isalpha():
        return name
    return f"{fallback}{name}"
