"""What every pattern owes, proved over the whole registry."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.findings import Verdict
from trust_widgets.forms import complaints_about, complete
from trust_widgets.model.grant_reading import grants_from_statements, meaning
from trust_widgets.patterns import GROUPS, Pattern
from trust_widgets.patterns.companions import revoke
from trust_widgets.policy import GUARD_KINDS, why_not

OWN = "111122223333"


def built(name: str, **answers: Any) -> tw.Role:
    """The role that a pattern builds, from its example unless told otherwise."""
    return tw.PATTERNS[name].build(account=OWN, **(answers or tw.PATTERNS[name].example))


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_the_example_passes_the_checker(name: str) -> None:
    """Nothing above advice in what we show as right."""
    assert [str(f) for f in tw.check(built(name).trust) if f.verdict is not Verdict.ADVICE] == []


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_the_example_is_recognised_by_its_own_pattern(name: str) -> None:
    """The most specific pattern wins, and reads back the very answers; the account too, where it
    can tell.
    """
    told = tw.PATTERNS[name].tells_account
    pairs, account = grants_from_statements(built(name).trust.statements, "", "" if told else OWN)
    assert [(grant.pattern, dict(grant.answers)) for grant, _ in pairs] == [
        (name, dict(tw.PATTERNS[name].example))
    ]
    assert account == (OWN if tw.PATTERNS[name].needs_account else "")


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_exactly_one_pattern_wins(name: str) -> None:
    """Of those that are not general, only one reads the example's statements."""
    statements = built(name).trust.statements
    specific = [n for n, p in tw.PATTERNS.items() if not p.general and _reads(p, statements)]
    assert specific == ([] if tw.PATTERNS[name].general else [name])


def _reads(pattern: Pattern, statements: tuple[tw.Statement, ...]) -> bool:
    answers = pattern.answers(statements)
    if answers is None:
        return False
    answers.pop("account", None)
    if complaints_about(pattern.fields, answers):
        return False
    return [meaning(s) for s in pattern.make(OWN, answers)] == [meaning(s) for s in statements]


@pytest.mark.parametrize("name", tw.PATTERNS)
@pytest.mark.parametrize("tool", tw.EXPORTERS)
def test_the_example_goes_through_every_exporter(name: str, tool: str) -> None:
    """With its companions; the text names the role or its policy."""
    assert "sts:AssumeRole" in tw.export(built(name), tool)


@pytest.mark.parametrize("name", tw.PATTERNS)
@pytest.mark.parametrize("tool", tw.EXPORTERS)
def test_what_a_reader_runs_by_hand_is_in_no_export(name: str, tool: str) -> None:
    """A tool makes the role; trying it out and ending its sessions is nothing to make."""
    role = built(name)
    by_hand = [it for it in role.companions if it.kind in ("try_it", "revoke")]
    without = replace(role, companions=tuple(it for it in role.companions if it not in by_hand))
    assert by_hand and tw.export(role, tool) == tw.export(without, tool)


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_what_it_recommends_exists_and_makes_sense(name: str) -> None:
    """Names of guards that these callers can satisfy, for an empty form too."""
    pattern = tw.PATTERNS[name]
    kinds = {kind.name: kind for kind in GUARD_KINDS}
    for answers in ({}, pattern.example):
        for recommended in pattern.recommends(complete(pattern.fields, answers)):
            assert why_not(kinds[recommended].key, pattern.callers) == ""


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_titles_groups_and_questions(name: str) -> None:
    """Every question has a label, and an example that its own rule takes."""
    pattern = tw.PATTERNS[name]
    assert (
        pattern.title
        and pattern.about.endswith(".")
        and pattern.group in GROUPS
        and pattern.callers
    )
    for field in pattern.fields:
        question = field.question
        assert question.label
        if question.rule:
            value: Any = (question.example,) if field.kind == "list" else question.example
            asked = (field,)
            answers = {field.name: value}
            if field.question.when:
                answers |= {field.question.when[0]: (field.question.when[1] or ("x",))[0]}
            assert complaints_about(asked, answers) == {}
            commands = re.findall(r"`([^`]+)`", question.help)
            shown = (*question.example.split(), *commands, question.help)
            assert question.message.endswith(".") and any(
                word in question.message for word in shown
            )


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_printed_it_says_what_build_takes(name: str) -> None:
    """One line for what it is, and one for each argument."""
    first, *lines = str(tw.PATTERNS[name]).split("\n")
    assert first == f"{tw.PATTERNS[name].title}: {tw.PATTERNS[name].about}"
    takes = [*(field.name for field in tw.PATTERNS[name].fields), "account", "name"]
    assert [line.split(":")[0].strip() for line in lines] == takes


