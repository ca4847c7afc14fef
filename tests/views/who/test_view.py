"""Who gets in, without a browser: the cards, the picture, and what a reader without a kernel
sees.
"""

from __future__ import annotations

import base64
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.explain import deny_words, why_access_is_undecided
from trust_widgets.pictures import GOOD, WIDTH, Shape, wrapped
from trust_widgets.policy import Principal, Statement
from trust_widgets.text.html import GEOMETRY, SHAPES, Html, image, tag
from trust_widgets.views.simulator.form_for_request import form_for
from trust_widgets.views.who.view import SAY_SO, WhoPart, state_of_shape

HOSTILE = '<img src=x onerror="alert(1)">]]>\x00\x0b'
GITHUB = tw.Grant("github_oidc", {"owner": "octo*", "repository": "app", "branch": "main"})
ROOT = tw.Grant("another_account", {"caller_account": "444455556666"})
LAMBDA = tw.Grant("aws_service", {"services": ("lambda.amazonaws.com",)})


def model(*grants: tw.Grant, **written: Any) -> tw.TrustModel:
    """A model of some grants, in account 111122223333."""
    return tw.TrustModel(grants=list(grants), account="111122223333", **written)


def policy(*statements: dict[str, Any]) -> str:
    """A policy's text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def pictures(html: str) -> list[str]:
    """The pictures in some HTML, as SVG."""
    return [
        base64.b64decode(data).decode()
        for data in re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', html)
    ]


def test_strangers_come_first_and_each_card_has_its_call() -> None:
    """An owner that ends in * is anybody's; another account is somebody's, we don't know whose; a
    service is none.
    """
    cards = tw.WhoView(model(LAMBDA, ROOT, GITHUB)).state["cards"]

    assert [(card["stranger"], card["statement"]) for card in cards] == [
        ("yes", "Statement 3"),
        ("no", "Statement 1"),
        ("unknown", "Statement 2"),
    ]
    sub = next(key for key in cards[0]["call"]["keys"] if key["name"] == "sub")
    assert sub["value"].startswith("repo:octo") and not sub["value"].startswith("repo:octo/")
    assert "444455556666" in cards[2]["why"] and cards[0]["why"] == cards[1]["why"] == ""
    assert [part["text"] for part in cards[0]["parts"] if part["wide"]] == [
        "any owner whose name begins with octo"
    ]


def test_what_is_yours_is_no_stranger() -> None:
    """Once the reader says that the account is theirs, it is decided."""
    view = tw.WhoView(model(ROOT, home=tw.Home(accounts=("444455556666",))))
    assert [card["stranger"] for card in view.state["cards"]] == ["no"]


def test_a_card_without_a_call_says_why() -> None:
    """AWS does not document whether "*" matches services, and this role is for a service too."""
    assume = "sts:AssumeRole"
    service = Statement(principal=Principal(service=("ec2.amazonaws.com",)), action=assume)
    is_service = tw.Condition("StringEquals", "aws:PrincipalType", ("Service",))
    everyone = Statement(principal=Principal(aws=("*",)), action=assume, conditions=(is_service,))
    policy = tw.TrustPolicy((service, everyone))
    cards = tw.WhoView(tw.TrustModel(text=str(policy), account="111122223333")).state["cards"]
    reasons = [card["noCall"] for card in cards if card["statement"] == "Statement 2"]
    assert len(reasons) == 1 and "AWS does not document" in reasons[0]


def test_why_a_stranger_is_not_decided() -> None:
    """Each reason is another: a vendor's account, an unknown one, an issuer, a guard."""
    account = Statement(principal=Principal(aws=("arn:aws:iam::444455556666:root",)))
    token = Statement(
        principal=Principal(federated=("arn:aws:iam::111122223333:oidc-provider/idp.example.com",))
    )
    org = tw.Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))

    assert "it is not in your settings. Enter your accounts" in why_access_is_undecided(
        account, tw.Home(), "named account", SAY_SO
    )
    alone = tw.WhoView(tw.TrustModel(grants=[ROOT])).state["cards"][0]["why"]
    assert "in a HomeView" in alone and "tab" not in alone
    assert "tab Settings" in WhoPart.where_settings_are  # in the builder
    assert "Your vendor's account" in why_access_is_undecided(
        account, tw.Home(vendors=("444455556666",)), "vendor"
    )
    assert ("It depends on who can get tokens from this provider") in why_access_is_undecided(
        token, tw.Home(), "not decided"
    )
    assert "conditions" in why_access_is_undecided(
        Statement(principal=Principal(aws=("*",)), conditions=(org,)), tw.Home(), "not decided"
    )
    assert why_access_is_undecided(account, tw.Home("444455556666"), "no") == ""


