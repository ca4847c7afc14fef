"""The values of a module's variables: what its call gives, what files give, or the default.

https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trust_widgets.readers._hcl.expressions import HclBlock
from trust_widgets.readers._hcl.syntax import NotTerraform
from trust_widgets.readers._hcl.types import typed
from trust_widgets.readers._hcl.values import is_null
from trust_widgets.readers._tree import EMPTY, Entry, Hole, Tree, not_told

if TYPE_CHECKING:
    from trust_widgets.readers._hcl.module import Module

# What a name represents that is not known, before the expression that uses it is known.
NOT_TOLD = not_told(Hole("", 0, 0))
_DEEPEST = 4


def value_of_variable(module: Module, name: str) -> Tree:
    """The value of a variable; `NOT_TOLD` for one that is not known."""
    block = _block(module, name)
    given = (module.arguments or {}).get(name)
    if given is not None and not (is_null(given) and _has_no_null(block)):
        value = _typed(module, name, given)
        if value.kind == "scalar":
            return replace(value, tag="argument")
        return value
    if name in module.values:
        return _typed(module, name, module.values[name])
    if block is None:
        return NOT_TOLD
    default = block.attribute("default")
    if default is None:
        return replace(NOT_TOLD, tag="The variable has no default value.")
    found = module.blocks[("variable", name)]
    value = _typed(module, name, module.scope(found).value(default.value))
    if module.arguments is not None and module.is_certain:
        return value  # its call is known, and leaves it out
    return _resting(_marked(value, f"var.{name}"), frozenset([f"var.{name}"]))


def _block(module: Module, name: str) -> HclBlock | None:
    found = module.blocks.get(("variable", name))
    try:
        if found is not None:
            return found.parsed()
        return None
    except NotTerraform:
        return None


def _has_no_null(block: HclBlock | None) -> bool:
    """Whether a variable that is given null has its default."""
    nullable = block.attribute("nullable") if block is not None else None
    return nullable is not None and nullable.value.value is False


def _typed(module: Module, name: str, value: Tree) -> Tree:
    """A value with what the variable's type makes of it."""
    block = _block(module, name)
    kind = block.attribute("type") if block is not None else None
    if kind is None:
        return value
    scope = module.scope(module.blocks[("variable", name)])
    return typed(value, kind.value, scope.value)


def _marked(value: Tree, name: str, depth: int = _DEEPEST) -> Tree:
    """A default whose empty parts are marked: the user of the module is to fill them."""
    is_empty = value.kind in ("list", "object") and not (value.items or value.members)
    if is_empty or (value.kind == "scalar" and value.value in (None, "")):
        return replace(value, tag=f"{EMPTY}{name}")
    if value.kind != "object" or not depth:
        return value
    members = [
        Entry(m.key, _marked(m.value, f"{name}.{m.key.known_text}", depth - 1))
        for m in value.members
    ]
    return replace(value, members=tuple(members))


def _resting(value: Tree, defaults: frozenset[str]) -> Tree:
    """A value all of which rests on a default."""
    return replace(
        value,
        defaults=value.defaults | defaults,
        items=tuple(_resting(item, defaults) for item in value.items),
        members=tuple(
            member._replace(value=_resting(member.value, defaults)) for member in value.members
        ),
    )
