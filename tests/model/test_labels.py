"""Chips can be told apart."""

from __future__ import annotations

import trust_widgets as tw
from trust_widgets.model import labels_of

APP = {"owner": "octo-org", "repository": "app"}


def test_the_answer_in_which_they_differ() -> None:
    grants = [
        tw.Grant("github_oidc", {**APP, "branch": "main"}),
        tw.Grant("github_oidc", {**APP, "runs": "environment", "environment": "production"}),
        tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)}),
    ]
    assert labels_of(grants)[:2] == (
        "GitHub Actions · octo-org/app · main",
        "GitHub Actions · octo-org/app · production",
    )
    assert "·" not in labels_of(grants[2:])[0].removeprefix("AWS service · ")


def test_their_number_where_they_differ_in_nothing() -> None:
    hand = tw.TrustModel(
        text='{"Version": "2012-10-17", "Statement": ['
        '{"Effect": "Deny", "NotPrincipal": {"AWS": "*"}, "NotAction": "sts:*"},'
        '{"Effect": "Deny", "NotPrincipal": {"AWS": "*"}, "NotAction": "iam:*"}]}'
    ).grants
    assert labels_of(hand) == ("Custom statement · 1", "Custom statement · 2")


def test_one_alone_is_as_short_as_can_be() -> None:
    assert labels_of([tw.Grant("github_oidc", APP)]) == ("GitHub Actions · octo-org/app",)
