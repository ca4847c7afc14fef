"""A decision as a notebook shows it, and saves it."""

from __future__ import annotations

import json
from typing import Any

import trust_widgets as tw

ISSUER = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
OPS = "arn:aws:iam::444455556666:user/ops"


def shown(statement: dict[str, Any], call: tw.Request) -> dict[str, str]:
    """What Jupyter gets of a decision about a policy with one statement."""
    return tw.evaluate(policy_of(statement), call)._repr_mimebundle_()


def policy_of(statement: dict[str, Any]) -> tw.TrustPolicy:
    """An Allow, where the statement does not say otherwise."""
    return tw.parse(
        json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})
    )


def run_in(environment: str) -> tw.Request:
    """A job's call; an environment takes the branch's place in the subject.

    https://docs.github.com/en/actions/reference/security/oidc
    """
    context = {
        f"{ISSUER}:aud": "sts.amazonaws.com",
        f"{ISSUER}:sub": f"repo:octo-org/app:environment:{environment}",
    }
    return tw.Request("sts:AssumeRoleWithWebIdentity", PROVIDER, context=context)


def trust_in(subject: str) -> dict[str, Any]:
    """A statement for GitHub with one subject."""
    asked = {f"{ISSUER}:aud": "sts.amazonaws.com", f"{ISSUER}:sub": subject}
    door = {"Principal": {"Federated": PROVIDER}, "Action": "sts:AssumeRoleWithWebIdentity"}
    return {**door, "Condition": {"StringEquals": asked}}


def test_a_miss_shows_both_values_and_what_fits() -> None:
    """The outcome first, then each part of the nearest statement with its sign."""
    plain = shown(trust_in("repo:octo-org/app:ref:refs/heads/main"), run_in("production"))[
        "text/plain"
    ].splitlines()

    assert plain[0].startswith("Not allowed. Everything matches except")
    assert plain[2] == "The closest statement: Statement 1"
    assert [line.split()[:2] for line in plain[3:7]] == [
        ["✓", "Principal"],
        ["✓", "Action"],
        ["✓", "aud"],
        ["✗", "sub"],
    ]
    assert plain[7].split() == ["request", "repo:octo-org/app:environment:production"]
    assert plain[8].split() == ["policy", "repo:octo-org/app:ref:refs/heads/main", "(StringEquals)"]


def test_what_differs_is_underlined_in_html() -> None:
    """And only that."""
    html = shown(trust_in("repo:octo-org/app:ref:refs/heads/main"), run_in("production"))[
        "text/html"
    ]

    marked = [part.partition("</span>")[0].partition(">")[2] for part in html.split("<span ")[1:]]
    assert marked == ["environment:production", "ref:refs/heads/main"]


def test_what_a_stranger_wrote_runs_nowhere() -> None:
    """Claims and policies are escaped."""
    hostile = "<img src=x onerror=alert(1)>"
    html = shown(trust_in(hostile), run_in(hostile))["text/html"]

    assert "<img" not in html and html.count("&lt;img") >= 2


def test_an_external_id_that_is_passed_is_not_saved() -> None:
    """Whether it fits or not; what the policy asks for is in the policy anyway."""
    wants = {
        "Principal": {"AWS": OPS},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "b2"}},
    }
    for passed in ("qwertz-1", "qwertz-2"):
        call = tw.Request(
            "sts:AssumeRole", OPS, context={"sts:ExternalId": passed}, caller_permission="yes"
        )
        bundle = shown(wants, call)
        assert passed not in bundle["text/plain"] + bundle["text/html"]
        assert "(given)" in bundle["text/plain"] and "b2" in bundle["text/plain"]


def test_what_it_rests_on_is_named() -> None:
    """IAM refuses a bare star, so that it is decided as if it had been saved."""
    call = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
    bundle = shown({"Principal": "*", "Action": "sts:AssumeRole"}, call)

    for text in bundle.values():
        assert "The policy is evaluated as if IAM had saved it" in text


def test_without_a_statement_there_is_no_table() -> None:
    """Nothing came near where nothing is written."""
    bundle = tw.evaluate(tw.TrustPolicy(), tw.Request("sts:AssumeRole", OPS))._repr_mimebundle_()

    assert "<table" not in bundle["text/html"]
    assert (
        bundle["text/plain"]
        == "Not allowed. No statement allows anything: the policy has no Allow statement."
    )
