"""Two ways in, one door: form and editor, undo, stale state."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.model import EMPTY, analysis
from trust_widgets.model.complaints import NOT_WRITTEN, Complaint
from trust_widgets.model.grant_reading import grants_from_statements

EC2 = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})
LAMBDA = tw.Grant("aws_service", {"services": ("lambda.amazonaws.com",)})
PARTNER = tw.Grant(
    "another_account",
    {"caller_account": "444455556666", "scope": "named", "principals": ("role/app",)},
)
EC2_TEXT = (
    '{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}'
)
GITHUB = tw.Grant("github_oidc", {"owner": "octo-org", "repository": "app", "branch": "main"})

BY_HAND = """{
    "Version":   "2012-10-17",
    "Statement": [
        {"Sid": "Odd",  "Effect": "Allow",
         "NotPrincipal": {"AWS": "111122223333"},   "Action": "sts:AssumeRole"},
        {
            "Sid": "Mine", "Effect": "Allow",
            "Principal": { "Service":   "ec2.amazonaws.com" }, "Action": "sts:AssumeRole"
        }
    ]
}"""


def services(model: tw.TrustModel) -> list[tuple[str, ...] | None]:
    """The services of each statement."""
    return [s.principal.service if s.principal else None for s in model.policy.statements]


def test_nothing_asked_nothing_wrong() -> None:
    """A new model is an empty policy, and the reader has done nothing wrong yet."""
    model = tw.TrustModel()

    assert json.loads(model.text) == {"Version": "2012-10-17", "Statement": []}
    assert model.findings == ()
    assert not model.can_undo


def test_several_grants_make_one_policy() -> None:
    """Grants become statements in their order."""
    model = tw.TrustModel(account="111122223333", grants=[EC2, PARTNER, GITHUB])

    kinds = [next(iter(s["Principal"])) for s in json.loads(model.text)["Statement"]]
    assert kinds == ["Service", "AWS", "Federated"]
    assert model.complaints == ()


def test_form_edit_replaces_only_its_own_characters() -> None:
    """Whoever wrote the other statements finds them exactly as they were, white space and all."""
    model = tw.TrustModel(text=BY_HAND)
    assert [grant.pattern for grant in model.grants] == ["", "aws_service"]

    model.change_grant(1, replace(model.grants[1], answers={"services": ("lambda.amazonaws.com",)}))

    first = BY_HAND.index('{"Sid": "Odd"')
    assert model.text[: first + 117] == BY_HAND[: first + 117]
    assert services(model)[1] == ("lambda.amazonaws.com",)
    assert model.policy.statements[1].sid == "Mine"


def test_pasted_policy_fills_the_form_and_is_not_rewritten() -> None:
    """Reading a policy changes none of its characters, however it is laid out."""
    text = json.dumps(
        {"Statement": json.loads(str(tw.TrustModel(grants=[PARTNER]).policy))["Statement"][0]}
    )
    model = tw.TrustModel(text=text)

    assert model.text == text
    assert model.grants == (PARTNER,)


def test_bare_account_id_is_the_whole_account() -> None:
    """AWS: the account ID and its root ARN mean the same; neither spelling is rewritten."""
    text = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", '
        '"Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"}]}'
    )
    model = tw.TrustModel(text=text)
    model.change_grant(0, model.grants[0])

    assert model.grants[0].pattern == "another_account"
    assert model.grants[0].answers["caller_account"] == "444455556666"
    assert model.text == text


def test_left_over_conditions_become_guards() -> None:
    """Conditions that a pattern does not know are its guards, and adding one writes a condition."""
    model = tw.TrustModel(
        grants=[
            replace(
                PARTNER, guards=(tw.Guard("aws:PrincipalOrgID", "StringEquals", "o-a1b2c3d4e5"),)
            )
        ]
    )
    again = tw.TrustModel(text=model.text)

    assert json.loads(model.text)["Statement"][0]["Condition"] == {
        "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
    }
    assert again.grants[0].guards == (
        tw.Guard("aws:PrincipalOrgID", "StringEquals", ("o-a1b2c3d4e5",)),
    )


def test_unfinished_answers_keep_the_last_good_statement() -> None:
    """While an answer is wrong, the text stays at what was right last, and the typed answer stays
    too.
    """
    model = tw.TrustModel(account="111122223333", grants=[GITHUB])
    good = model.text
    model.change_grant(0, replace(GITHUB, answers={**GITHUB.answers, "owner_id": "12a"}))

    assert model.text == good
    assert [c.question for c in model.complaints] == ["owner_id", "repository_id"]
    assert model.grants[0].answers["owner_id"] == "12a"


def test_a_grant_appears_once_its_answers_are_right() -> None:
    """A new grant writes nothing until it can be said whole."""
    model = tw.TrustModel(grants=[EC2])
    model.add_grant(tw.Grant("another_account"))
    assert len(model.policy.statements) == 1

    model.change_grant(1, PARTNER)

    assert len(model.policy.statements) == 2
    assert model.selected == 1


def test_account_is_asked_once_for_all_grants() -> None:
    """GitHub's provider lives in the role's own account, so it waits for it and follows it."""
    model = tw.TrustModel(grants=[GITHUB])
    assert [c.question for c in model.complaints] == ["account"]

    model.account = "111122223333"
    assert ":111122223333:oidc-provider/" in model.text

    model.account = "999988887777"
    assert ":999988887777:oidc-provider/" in model.text
    assert ":111122223333:" not in model.text


def test_account_is_read_from_a_pasted_provider() -> None:
    """The provider's account is the role's, so a pasted policy tells it."""
    model = tw.TrustModel(text=pasted("999988887777"))

    assert model.account == "999988887777"
    assert model.grants == (GITHUB,)


def pasted(account: str) -> str:
    """A policy for GitHub whose provider is in an account."""
    return tw.TrustModel(account=account, grants=[GITHUB]).text


def test_an_account_that_was_read_goes_with_its_text() -> None:
    """Nobody said it; so the next policy tells another, or none, and to that one it is somebody
    else's account.
    """
    root = tw.TrustModel(
        grants=[tw.Grant("another_account", {"caller_account": "999988887777"})]
    ).text
    model = tw.TrustModel(text=pasted("999988887777"))
    model.text = root
    assert model.account == ""
    assert [f.code for f in model.findings] == [f.code for f in tw.check(root)]

    model.text = pasted("444455556666")
    assert (model.account, model.grants) == ("444455556666", (GITHUB,))
    model.text = pasted("999988887777")
    assert (model.account, model.grants) == ("999988887777", (GITHUB,))


def test_an_account_that_was_read_stays_while_its_statement_does() -> None:
    """An edit elsewhere in the same text, and a text that cannot be read for a moment."""
    model = tw.TrustModel(text=pasted("999988887777"))
    model.text = model.text[:-1]
    assert model.account == "999988887777"
    model.text = pasted("999988887777").replace('"Statement": [', f'"Statement": [{EC2_TEXT},')
    assert model.account == "999988887777"
    assert [grant.pattern for grant in model.grants] == ["aws_service", "github_oidc"]


def test_an_account_that_was_said_is_not_changed_by_a_text() -> None:
    """A provider of another account is then no provider that the role can trust."""
    for said in ({"account": "111122223333"}, {}):
        model = tw.TrustModel(**said)
        model.account = "111122223333"
        model.text = pasted("999988887777")
        assert model.account == "111122223333"
        assert "TP123" in [finding.code for finding in model.findings]

        model.text = tw.TrustModel(grants=[EC2]).text
        assert model.account == "111122223333"
        model.text = pasted("111122223333")
        assert model.grants == (GITHUB,)


def test_an_account_said_after_one_was_read_stays() -> None:
    """The reader has the last word; the statement follows."""
    model = tw.TrustModel(text=pasted("999988887777"))
    model.account = "111122223333"
    assert ":111122223333:oidc-provider/" in model.text
    model.text = tw.TrustModel(grants=[EC2]).text
    assert model.account == "111122223333"


def test_a_half_typed_account_is_none() -> None:
    """A text may tell it; one that tells none leaves it as typed."""
    model = tw.TrustModel(account="1111")
    model.text = tw.TrustModel(grants=[EC2]).text
    assert model.account == "1111"
    model.text = pasted("999988887777")
    assert (model.account, model.grants) == ("999988887777", (GITHUB,))


def test_an_account_typed_key_by_key_breaks_nothing() -> None:
    """Until it is whole, it is nobody's: who gets in is told all the same."""
    model = tw.TrustModel(grants=[EC2, PARTNER])
    for length in range(13):
        model.account = "111122223333"[:length]
        assert model.whole_home.accounts == (("111122223333",) if length == 12 else ())
        assert len(model.callers) == 2


