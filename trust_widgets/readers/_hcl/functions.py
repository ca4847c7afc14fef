"""Terraform's functions, as far as their results are known from the files alone.

https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from trust_widgets.readers._hcl.calls import Call, FunctionFails
from trust_widgets.readers._hcl.collection_functions import COLLECTIONS
from trust_widgets.readers._hcl.plain_functions import PLAIN
from trust_widgets.readers._hcl.text_functions import TEXTS
from trust_widgets.readers._tree import EMPTY, Tree, from_plain
from trust_widgets.readers._tree_contents import is_known, plain

_FUNCTIONS: dict[str, Callable[[Call], Tree]] = {**COLLECTIONS, **TEXTS}


def called(name: str, call: Call) -> Tree:
    """The result of a function."""
    keeping = _FUNCTIONS.get(name)
    try:
        if keeping is not None and call.arguments:
            return _still_empty(keeping(call), call)
        function = PLAIN.get(name)
        if function is None or not all(map(is_known, call.arguments)):
            return call.not_known
        value = function(*map(plain, call.arguments))
    except FunctionFails:
        if all(map(is_known, call.arguments)):
            return call.failed
        return call.not_known
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, re.error, OverflowError):
        return call.not_known
    return from_plain(value, call.at.start, call.at.end, call.not_known.defaults)


def _still_empty(made: Tree, call: Call) -> Tree:
    """A collection that is empty because a default is."""
    has_contents = made.items or made.members or made.holes
    if made.kind not in ("list", "object") or has_contents:
        return made
    for one in call.arguments:
        if one.tag.startswith(EMPTY):
            return replace(made, tag=one.tag)
    return made
