"""Whether what is "the own account" in a file is the account of the role.

A role and a data source may use different providers, which may be of different accounts.
https://developer.hashicorp.com/terraform/language/meta-arguments/resource-provider
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trust_widgets.readers._hcl.expressions import Expr, HclBlock
from trust_widgets.readers._hcl.syntax import NotTerraform
from trust_widgets.readers._tree import Entry, Hole, Tree, is_hole

if TYPE_CHECKING:
    from trust_widgets.readers._hcl.module import Module

DEFAULT = "aws"
_MARK = "provider "
# What says as whom a provider signs in.
_SIGNS_IN = (
    "profile",
    "access_key",
    "secret_key",
    "token",
    "shared_config_files",
    "shared_credentials_files",
    "shared_credentials_file",
)
_BLOCKS = {"assume_role", "assume_role_with_web_identity"}


def provider_of(module: Module, block: HclBlock | None) -> str:
    """The provider that a block uses, by a name that is the same in all modules."""
    attribute = block.attribute("provider") if block is not None else None
    name = _name_of(attribute.value) if attribute is not None else DEFAULT
    return module.providers.get(name) or f"{module.address}{name}"


def providers_of_call(module: Module, block: HclBlock) -> dict[str, str]:
    """The providers that a module gets from the block that calls it."""
    given = {DEFAULT: provider_of(module, None)}
    attribute = block.attribute("providers")
    parts = attribute.value.parts if attribute is not None else ()
    for key, value in zip(parts[::2], parts[1::2], strict=False):
        if key is not None and value is not None:
            name = _name_of(value)
            given[_name_of(key)] = module.providers.get(name) or f"{module.address}{name}"
    return given


def _name_of(expr: Expr) -> str:
    """`aws.other` as a text, also in quotes."""
    if expr.kind == "attribute" and expr.parts[0] is not None:
        return f"{_name_of(expr.parts[0])}.{expr.value}"
    if expr.kind == "json_string":
        value = expr.value[0]
    else:
        value = expr.value
    return str(value or DEFAULT)


def providers_of_root(module: Module) -> dict[str, str]:
    """The providers of a module that nobody calls; those that sign in alike have one name."""
    names: dict[str, str] = {DEFAULT: DEFAULT}
    signs: dict[str, str] = {}
    blocks = [found for found in module.provider_blocks if found.span.labels == (DEFAULT,)]
    for found in blocks:
        try:
            block = found.parsed()
        except NotTerraform:
            continue
        alias = block.attribute("alias")
        text = found.chars().text
        name = DEFAULT
        if alias is not None:
            written = text[alias.value.start : alias.value.end].strip('"')
            name = f"{DEFAULT}.{written}"
        signs[name] = _sign(block, text)
    default = signs.get(DEFAULT, "")
    for name, sign in signs.items():
        names[name] = DEFAULT if sign == default else name
    return names


def _sign(block: HclBlock, text: str) -> str:
    said = []
    for attribute in block.attributes:
        if attribute.name in _SIGNS_IN:
            said.append(text[attribute.start : attribute.end])
    for inner in block.blocks:
        if {inner.kind, *inner.labels} & _BLOCKS:
            said.append(text[inner.start : inner.end])
    one_line = (" ".join(one.split()) for one in sorted(said))
    return "\n".join(one_line)


def marked(provider: str) -> str:
    """What is noted at an account that is a provider's own, until the role is known."""
    return f"{_MARK}{provider}"


def _member_of_provider(member: Entry, provider: str) -> Entry:
    key, value = member
    return Entry(of_provider(key, provider), of_provider(value, provider))


def of_provider(tree: Tree, provider: str) -> Tree:
    """A role's policy, with the accounts of other providers than the role's as not known."""
    holes = tuple(_resolved(hole, provider) for hole in tree.holes)
    items = tuple(of_provider(item, provider) for item in tree.items)
    members = tuple(_member_of_provider(member, provider) for member in tree.members)
    if holes == tree.holes and items == tree.items and members == tree.members:
        return tree
    made = replace(tree, holes=holes, items=items, members=members)
    is_alone = made.is_text and is_hole(str(made.value)) and not holes[0].own
    if is_alone:
        return replace(made, kind="unknown", value=None)
    return made


def _resolved(hole: Hole, provider: str) -> Hole:
    if not hole.reason.startswith(_MARK):
        return hole
    if hole.reason == marked(provider):
        return hole._replace(reason="")
    return hole._replace(own="", reason="The provider may be in another account than the role.")