def test_a_named_role_of_an_unknown_account_is_not_called_internal() -> None:
    """The card asks whose account it is, and one click says that it is the reader's."""
    role = Principal(aws=("arn:aws:iam::444455556666:role/app",))
    trust = tw.TrustPolicy((Statement(principal=role, action=("sts:AssumeRole",)),))
    view = tw.WhoView(tw.TrustModel(text=str(trust), home=tw.Home("111122223333")))
    view.do_open()
    card = view.state["cards"][0]
    assert (card["stranger"], card["word"]) == ("unknown", "External unless yours")
    assert card["accounts"] == ["444455556666"] and "is not in your settings" in card["why"]

    many = tuple(f"arn:aws:iam::44445555{number}:role/app" for number in range(6660, 6670))
    view.model.text = str(
        tw.TrustPolicy((replace(trust.statements[0], principal=Principal(many)),))
    )
    card = view.state["cards"][0]
    assert card["accounts"] == [] and card["why"].startswith("10 accounts are not in your settings")

    view.model.text = str(trust)
    view.model.home = tw.Home(("111122223333", "444455556666"))
    card = view.state["cards"][0]
    assert (card["stranger"], card["word"], card["why"]) == ("no", "No external access", "")


def test_nobody_is_asked_whose_an_account_is_where_others_are_external_anyway() -> None:
    """The answer would change nothing: tokens of anyone's repository are allowed too."""
    issuer = "token.actions.githubusercontent.com"
    statement = {
        "Effect": "Allow",
        "Principal": {
            "AWS": "arn:aws:iam::444455556666:role/app",
            "Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}",
        },
        "Action": ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"],
        "Condition": {"StringLikeIfExists": {f"{issuer}:sub": "repo:octo*/app:*"}},
    }
    view = tw.WhoView(tw.TrustModel(text=policy(statement)))
    view.do_open()
    [card] = view.state["cards"]
    assert (card["stranger"], card["accounts"]) == ("yes", [])


