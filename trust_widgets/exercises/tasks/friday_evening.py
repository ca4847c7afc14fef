"""Shut four attackers out of one policy without locking out the three callers that it is for."""

from __future__ import annotations

from trust_widgets.evaluation import Request
from trust_widgets.exercises import Exercise, NamedRequest
from trust_widgets.exercises.writing import (
    GITHUB,
    GITHUB_PROVIDER,
    OWN,
    PARTNER,
    ROLE,
    VENDOR,
    calls,
    policy,
    statement,
)

_WEB = "sts:AssumeRoleWithWebIdentity"
_SUB, _AUD = f"{GITHUB}:sub", f"{GITHUB}:aud"
_ORGANIZATION, _FOREIGN = "o-a1b2c3d4e5", "o-z9y8x7w6v5"
_ID = "b2f6c3de-7a41-4f0e-9c55-1d2e3f4a5b6c"
_MAIN = "repo:octo-org/app:ref:refs/heads/main"
_BACKUP = f"arn:aws:iam::{OWN}:role/backup"
_VENDOR_ROOT = f"arn:aws:iam::{VENDOR}:root"
_COLLECTOR = f"arn:aws:iam::{VENDOR}:role/collector"
_EVE = f"arn:aws:iam::{PARTNER}:user/eve"
_AUDIENCE = "sts.amazonaws.com"

_deploy = statement(
    {"Federated": GITHUB_PROVIDER}, _WEB, Condition={"StringEquals": {_AUD: _AUDIENCE, _SUB: _MAIN}}
)
_backup = statement({"AWS": _BACKUP})
_vendor = statement({"AWS": _VENDOR_ROOT}, Condition={"StringEquals": {"sts:ExternalId": _ID}})


def _session(role: str, account: str) -> str:
    return f"arn:aws:sts::{account}:assumed-role/{role}/run-1"


EXERCISE = Exercise(
    name="friday_evening",
    label="W7",
    title="Friday, 17:55",
    minutes=18,
    brief=(
        "This policy has grown for years. Three callers need it: the deploy job on the branch main"
        " of octo-org/app, whose subject has names without IDs; the role backup of your account"
        f" {OWN}; the vendor with the account {VENDOR}, which passes your ID {_ID}. Nobody else"
        " may assume the role, and on Monday everything has to work."
    ),
    start=policy(
        statement(
            {"Federated": GITHUB_PROVIDER},
            _WEB,
            Condition={"StringEquals": {_AUD: _AUDIENCE}, "StringLike": {_SUB: "repo:octo-org*"}},
        ),
        statement(
            {"AWS": "*"},
            Condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": _ORGANIZATION}},
        ),
        statement({"AWS": _VENDOR_ROOT}, Condition={"StringLike": {"sts:ExternalId": "b2f6*"}}),
        statement({"AWS": f"arn:aws:iam::{PARTNER}:root"}, Sid="Temporary"),
    ),
    must_allow=(
        calls(
            "the deploy job on the branch main",
            "github_actions",
            owner="octo-org",
            repository="app",
            runs="branch",
            branch="main",
        ),
        calls(
            "your role backup",
            "role_session",
            arn=_session("backup", OWN),
            path="/",
            organization=_ORGANIZATION,
        ),
        calls(
            "the vendor with your ID",
            "role_session",
            arn=_session("collector", VENDOR),
            path="/",
            organization=_FOREIGN,
            external_id=_ID,
        ),
    ),
    must_deny=(
        calls(
            "a job of octo-org-evil/app",
            "github_actions",
            owner="octo-org-evil",
            repository="app",
            runs="branch",
            branch="main",
        ),
        NamedRequest(
            "a user of an account that is in no organization",
            Request("sts:AssumeRole", _EVE, ROLE, caller_permission="yes"),
        ),
        calls(
            "the vendor with an ID that begins like yours",
            "role_session",
            arn=_session("collector", VENDOR),
            path="/",
            organization=_FOREIGN,
            external_id="b2f6-test",
        ),
        calls(
            f"an administrator of account {PARTNER}",
            "role_session",
            arn=_session("admin", PARTNER),
            path="/",
            organization=_FOREIGN,
        ),
    ),
    narrowest=policy(
        _deploy,
        statement(
            {"AWS": _BACKUP},
            Condition={"StringEquals": {"aws:PrincipalOrgID": _ORGANIZATION}},
        ),
        statement({"AWS": _COLLECTOR}, Condition={"StringEquals": {"sts:ExternalId": _ID}}),
    ),
    widest=policy(_deploy, _backup, _vendor),
    hints=(
        "Who besides the three callers can use each of the four statements?",
        "A Deny for everyone outside the organization also stops the vendor, and perhaps the job.",
        "Name each of the three in a separate statement: the whole subject, the role, "
        "the whole ID. Remove the rest.",
    ),
    solutions=(
        policy(_deploy, _backup, _vendor),
        policy(
            _deploy,
            statement(
                {"AWS": f"arn:aws:iam::{OWN}:root"},
                Condition={"ArnEquals": {"aws:PrincipalArn": _BACKUP}},
            ),
            _vendor,
        ),
        policy(
            _deploy,
            statement(
                {"AWS": _BACKUP},
                Condition={"StringEquals": {"aws:PrincipalOrgID": _ORGANIZATION}},
            ),
            statement({"AWS": _COLLECTOR}, Condition={"StringEquals": {"sts:ExternalId": _ID}}),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    ),
)
