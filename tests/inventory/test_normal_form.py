"""Roles with the same form have the same answers, with their own account and name in them."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

import trust_widgets as tw
from support.brute_force.policies import PolicyMaker
from trust_widgets.inventory.normal_form import NormalForms, own_role
from trust_widgets.inventory.scanning import scan

ACCOUNTS = ("222233334444", "012345678901", "999988887777", "310000000013")
NAMES = ("app", "other", "session", "a")
PATHS = ("/", "/team/")


def own_policy(seed: int, arn: str, account: str) -> dict[str, Any]:
    """A random policy in which some of the accounts and ARNs are the role's own."""
    draw = random.Random(seed)
    text = json.dumps(PolicyMaker(seed).policy())
    if draw.random() < 0.7:
        text = text.replace("444455556666", account)
    if draw.random() < 0.3:
        text = text.replace("arn:aws:iam::111122223333:role/app", arn)
    if draw.random() < 0.2:
        text = text.replace("111122223333", account[:6] + "*")
    policy: dict[str, Any] = json.loads(text)
    return policy


def role(seed: int) -> dict[str, Any]:
    """A role of one of several accounts."""
    draw = random.Random(seed)
    account, name, path = draw.choice(ACCOUNTS), draw.choice(NAMES), draw.choice(PATHS)
    arn = f"arn:aws:iam::{account}:role{path}{name}"
    policy = own_policy(seed // 3, arn, account)
    return {"RoleName": name, "Arn": arn, "Path": path, "AssumeRolePolicyDocument": policy}


@pytest.mark.parametrize(
    "home", [tw.Home(), tw.Home(("310000000013", "111122223333"))], ids=["no home", "a home"]
)
def test_the_answers_are_those_without_stand_ins(
    home: tw.Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every row of every table, for 45 roles with 15 policies in four accounts."""
    export = json.dumps({"RoleDetailList": [role(seed) for seed in range(45)]})
    forms = scan(export, home=home, workers=1, progress=False)
    monkeypatch.setattr(NormalForms, "_shared", lambda *_: None)
    plain = scan(export, home=home, workers=1, progress=False)
    assert len(forms.store.forms) < len(plain.store.forms)
    for name in ("findings", "callers"):
        assert list(getattr(forms, name)) == list(getattr(plain, name))
    without = [{**row, "policy": ""} for row in forms.roles]
    assert without == [{**row, "policy": ""} for row in plain.roles]


BARE = own_role("arn:aws:iam::222233334444:role/app", "")


@pytest.mark.parametrize(
    ("text", "is_shared"),
    [
        ('{"AWS": "222233334444"}', True),
        ('{"AWS": "arn:aws:iam::222233334444:role/app"}', True),
        ('{"AWS": "arn:aws:iam::222233334444:role/team/app"}', False),  # named by another path
        ('{"aws:PrincipalAccount": "2222*"}', False),  # fits this account, not each
        ('{"aws:PrincipalArn": "arn:aws:iam::*:role/ap*"}', False),  # fits this name
        ('{"aws:PrincipalArn": "arn:aws:iam::*:role/ops-*"}', True),
        ('{"aws:PrincipalArn": "arn:aws:iam::*:role/*"}', True),
        ('{"NumericEquals": {"aws:PrincipalAccount": "222233334444"}}', False),
        ('{"AWS": "1222233334444"}', False),  # more digits than an account has
        ('{"AWS": "700000000007"}', False),  # the stand-in itself
    ],
)
def test_stand_ins_are_used_where_they_are_sound(text: str, is_shared: bool) -> None:
    """Where the own account or name could fit a pattern by chance, they are kept."""
    assert NormalForms(tw.Home()).of(text, BARE).account_is_shared is is_shared


def test_the_name_alone_is_a_stand_in_where_the_account_is_known_otherwise() -> None:
    """A vendor's account means something; roles of it with the same policy share an analysis."""
    forms = NormalForms(tw.Home())
    one, other = (own_role(f"arn:aws:iam::464622532012:role/{name}", "") for name in ("a", "b"))
    form = forms.of('{"AWS": "444455556666"}', one)
    assert form == forms.of('{"AWS": "444455556666"}', other)
    assert form.is_shared and not form.account_is_shared


def test_spaces_make_no_difference_and_names_that_appear_twice_do() -> None:
    """A name that appears twice is a finding of the text."""
    forms = NormalForms(tw.Home())
    assert forms.of('{"a": 1}', BARE) == forms.of('{ "a":1 }', BARE)
    assert '{"a": 1, "a": 1}' in forms.of('{"a": 1, "a": 1}', BARE)