def test_a_statement_that_lets_nobody_in_is_told_with_the_reason() -> None:
    """AWS services sign in without MFA: the key is never there."""
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    dead = {
        "Effect": "Allow",
        "Principal": {"Service": "ec2.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": mfa,
    }
    state = tw.WhoView(tw.TrustModel(text=policy(dead))).state

    assert state["cards"] == [] and state["nobody"].startswith("No one can assume this role")
    assert state["shut"][0]["text"].startswith("Statement 1 allows no one: ")
    assert state["shut"][0]["path"] == ["Statement", 0]


def test_a_deny_is_told() -> None:
    """Whom it is for and under which condition; everyone means services too."""
    org = tw.Condition("StringNotEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))
    words = deny_words(1, Statement("Deny", Principal(star=True), ("sts:*",), (org,)))
    assert words.startswith("Statement 2 denies everyone if aws:PrincipalOrgID is not o-a1b2c3d4e5")


def test_the_last_good_policy_stays_while_the_text_cannot_be_read() -> None:
    """Drawn as stale, without places in a text that has none."""
    view = tw.WhoView(model(LAMBDA))
    view.do_open()
    view.model.text = "{"
    assert (
        view.state["stale"]
        and len(view.state["cards"]) == 1
        and view.state["cards"][0]["place"] == ""
    )
    # What is wrong with the newest text is not said of the older one.
    assert view.state["refused"] == "" and "reject" not in view.still()


def test_a_first_text_that_cannot_be_read() -> None:
    """Is not said to allow no one: there is no older one that the view could be about."""
    view = tw.WhoView(tw.TrustModel(text="{"))
    view.do_open()
    assert (view.state["stale"], view.state["nobody"]) == (False, view.model.summary)
    assert "not a valid policy" in view.model.summary and "No one" not in view.still()


def test_a_hidden_view_does_no_work() -> None:
    """It stays as it was until somebody looks again."""
    view = tw.WhoView(model(LAMBDA))
    view.model.grants = (ROOT,)
    assert view.state["seen"] is False and "Lambda" in view.state["cards"][0]["parts"][0]["text"]
    view.do_open()
    assert view.state["seen"] and "444455556666" in view.state["cards"][0]["parts"][0]["text"]


def test_try_this_caller_hands_the_call_over() -> None:
    """The simulator then answers for this very call, and offers the form that can make it."""
    view = tw.WhoView(model(GITHUB))
    simulator = tw.SimulatorView(view.model)
    view.do_try(view.state["cards"][0]["id"])

    assert simulator.request == view.model.callers[0].witness
    assert simulator.state["answer"]["outcome"] == "allowed"
    assert simulator.state["raw"]["editAs"] == "GitHub Actions run"
    simulator.do_edit()
    assert simulator.caller == "github_actions" and simulator.state["raw"] is None
    view.do_try(view.state["cards"][0]["id"])
    assert simulator.state["raw"] is not None  # the same call once more


def test_a_call_that_no_form_can_make_is_only_shown() -> None:
    """No AWS service passes a resource tag of the role."""
    call = tw.Request("sts:AssumeRole", "ec2.amazonaws.com", context={"aws:ResourceTag/team": "a"})
    assert form_for(call) is None
    assert (
        form_for(tw.Request("sts:AssumeRole", "arn:aws:iam::444455556666:user/ops"))[0]
        == "iam_user"
    )  # type: ignore[index]


# -- the picture -----------------------------------------------------------------------------------


def test_the_picture_names_callers_guards_and_role() -> None:
    """As well-formed SVG, in the order of the cards."""
    (svg,) = pictures(tw.WhoView(model(LAMBDA, GITHUB, role_name="deploy")).still())
    text = " ".join(ET.fromstring(svg).itertext())

    assert "must meet these conditions" in text and "deploy" in text and "111122223333" in text
    assert (
        text.index("branch main") < text.index("Lambda")
        and "sts.amazonaws.com" in text
        and "no condition" in text
    )


def test_a_hostile_policy_runs_nothing_in_the_picture() -> None:
    """Markup, the end of CDATA, and control characters stay text, and the image is well-formed
    XML.
    """
    statement = {
        "Sid": HOSTILE,
        "Effect": "Allow",
        "Principal": {"AWS": [HOSTILE, "*"]},
        "Action": "sts:AssumeRole",
        "Condition": {"StringLike": {HOSTILE: HOSTILE}},
    }
    deny = {**statement, "Effect": "Deny"}
    shown = tw.WhoView(tw.TrustModel(text=policy(statement, deny), role_name="x<b>"))
    (svg,) = pictures(shown.still())
    tree = ET.fromstring(svg)

    assert {element.tag.partition("}")[2] for element in tree.iter()} <= SHAPES
    names = {name for element in tree.iter() for name in element.attrib}
    assert names <= GEOMETRY | {"style", "role"}


def test_twelve_statements_with_long_texts_stay_within_the_picture() -> None:
    """Nothing is drawn beside it, no two callers over each other, and what is cut has the whole in
    its title.
    """
    long = "arn:aws:iam::444455556666:role/" + "a-rather-long-name-" * 6
    statements = [
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"{long}{n}"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "e" * 80}},
        }
        for n in range(12)
    ]
    tree = ET.fromstring(tw.WhoView(tw.TrustModel(text=policy(*statements)))._picture().html())
    height = float(tree.attrib["viewBox"].split()[3])
    space = "{http://www.w3.org/2000/svg}"
    boxes = [
        {k: float(v) for k, v in r.attrib.items() if k in ("x", "y", "width", "height")}
        for r in tree.iter(f"{space}rect")
    ]
    callers = sorted((b["y"], b["height"]) for b in boxes if b["x"] == 8 and b["width"] < WIDTH / 2)

    assert len(callers) == 12
    assert all(b["x"] + b["width"] <= WIDTH and b["y"] + b["height"] <= height for b in boxes)
    assert all(y + tall < below for (y, tall), (below, _) in pairwise(callers))
    assert any("e" * 80 in (title.text or "") for title in tree.iter(f"{space}title"))


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_shapes_take_no_link_and_no_script(name: str) -> None:
    """Neither by `href` nor by a handler."""
    for attribute in ("href", "onload", "xlink:href", "from", "to", "filter"):
        with pytest.raises(ValueError, match="attribute"):
            tag(name, **{attribute: "https://example.com"})