def test_undo_knows_who_said_the_account() -> None:
    """Undone, an account that was typed is again one that was read, and goes with its text."""
    model = tw.TrustModel(text=pasted("999988887777"))
    model.account = "111122223333"
    model.undo()
    assert model.account == "999988887777"
    model.text = tw.TrustModel(grants=[EC2]).text
    assert model.account == ""
    model.undo()
    model.redo()
    assert model.account == ""


def test_unreadable_text_keeps_the_last_good_policy() -> None:
    """The text typed stays, the last good policy stays drawn as stale, the form can be had back."""
    model = tw.TrustModel(grants=[EC2])
    good = model.text
    model.text = good[:-3]

    assert not model.is_good
    assert services(model) == [("ec2.amazonaws.com",)]
    assert model.grants == (EC2,)
    assert {f.verdict for f in model.findings} == {"refused"}
    said = model.summary
    assert said.startswith(f"The text is not a valid policy (line {model.problems[0].line}). ")
    assert "EC2 can assume this role" in said
    assert tw.SummaryView(model).state["parts"][0]["text"].startswith("The AWS service EC2")
    assert said.partition(")")[0] in tw.SummaryView(model).still()

    model.discard()
    assert model.text == good
    assert "not a valid policy" not in model.summary
    assert model.is_good