def test_what_is_printed_of_a_question() -> None:
    """A right answer, what it may be, when it is asked, and what it is if nobody says."""
    lines = str(tw.PATTERNS["github_oidc"]).split("\n")
    assert "  owner: Owner; for example 'octo-org'" in lines
    assert (
        "  environment: Environment; for example 'production'; where runs is 'environment'" in lines
    )
    assert (
        "  partition: Partition; one of 'aws', 'aws-cn', 'aws-us-gov'; 'aws' if left out" in lines
    )
    assert "  account: the role's own; 12 digits" in lines
    assert "  account: the role's own; may be left out" in str(tw.PATTERNS["vendor"]).split("\n")


def test_an_answer_to_no_question_is_refused_with_all_that_is_taken() -> None:
    """The account and the name are no questions, and taken all the same."""
    with pytest.raises(
        TypeError,
        match=r"has no question acount; did you mean 'account'\? Its questions are owner, .*"
        r" account, name$",
    ):
        tw.PATTERNS["github_oidc"].build(acount=OWN)


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_nothing_answered_is_no_exception(name: str) -> None:
    """The form as it opens: a label, complaints or statements, and no crash."""
    model = tw.TrustModel(grants=[tw.Grant(name)])
    assert model.grants[0].pattern == name
    assert model.complaints or model.policy.statements


@pytest.mark.parametrize("name", tw.PATTERNS)
@given(data=st.data())
@settings(max_examples=60)
def test_whatever_is_typed_gives_a_policy_or_complaints(name: str, data: st.DataObject) -> None:
    """Hostile answers: what the rules take is JSON that says it; what they refuse is told at its
    question.
    """
    hostile = st.sampled_from(
        [
            '"',
            "\\",
            "<img src=x onerror=1>",
            "\u202e",
            "a\nb",
            " ",
            "*",
            "${x}",
            "x" * 300,
            "octo-org",
        ]
    )
    answers: dict[str, Any] = {}
    for field in tw.PATTERNS[name].fields:
        kind = {
            "flag": st.booleans(),
            "choice": st.sampled_from([*field.options, "no such"]),
            "list": st.lists(hostile | st.text(), max_size=3).map(tuple),
            "text": hostile | st.text(),
        }[field.kind]
        answers[field.name] = data.draw(kind)
    model = tw.TrustModel(account=OWN, grants=[tw.Grant(name, answers)])
    assert model.complaints or model.policy.statements
    assert json.loads(model.text)["Statement"] == json.loads(str(model.policy))["Statement"]


@pytest.mark.parametrize(
    ("answers", "guard", "question"),
    [
        ({"aws": ("444455556666", "\u0100")}, None, "aws"),
        ({"service": ("\u0100.amazonaws.com",)}, None, "service"),
        ({"aws": ("444455556666",), "actions": ("sts:Assume\u0100",)}, None, "actions"),
        (
            {"aws": ("444455556666",)},
            tw.Guard("aws:PrincipalTag/team", "StringEquals", ("a", "\u0100")),
            "guards.0",
        ),
        (
            {"aws": ("444455556666",)},
            tw.Guard("aws:PrincipalTag/\u0100", "StringEquals", ("a",)),
            "guards.0",
        ),
    ],
)
def test_letters_that_iam_refuses_are_told_where_they_were_typed(
    answers: dict[str, Any], guard: tw.Guard | None, question: str
) -> None:
    """A policy holds characters up to U+00FF; with others its text could not be read again.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"""
    model = tw.TrustModel(
        account=OWN, grants=[tw.Grant("custom", answers, (guard,) if guard else ())]
    )
    assert [complaint.question for complaint in model.complaints] == [question]
    assert 'IAM rejects "\u0100"' in model.complaints[0].message


def test_every_guard_example_obeys_its_rule() -> None:
    """The right example in a message is right."""
    for kind in GUARD_KINDS:
        model = tw.TrustModel(
            grants=[
                tw.Grant(
                    "another_account",
                    {"caller_account": "444455556666"},
                    (tw.Guard(kind.key, kind.operator, (kind.question.example,)),),
                )
            ]
        )
        assert model.complaints == () and len(model.policy.statements[0].conditions) == 1


# -- the companions that every role has


