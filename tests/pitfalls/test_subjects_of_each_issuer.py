"""Each issuer's subjects: its own are taken and shown by a call, and others are told of.

The subjects are those of the members' records, whose tests derive them from the vendors' pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.findings import Verdict
from trust_widgets.forms import fields_of
from trust_widgets.providers import PROVIDERS, facts_of, provider_of

# Of these no issuer is known, so that nothing is told of a subject.
WITHOUT_ISSUERS = {"any_oidc", "terraform_enterprise"}
NAMES = [
    name
    for name in sorted(PROVIDERS)
    if PROVIDERS[name].protocol == "oidc" and name not in WITHOUT_ISSUERS
]
# What tells that a subject is none of the issuer's, or only one of a customised template.
TELLING = {"TP204", "TP441", "TP470"}
# None of these is a subject of any issuer but of one.
OTHERS = {
    "arn:aws:iam::111122223333:role/app": (),
    "repo:octo-org/app:ref:refs/heads/main": ("github_actions",),
    "project_path:octo-org/app:ref_type:branch:ref:main": ("gitlab",),
    "system:serviceaccount:shop:cart": ("eks",),
    "octo org": (),
}


def issuer_of(name: str) -> str:
    """An issuer of a member."""
    provider = PROVIDERS[name]
    if provider.issuer_from is None:
        return provider.issuer
    fields = fields_of(provider.issuer_from)
    usual = {field.name: field.question.example or field.default for field in fields}
    return provider.issuer_from(**usual)


def asking(name: str, subject: str) -> str:
    """A policy for one subject of a member's issuer."""
    issuer = issuer_of(name)
    key = f"{issuer}:{facts_of(PROVIDERS[name]).subject_claim}"
    principal = (
        issuer if issuer in BUILT_IN else f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    )
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Federated": principal},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringLike": {key: subject}},
    }
    if name == "pulumi":  # IAM refuses it without the audience, and nothing else is told then
        statement["Condition"]["StringEquals"] = {f"{issuer}:aud": "octo-org"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def own(name: str) -> tuple[str, ...]:
    """Subjects of a member, one for each form, of no stranger."""
    made = PROVIDERS[name].subjects_for
    assert made is not None and provider_of(issuer_of(name)) is PROVIDERS[name]
    return made("*", strangers=False)


def patterns(name: str) -> Iterator[str]:
    """Each subject, its beginnings up to a separator with a `*`, and its ends."""
    for subject in own(name):
        yield subject
        for found in re.finditer("[:/|@]", subject):
            yield f"{subject[: found.end()]}*"
            yield f"*{subject[found.start() :]}"


@pytest.mark.parametrize("name", NAMES)
def test_its_own_subjects_are_taken(name: str) -> None:
    """Nothing is told to be dead, and each class of callers has a call."""
    for pattern in patterns(name):
        text = asking(name, pattern)
        findings = tw.check(text)
        told = {finding.code for finding in findings}
        dead = {finding.code for finding in findings if finding.verdict is Verdict.DEAD}
        assert not dead and not told & (TELLING - {"TP441"}), pattern
        classes = tw.who_gets_in(tw.parse(text))
        assert classes and all(each.witness is not None for each in classes), pattern


@pytest.mark.parametrize("name", NAMES)
def test_a_subject_of_nobody_is_told(name: str) -> None:
    """As dead, where the vendor's page says all forms, else as advice."""
    for subject, owners in OTHERS.items():
        told = {finding.code for finding in tw.check(asking(name, subject))}
        assert bool(told & TELLING) is (name not in owners), subject


@pytest.mark.parametrize("name", NAMES)
def test_what_is_dead_lets_nobody_in(name: str) -> None:
    """And what is advice lets somebody in."""
    for subject in (
        *OTHERS,
        *(f"{each}:*" for each in own(name)),
        *(f"x{each}" for each in own(name)),
    ):
        text = asking(name, subject)
        dead = any(finding.code == "TP204" for finding in tw.check(text))
        assert bool(tw.who_gets_in(tw.parse(text))) is not dead, subject
