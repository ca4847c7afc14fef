"""`"Principal": "*"`, which IAM does not save for a role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, WEB, fixed, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict
from trust_widgets.policy import Home

NAME = "bare_star"
IN_ORG = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}


def test_the_bare_asterisk_is_refused_and_not_called_open() -> None:
    """One cause, one finding: what IAM does not save lets nobody in.

    Without a known account there is no fix.
    """
    finding = only(NAME, policy("*"))
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal")
    assert finding.fix is None


def test_the_fix_names_the_readers_accounts() -> None:
    """Unguarded, everyone becomes the reader's own accounts, one or several."""
    text = policy("*")
    root = "arn:aws:iam::111122223333:root"
    assert fixed(only(NAME, text, HOME), text)["Statement"] == [grant({"AWS": root})]
    two = Home(("111122223333", "444455556666"))
    after = fixed(only(NAME, text, two), text)["Statement"]
    assert after == [grant({"AWS": [root, "arn:aws:iam::444455556666:root"]})]


def test_the_fix_keeps_everyone_where_a_condition_narrows() -> None:
    """Within an organization, and in a Deny, everyone is what was meant: the form that IAM saves is
    written.
    """
    guarded = policy("*", condition=IN_ORG)
    assert fixed(only(NAME, guarded), guarded)["Statement"] == [
        grant({"AWS": "*"}, condition=IN_ORG)
    ]
    deny = policy("*", Effect="Deny")
    assert fixed(only(NAME, deny, HOME), deny)["Statement"] == [grant({"AWS": "*"}, Effect="Deny")]


def test_no_negated_guard_makes_everyone_safe() -> None:
    """A negated condition lets in everyone else, so that the fix is not `{"AWS": "*"}`."""
    text = policy(
        "*", condition={"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/a"}}
    )
    assert only(NAME, text).fix is None


def test_if_exists_narrows_where_the_key_has_to_be_there() -> None:
    """IfExists is true of a call without the key, and Null's "false" is false of it."""
    loose = {"StringEqualsIfExists": IN_ORG["StringEquals"]}
    for condition, wanted in (
        (loose, {"AWS": "arn:aws:iam::111122223333:root"}),
        (loose | {"Null": {"aws:PrincipalOrgID": "false"}}, {"AWS": "*"}),
        (
            loose | {"Null": {"aws:PrincipalOrgID": "true"}},
            {"AWS": "arn:aws:iam::111122223333:root"},
        ),
    ):
        text = policy("*", condition=condition)
        assert fixed(only(NAME, text, HOME), text)["Statement"][0]["Principal"] == wanted


@pytest.mark.parametrize(
    ("path", "narrows"),
    [("o-a1b2c3d4e5/r-ab12/*", True), ("o-*/r-ab12/*", False), ("o-a1b2c3d4e5*", False)],
)
def test_a_path_of_one_organisation(path: str, narrows: bool) -> None:
    """Its id ends with the slash: without it, or with a wildcard in it, it may be another
    organization's.
    """
    text = policy("*", condition={"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": path}})
    wanted = "*" if narrows else "arn:aws:iam::111122223333:root"
    assert fixed(only(NAME, text, HOME), text)["Statement"][0]["Principal"] == {"AWS": wanted}


def test_a_wildcard_that_runs_across_colons_fixes_no_account() -> None:
    """ArnLike compares the parts one by one; StringLike's asterisk may stand for several of
    them.
    """
    in_any_partition = "arn:aws*:iam::111122223333:role/app"
    for operator, wanted in (
        ("ArnLike", {"AWS": "*"}),
        ("StringLike", {"AWS": "arn:aws:iam::111122223333:root"}),
    ):
        text = policy("*", condition={operator: {"aws:PrincipalArn": in_any_partition}})
        assert fixed(only(NAME, text, HOME), text)["Statement"][0]["Principal"] == wanted


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("aws:PrincipalOrgID", "${aws:ResourceOrgID}", {"AWS": "*"}),
        ("aws:PrincipalAccount", "${aws:ResourceAccount}", {"AWS": "*"}),
        ("aws:PrincipalOrgID", "${aws:PrincipalOrgID}", {"AWS": "arn:aws:iam::111122223333:root"}),
        ("aws:SourceAccount", "444455556666", {"AWS": "*"}),
        ("accounts.google.com:sub", "1234567890", {"AWS": "*"}),
        ("aws:userid", "AIDAEXAMPLEID12345678", {"AWS": "*"}),
        ("aws:userid", "AROAEXAMPLEID12345678:octo", {"AWS": "*"}),
        ("aws:userid", "octo", {"AWS": "arn:aws:iam::111122223333:root"}),
        (
            "aws:PrincipalAccount",
            "${aws:PrincipalAccount}",
            {"AWS": "arn:aws:iam::111122223333:root"},
        ),
        (
            "aws:PrincipalArn",
            "arn:aws:iam::${aws:PrincipalAccount}:role/app",
            {"AWS": "arn:aws:iam::111122223333:root"},
        ),
    ],
)
def test_what_narrows_everyone_and_what_does_not(key: str, value: str, wanted: Any) -> None:
    """Every caller is in its own account and organization, a stranger too; an id is of one user or
    role.

    What only services and tokens bring, no stranger's user or role has.
    """
    text = policy("*", condition={"StringEquals": {key: value}})
    assert fixed(only(NAME, text, HOME), text)["Statement"][0]["Principal"] == wanted


@pytest.mark.parametrize("action", [WEB, "sts:assumerolewithsaml", ["sts:AssumeRole", WEB]])
def test_no_fix_to_accounts_that_do_not_use_the_action(action: str | list[str]) -> None:
    """Accounts never call AssumeRoleWithWebIdentity or AssumeRoleWithSAML: naming them would be a
    new mistake.
    """
    assert only(NAME, policy("*", action), HOME).fix is None


def test_the_statement_is_counted() -> None:
    """The second statement's asterisk is told as the second's."""
    text = several(grant({"Service": "ec2.amazonaws.com"}), grant("*"))
    assert places(NAME, text) == [("Statement", 1, "Principal")]


def test_the_other_form_is_another_document() -> None:
    """`{"AWS": "*"}` is saved, alone and in a list."""
    assert found(NAME, policy({"AWS": "*"}, condition=IN_ORG)) == []
    assert found(NAME, policy({"AWS": ["*"]})) == []
