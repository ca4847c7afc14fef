"""The Python code in a document: the policy, the settings, and a test for each assertion."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from trust_widgets.documents.assertions import Assertion
from trust_widgets.documents.contents import DocumentContents
from trust_widgets.permissions import PermissionsPolicy
from trust_widgets.policy import Accepted, Home
from trust_widgets.saved_callers import request_code
from trust_widgets.text.quoting.python import Code, call, literal
from trust_widgets.text.quoting.shell import comment


def setup_code(contents: DocumentContents) -> str:
    """Return the code that imports the package and defines what the tests need."""
    lines = [
        "import datetime",
        "",
        "import trust_widgets as tw",
        *_import_of(contents.home),
        "",
        f"policy = {call('tw.parse', [contents.role.trust.to_dict()], {})}",
        f"home = {_arguments('tw.Home', contents.home)}",
    ]
    if contents.permissions:
        policies = [_permissions(policy) for policy in contents.permissions]
        lines.append(f"permissions = {literal(policies)}")
    return "\n".join(lines)


def code_of_test(assertion: Assertion) -> str:
    """Return the code that decides a request and asserts its outcome."""
    if assertion.with_permissions:
        given = {"permissions": Code("permissions")}
    else:
        given = {}
    decision = call("tw.evaluate", [Code("policy"), request_code(assertion.request)], given)
    return (
        f"{comment(assertion.name)}"
        f"decision = {decision}\n"
        f"assert decision.outcome == {literal(str(assertion.outcome))}, decision.because"
    )


def _permissions(policy: PermissionsPolicy) -> Code:
    return Code(call("tw.PermissionsPolicy.parse", [policy.to_dict()], {}))


def _arguments(name: str, value: Home | Accepted) -> Code:
    """The call that makes a value, with the arguments that differ from their defaults."""
    given = {
        each.name: _literal(getattr(value, each.name))
        for each in fields(value)
        if getattr(value, each.name)
    }
    return Code(call(name, [], given))


def _literal(value: Any) -> Any:
    """A value of `Home` as `literal` takes it."""
    if isinstance(value, date):
        return Code(f"datetime.date({value.year}, {value.month}, {value.day})")
    if isinstance(value, Accepted):
        return _arguments("Accepted", value)
    if isinstance(value, tuple):
        return tuple(map(_literal, value))
    return value


def _import_of(home: Home) -> list[str]:
    if home.accepted:
        return ["from trust_widgets.policy import Accepted"]
    return []
