"""The caller's policy in a real JupyterLab: typed by keys, decided with the trust policy."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from support.callers_policy import open_callers_policy

Show = Callable[..., Page]
BUILDER = (
    'tw.TrustBuilder("another_account", account="111122223333", role_name="app",'
    ' caller_account="444455556666")'
)


def test_both_halves_are_typed_and_decided(show: Show) -> None:
    """By the keyboard alone: to the tab, the caller, and its policy, first for another role."""
    page = show(BUILDER)
    panel = open_callers_policy(page)
    caller = panel.get_by_label("Caller", exact=True)
    page.keyboard.type("arn:aws:iam::444455556666:user/ops")
    page.keyboard.press("Tab")
    other = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*/other"}
    page.keyboard.type(json.dumps({"Version": "2012-10-17", "Statement": [other]}))
    expect(panel).to_contain_text("Not allowed.")
    expect(panel).to_contain_text("TP269")
    policy = panel.get_by_label("The caller's permissions policy")
    this = {**other, "Resource": "arn:aws:iam::111122223333:role/app"}
    policy.fill(json.dumps({"Version": "2012-10-17", "Statement": [this]}))
    expect(panel).to_contain_text("Allowed.")
    caller.fill("ec2.amazonaws.com")
    expect(panel).to_contain_text("It has no permissions policy of yours.")
