"""Each view alone, without a browser: what it draws, what it takes, how it fails."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from ipywidgets import Layout
from ipywidgets.widgets import widget

import trust_widgets as tw
from trust_widgets.views.text_positions import browser_offset
from wire_types import views

HOSTILE = '<img src=x onerror="alert(1)">'
# An exercise is no policy; its view has tests of its own.
VIEWS = (*(view for view in views() if view is not tw.ExerciseView), tw.TrustBuilder)
EC2 = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})
ROOT = tw.Grant("another_account", {"caller_account": "444455556666"})


def hostile_model() -> tw.TrustModel:
    """A policy with markup in every place that a stranger can fill."""
    statement = {
        "Sid": HOSTILE,
        "Effect": HOSTILE,
        "Principal": {
            "AWS": [HOSTILE, "javascript:alert(1)"],
            "Federated": HOSTILE,
            HOSTILE: HOSTILE,
        },
        "Action": [HOSTILE, "</script><script>alert(1)</script>"],
        "Condition": {HOSTILE: {HOSTILE: HOSTILE}, "StringLike": {"token.x:sub": HOSTILE}},
        HOSTILE: HOSTILE,
    }
    return tw.TrustModel(text=json.dumps({"Version": HOSTILE, "Statement": [statement]}))


def click(view: Any, do: str, **arguments: Any) -> None:
    """What the browser sends for a click."""
    view._hear(view, {"do": do, **arguments}, [])


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("model", [tw.TrustModel, hostile_model, lambda: tw.TrustModel(text="{")])
def test_every_view_has_a_still_form_that_is_escaped(view: Any, model: Any) -> None:
    """A reader without a kernel sees text, never a stranger's markup."""
    data, _ = view(model())._repr_mimebundle_()

    assert data["text/html"].startswith("<div")
    assert "<img" not in data["text/html"].replace(
        '<img src="data:image/svg+xml;base64,', ""
    )  # our own picture
    assert "<script" not in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_what_it_shows(view: Any) -> None:
    """A view's repr is the same at every run: notebooks compare it."""
    assert repr(view(tw.TrustModel(grants=[EC2]))) == repr(view(tw.TrustModel(grants=[EC2])))
    assert "EC2" in repr(view(tw.TrustModel(grants=[EC2])))


@pytest.mark.parametrize("view", VIEWS)
def test_state_is_plain_json(view: Any) -> None:
    """What a view draws can be sent to a browser."""
    drawn = view(hostile_model())
    parts = drawn.parts.values() if isinstance(drawn, tw.TrustBuilder) else [drawn]
    state = [part.state for part in parts]

    assert json.loads(json.dumps(state)) == state


def test_an_exception_in_a_callback_is_shown() -> None:
    """Jupyter drops exceptions of callbacks; ours stand in the view, and go when the next one
    succeeds.
    """
    view = tw.GrantsView()
    click(view, "add", pattern="no_such_pattern")
    assert "no_such_pattern" in view.state["fault"]["title"]
    assert "Traceback" in view.state["fault"]["detail"]

    click(view, "add", pattern="aws_service")
    assert view.state["fault"] is None


def test_an_older_typed_is_not_taken_again() -> None:
    """A click that overtakes the typing carries it; the straggler changes nothing."""
    view = tw.EditorView()
    newest = {"revision": 2, "text": "new"}
    click(view, "undo", typed=newest)
    before = view.model.text
    view.typed = {"revision": 1, "text": "old"}

    assert view.model.text == before
    assert view.state["revision"] == 2


def test_form_fills_and_switches() -> None:
    """What is typed becomes answers; another pattern waits with its own."""
    model = tw.TrustModel(grants=[tw.Grant("aws_service")])
    form = tw.FormView(model)
    form.typed = {
        "revision": 1,
        "grant": 0,
        "pattern": "aws_service",
        "fields": {"services": ["lambda.amazonaws.com", ""]},
        "guards": [],
    }
    assert model.policy.statements[0].principal == tw.Principal(service="lambda.amazonaws.com")

    click(form, "switch", pattern="another_account")
    click(form, "switch", pattern="aws_service")

    assert form.state["fields"][0]["value"] == ["lambda.amazonaws.com", ""]


def test_form_ignores_what_was_typed_for_another_pattern() -> None:
    """Typing that arrives after the grant was switched is not put into the wrong form."""
    model = tw.TrustModel(grants=[ROOT])
    form = tw.FormView(model)
    form.typed = {
        "revision": 1,
        "grant": 0,
        "pattern": "aws_service",
        "fields": {"services": ["x"]},
        "guards": [],
    }

    assert model.grants == (ROOT,)
    assert form.state["revision"] == 1


