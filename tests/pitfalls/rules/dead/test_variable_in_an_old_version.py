"""Policy variables came with Version 2012-10-17.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.asking import HOME, fixed, found, only, policy
from trust_widgets.findings import Verdict

NAME = "variable_in_an_old_version"
OWN = {"AWS": "111122223333"}
NAMED = {"StringLike": {"sts:RoleSessionName": "${aws:username}"}}


def of(version: str | None, condition: Any) -> str:
    """The policy with another version, or none."""
    document = json.loads(policy(OWN, condition=condition))
    del document["Version"]
    return json.dumps(document if version is None else {"Version": version, **document})


@pytest.mark.parametrize("version", ["2008-10-17", None])
def test_the_version_is_written(version: str | None) -> None:
    """Where it was missing, and where it was old."""
    text = of(version, NAMED)
    finding = only(NAME, text, HOME)
    assert (finding.verdict, finding.path[-2:]) == (Verdict.DEAD, ("sts:RoleSessionName", 0))
    assert fixed(finding, text)["Version"] == "2012-10-17"


def test_an_escaped_asterisk_is_one_of_them() -> None:
    """`${*}` too is text without variables."""
    only(NAME, of("2008-10-17", {"StringEquals": {"aws:PrincipalTag/star": "${*}"}}), HOME)


@pytest.mark.parametrize(
    ("key", "is_told"),
    [
        ("aws:UserAgent", False),  # a program calls itself as it likes
        ("aws:Referer", False),
        ("sts:RoleSessionName", True),  # letters, digits and _+=,.@-
        ("sts:ExternalId", True),
        ("aws:PrincipalTag/team", True),  # letters, digits, spaces and _.:/=+-@
        ("aws:username", True),
    ],
)
def test_a_key_that_can_be_that_text_lets_somebody_in(key: str, is_told: bool) -> None:
    """The rule says that nobody gets in, so that it is silent where a call can hold the text."""
    text = of("2008-10-17", {"StringEquals": {key: "${aws:username}"}})
    assert bool(found(NAME, text, HOME)) is is_told


def test_a_subject_with_a_variable_is_of_no_token() -> None:
    """GitHub's subjects have no dollar; what another issuer writes nobody knows."""
    for issuer, is_told in (("token.actions.githubusercontent.com", True), ("idp.example", False)):
        provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
        condition = {"StringLike": {f"{issuer}:sub": "repo:${aws:username}/*"}}
        text = policy(provider, "sts:AssumeRoleWithWebIdentity", condition)
        text = text.replace("2012-10-17", "2008-10-17")
        assert bool(found(NAME, text, HOME)) is is_told


@pytest.mark.parametrize(
    "text",
    [
        of("2012-10-17", NAMED),
        of("2008-10-17", {"StringLike": {"sts:RoleSessionName": "octo-$*"}}),
        of("2008-10-17", {"StringNotLike": {"sts:RoleSessionName": "${aws:username}"}}),
        of("2008-10-17", {"StringEquals": {"sts:ExternalId": "${var.external_id}"}}),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """The current version, no variable, negated operators, and a placeholder, which is none in any
    version.
    """
    assert found(NAME, text, HOME) == []