def test_geometry_is_for_shapes_alone() -> None:
    """A paragraph has no view box, and an image is made of a picture."""
    with pytest.raises(ValueError, match="viewBox"):
        tag("p", viewBox="0 0 1 1")
    with pytest.raises(ValueError, match="svg"):
        image(Html("<p>"), "words")


def test_a_text_is_wrapped_and_cut() -> None:
    """No line is longer than asked, even of one long word; the cut shows."""
    lines = wrapped((("a" * 50, False),), 10, 3)
    assert [sum(len(text) for text, _ in line) for line in lines] == [10, 10, 10]
    assert lines[-1][-1][0].endswith("…")
    assert wrapped((("", False),), 10, 3) in (((),), ())


def test_a_shape_is_the_same_as_html_and_as_values() -> None:
    """What the browser makes of the values is what Python writes."""
    shape = Shape("g", {"style": "fill: red"}, (Shape("title", {}, ("<x>",)),))
    assert shape.html() == '<g style="fill: red"><title>&lt;x&gt;</title></g>'
    assert state_of_shape(shape) == ["g", {"style": "fill: red"}, ["title", {}, "<x>"]]


def test_an_image_has_no_tooltips_and_the_colours_that_a_page_may_lack() -> None:
    """In an image, there is no pointer and no page to take colours from."""
    line = Shape("line", {"style": "stroke: var(--jp-warn-color1, #b85c00)"})
    shape = Shape("g", {}, (Shape("title", {}, ("all of it",)), line))
    assert shape.as_image().html() == '<g><line style="stroke: #b85c00"></line></g>'


def test_a_call_can_be_tried_only_where_somebody_tries_calls() -> None:
    """A view alone has nobody who would; a simulator may come later, and go again."""
    shown = model(LAMBDA)
    views = (tw.WhoView(shown), tw.ChangesView(shown), tw.FindingsView(shown))
    for view in views[:2]:
        view.do_open()
    assert [view.state["canTry"] for view in views] == [False] * 3

    simulator = tw.SimulatorView(shown)
    assert [view.state["canTry"] for view in views] == [True] * 3

    simulator.close()
    simulator.close()
    assert [view.state["canTry"] for view in views] == [False] * 3
    builder = tw.TrustBuilder(shown)
    assert shown.triers == 1
    builder.close()
    assert shown.triers == 0


def test_what_iam_refuses_is_said_on_top_and_nothing_is_good() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"""
    service = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    good, refused = (
        tw.WhoView(tw.TrustModel(text=policy(s))) for s in (service, {**service, "Resource": "*"})
    )
    assert good.state["refused"] == ""
    assert refused.state["refused"] == "IAM would reject this policy. As written, it means:"
    assert len(refused.state["cards"]) == 1
    assert GOOD in json.dumps(good.state["picture"])
    assert GOOD not in json.dumps(refused.state["picture"])
    still = str(refused.still())
    assert still.index("IAM would reject this policy. As written, it means:") < still.index(
        "AWS service Lambda"
    )


def test_another_statement_that_iam_refuses_makes_no_one_external() -> None:
    """Everyone in an organization is as external as before; whose it is, nobody has said."""
    org = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    members = {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": org}
    refused = {
        "Effect": "Deny",
        "NotPrincipal": {"AWS": "111122223333"},
        "Action": "sts:AssumeRole",
    }
    alone, both = tw.who_gets_in(policy(members)), tw.who_gets_in(policy(members, refused))
    assert (alone[0].stranger, both[0].stranger) == (None, None)
    bare = {**members, "Condition": {}}
    assert tw.who_gets_in(policy(bare, refused))[0].stranger is True


def test_that_iam_refuses_is_told_once() -> None:
    """Above the cards, and not in each of them again."""
    statement = {
        "Effect": "Allow",
        "NotPrincipal": {"AWS": "111122223333"},
        "Action": "sts:AssumeRole",
    }
    state = tw.WhoView(tw.TrustModel(text=policy(statement))).state
    assert "IAM would reject" in state["refused"]
    assert not any("refuses" in part["text"] for card in state["cards"] for part in card["parts"])
