"""`{"AWS": "*"}` for callers with a token or a SAML assertion: AWS documents no match.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
So nothing may be said for sure that holds only if "*" matches them, or only if it does not.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from support.laws import contradictions
from trust_widgets.access import can_let_in

ISSUER = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
ROLE = "arn:aws:iam::111122223333:role/app"
WEB, SAML = "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"
STAR = {"AWS": "*"}
SIGN_IN = "https://signin.aws.amazon.com/saml"
RUN = tw.Request(
    WEB,
    PROVIDER,
    ROLE,
    {f"{ISSUER}:aud": "sts.amazonaws.com", f"{ISSUER}:sub": "repo:octo-org/app:pull_request"},
)
PERSON = tw.Request(
    SAML, "arn:aws:iam::111122223333:saml-provider/idp", ROLE, {"SAML:aud": SIGN_IN}
)
MAIN = {
    "StringEquals": {
        f"{ISSUER}:aud": "sts.amazonaws.com",
        f"{ISSUER}:sub": "repo:octo-org/app:pull_request",
    }
}
EVERY_RUN = {
    "StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com"},
    "StringLike": {f"{ISSUER}:sub": "repo:*"},
}
ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}


def statement(principal: Any, condition: Any = None, effect: str = "Allow", **actions: Any) -> Any:
    """A statement as a dict; `Action` is that of web identities unless another is given."""
    made = {"Effect": effect, "Principal": principal, **(actions or {"Action": WEB})}
    return made | ({"Condition": condition} if condition else {})


def text_of(*statements: Any) -> str:
    """A policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


NOBODY = tw.parse(text_of(statement({"AWS": f"{ROLE}-other"}, Action="sts:TagSession")))


# For each: the Allow of "*", and a request that it would allow if "*" matched the caller.
OPEN = {
    "web identity": (statement(STAR), RUN),
    "SAML": (statement(STAR, Action=SAML), PERSON),
    "both by a wildcard": (statement(STAR, Action="sts:AssumeRoleWith*"), PERSON),
    "another case": (statement(STAR, Action="STS:assumerolewithwebidentit?"), RUN),
    "NotAction": (statement(STAR, NotAction="sts:AssumeRole"), RUN),
    "any run": (statement(STAR, EVERY_RUN), RUN),
    "the audience of SAML": (
        statement(STAR, {"StringEquals": {"SAML:aud": SIGN_IN}}, Action=SAML),
        PERSON,
    ),
}


@pytest.mark.parametrize("name", OPEN)
def test_every_answer_leaves_open_whether_star_matches_a_token(name: str) -> None:
    """`evaluate`, `is_public`, `can_let_in`, `who_gets_in`, `compare`, `check` and the summary."""
    allow, request = OPEN[name]
    text = text_of(allow)
    policy = tw.parse(text)

    decision = tw.evaluate(policy, request)
    assert (decision.outcome, decision.needs) == ("depends", ("principal *",))
    assert "star_covers_everyone" in decision.assumptions
    assert decision.because.startswith('Allowed if "*" matches')
    assert tw.is_public(policy).found is None
    assert can_let_in(policy, 0).found is None
    [found] = tw.who_gets_in(policy)
    assert (found.stranger, found.witness) == (None, None)
    assert 'if "*" matches' in found.sentence and "AWS account" not in found.sentence
    gained = tw.compare(NOBODY, policy).gained
    assert gained.found is None and '"*"' in gained.because
    assert tw.compare(policy, NOBODY).lost.found is None
    [finding] = [each for each in tw.check(text) if each.verdict == "open"]
    assert (finding.code, finding.severity) == ("TP335", "medium")
    assert "may assume" in finding.message and finding.path[2:] == ("Principal", "AWS", 0)
    assert "Nobody" not in tw.TrustModel(text=text).summary
    assert contradictions(text) == []


