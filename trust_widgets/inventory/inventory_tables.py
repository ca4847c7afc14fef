"""The rows of an inventory's tables: roles, findings and callers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256

from trust_widgets.access import CallerClass
from trust_widgets.evaluation import Request
from trust_widgets.findings import path_text
from trust_widgets.inventory.analysis import RoleAnalysis
from trust_widgets.inventory.arrow import Row
from trust_widgets.inventory.normal_form import Restoring
from trust_widgets.inventory.store import RoleStore, StoredRole

Columns = dict[str, type]
_WHO: Columns = {"role": str, "arn": str, "account": str}
_WHERE: Columns = {"file": str, "line": int, "column": int}
ROLE_COLUMNS: Columns = {
    **_WHO,
    "path": str,
    "verdict": str,
    "severity": str,
    "external": str,
    "callers": str,
    "findings": int,
    "status": str,
    "created": str,
    "last_used": str,
    "tags": str,
    "policy": str,
    **_WHERE,
}
FINDING_COLUMNS: Columns = {
    **_WHO,
    "code": str,
    "name": str,
    "verdict": str,
    "severity": str,
    "message": str,
    "place": str,
    "accepted": str,
    **_WHERE,
}
CALLER_COLUMNS: Columns = {
    **_WHO,
    "statement": int,
    "kind": str,
    "sentence": str,
    "external": str,
    "action": str,
    "principal": str,
    "context": str,
}
_MOST_FORMS = 20_000


def role_rows(store: RoleStore) -> Iterator[Row]:
    """A row for each role."""
    policies: dict[int, str] = {}
    for role in store.roles():
        own, summary = role.own, store.summary(role.form)
        policy = policies.get(role.form)
        if policy is None:
            policy = policies[role.form] = policy_mark(store.forms[role.form].text)
        yield (
            role.name,
            own.arn,
            own.account,
            own.path,
            summary.verdict,
            summary.severity,
            summary.external,
            summary.kinds,
            summary.findings,
            summary.status,
            role.created,
            role.last_used,
            tags_text(role.tags),
            policy,
            role.file,
            role.line,
            role.column,
        )


def policy_mark(text: str) -> str:
    """A short mark that roles with the same policy share; `""` for a policy that is not known."""
    if not text:
        return ""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def tags_text(tags: tuple[tuple[str, str], ...]) -> str:
    """Tags as one text: `"team=web, env=prod"`."""
    return ", ".join(f"{key}={value}" for key, value in tags)


def finding_rows(store: RoleStore) -> Iterator[Row]:
    """A row for each finding of each role."""
    rows = _Rows(store, _finding_parts)
    for role, made in rows:
        own = role.own
        for part in made:
            yield role.name, own.arn, own.account, *part, role.file, role.line, role.column


def caller_rows(store: RoleStore) -> Iterator[Row]:
    """A row for each class of callers of each role."""
    for role, made in _Rows(store, _caller_parts):
        own = role.own
        for part in made:
            yield role.name, own.arn, own.account, *part


class _Rows:
    """Each role with its rows, which are made once for all roles with the same form."""

    def __init__(self, store: RoleStore, parts: Callable[[RoleAnalysis], list[Row]]) -> None:
        self._store = store
        self._parts = parts
        self._known: dict[int, list[Row]] = {}

    def __iter__(self) -> Iterator[tuple[StoredRole, list[Row]]]:
        for role in self._store.roles():
            parts = self._of_form(role.form)
            form = self._store.forms[role.form]
            if form.is_shared and parts:
                restoring = Restoring(form, role.own)
                parts = [_restored(part, restoring) for part in parts]
            yield role, parts

    def _of_form(self, form: int) -> list[Row]:
        parts = self._known.get(form)
        if parts is None:
            if len(self._known) >= _MOST_FORMS:
                self._known.clear()
            parts = self._known[form] = self._parts(self._store.analysis(form))
        return parts


def _restored(part: Row, restoring: Restoring) -> Row:
    return tuple([restoring.text(cell) if isinstance(cell, str) else cell for cell in part])


def _finding_parts(analysis: RoleAnalysis) -> list[Row]:
    return [
        (
            each.code,
            each.name,
            str(each.verdict),
            str(each.severity),
            each.message,
            path_text(each.path),
            each.accepted,
        )
        for each in analysis.findings
    ]


def _caller_parts(analysis: RoleAnalysis) -> list[Row]:
    each = zip(analysis.callers, analysis.kinds, analysis.access, strict=True)
    return [_caller_part(*one) for one in each]


def _caller_part(caller: CallerClass, kind: str, external: str) -> Row:
    witness = caller.witness
    if len(caller.path) > 1:
        index = caller.path[1]
    else:
        index = 0
    statement = int(index) + 1
    if witness is None:
        return statement, kind, caller.sentence, external, "", "", ""
    return (
        statement,
        kind,
        caller.sentence,
        external,
        witness.action,
        witness.principal,
        context_text(witness),
    )


def context_text(witness: Request) -> str:
    """The condition keys of a call as JSON."""
    return json.dumps(dict(witness.context), ensure_ascii=False)
