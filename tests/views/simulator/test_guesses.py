"""Try a caller: what AWS said first, what nobody said, and where to say it."""

from __future__ import annotations

from typing import Any

import trust_widgets as tw
from trust_widgets.policy import Condition, Principal, Statement, TrustPolicy

ROOT = "arn:aws:iam::444455556666:root"
USER = "arn:aws:iam::444455556666:user/ops"
ORGANIZATION = "o-abcdefghij"


def model(principal: str, **asked: str) -> tw.TrustModel:
    """A role of account 111122223333 that trusts a principal, with conditions by key,
    `sts_ExternalId`.
    """
    conditions = tuple(
        Condition("StringEquals", key.replace("_", ":"), (value,)) for key, value in asked.items()
    )
    policy = TrustPolicy(
        (Statement("Allow", Principal(aws=principal), "sts:AssumeRole", conditions),)
    )
    return tw.TrustModel(text=str(policy), account="111122223333")


def click(view: Any, do: str, **arguments: Any) -> None:
    """What the browser sends for a click."""
    view._hear(view, {"do": do, **arguments}, [])
    assert view.state["fault"] is None


def fill(view: Any, **fields: Any) -> None:
    """What the browser sends when fields were typed."""
    view.typed = {
        "revision": view.state["revision"] + 1,
        "caller": view.caller,
        "fields": fields,
        "kept": None,
    }


def pasted(trusted: tw.TrustModel, why: str = "", caller: str = USER) -> Any:
    """The view with a message of AWS's in it."""
    text = (
        f"User: {caller} is not authorized to perform: sts:AssumeRole on resource:"
        " arn:aws:iam::111122223333:role/app"
    )
    return tw.SimulatorView(trusted, "error_message", text=f"{text} {why}".strip())


def test_a_cause_that_aws_named_comes_first_and_no_change_of_the_policy_is_offered() -> None:
    """Nor made, when a browser asks for it; the still form says it too."""
    trusted = model("arn:aws:iam::444455556666:role/deployer")
    plain, view = (
        pasted(trusted),
        pasted(trusted, "with an explicit deny in a service control policy"),
    )
    (widening,) = [change for change in plain.state["answer"]["changes"] if change["fix"]]
    answer = view.state["answer"]

    assert answer["refusal"].startswith(
        "AWS says what denied this call: a Deny in a service control policy (SCP)"
    )
    assert [change["where"] for change in answer["changes"]] == ["elsewhere"] and not answer[
        "settles"
    ]
    before = trusted.text
    click(view, "apply", id=widening["id"])
    assert trusted.text == before
    assert "a Deny in a service control policy (SCP)" in view.still()


def test_a_resource_based_policy_is_this_one() -> None:
    """So its changes are offered."""
    why = "because no resource-based policy allows the sts:AssumeRole action"
    answer = pasted(model("arn:aws:iam::444455556666:role/deployer"), why).state["answer"]

    assert (
        answer["refusal"]
        == "AWS says what denied this call: no statement of the trust policy allows it."
    )
    assert any(change["fix"] for change in answer["changes"])


def test_a_message_without_a_cause_names_the_suspects() -> None:
    """And no tags, of which it says nothing."""
    answer = pasted(model(ROOT, sts_ExternalId="b2f6c3de")).state["answer"]

    assert answer["refusal"].endswith("First check sts:ExternalId and the caller's own policies.")
    assert "TagKeys" not in answer["because"] + answer["refusal"]


def test_where_nothing_is_to_be_added_nothing_stands_first() -> None:
    """The headline says it; nor does an empty line stand in the still form."""
    view = pasted(model("999988887777"))

    assert view.state["answer"]["refusal"] == "" and "<p></p>" not in view.still()
    assert tw.SimulatorView(model(ROOT)).state["answer"]["refusal"] == ""