def test_older_sessions_are_revoked_by_one_call(tmp_path: Path) -> None:
    """Run in a shell: one argument is the policy that the console attaches, with the time of the
    run in it. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
    """
    trust = tw.PATTERNS["aws_service"].build(services=("ec2.amazonaws.com",)).trust
    (companion,) = revoke(tw.Role("it's $(touch x)", trust))
    script = f"aws() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{companion.text}"
    ran = subprocess.run(
        ["sh", "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    *words, document, _ = ran.stdout.split("\0")
    assert words == [
        *("iam", "put-role-policy", "--role-name", "it's $(touch x)"),
        *("--policy-name", "AWSRevokeOlderSessions", "--policy-document"),
    ]
    (deny,) = json.loads(document)["Statement"]
    issued = deny.pop("Condition")["DateLessThan"]["aws:TokenIssueTime"]
    assert deny == {"Effect": "Deny", "Action": "*", "Resource": "*"}
    assert abs(datetime.now(UTC) - datetime.strptime(issued, "%Y-%m-%dT%H:%M:%S%z")) < timedelta(
        minutes=1
    )
    assert not list(tmp_path.iterdir())


def test_a_role_with_several_grants_has_one_way_to_end_its_sessions() -> None:
    """It belongs to the role; a role that lets nobody in has no sessions to end."""
    grants = [
        tw.Grant("aws_service", {"services": (f"{name}.amazonaws.com",)})
        for name in ("ec2", "glue")
    ]
    assert [it.kind for it in tw.TrustModel(grants=grants).role.companions].count("revoke") == 1
    deny = tw.Grant("custom", {"effect": "Deny", "aws": ("*",)})
    assert tw.TrustModel(grants=[deny]).role.companions == tw.TrustModel().role.companions == ()


@pytest.mark.parametrize(
    ("guard", "carried"),
    [
        (tw.Guard("sts:ExternalId", "StringLike", ("${aws:username}",)), "EXTERNAL_ID"),
        (tw.Guard("sts:ExternalId", "StringLike", ("abc-*",)), "EXTERNAL_ID"),
        (tw.Guard("sts:ExternalId", "StringLike", ("abc",)), "--external-id abc"),
        (tw.Guard("aws:MultiFactorAuthAge", "NumericLessThan", ("900",)), "--token-code"),
    ],
)
def test_the_call_carries_what_a_guard_asks_for(guard: tw.Guard, carried: str) -> None:
    """A pattern of ids is no id: there the reader puts in their own."""
    assert carried in tried_with(guard)


@pytest.mark.parametrize(
    "guard",
    [
        tw.Guard("sts:ExternalId", "StringNotEquals", ("abc",)),
        tw.Guard("aws:MultiFactorAuthPresent", "Bool", ("false",)),
        tw.Guard("aws:PrincipalOrgID", "StringEquals", ("o-a1b2c3d4e5",)),
    ],
)
def test_the_call_carries_nothing_that_is_not_asked_for(guard: tw.Guard) -> None:
    """The call of a caller who brings no more than the credentials."""
    assert tried_with(guard).endswith("--role-session-name trying-it\n")


def tried_with(*guards: tw.Guard, **answers: Any) -> str:
    """The call by which another account tries the role out."""
    grant = tw.Grant("another_account", {"caller_account": "444455556666", **answers}, guards)
    (tried,) = [
        it
        for it in tw.TrustModel(account=OWN, grants=[grant]).role.companions
        if it.kind == "try_it"
    ]
    return tried.text


def test_the_call_is_of_the_partition_of_both_accounts() -> None:
    """The role's ARN, and a place for the ARN of the caller's MFA device."""
    guards = (
        tw.Guard("sts:ExternalId", "StringEquals", ("abc",)),
        tw.Guard("aws:MultiFactorAuthPresent", "Bool", "true"),
    )
    assert tried_with(*guards, partition="aws-us-gov") == (
        "aws sts assume-role \\\n"
        "  --role-arn arn:aws-us-gov:iam::111122223333:role/example-role \\\n"
        "  --role-session-name trying-it \\\n"
        "  --external-id abc \\\n"
        "  --serial-number arn:aws-us-gov:iam::444455556666:mfa/DEVICE_NAME \\\n"
        "  --token-code 123456\n"
    )


@pytest.mark.parametrize(
    ("services", "recommended"),
    [
        (("states",), ("source_account", "source_arn")),
        (("lambda",), ("source_account",)),
        (("lambda", "states"), ("source_account",)),
        (("ec2",), ()),
        (("states", "ec2"), ()),
        ((), ()),
    ],
)
def test_guards_that_every_service_sends_are_recommended(
    services: tuple[str, ...], recommended: tuple[str, ...]
) -> None:
    """One service of the statement that does not send a key would be locked out by it."""
    answers = {"services": tuple(f" {name}.amazonaws.com" for name in services)}
    assert tw.PATTERNS["aws_service"].recommends(answers) == recommended


def test_a_service_is_handed_the_role_by_somebody_who_may() -> None:
    """The other half of a service's trust: iam:PassRole on this role, for this service."""
    companion = built("aws_service", services=("lambda.amazonaws.com",)).companions[0]
    (allow,) = json.loads(companion.text)["Statement"]
    assert allow == {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/example-role",
        "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}},
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ec2", "ec2.amazonaws.com"),
        ("Lambda", "lambda.amazonaws.com"),
        (" states ", "states.amazonaws.com"),
    ],
)
def test_a_service_by_its_first_word(typed: str, meant: str) -> None:
    """As people say it; a word that is no service stays as typed, and is complained of."""
    assert built("aws_service", services=(typed,)).trust.statements[0].principal == tw.Principal(
        service=meant
    )
    with pytest.raises(ValueError, match="Write a service principal in lower case, like"):
        built("aws_service", services=("lamda",))


def test_a_custom_statement_names_somebody() -> None:
    """All kinds of principal are optional, and yet one is needed."""
    with pytest.raises(
        ValueError,
        match="Enter at least one caller: here, or a service or an identity provider below",
    ):
        tw.PATTERNS["custom"].build(effect="Deny")
    assert built(
        "custom", federated=("arn:aws:iam::111122223333:saml-provider/corp",)
    ).trust.statements


def test_an_account_id_with_the_consoles_dashes() -> None:
    """Meant as the twelve digits."""
    role = built("another_account", caller_account="4444-5555-6666")
    assert role.trust.to_dict()["Statement"][0]["Principal"] == {
        "AWS": "arn:aws:iam::444455556666:root"
    }


# -- the three patterns, by hand from the AWS and GitHub pages


def test_aws_service() -> None:
    """Several services in one statement, as AWS's pages write them."""
    role = built("aws_service", services=("ec2.amazonaws.com", "ecs-tasks.amazonaws.com"))
    assert role.trust.to_dict() == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]},
                "Action": "sts:AssumeRole",
            }
        ],
    }