def test_form_greys_guards_that_the_caller_never_has() -> None:
    """An AWS service carries no external ID and has no MFA; an AWS principal has no source
    account.
    """
    service = {
        o["name"]: o["reason"] for o in tw.FormView(tw.TrustModel(grants=[EC2])).state["offers"]
    }
    account = {
        o["name"]: o["reason"] for o in tw.FormView(tw.TrustModel(grants=[ROOT])).state["offers"]
    }

    assert service["mfa"] and service["organization"]
    assert not service["source_account"]
    assert account["source_account"] and account["source_arn"]
    assert not account["external_id"] and not account["mfa"]


@pytest.mark.parametrize(
    ("grant", "never", "possible"),
    [
        (EC2, {"external_id", "mfa", "organization"}, {"source_account", "source_arn"}),
        (
            tw.Grant(
                "another_account",
                {
                    "caller_account": "444455556666",
                    "scope": "named",
                    "principals": ("role/deployer",),
                },
            ),
            {"mfa", "source_account", "source_arn"},
            {"external_id", "organization"},
        ),
        (
            tw.Grant(
                "another_account",
                {"caller_account": "444455556666", "scope": "named", "principals": ("user/octo",)},
            ),
            {"source_account", "source_arn"},
            {"external_id", "organization", "mfa"},
        ),
        (
            tw.Grant(
                "oidc_service",
                {"issuer": "gitlab", "group": "octo-org", "project": "app", "branch": "main"},
            ),
            {"external_id", "organization", "mfa", "source_account", "source_arn"},
            {"key gitlab.com:ref_protected", "key gitlab.com:project_id", "any"},
        ),
    ],
)
def test_what_these_very_callers_never_have_is_greyed(
    grant: tw.Grant, never: set[str], possible: set[str]
) -> None:
    """EC2 has no setting for an external ID, a role's session no MFA; claims are offered of the
    issuer that was chosen.
    """
    model = tw.TrustModel(grants=[grant], account="111122223333")
    reasons = {offer["name"]: offer["reason"] for offer in tw.FormView(model).state["offers"]}
    assert {name for name, reason in reasons.items() if reason} == never
    assert possible <= set(reasons) - never


def test_a_claim_becomes_a_condition() -> None:
    """With its key, and no value yet."""
    answers = {"issuer": "gitlab", "group": "octo-org", "project": "app", "branch": "main"}
    model = tw.TrustModel(grants=[tw.Grant("oidc_service", answers)], account="111122223333")
    tw.FormView(model).do_add_guard("key gitlab.com:ref_protected")
    assert [guard.key for guard in model.grants[0].guards] == ["gitlab.com:ref_protected"]


def test_the_other_half_says_when_nothing_else_is_needed() -> None:
    """What is run by hand one day is shown below that, and is nothing that the trust waits for."""
    named = tw.Grant(
        "custom", {"aws": ("arn:aws:iam::444455556666:role/a", "arn:aws:iam::999988887777:role/a")}
    )
    custom, account = (tw.CompanionsView(tw.TrustModel(grants=[grant])) for grant in (named, ROOT))

    assert custom.state["empty"].startswith(
        "This trust policy needs no other resources. The role still needs a permissions policy "
        "before it can do anything"
    )
    assert [it["title"] for it in custom.state["companions"]] == ["Revoke existing sessions"]
    assert (
        "This trust policy needs no other resources. The role still needs a permissions policy "
        "before it can do anything"
    ) in custom.still() and "put-role-policy" in custom.still()
    assert (
        account.state["empty"] == ""
        and (
            "This trust policy needs no other resources. The role still needs a permissions policy "
            "before it can do anything"
        )
        not in account.still()
    )


def test_the_other_half_stays_while_an_answer_is_unfinished() -> None:
    """The policy that is shown meanwhile still needs it."""
    model = tw.TrustModel(grants=[ROOT], account="111122223333")
    before = [it.title for it in model.role.companions]
    model.change_grant(
        0, dataclasses.replace(ROOT, guards=(tw.Guard("sts:ExternalId", "StringEquals", ()),))
    )
    assert model.complaints and [it.title for it in model.role.companions] == before


def test_nothing_to_check_is_not_said_to_be_good() -> None:
    """An empty policy has no pitfall and is no success either."""
    assert tw.FindingsView().state["none"].startswith("No statements yet")
    assert tw.FindingsView(tw.TrustModel(grants=[EC2])).state["none"].startswith("No findings")