def test_a_bare_star_is_decided_alike_and_refused() -> None:
    """IAM does not save `"Principal": "*"` for a role."""
    policy = tw.parse(text_of(statement("*")))
    assert tw.evaluate(policy, RUN).outcome == "depends"
    assert tw.is_public(policy).found is None
    assert [finding.code for finding in tw.check(str(policy))] == ["TP101"]


def test_what_holds_in_both_readings_is_said() -> None:
    """With one repository's subject no outsider is allowed, whatever "*" matches; nor is anybody
    where a condition needs what no token has, nor where "*" denies what "*" allows.
    """
    ours = tw.parse(text_of(statement(STAR, MAIN)))
    assert tw.evaluate(ours, RUN).outcome == "depends"
    assert tw.is_public(ours).found is False
    assert can_let_in(ours, 0).found is None

    organization = tw.parse(text_of(statement(STAR, ORGANIZATION)))
    assert can_let_in(organization, 0).found is False
    assert tw.who_gets_in(organization) == ()

    both = tw.parse(text_of(statement(STAR), statement(STAR, effect="Deny")))
    assert can_let_in(both, 0).found is False and tw.is_public(both).found is False


def test_star_beside_the_usual_action_is_decided() -> None:
    """Users and roles of every account are allowed; those of an organization alone are too."""
    everyone = tw.parse(text_of(statement(STAR, Action=["sts:AssumeRole", WEB])))
    assert tw.is_public(everyone).found is True
    assert [f.code for f in tw.check(str(everyone)) if f.verdict == "open"] == ["TP301"]

    ours = tw.parse(text_of(statement(STAR, ORGANIZATION, Action="sts:*")))
    assert tw.is_public(ours).found is False and can_let_in(ours, 0).found is True
    assert not [f for f in tw.check(str(ours)) if f.verdict == "open"]


def test_a_deny_of_star_may_not_stop_a_token() -> None:
    """Neither the Allow nor the Deny is sure then."""
    deny = statement(STAR, effect="Deny")
    ours = tw.parse(text_of(statement({"Federated": PROVIDER}, MAIN), deny))
    decision = tw.evaluate(ours, RUN)
    assert decision.outcome == "depends" and decision.because.startswith('Denied if "*" matches')
    assert can_let_in(ours, 0).found is None
    assert [each.witness for each in tw.who_gets_in(ours)] == [None]
    assert "TP448" in {finding.code for finding in tw.check(str(ours))}

    text = text_of(statement({"Federated": PROVIDER}, EVERY_RUN), deny)
    assert tw.is_public(tw.parse(text)).found is None
    [finding] = [each for each in tw.check(text) if each.verdict == "open"]
    assert finding.code == "TP335" and finding.path[:2] == ("Statement", 1)
    assert contradictions(text) == []


def test_an_unchanged_statement_changes_nothing() -> None:
    """Whatever "*" matches, it matches it before and after."""
    before = text_of(statement(STAR), statement({"AWS": "444455556666"}, Action="sts:AssumeRole"))
    after = before.replace("444455556666", "999988887777")
    compared = tw.compare(tw.parse(before), tw.parse(after))
    assert compared.gained.witness is not None and compared.lost.witness is not None
    renamed = before.replace('"Version"', '"Id": "a", "Version"')
    assert tw.compare(tw.parse(before), tw.parse(renamed)).same is True


def test_a_provider_that_is_named_is_decided() -> None:
    """Its statement allows its tokens, whatever "*" beside it matches."""
    named = statement({"Federated": PROVIDER}, MAIN)
    policy = tw.parse(text_of(named, statement(STAR, MAIN)))
    assert tw.evaluate(policy, RUN).outcome == "allowed"
    assert can_let_in(policy, 0).found is True and can_let_in(policy, 1).found is None

    denied = tw.parse(text_of(statement(STAR), {**named, "Effect": "Deny"}))
    assert tw.evaluate(denied, RUN).outcome == "denied"
