"""Copy as Python: the call that makes this very state again."""

from __future__ import annotations

import re
from typing import Any

from trust_widgets.aws.keys.records import key_record
from trust_widgets.forms import complete
from trust_widgets.model import EMPTY, Grant, TrustModel
from trust_widgets.patterns import PATTERNS
from trust_widgets.policy import CACHE, Fix, Replace, TrustPolicy
from trust_widgets.text.quoting.python import Code, call

ANSWER = "external_id"  # what patterns call it that ask for one
# What follows the name of the key in a text that cannot be read, up to the next key or the end of
# the object.
_AFTER_NAME = re.compile(
    r"""(externalid["']?\s*:?)(.*?)(?=\}|["'][\w-]+:[^"'{}\[\],]*["']\s*:|\Z)""",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"""[^\s:,{}\[\]"']+""")
LEFT_OUT = "# The external ID was left out: enter it between the quotes.\n"


def python_from_model(model: TrustModel) -> str:
    """Python source that shows a builder with the same policy, role and grants.

    External IDs that someone pasted are left out; where one was, the source says so.
    """
    role = _role(model)
    if not model.is_good or _is_written_otherwise(model):
        text, left_out = _without_external_ids(model)
        code = call("tw.TrustBuilder", [], {"text": text, **role})
    else:
        left_out = any(map(_holds_external_id, model.grants))
        code = _from_grants(model, role)
    return f"import trust_widgets as tw\n\n{LEFT_OUT if left_out else ''}{code}\n"


def _from_grants(model: TrustModel, role: dict[str, Any]) -> str:
    if not model.grants:
        return call("tw.TrustBuilder", [], role)
    if len(model.grants) == 1 and not model.grants[0].sids:
        return call(
            "tw.TrustBuilder", [model.grants[0].pattern], {**_said(model.grants[0]), **role}
        )
    grants = [Code(_grant(grant)) for grant in model.grants]
    return call("tw.TrustBuilder", [], {"grants": grants, **role})


def _grant(grant: Grant) -> str:
    """A grant's source; written once, since a key changes one grant of many."""
    memo = CACHE.grants.of(grant)
    source: str | None = memo.get(_grant)
    if source is None:
        source = memo[_grant] = _new_grant(grant)
    return source


def _new_grant(grant: Grant) -> str:
    said = _said(grant)
    guards = {"guards": said.pop("guards")} if "guards" in said else {}
    sids = {"sids": grant.sids} if grant.sids else {}
    return call("tw.Grant", [grant.pattern, said], {**guards, **sids})


def _said(grant: Grant) -> dict[str, Any]:
    guards = [
        Code(
            call("tw.Guard", [g.key, g.operator, () if key_record(g.key).secret else g.values], {})
        )
        for g in grant.guards
    ]
    fields = PATTERNS[grant.pattern].fields_for(grant.answers)
    every = complete(fields, grant.answers)
    asked = [
        field.name for field in fields if field.is_asked(every) and field.name in grant.answers
    ]
    answers = {name: "" if name == ANSWER else grant.answers[name] for name in asked}
    return {**answers, **({"guards": guards} if guards else {})}


def _holds_external_id(grant: Grant) -> bool:
    return bool(grant.answers.get(ANSWER)) or any(
        key_record(guard.key).secret for guard in grant.guards
    )


def _role(model: TrustModel) -> dict[str, Any]:
    """The role's own fields, where they are not the usual ones."""
    usual = {"account": "", "role_name": "example-role", "path": "/", "max_session": 3600}
    said = {name: getattr(model, name) for name in usual}
    return {name: value for name, value in said.items() if value != usual[name]}


def _is_written_otherwise(model: TrustModel) -> bool:
    """Whether the text is anything but what the grants would write into an empty policy."""
    if any(grant.by_hand for grant in model.grants):
        return True
    return model.text != (
        str(TrustPolicy(model.policy.statements)) if model.policy.statements else EMPTY
    )


def _without_external_ids(model: TrustModel) -> tuple[str, bool]:
    if not model.is_good:
        without = _unreadable_without_external_ids(model.text)
        return without, without != model.text
    edits = [
        Replace(("Statement", index, *path), "")
        for index, statement in enumerate(model.policy.statements)
        for path, _, _ in statement.values_of("sts:ExternalId")
    ]
    if edits:
        return (Fix("", tuple(edits)).apply(model.text), True)
    return (model.text, False)


def _unreadable_without_external_ids(text: str) -> str:
    """Return a broken text without the values of external IDs.

    It has no places that could be relied on, so that what follows the key's name goes. The name may
    be written with escapes, which are read first.
    """
    escapes = re.compile(r"\\u00([2-7][0-9a-fA-F])")
    if "externalid" in escapes.sub(_character, text).lower():
        text = escapes.sub(_character, text)
    return _AFTER_NAME.sub(lambda found: found[1] + _VALUE.sub("", found[2]), text)


def _character(escape: re.Match[str]) -> str:
    """Return the character of an escape; quotes and backslashes stay escaped."""
    character = chr(int(escape[1], 16))
    if character in '"\\':
        return escape[0]
    return character