def test_form_offers_first_what_the_service_sends() -> None:
    """With the reason; what is recommended is never greyed, and a choice of no such service
    recommends nothing.
    """
    states = tw.Grant("aws_service", {"services": ("states.amazonaws.com",)})
    offers = tw.FormView(tw.TrustModel(grants=[states])).state["offers"]

    assert [o["name"] for o in offers][:3] == ["source_account", "source_arn", "external_id"]
    assert [o["name"] for o in offers if o["recommended"]] == ["source_account", "source_arn"]
    assert offers[0]["reason"] == "This service sends this key." and offers[-1]["name"] == "any"
    assert not any(
        o["recommended"] for o in tw.FormView(tw.TrustModel(grants=[EC2])).state["offers"]
    )


def test_untouched_form_does_not_complain() -> None:
    """Somebody who has just chosen a pattern has done nothing wrong yet."""
    form = tw.FormView(tw.TrustModel(grants=[tw.Grant("github_oidc")]))

    assert [field["complaint"] for field in form.state["fields"] if field["complaint"]] == []


def test_form_is_locked_while_the_text_cannot_be_read() -> None:
    """The form is disabled with a reason, and the text can be discarded from there."""
    model = tw.TrustModel(grants=[EC2])
    form = tw.FormView(model)
    model.text = "{"
    assert form.state["locked"]

    click(form, "discard")
    assert not form.state["locked"]


def test_findings_apply_their_fix_and_show_their_place() -> None:
    """A click on a fix changes the text; a click on the place asks the editor to go there."""
    model = tw.TrustModel(grants=[EC2])
    view, editor = tw.FindingsView(model), tw.EditorView(model)
    model.text = model.text.replace('"Action"', '"Resource": "*",\n      "Action"')
    finding = next(f for f in view.state["findings"] if f["name"] == "resource_present")
    click(view, "show", id=finding["id"])
    start, end = editor.state["goTo"]["from"], editor.state["goTo"]["to"]
    assert model.text[start:end] in ('"*"', '"Resource": "*"', '"Resource"')

    click(view, "fix", id=finding["id"])
    assert "Resource" not in model.text
    assert model.grants == (EC2,)


def test_places_are_counted_as_a_browser_counts() -> None:
    """CodeMirror counts UTF-16 units and takes every line break for one."""
    text = '{\r\n  "Id": "\U0001f600",\r\n  "Statement": 5\r\n}'
    spot = next(
        s for s in tw.EditorView(tw.TrustModel(text=text)).state["spots"] if "5" in drawn(text, s)
    )

    assert drawn(text, spot) == "5"


def drawn(text: str, spot: dict[str, Any]) -> str:
    """The characters that a browser underlines."""
    units = text.replace("\r\n", "\n").encode("utf-16-le")
    return units[2 * spot["from"] : 2 * spot["to"]].decode("utf-16-le")


def test_format_changes_white_space_alone() -> None:
    """And is one step to undo; a text that cannot be read stays as it is."""
    text = tw.TrustModel(grants=[EC2]).text
    model = tw.TrustModel(text=json.dumps(json.loads(text)))
    before, policy = model.text, model.policy
    editor = tw.EditorView(model)
    click(editor, "format")
    assert (model.text, model.policy) == (text, policy) and "\n" not in before
    click(editor, "undo")
    assert model.text == before
    model.text = "{"
    click(editor, "format")
    assert model.text == "{"


def test_copy_as_python_makes_the_same_state() -> None:
    """Run, the copied source shows a builder with the same text, grants and role."""
    guard = tw.Guard("aws:PrincipalOrgID", "StringEquals", "o-a1b2c3d4e5")
    models = [
        tw.TrustModel(),
        tw.TrustModel(grants=[EC2], role_name="deploy", max_session=7200),
        tw.TrustModel(grants=[EC2, tw.Grant("another_account", ROOT.answers, (guard,))]),
        tw.TrustModel(grants=[tw.Grant("another_account", ROOT.answers, (guard,))]),
        tw.TrustModel(
            account="111122223333", grants=[tw.Grant("github_oidc", {"owner": "octo-org"})]
        ),
        tw.TrustModel(text='{"Statement": [{"Effect": "Allow", "NotPrincipal": "*"}]}'),
        tw.TrustModel(text='{"Version": \'"""\\\\ ${x}'),
        hostile_model(),
    ]
    for model in models:
        names: dict[str, Any] = {}
        source = tw.EditorView(model).python
        lines = source.rstrip().splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith("tw.TrustBuilder"))
        exec("\n".join([*lines[:at], f"builder = {lines[at]}", *lines[at + 1 :]]), names)
        again = names["builder"].model

        assert again.text == model.text
        assert again.grants == model.grants
        assert again.role == model.role