def test_another_account_and_its_other_half() -> None:
    """The calling account needs a permission on this very role."""
    role = built("another_account", caller_account="444455556666")
    assert role.trust.to_dict()["Statement"][0]["Principal"] == {
        "AWS": "arn:aws:iam::444455556666:root"
    }
    permission, tried, _ = role.companions
    assert tried.text == (
        "aws sts assume-role \\\n"
        "  --role-arn arn:aws:iam::111122223333:role/example-role \\\n"
        "  --role-session-name trying-it\n"
    )
    assert json.loads(permission.text) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Resource": "arn:aws:iam::111122223333:role/example-role",
            }
        ],
    }


def test_another_account_by_name_in_china() -> None:
    """Roles and users with their paths, in the partition of both accounts."""
    role = built(
        "another_account",
        caller_account="444455556666",
        scope="named",
        principals=("role/app", "user/team/build"),
        partition="aws-cn",
    )
    assert role.trust.to_dict()["Statement"][0]["Principal"]["AWS"] == [
        "arn:aws-cn:iam::444455556666:role/app",
        "arn:aws-cn:iam::444455556666:user/team/build",
    ]
    assert "arn:aws-cn:iam::111122223333:role/example-role" in role.companions[0].text


KEY = "token.actions.githubusercontent.com"


def github(**answers: Any) -> dict[str, Any]:
    """The condition block of a GitHub role."""
    block: dict[str, Any] = built(
        "github_oidc", owner="octo-org", repository="app", **answers
    ).trust.to_dict()
    return dict(block["Statement"][0]["Condition"])


@pytest.mark.parametrize(
    ("answers", "operator", "subject"),
    [
        ({"branch": "main"}, "StringEquals", "repo:octo-org/app:ref:refs/heads/main"),
        (
            {"runs": "tag", "tag": "v1.2.0"},
            "StringEquals",
            "repo:octo-org/app:ref:refs/tags/v1.2.0",
        ),
        (
            {"runs": "environment", "environment": "a:b"},
            "StringEquals",
            "repo:octo-org/app:environment:a%3Ab",
        ),
        ({"runs": "pull_request"}, "StringEquals", "repo:octo-org/app:pull_request"),
        ({"runs": "any"}, "StringLike", "repo:octo-org/app:*"),
        ({"branch": "release/*"}, "StringLike", "repo:octo-org/app:ref:refs/heads/release/*"),
        (
            {"branch": "main", "owner_id": "123456", "repository_id": "456789"},
            "StringEquals",
            "repo:octo-org@123456/app@456789:ref:refs/heads/main",
        ),
        (
            {"branch": "main", "owner_id": "123456", "repository_id": "456789", "both_forms": True},
            "StringEquals",
            [
                "repo:octo-org@123456/app@456789:ref:refs/heads/main",
                "repo:octo-org/app:ref:refs/heads/main",
            ],
        ),
    ],
)
def test_github_subjects(answers: dict[str, Any], operator: str, subject: Any) -> None:
    """Every kind of run, in both forms; wildcards stand under StringLike."""
    assert github(**answers)[operator][f"{KEY}:sub"] == subject


