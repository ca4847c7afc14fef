"""A role of an inventory as the readers give it, made from what the inventory keeps."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from trust_widgets.inventory.normal_form import NAME, NormalForm, Restoring
from trust_widgets.inventory.store import RoleStore, StoredRole
from trust_widgets.readers import Place, RoleRecord, read_text


def policy_text(store: RoleStore, role: StoredRole) -> str:
    """The trust policy of a role as JSON; `""` where it is not known whole."""
    record = store.records.get(role.number)
    if record is not None:
        return record.text
    return Restoring(store.forms[role.form], role.own).text(store.forms[role.form].text)


def record_of_role(store: RoleStore, role: StoredRole) -> RoleRecord:
    """The record of a role.

    Where its source was an export, its document is in a text that is made from the role.
    """
    record = store.records.get(role.number)
    if record is not None:
        return record
    described = {
        "RoleName": role.name,
        "Arn": role.own.arn,
        "Path": role.own.path or "/",
        "CreateDate": role.created,
        "Tags": [{"Key": key, "Value": value} for key, value in role.tags],
    }
    made = _record(role.file, described, policy_text(store, role))
    return replace(made, place=Place(role.file, role.line, role.column, 0))


def record_of_form(form: NormalForm) -> RoleRecord:
    """A role with the stand-ins of a form."""
    return _record("", {"RoleName": NAME, "Arn": form.role}, form.text)


def _record(file: str, described: dict[str, Any], policy: str) -> RoleRecord:
    text = json.dumps(described)[:-1]
    written = f'{text}, "AssumeRolePolicyDocument": {_value(policy)}}}'
    return read_text(file, f'{{"Role": {written}}}').records[0]


def _value(text: str) -> str:
    """A policy as a value of a JSON document: what is no object is written as a string."""
    try:
        is_object = isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        is_object = False
    if is_object:
        return text
    return json.dumps(text)