def test_copy_as_python_leaves_external_ids_out() -> None:
    """An external ID that somebody pasted is not written to a notebook."""
    guard = tw.Guard("sts:ExternalId", "StringEquals", "b2f6c3de-9a41")
    by_form = tw.TrustModel(grants=[tw.Grant("another_account", ROOT.answers, (guard,))])
    by_hand = tw.TrustModel(text=" " + by_form.text)
    for model in (by_form, by_hand):
        source = tw.EditorView(model).python

        assert "b2f6c3de" not in source
        assert "left out" in source


def test_export_keeps_a_session_that_is_no_number() -> None:
    """What was typed stays with its complaint; the role keeps the last good value."""
    model = tw.TrustModel(grants=[EC2])
    view = tw.ExportView(model)
    view.typed = {"revision": 1, "fields": {"max_session": "1 hour"}}
    field = next(f for f in view.state["fields"] if f["name"] == "max_session")

    assert field["value"] == "1 hour"
    assert "3600" in field["complaint"]
    assert model.max_session == 3600


def test_views_share_one_model() -> None:
    """Views never call each other: what one writes, the other draws."""
    model = tw.TrustModel()
    grants, form = tw.GrantsView(model), tw.FormView(model)
    click(grants, "add", pattern="another_account")

    assert form.state["pattern"] == "another_account"
    assert form.state["grant"] == 0


def test_builder_refuses_an_answer_that_nobody_asked_for() -> None:
    """A misspelt answer is an error that names the right ones."""
    with pytest.raises(TypeError, match="repository"):
        tw.TrustBuilder("github_oidc", repo="app")
    with pytest.raises(KeyError):
        tw.TrustBuilder("no_such_pattern")
    with pytest.raises(TypeError, match="owner"):
        tw.TrustBuilder(owner="octo-org")


@pytest.mark.parametrize("kind", VIEWS)
def test_a_closed_view_leaves_no_widget(kind: type[Any]) -> None:
    """Its layout, and those of its parts, are closed with it."""
    kind().close()  # the code that all views share stays
    before = set(widget._instances)
    view = kind()
    assert set(widget._instances) > before
    view.close()
    assert set(widget._instances) == before


def test_a_layout_from_elsewhere_stays_when_a_view_is_closed() -> None:
    shared = Layout()
    view = tw.SummaryView()
    view.layout = shared
    view.close()
    assert shared.comm is not None
    shared.close()


def test_closed_view_no_longer_follows() -> None:
    """A view that was closed does not redraw."""
    model = tw.TrustModel()
    view = tw.SummaryView(model)
    before = view.state
    view.close()
    model.grants = [EC2]

    assert view.state == before


def test_copy_as_python_leaves_the_vendors_external_id_out() -> None:
    """Also where a pattern asks for it by itself."""
    grant = tw.Grant("vendor", {"vendor": "999988887777", "external_id": "b2f6c3de-9a41"})
    code = tw.EditorView(tw.TrustModel(grants=[grant])).python
    assert "b2f6c3de" not in code and 'external_id=""' in code and "left out" in code


def test_the_account_may_be_told_where_only_the_other_half_needs_it() -> None:
    """Among the further choices; typed with the console's dashes, it completes the ARN there."""
    form = tw.FormView(tw.TrustModel(grants=[ROOT]))
    (field,) = [field for field in form.state["fields"] if field["name"] == "account"]
    assert field["more"] and field["optional"] and field["complaint"] == ""
    form.typed = {
        "revision": 1,
        "grant": 0,
        "pattern": "another_account",
        "fields": {"account": "1111-2222-3333"},
    }
    assert form.model.account == "111122223333"
    assert "arn:aws:iam::111122223333:role/example-role" in form.model.role.companions[0].text


def test_only_what_is_readable_there_stands_at_half_the_width() -> None:
    """A vendor's name with its account is too long for that, as are the words of a long choice."""
    form = tw.FormView(tw.TrustModel(grants=[tw.Grant("vendor")]))
    assert not form.state["fields"][0]["half"]
    github = tw.FormView(tw.TrustModel(grants=[tw.Grant("github_oidc")])).state["fields"]
    assert [
        field["half"] for field in github if field["name"] in ("owner", "repository", "runs")
    ] == [True] * 3


@pytest.mark.parametrize(
    ("text", "offset", "units"),
    [("a😀b", 2, 3), ("a\r\nb", 3, 2), ("\ud83d\r\n😀", 4, 4), ("é", 1, 1)],
)
def test_an_offset_as_a_browser_counts_it(text: str, offset: int, units: int) -> None:
    """In UTF-16 units, a line break being one; half of a pair that stands alone is one as well."""
    assert browser_offset(text, offset) == units
