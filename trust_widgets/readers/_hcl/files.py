"""Terraform's functions that read files, of the folder that was given alone.

https://developer.hashicorp.com/terraform/language/functions/file
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from trust_widgets.readers._hcl import templates
from trust_widgets.readers._hcl.calls import Call
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._hcl.template_values import filled
from trust_widgets.readers._hcl.templates import Chars
from trust_widgets.readers._hcl.values import SET
from trust_widgets.readers._sources import SourceText
from trust_widgets.readers._tree import Tree, from_plain, listed, scalar, text_of_scalar
from trust_widgets.readers._tree_contents import plain
from trust_widgets.readers._yaml import yaml_documents
from trust_widgets.readers._yaml_trees import NotYaml

if TYPE_CHECKING:
    from trust_widgets.readers._hcl.module import Module


_MANY = re.compile(r"\*\*|\{")
_WILDCARD = re.compile(r"[*?\[]")


def _read(module: Module, call: Call) -> SourceText | None:
    if call.arguments:
        path = call.arguments[0].known_text
    else:
        path = ""
    if path:
        return module.folder.read(path)
    return None


def _file(module: Module, call: Call) -> Tree:
    source = _read(module, call)
    if source is None:
        return call.not_known
    start, end = source.base, source.base + len(source.text)
    return Tree(start, end, value=source.clean, places=range(start, end + 1), tag="argument")


def _template_file(module: Module, call: Call) -> Tree:
    source = _read(module, call)
    if source is None:
        return call.not_known
    places = range(source.base, source.base + len(source.text) + 1)
    return _filled(module, call, Chars(source.clean, places))


def _template_string(module: Module, call: Call) -> Tree:
    if call.arguments:
        text = call.arguments[0]
    else:
        text = call.at
    if not text.known_text or text.places is None:
        return call.not_known
    return _filled(module, call, Chars(text.known_text, text.places))


def _filled(module: Module, call: Call, chars: Chars) -> Tree:
    if len(call.arguments) < 2 or call.arguments[1].kind != "object":
        return call.not_known
    return template_of(module, chars, call.arguments[1]) or call.not_known


def template_of(module: Module, chars: Chars, values: Tree) -> Tree | None:
    """A template with its values; `None` for a text that is no template.

    Args:
        module: where it is used. chars: its text. values: an object of what its names represent.
    """
    names: dict[str, Tree] = {}
    for key, value in values.members:
        names[text_of_scalar(key.value)] = value
    try:
        parts = templates.of_file(chars)
    except templates.NotATemplate:
        return None
    start, end = chars.places[0], chars.places[len(chars.text)]
    made = filled(parts, Scope(module, chars, names), start, end)
    return replace(made, tag="argument")


def _exists(module: Module, call: Call) -> Tree:
    """`fileexists`, of a file inside the folder; what is outside is not looked at."""
    if call.arguments:
        path = call.arguments[0].known_text
    else:
        path = ""
    if not path or not module.folder.holds(path):
        return call.not_known
    is_there = os.path.isfile(path)
    return scalar(is_there, call.at.start, call.at.end, call.arguments[0].defaults)


def _file_set(module: Module, call: Call) -> Tree:
    """`fileset`, of a pattern without `**` and braces."""
    texts = [one.known_text for one in call.arguments]
    if len(texts) != 2 or not all(texts):
        return call.not_known
    path, pattern = texts
    folder, _, name = pattern.rpartition("/")
    if _MANY.search(pattern) or _WILDCARD.search(folder):
        return call.not_known
    inside = os.path.normpath(os.path.join(path, folder))
    if not module.folder.holds(inside):
        return call.not_known
    items = []
    for file in module.folder.names_in(inside, ""):
        base = os.path.basename(file)
        if not fnmatchcase(base, name) or not os.path.isfile(file):
            continue
        found = f"{folder}/{base}" if folder else base
        items.append(scalar(found, call.at.start, call.at.end))
    made = listed(items, call.at.start, call.at.end)
    return replace(made, tag=SET)


def _yaml(module: Module, call: Call) -> Tree:
    """`yamldecode`; of a file, with the places there."""
    if call.arguments:
        text = call.arguments[0]
    else:
        text = call.at
    if not text.known_text:
        return call.not_known
    source = module.sources.of(text.start)
    is_file = source.base == text.start and source.clean == text.known_text
    try:
        read = yaml_documents(source if is_file else SourceText("", text.known_text, 0))
    except NotYaml:
        return call.failed
    if len(read) != 1:
        return call.not_known
    if is_file:
        return read[0].resting_on(text.defaults)
    return from_plain(plain(read[0]), text.start, text.end, text.defaults)


FILE_FUNCTIONS: dict[str, Callable[[Module, Call], Tree]] = {
    "file": _file,
    "templatefile": _template_file,
    "templatestring": _template_string,
    "fileexists": _exists,
    "fileset": _file_set,
    "yamldecode": _yaml,
}