def test_setting_grants_over_unreadable_text_starts_from_the_last_good() -> None:
    """A script that sets grants while somebody's text is broken gets what it asked for."""
    model = tw.TrustModel(grants=[EC2])
    model.text = "{"
    model.grants = [EC2, LAMBDA]

    assert services(model) == [("ec2.amazonaws.com",), ("lambda.amazonaws.com",)]


def test_unfinished_grant_survives_typing_in_the_editor() -> None:
    """What was typed in the form is not lost when the text is edited elsewhere."""
    model = tw.TrustModel(grants=[EC2, PARTNER])
    unfinished = replace(PARTNER, answers={**PARTNER.answers, "caller_account": "4444"})
    model.change_grant(1, unfinished)
    model.add_grant(tw.Grant("github_oidc", {"owner": "octo-org"}))
    model.text = model.text.replace("ec2", "lambda")

    assert model.grants[0] == LAMBDA
    assert model.grants[1] == unfinished
    assert model.grants[2].answers == {"owner": "octo-org"}


def test_switching_patterns_and_back_loses_nothing() -> None:
    """Answers wait under the pattern that they were given for."""
    model = tw.TrustModel(account="111122223333", grants=[GITHUB])
    model.change_grant(0, model.grants[0].switched_to("another_account"))
    assert ":oidc-provider/" in model.text, (
        "until the new answers are right the old statement stays"
    )
    model.change_grant(0, replace(model.grants[0], answers=PARTNER.answers))
    assert ":oidc-provider/" not in model.text

    model.change_grant(0, model.grants[0].switched_to("github_oidc"))

    assert model.grants[0].answers == GITHUB.answers
    assert ":oidc-provider/" in model.text


def test_removing_a_grant_takes_its_statement_away() -> None:
    """Each of three grants can go, and the others stay."""
    for gone in range(3):
        model = tw.TrustModel(grants=[EC2, PARTNER, LAMBDA])
        kept = [g for i, g in enumerate(model.grants) if i != gone]
        model.change_grant(gone, None)

        assert list(model.grants) == kept
        assert len(json.loads(model.text)["Statement"]) == 2


def test_undo_takes_back_one_burst_whoever_made_it() -> None:
    """Keys typed in one go are one step; form, editor and fix share one history."""
    model = tw.TrustModel(grants=[EC2])
    now = 0.0
    model._clock = lambda: now
    start = model.text
    for text in ("", "{", '{"V'):
        now += 0.1
        model.text = text
    now += 5
    model.text = '{"Version": "2012-10-17", "Statement": []}'
    now += 5
    model.change_grant(0, LAMBDA) if model.grants else model.add_grant(LAMBDA)

    model.undo()
    assert model.grants == ()
    model.undo()
    assert model.text == '{"V'
    model.undo()
    assert (model.text, model.grants, model.is_good) == (start, (EC2,), True)
    assert not model.can_undo

    for _ in range(3):
        model.redo()
    assert services(model) == [("lambda.amazonaws.com",)]
    assert not model.can_redo