def test_github_needs_both_ids() -> None:
    """One alone can be in no subject."""
    with pytest.raises(ValueError, match="repository_id: Required, for example 456789"):
        github(branch="main", owner_id="123456")


def test_github_companions() -> None:
    """The workflow asks for a token and names this role; the provider is the issuer's."""
    workflow, provider, _ = built(
        "github_oidc", owner="octo-org", repository="app", branch="main"
    ).companions
    assert (
        "id-token: write" in workflow.text
        and "arn:aws:iam::111122223333:role/example-role" in workflow.text
    )
    assert dict(provider.data) == {"url": f"https://{KEY}", "client_id": "sts.amazonaws.com"}


@pytest.mark.parametrize(
    ("name", "answers", "named"),
    [
        (
            "another_account",
            {"caller_account": "444455556666", "principals": ("role/app",)},
            "arn:aws:iam::444455556666:role/app",
        ),
        ("own_account_mfa", {"users": ("user/ops",)}, "arn:aws:iam::111122223333:user/ops"),
    ],
)
def test_principals_that_are_named_are_the_only_ones(
    name: str, answers: dict[str, Any], named: str
) -> None:
    """Without `scope="named"` too: the whole account was never asked for."""
    built = tw.PATTERNS[name].build(account="111122223333", **answers)
    model = tw.TrustModel(account="111122223333", grants=[tw.Grant(name, answers)])

    for policy in (built.trust, model.policy):
        assert policy.statements[0].principal == tw.Principal(aws=(named,))


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        (
            "another_account",
            {"caller_account": "444455556666", "scope": "account", "principals": ("role/app",)},
        ),
        ("own_account_mfa", {"scope": "account", "users": ("user/ops",)}),
        ("organization", {"organization": "o-a1b2c3d4e5", "units": ("o-a1b2c3d4e5/r-ab12/*",)}),
        (
            "github_oidc",
            {"owner": "octo-org", "repository": "app", "branch": "main", "environment": "prod"},
        ),
    ],
)
def test_answers_that_contradict_each_other_are_refused(name: str, answers: dict[str, Any]) -> None:
    """One of them would be left out: in code that is a slip, and it could open the role."""
    with pytest.raises(ValueError, match="is used only where"):
        tw.PATTERNS[name].build(account="111122223333", **answers)
    with pytest.raises(ValueError, match="is used only where"):
        tw.TrustBuilder(name, account="111122223333", **answers)


def test_units_say_that_units_are_meant() -> None:
    """The choice follows from what was answered."""
    built = tw.PATTERNS["organization"].build(units=("o-a1b2c3d4e5/r-ab12/*",))
    assert [c.key for c in built.trust.statements[0].conditions] == ["aws:PrincipalOrgPaths"]


def test_what_calls_a_pattern_is_told_of_build() -> None:
    github = tw.PATTERNS["github_oidc"]
    for call in (github, github.make):
        with pytest.raises(TypeError, match=r"\.build\("):
            call(owner="octo-org", repository="app", branch="main")


@pytest.mark.parametrize("owner", ["octo-*", "*"])
def test_an_owner_that_anyone_can_register_is_not_built(owner: str) -> None:
    """A form may hold it, and shows its finding; an owner's id says whose tokens are meant."""
    answers = {"account": OWN, "repository": "app", "branch": "main", "owner": owner}
    with pytest.raises(ValueError, match="may be outside your organization"):
        tw.PATTERNS["github_oidc"].build(**answers)
    with_ids = {**answers, "owner_id": "123456", "repository_id": "456789"}
    assert "@123456/app@456789" in str(tw.PATTERNS["github_oidc"].build(**with_ids).trust)


@pytest.mark.parametrize("name", ["my role", "a" * 65, "r\u00f6le"])
def test_a_role_has_a_name_that_iam_takes(name: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"""
    with pytest.raises(ValueError, match="1 to 64 letters"):
        tw.PATTERNS["aws_service"].build(services="ec2.amazonaws.com", name=name)
