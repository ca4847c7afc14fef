"""What changed, and what a fix would change, without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.access import Answer, Comparison
from trust_widgets.findings import fix_of_all
from trust_widgets.policy import Replace
from trust_widgets.views.changes.consequences import (
    AFTER,
    Consequences,
    consequences_of,
    consequences_state,
    sentence_of,
)

ROLE = "arn:aws:iam::444455556666:role/app"
HOSTILE = '<img src=x onerror="alert(1)">'


def policy(*who: str, kind: str = "AWS") -> str:
    """A policy that trusts each of them by a statement of its own."""
    statements = [
        {"Effect": "Allow", "Principal": {kind: each}, "Action": "sts:AssumeRole"} for each in who
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)


def answers(view: tw.ChangesView) -> dict[str, str]:
    """What is drawn of who gained and who lost."""
    return {each["which"]: each["found"] for each in view.state["consequences"]["answers"]}


def test_a_wider_policy_lets_somebody_new_in() -> None:
    """From one role to its whole account: somebody gains, nobody loses, and no session needs
    ending.
    """
    view = tw.ChangesView(old=policy(ROLE), new=policy("444455556666"))
    gained = view.state["consequences"]["answers"][0]

    assert answers(view) == {"gained": "yes", "lost": "no"}
    assert gained["call"]["principal"] != ROLE and gained["because"].startswith("Before: ")
    assert view.state["consequences"]["revoke"] is None


def test_a_narrower_policy_does_not_end_sessions() -> None:
    """Somebody loses, with the first reason that differs, and the line that ends old sessions."""
    view = tw.ChangesView(old=policy("444455556666"), new=policy(ROLE))
    lost = view.state["consequences"]["answers"][1]

    assert answers(view) == {"gained": "no", "lost": "yes"}
    assert lost["because"].startswith("Now: ")
    assert "aws:TokenIssueTime" in view.state["consequences"]["revoke"]["text"]
    assert "aws iam put-role-policy" in view.still()


def test_another_spelling_changes_nothing_and_that_is_proved() -> None:
    """An account's id and its root ARN are the same principal."""
    view = tw.ChangesView(old=policy("444455556666"), new=policy("arn:aws:iam::444455556666:root"))
    assert view.state["consequences"]["same"] == "yes" and view.state["unchanged"] == ""
    assert "proven" in view.state["consequences"]["headline"]


def test_not_decided_is_said_plainly() -> None:
    """A policy that IAM refuses has no meaning to decide by."""
    view = tw.ChangesView(old=policy(ROLE), new=policy(ROLE).replace("Allow", "Alow"))
    assert answers(view) == {"gained": "unknown", "lost": "unknown"}
    assert (
        "is not decided: IAM would reject this policy"
        in view.state["consequences"]["answers"][0]["sentence"]
    )
    assert "too many" in sentence_of(
        "lost", Answer(None, None, "Not decided: there are too many possibilities.")
    )


def test_since_it_was_opened_and_from_here() -> None:
    """The reader can set the point, and go back to the beginning."""
    model = tw.TrustModel(text=policy(ROLE))
    view = tw.ChangesView(model)
    view.do_open()
    assert view.state["unchanged"] and not view.state["moved"]

    model.text = policy("444455556666")
    assert answers(view)["gained"] == "yes"
    view.do_from_here()
    assert view.state["unchanged"] and view.state["moved"] and model.since == model.text
    view.do_from_start()
    assert answers(view)["gained"] == "yes"


def test_undo_does_not_move_the_point() -> None:
    """What changes are counted from is where the reader is, and no part of the document."""
    model = tw.TrustModel(text=policy(ROLE))
    model.text = policy("444455556666")
    model.since = model.text
    model.undo()
    assert model.since == policy("444455556666") and model.text == policy(ROLE)


def test_an_older_text_that_is_no_policy() -> None:
    """There is nothing to compare with, and the view says so."""
    view = tw.ChangesView(old="{", new=policy(ROLE))
    assert (
        view.state["wrong"]
        and view.state["consequences"] is None
        and ("The earlier text is not a valid policy, so there is nothing to compare with")
        in view.still()
    )


def test_a_model_and_a_newer_policy_are_too_much() -> None:
    """One of them is the newer one."""
    with pytest.raises(TypeError, match="not both"):
        tw.ChangesView(tw.TrustModel(), new=policy(ROLE))


def test_what_is_shown_is_stable_and_escaped() -> None:
    """The same each time, without markup of a stranger."""
    view = tw.ChangesView(old=policy(ROLE), new=policy(HOSTILE, "*"))
    assert repr(view) == repr(tw.ChangesView(old=policy(ROLE), new=policy(HOSTILE, "*")))
    assert "<img" not in view.still()