def test_redo_is_gone_after_a_new_change() -> None:
    """A change made after an undo begins a new future."""
    model = tw.TrustModel(grants=[EC2])
    model.grants = [LAMBDA]
    model.undo()
    model.role_name = "other"

    assert not model.can_redo
    assert services(model) == [("ec2.amazonaws.com",)]


def test_everything_follows_before_anybody_is_told() -> None:
    """An observer of one trait sees all others already there: policy and findings come from one
    analysis.
    """
    model = tw.TrustModel(grants=[EC2])
    seen: list[tuple[int, str, int]] = []
    for name in ("text", "grants", "policy", "findings", "revision"):
        model.observe(
            lambda change: seen.append(
                (len(model.policy.statements), model.summary, model.revision)
            ),
            name,
        )
    model.text = model.text.replace("ec2", "lambda")

    assert len(set(seen[1:])) == 1, (
        "the trait that was set is told first, all that follows together"
    )
    assert seen[-1] == (1, model.summary, model.revision)


def test_an_observer_may_write_the_model() -> None:
    """A script that reacts to the policy by writing another trait is heard."""
    model = tw.TrustModel(grants=[EC2])
    model.observe(lambda change: setattr(model, "role_name", "renamed"), "policy")
    model.grants = [LAMBDA]

    assert model.role_name == "renamed"
    assert model.role.name == "renamed"


def test_role_complaints() -> None:
    """A role name that IAM refuses is said at once."""
    model = tw.TrustModel(role_name="a b")

    assert [(c.grant, c.question) for c in model.complaints] == [(-1, "role_name")]


def test_unknown_argument_is_refused_by_name() -> None:
    """A misspelt trait is an error that lists the right ones."""
    with pytest.raises(TypeError, match="rolename"):
        tw.TrustModel(rolename="x")


GRANTS = st.lists(st.sampled_from([EC2, LAMBDA, PARTNER, GITHUB]), max_size=4)


@settings(max_examples=60, deadline=None)
@given(GRANTS, GRANTS)
def test_grants_and_text_agree_however_they_were_reached(
    first: list[tw.Grant], second: list[tw.Grant]
) -> None:
    """Law: the text after an edit of the grants reads back as those grants, whatever stood there
    before.
    """
    model = tw.TrustModel(account="111122223333", grants=first)
    model.grants = second
    again = tw.TrustModel(text=model.text)

    assert model.grants == tuple(second)
    assert again.grants == tuple(second)
    assert model.policy == tw.TrustModel(account="111122223333", grants=second).policy


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(GRANTS, st.text(max_size=8), st.just(BY_HAND), st.just(EMPTY)), max_size=6)
)
def test_undo_of_everything_leads_back_to_the_start(steps: list[object]) -> None:
    """Law: as many undos as there are steps restore the beginning, and as many redos the end."""
    model = tw.TrustModel(account="111122223333", grants=[EC2])
    now = 0.0
    model._clock = lambda: now
    begin = (model.text, model.grants, model.policy)
    for step in steps:
        now += 10
        if isinstance(step, str):
            model.text = step
        else:
            model.grants = step
    end = (model.text, model.grants, model.policy, model.problems)
    while model.can_undo:
        model.undo()
    assert (model.text, model.grants, model.policy) == begin
    while model.can_redo:
        model.redo()
    assert (model.text, model.grants, model.policy, model.problems) == end


def test_a_fix_is_a_step_of_its_own() -> None:
    """However soon it comes after a key: one undo takes back the fix alone."""
    model = tw.TrustModel()
    text = str(tw.PATTERNS["aws_service"].build(services=("ec2.amazonaws.com",)).trust)
    model.text = text.replace("ec2.amazonaws.com", "EC2.amazonaws.com")
    model.apply(model.findings[0])
    assert "ec2.amazonaws.com" in model.text
    model.undo()
    assert "EC2.amazonaws.com" in model.text


def consoleme() -> str:
    """A SAML provider of account 444455556666, and a role that another tool uses."""
    saml = {"Federated": "arn:aws:iam::444455556666:saml-provider/Okta"}
    audience = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    first = {
        "Effect": "Allow",
        "Principal": saml,
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": audience,
    }
    role = {"AWS": "arn:aws:iam::999988887777:role/consoleme"}
    second = {"Effect": "Allow", "Principal": role, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [first, second]}, indent=2)


