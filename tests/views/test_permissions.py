"""The caller's policy beside the trust policy: one decision for both."""

from __future__ import annotations

import json
from typing import Any

import trust_widgets as tw

USER = "arn:aws:iam::444455556666:user/ops"
ROLE = "arn:aws:iam::111122223333:role/app"


def model() -> tw.TrustModel:
    """A role of 111122223333 that trusts account 444455556666."""
    grant = tw.Grant("another_account", {"caller_account": "444455556666"})
    return tw.TrustModel(grants=[grant], account="111122223333", role_name="app")


def allow(resource: str) -> str:
    """A permissions policy."""
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def typed(view: Any, **fields: str) -> dict[str, Any]:
    """What is drawn after typing."""
    view.typed = {"fields": fields, "revision": view.taken + 1}
    state: dict[str, Any] = view.state
    return state


def test_both_halves_are_decided_at_every_key() -> None:
    """First without a policy, then with one for another role, then for this one."""
    view = tw.PermissionsView(model())
    assert typed(view, caller=USER)["outcome"] == ""
    state = typed(view, permissions=allow("arn:aws:iam::111122223333:role/other"))
    assert state["outcome"] == "Not allowed" and "no permissions policy" in state["because"]
    assert [finding["code"] for finding in state["findings"]] == ["TP269"]
    state = typed(view, permissions=allow(ROLE))
    assert (state["outcome"], state["findings"], state["role"]) == ("Allowed", [], ROLE)


def test_the_trust_policy_decides_with_it() -> None:
    """An edit of the trust policy is seen here."""
    view = tw.PermissionsView(model(), caller=USER, permissions=allow(ROLE))
    assert view.state["outcome"] == "Allowed"
    view.model.text = view.model.text.replace("444455556666", "999988887777")
    assert view.state["outcome"] == "Not allowed"


def test_a_caller_without_a_second_half_is_told_why() -> None:
    """Services and holders of tokens."""
    view = tw.PermissionsView(model())
    provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    assert "AWS service" in typed(view, caller="ec2.amazonaws.com")["none"]
    assert "no AWS credentials" in typed(view, caller=provider)["none"]
    assert typed(view, caller=USER)["none"] == ""


def test_what_cannot_be_read_is_said_at_its_field() -> None:
    """A caller that is none, and a text that is no policy."""
    view = tw.PermissionsView(model())
    caller, _ = typed(view, caller="nobody", permissions="{")["fields"]
    assert "is not a caller" in caller["complaint"]
    _, policy = typed(view, caller=USER)["fields"]
    assert policy["complaint"] and view.decision is None


def test_it_is_a_tab_of_the_builder() -> None:
    """With its own traits."""
    builder = tw.TrustBuilder(model())
    assert "permissions" in builder.parts and builder.has_trait("permissions_typed")