def test_try_hands_over_whoever_gained() -> None:
    """And nobody when nobody did."""
    view = tw.ChangesView(old=policy(ROLE), new=policy("444455556666"))
    view.do_try("lost")
    assert view.model.tried == ()
    view.do_try("gained")
    assert view.model.tried[0] == view.consequences.comparison.gained.witness  # type: ignore[union-attr]


# -- a fix before it is applied --------------------------------------------------------------------

UPPER = policy("EC2.amazonaws.com", "ecs.amazonaws.com", "Lambda.amazonaws.com", kind="Service")


def finding_of(view: tw.FindingsView, place: int = 0) -> dict[str, Any]:
    """One of the findings about capital letters."""
    fixable = [each for each in view.state["findings"] if each["fix"]]
    return fixable[place]


def test_a_fix_is_weighed_when_it_is_opened_and_not_before() -> None:
    """Nothing is compared at a key; a new text forgets what was weighed."""
    view = tw.FindingsView(tw.TrustModel(text=UPPER))
    assert view.state["weighed"] == {}

    view.do_weigh(finding_of(view)["id"])
    weighed = view.state["weighed"][finding_of(view)["id"]]["consequences"]
    assert {each["which"]: each["found"] for each in weighed["answers"]}["gained"] == "yes"
    assert "The AWS service ECS can assume this role." in weighed["kept"]
    assert weighed["revoke"] is None  # IAM never saved it

    view.model.text = UPPER.replace("ecs.", "ecs-tasks.")
    assert view.state["weighed"] == {}


def test_what_a_fix_would_do_is_not_called_now() -> None:
    """It is before and after, since nothing is changed yet; what was changed is before and now."""
    root = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringLike": {"aws:PrincipalOrgID": "*"}},
                }
            ],
        }
    )
    one, other = tw.parse(policy("444455556666")), tw.parse(root)
    for old, new, because in ((one, other, "Before: "), (other, one, "After: ")):
        drawn = consequences_state(consequences_of(old, new, tw.Home(), tw.Role("app")), AFTER)
        which = "gained" if because == "Before: " else "lost"
        (answer,) = [each for each in drawn["answers"] if each["which"] == which]
        assert answer["because"].startswith(because) and drawn["now"] == "After"
    view = tw.FindingsView(tw.TrustModel(text=UPPER))
    view.do_weigh(finding_of(view)["id"])
    assert view.state["weighed"][finding_of(view)["id"]]["consequences"]["now"] == "After"
    assert (
        consequences_state(consequences_of(one, other, tw.Home(), tw.Role("app")))["now"] == "Now"
    )


def test_all_of_a_kind_are_mended_in_one_step() -> None:
    """With the joint change shown before, and one undo for all of it."""
    model = tw.TrustModel(text=UPPER)
    view = tw.FindingsView(model)
    finding = finding_of(view)
    assert finding["alike"] == 2
    view.do_weigh(finding["id"])
    change = view.state["weighed"][finding["code"]]["change"]
    assert UPPER[: change["from"]] + change["insert"] + UPPER[change["to"] :] == policy(
        "ec2.amazonaws.com", "ecs.amazonaws.com", "lambda.amazonaws.com", kind="Service"
    )

    view.do_fix_all(finding["id"])
    assert "EC2" not in model.text and "Lambda" not in model.text
    model.undo()
    assert model.text == UPPER


def test_what_was_accepted_is_not_mended_along() -> None:
    """The reader lives with it."""
    model = tw.TrustModel(text=UPPER)
    view = tw.FindingsView(model)
    view.do_accept(finding_of(view, 0)["id"], "As it is.")
    model.apply_all(finding_of(view, 0)["code"])
    assert ("EC2" in model.text) != ("Lambda" in model.text)


def test_places_of_several_fixes_do_not_move_each_other() -> None:
    """Made from the last place to the first; a code without fixes has no joint one."""
    text = '{"Statement": [{"Effect": "a"}, {"Effect": "b"}, {"Effect": "c"}]}'
    found = [
        tw.Finding(
            "TP199",
            "x",
            "refused",
            "error",
            "m",
            ("Statement", n),
            fix=tw.Fix("Write Allow", (Replace(("Statement", n, "Effect"), "Allow"),)),
        )  # type: ignore[arg-type]
        for n in range(3)
    ]
    fix = fix_of_all(text, found, "TP199")
    assert fix is not None and fix.title == "Write Allow"
    assert (
        fix.apply(text)
        == '{"Statement": [{"Effect": "Allow"}, {"Effect": "Allow"}, {"Effect": "Allow"}]}'
    )
    assert fix_of_all(text, found, "TP198") is None


def test_a_headline_names_both_directions() -> None:
    """Who gained and who lost are told apart."""
    told = Consequences(Comparison(Answer(True), Answer(False)), (), (), tw.Role("app"))
    assert told.headline == "New callers can assume this role. No one loses access (proven)."