@pytest.mark.parametrize("gone", [(1, 0), (0, 0), (2, 0), (1, 1), (0, 1)])
def test_a_grant_that_waited_for_the_account_takes_no_neighbour_away(gone: tuple[int, ...]) -> None:
    """The account is read from the pasted text; taking grants away writes no other one."""
    model = tw.TrustModel()
    model.add_grant(tw.Grant("own_account_mfa"))
    model.text = consoleme()
    left = list(model.grants)
    for index in gone:
        model.change_grant(index, None)
        del left[index]
        read = grants_from_statements(model.policy.statements, model.account)[0]
        written = [grant.pattern for grant in left if grant.pattern != "own_account_mfa"]

        assert [grant.pattern for grant in model.grants] == [grant.pattern for grant in left]
        assert [grant.pattern for grant, _ in read] == written


OF_THE_ACCOUNT = tw.Principal(aws=("arn:aws:iam::444455556666:root",))
OF_CONSOLEME = [
    tw.Principal(federated=("arn:aws:iam::444455556666:saml-provider/Okta",)),
    tw.Principal(aws=("arn:aws:iam::999988887777:role/consoleme",)),
]


def principals_of(model: tw.TrustModel) -> list[tw.Principal | None]:
    """The principal of each statement."""
    return [statement.principal for statement in model.policy.statements]


def test_a_grant_that_waited_stays_out_of_a_pasted_text_and_says_so() -> None:
    """A policy that was pasted is shown as it is, whatever else is changed later."""
    model = tw.TrustModel()
    model.add_grant(tw.Grant("own_account_mfa"))
    model.text = consoleme()

    assert principals_of(model) == OF_CONSOLEME
    complaint = Complaint(0, "account", NOT_WRITTEN)
    assert model.complaints == (complaint,)

    model.add_grant(EC2)
    assert principals_of(model) == [*OF_CONSOLEME, tw.Principal(service=("ec2.amazonaws.com",))]
    assert model.complaints == (complaint,)


def test_a_grant_that_waited_is_written_where_it_stands_when_it_is_changed() -> None:
    """The reader's change says that it is wanted."""
    model = tw.TrustModel()
    model.add_grant(tw.Grant("own_account_mfa"))
    model.text = consoleme()
    model.change_grant(0, tw.Grant("own_account_mfa", {"max_age": "3600"}))

    assert principals_of(model) == [OF_THE_ACCOUNT, *OF_CONSOLEME]
    assert model.complaints == ()


def test_a_grant_that_waited_is_written_when_the_reader_says_the_account() -> None:
    """It may be another account than the text names."""
    model = tw.TrustModel()
    model.add_grant(tw.Grant("own_account_mfa"))
    model.text = consoleme()
    model.account = "111122223333"

    assert principals_of(model)[0] == tw.Principal(aws=("arn:aws:iam::111122223333:root",))
    assert model.complaints == ()


def test_what_is_remembered_of_typing_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key makes other statements; the answers of the last ones are kept."""
    assert 200 < analysis._MOST_REMEMBERED < 1000
    monkeypatch.setattr(analysis, "_MOST_REMEMBERED", 20)
    grant = tw.Grant("vendor", {"vendor": "444455556666", "external_id": "b2f6c3de"})
    model = tw.TrustModel(account="111122223333", grants=[grant])
    text = model.text
    for number in range(analysis._MOST_REMEMBERED + 20):
        model.text = text.replace("b2f6c3de", f"b2f6c3de-{number}")
    assert len(model._analyser._finished) == analysis._MOST_REMEMBERED


def test_the_unfinished_grant_that_is_taken_away_takes_its_own_statement() -> None:
    """Two chips may be equal while nothing is chosen in them; each stands for its statement."""
    services = ("ec2.amazonaws.com", "ecs-tasks.amazonaws.com")
    model = tw.TrustModel(
        grants=[tw.Grant("aws_service", {"services": (service,)}) for service in services]
    )
    unfinished = tw.Grant("aws_service", {})
    model.change_grant(0, unfinished)
    model.change_grant(1, unfinished)

    model.change_grant(0, None)

    assert "ecs-tasks.amazonaws.com" in model.text and "ec2.amazonaws.com" not in model.text
