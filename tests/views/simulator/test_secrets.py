"""What a tried caller gives in secret is in nothing that a notebook saves; what the policy says is
no secret.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from ipywidgets.embed import embed_data

import trust_widgets as tw
from trust_widgets.explain import GIVEN

OWN, SECRET, TAKEN_OVER = "octo-policy-own-id", "b2f6c3de-of-a-caller", "c3d4e5f6-taken-over"
VENDOR = tw.Grant("vendor", {"vendor": "444455556666", "external_id": OWN})
NOT_ASKED = tw.Grant("another_account", {"caller_account": "444455556666"})


def model(grant: tw.Grant) -> tw.TrustModel:
    return tw.TrustModel(account="111122223333", grants=[grant])


def give(view: Any, external_id: str) -> None:
    """Type an external id, and the account that the policy names."""
    view.typed = {
        "revision": view.state["revision"] + 1,
        "caller": view.caller,
        "fields": {"external_id": external_id, "account": "444455556666"},
        "kept": None,
    }


def saved(*views: Any) -> str:
    """All that a notebook with these views is saved with."""
    pages = [each._repr_mimebundle_() for each in views]
    return json.dumps([embed_data(views)["manager_state"], pages], default=str) + repr(views)


@pytest.mark.parametrize("caller", ["iam_user", "role_session"])
@pytest.mark.parametrize("grant", [VENDOR, NOT_ASKED], ids=["asked for", "not asked for"])
def test_an_external_id_that_is_typed_is_saved_nowhere(grant: tw.Grant, caller: str) -> None:
    """Not in the form, the answer, the rows, the changes, the tree, nor in what is kept."""
    view = tw.SimulatorView(model(grant), caller)
    give(view, SECRET)
    view.hear({"do": "whole", "whole": True})
    view.hear({"do": "keep", "name": "ops"})
    assert view.request is not None and view.request.context["sts:ExternalId"] == SECRET
    assert SECRET not in saved(view, tw.TrustBuilder(view.model))
    (field,) = [each for each in view.state["fields"] if each["name"] == "external_id"]
    assert field["withheld"] and "Given" in field["help"]


def test_the_answer_says_that_one_was_given() -> None:
    """The policy's own id is there: it is in the document."""
    view = tw.SimulatorView(model(VENDOR), "iam_user")
    give(view, SECRET)
    answer = view.state["answer"]
    assert answer["because"].startswith(
        f'sts:ExternalId: the request has "{GIVEN}", the policy requires "{OWN}".'
    )
    (row,) = [each for each in answer["rows"] if each["key"] == "sts:ExternalId"]
    assert (row["has"], row["hasNote"]) == ([], GIVEN)


def test_a_change_with_a_secret_can_still_be_made() -> None:
    """It goes into the policy, and is none any more."""
    view = tw.SimulatorView(model(VENDOR), "iam_user")
    give(view, TAKEN_OVER)
    (change,) = [each for each in view.state["answer"]["changes"] if each["where"] == "policy"]
    assert TAKEN_OVER not in json.dumps(change)
    view.hear({"do": "apply", "id": change["id"]})
    assert TAKEN_OVER in view.model.text
    assert view.decision is not None and view.decision.outcome != "not allowed"
    (field,) = [each for each in view.state["fields"] if each["name"] == "external_id"]
    assert (field["withheld"], field["value"]) == (False, TAKEN_OVER)


def test_what_stands_in_the_policy_is_shown() -> None:
    view = tw.SimulatorView(model(VENDOR), "iam_user")
    give(view, OWN)
    (field,) = [each for each in view.state["fields"] if each["name"] == "external_id"]
    assert (field["withheld"], field["value"]) == (False, OWN)


def test_a_request_that_came_ready_made_is_saved_without_its_external_id() -> None:
    request = tw.Request(
        "sts:AssumeRole", "arn:aws:iam::444455556666:user/ops", context={"sts:ExternalId": SECRET}
    )
    view = tw.SimulatorView(model(VENDOR))
    view.model.try_caller(request)
    assert [key["value"] for key in view.state["raw"]["call"]["keys"]] == [GIVEN]
    assert SECRET not in saved(view)