def test_a_pasted_call_goes_on_in_the_form_of_its_caller() -> None:
    """Where an external ID can be said, of which the message says nothing."""
    view = pasted(model(ROOT, sts_ExternalId="b2f6c3de"))
    assert view.state["answer"]["sayMore"] == "IAM user"
    click(view, "edit")
    assert view.caller == "iam_user" and view.state["answer"]["guesses"] == []

    fill(view, external_id="b2f6c3de", permission="yes")
    assert view.state["answer"]["outcome"] == "allowed"


def test_a_pasted_session_goes_on_too() -> None:
    """That it has no MFA is so in either form, whether the policy requires it or not."""
    session = "arn:aws:sts::444455556666:assumed-role/ci/run-1"
    view = pasted(model(ROOT, sts_ExternalId="b2f6c3de"), caller=session)
    assert view.state["answer"]["sayMore"] == "Role session"
    click(view, "edit")

    assert view.request.principal == session and view.state["answer"]["outcome"] == "not allowed"


def test_it_does_not_where_the_role_would_be_another_accounts() -> None:
    """The form asks about the role of the model: in another account the answer would be another."""
    trusted = model(ROOT, sts_ExternalId="b2f6c3de")
    trusted.account = "999988887777"
    view = pasted(trusted)
    assert view.state["answer"]["sayMore"] == ""
    click(view, "edit")

    assert view.caller == "error_message"


def test_what_is_open_says_where_to_say_it() -> None:
    """The question of the form that tells it, as far as the form has one."""
    view = tw.SimulatorView(model(ROOT), "iam_user", arn=USER)
    answer = view.state["answer"]
    (change,) = answer["changes"]

    assert answer["settles"] and answer["outcome"] == "depends"
    assert change["field"] == {
        "name": "permission",
        "label": ("Caller has sts:AssumeRole permission"),
    }
    other = pasted(model(ROOT, sts_ExternalId="b2f6c3de")).state["answer"]
    assert [change["field"] is None for change in other["changes"]] == [True, False]


def test_what_has_to_change_is_nothing_to_say() -> None:
    """There all is known."""
    answer = tw.SimulatorView(model("999988887777"), "iam_user", arn=USER, permission="yes").state[
        "answer"
    ]

    assert answer["outcome"] == "not allowed" and not answer["settles"]
    assert all(change["field"] is None for change in answer["changes"])


def test_what_only_the_policy_says_is_told() -> None:
    """Nobody said that the caller's account is in that organization."""
    view = tw.SimulatorView(model("*", aws_PrincipalOrgID=ORGANIZATION))
    (guess,) = view.state["answer"]["guesses"]

    assert guess == {"name": "organization", "label": "Its organization", "value": ORGANIZATION}
    assert (
        "It was filled in because the policy requires it. &quot;Its organization&quot;"
        in view.still()
    )


def test_what_somebody_said_is_no_guess() -> None:
    """In code, or typed; not even when it is what the policy asks for."""
    asked = {"arn": USER, "organization": ORGANIZATION}
    told = tw.SimulatorView(model("*", aws_PrincipalOrgID=ORGANIZATION), "iam_user", **asked)
    assert told.state["answer"]["guesses"] == []

    view = tw.SimulatorView(model("*", aws_PrincipalOrgID=ORGANIZATION))
    fill(view, organization="o-zzzzzzzzzz")
    fill(view, organization=ORGANIZATION)
    assert view.state["answer"]["guesses"] == [] and "filled in because" not in view.still()
    click(view, "guess")
    assert [guess["name"] for guess in view.state["answer"]["guesses"]] == ["organization"]


def test_a_guess_on_which_nothing_rests_is_not_told() -> None:
    """The policy no longer asks for it."""
    view = tw.SimulatorView(model("*", aws_PrincipalOrgID=ORGANIZATION))
    view.model.text = model("*").text

    assert view.state["answer"]["guesses"] == []


def test_an_external_id_that_was_guessed_is_in_no_still_form() -> None:
    """It is named by its question."""
    view = tw.SimulatorView(model(ROOT, sts_ExternalId="b2f6c3de"))

    assert [guess["name"] for guess in view.state["answer"]["guesses"]] == ["external_id"]
    assert "&quot;External ID passed&quot;" in view.still() and "b2f6c3de" not in view.still()
