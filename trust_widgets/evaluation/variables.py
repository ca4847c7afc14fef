"""Values of a policy with their wildcards and variables read, and filled in for one call.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from trust_widgets.evaluation.context import Keys
from trust_widgets.policy import normalized_key
from trust_widgets.text.globs import Pattern, Wild, pattern_from_text

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_DEFAULT = re.compile(r"\s*([^,']*?)\s*,\s*'([^']*)'\s*")


class Variable(NamedTuple):
    """A policy variable: the key whose value represents it, in lower case and as written, and
    what does when the call has none.
    """

    key: str
    name: str
    default: str | None = None


Template: TypeAlias = "tuple[str | Wild | Variable, ...]"


def template_from_text(text: str, *, wildcards: bool, variables: bool) -> Template:
    """A value as its operator reads it.

    Args:
        text: the value.
        wildcards: whether `*` and `?` are wildcards.
        variables: whether `${...}` is a variable, and `${*}`, `${?}`, `${$}` these letters.

    Example:
        >>> template = template_from_text("app-${aws:username}-*", wildcards=True, variables=True)
        >>> template[0], template[1].key, template[2:]
        ('app-', 'aws:username', ('-', <Wild.RUN: '*'>))
        >>> template_from_text("a${*}", wildcards=True, variables=True)
        ('a', '*')
    """
    if not variables or "${" not in text:
        if wildcards:
            return pattern_from_text(text)
        return (text,)
    parts: list[str | Wild | Variable] = []
    for index, piece in enumerate(_VARIABLE.split(text)):
        is_name = index % 2 == 1
        if is_name and piece in ("*", "?", "$"):
            parts.append(piece)
        elif is_name:
            parts.append(_variable(piece))
        elif piece and wildcards:
            parts.extend(pattern_from_text(piece))
        elif piece:
            parts.append(piece)
    return tuple(parts)


def _variable(text: str) -> Variable:
    with_default = _DEFAULT.fullmatch(text)
    if with_default is not None:
        return Variable(normalized_key(with_default[1]), with_default[1], with_default[2])
    name = text.strip()
    return Variable(normalized_key(name), name, None)


def variables_of(template: Template) -> tuple[Variable, ...]:
    """The variables in a template."""
    return tuple(part for part in template if isinstance(part, Variable))


def fill(template: Template, keys: Keys) -> Pattern | Variable:
    """A template for one call; the first variable without a value, when one has no known value.

    A value put in is used letter by letter, its asterisks too: AWS does not say, so this is an
    assumption. A key with several values can't be a variable.
    """
    parts: list[str | Wild] = []
    for part in template:
        if isinstance(part, Variable):
            value = keys.get(part.key, part.default)
            if not isinstance(value, str):
                return part
            parts.append(value)
        else:
            parts.append(part)
    return tuple(parts)
