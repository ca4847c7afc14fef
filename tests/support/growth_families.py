"""Families of policies that grow: a document with `n` of what the family is named for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

OWN, OTHER = "111122223333", "444455556666"
ROLE, TOKEN = "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"
GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::{OWN}:oidc-provider/{GITHUB}"
Document = dict[str, Any]


def _document(*statements: Document) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _allow(principal: Any, condition: Document | None = None, action: Any = ROLE) -> Document:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    return statement | ({"Condition": condition} if condition else {})


def _deny(condition: Document, action: Any = ROLE) -> Document:
    return _allow({"AWS": "*"}, condition, action) | {"Effect": "Deny"}


def _role(number: int, name: str = "app") -> str:
    return f"arn:aws:iam::{OTHER}:role/{name}-{number}"


def roles_with_arn_not_like(n: int) -> Document:
    """n roles as principals, and one of them left out by its ARN."""
    roles = [_role(number, "r") for number in range(n)]
    return _document(_allow({"AWS": roles}, {"ArnNotLike": {"aws:PrincipalArn": roles[0]}}))


def values_of_principal_arn(n: int) -> Document:
    """n patterns of one condition on the ARN, for everyone."""
    values = [f"arn:aws:iam::{100000000000 + k}:role/*" for k in range(n)]
    return _document(_allow({"AWS": "*"}, {"StringLike": {"aws:PrincipalArn": values}}))


def tags_of_the_next_tag(n: int) -> Document:
    """n tags, each of which begins as the next one."""
    tags = {f"aws:PrincipalTag/t{k}": f"${{aws:PrincipalTag/t{(k + 1) % n}}}*" for k in range(n)}
    return _document(_allow({"AWS": f"arn:aws:iam::{OTHER}:root"}, {"StringLike": tags}))


def conditions_on_tags(n: int) -> Document:
    """n conditions on n tags."""
    tags = {f"aws:PrincipalTag/t{k}": f"v{k}-*" for k in range(n)}
    return _document(_allow({"AWS": f"arn:aws:iam::{OTHER}:root"}, {"StringLike": tags}))


def github_subjects(n: int) -> Document:
    """n subjects of GitHub in one condition."""
    subjects = [f"repo:octo-org/app{k}:*" for k in range(n)]
    return _github({f"{GITHUB}:sub": subjects})


def _github(likes: Document) -> Document:
    return _document(
        _allow(
            {"Federated": PROVIDER},
            {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}, "StringLike": likes},
            TOKEN,
        )
    )


def wildcards_in_one_subject(n: int) -> Document:
    """n asterisks in one subject."""
    return _github({f"{GITHUB}:sub": "repo:octo-org/" + "*a" * n})


def question_marks(n: int) -> Document:
    """n question marks in one subject."""
    return _github({f"{GITHUB}:sub": "repo:octo-org/" + "?" * n})


def statements_with_external_id(n: int) -> Document:
    """n statements, each for the same account with another external ID."""
    ids = [{"StringEquals": {"sts:ExternalId": f"b2f6c3de-{k:04}"}} for k in range(n)]
    account = {"AWS": f"arn:aws:iam::{OTHER}:root"}
    return _document(*(_allow(account, each) for each in ids))


def accounts(n: int) -> Document:
    """n accounts as principals."""
    return _document(_allow({"AWS": [f"{100000000000 + k}" for k in range(n)]}))


def services(n: int) -> Document:
    """n services as principals."""
    return _document(_allow({"Service": [f"s{k}.amazonaws.com" for k in range(n)]}))


def github_statements(n: int) -> Document:
    """n statements for GitHub."""
    each = (_github({f"{GITHUB}:sub": f"repo:octo-org/app{k}:*"}) for k in range(n))
    return _document(*(document["Statement"][0] for document in each))


def denies_of_three_conditions(n: int) -> Document:
    """n Deny statements of three conditions each."""
    denies = (
        _deny(
            {
                "StringNotEquals": {f"aws:PrincipalTag/a{k}": "x", f"aws:PrincipalTag/b{k}": "y"},
                "Bool": {"aws:MultiFactorAuthPresent": "false"},
            }
        )
        for k in range(n)
    )
    return _document(_allow({"AWS": f"arn:aws:iam::{OTHER}:root"}), *denies)


def actions(n: int) -> Document:
    """n actions."""
    every = [ROLE, *(f"sts:Action{k}" for k in range(n))]
    return _document(_allow({"AWS": _role(1)}, action=every))


def set_operators(n: int) -> Document:
    """n conditions with set operators on the same list of organization paths."""
    paths = [f"o-a1b2c3d4e5/r-ab12/ou-{k:04}/*" for k in range(n)]
    condition = {
        "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": paths},
        "ForAllValues:StringLike": {"aws:PrincipalOrgPaths": paths},
    }
    return _document(_allow({"AWS": "*"}, condition))


# Families of our own, that are not in the report on which this benchmark rests.


def networks(n: int) -> Document:
    """n networks under IpAddress, and another n under NotIpAddress."""
    inside = [f"198.{18 + k // 256}.{k % 256}.0/24" for k in range(n)]
    outside = [f"198.{18 + k // 256}.{k % 256}.128/25" for k in range(n)]
    condition = {
        "IpAddress": {"aws:SourceIp": inside},
        "NotIpAddress": {"aws:SourceIp": outside},
    }
    return _document(_allow({"AWS": f"arn:aws:iam::{OTHER}:root"}, condition))


def sessions_of_roles(n: int) -> Document:
    """n roles and a session of each."""
    arns = [_role(number, "r") for number in range(n)]
    sessions = [f"arn:aws:sts::{OTHER}:assumed-role/r-{k}/s" for k in range(n)]
    return _document(_allow({"AWS": [*arns, *sessions]}))


def denied_roles(n: int) -> Document:
    """An account, of which n statements deny one role each."""
    denies = (_allow({"AWS": _role(k, "r")}) | {"Effect": "Deny", "Sid": f"D{k}"} for k in range(n))
    return _document(_allow({"AWS": f"arn:aws:iam::{OTHER}:root"}), *denies)


def saml_providers(n: int) -> Document:
    """n SAML providers with the audience of the sign-in page."""
    providers = [f"arn:aws:iam::{OWN}:saml-provider/p{k}" for k in range(n)]
    audience = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    return _document(_allow({"Federated": providers}, audience, "sts:AssumeRoleWithSAML"))


def token_providers(n: int) -> Document:
    """n OIDC providers, with the subjects of each of them."""
    issuers = [f"oidc.eks.eu-west-1.amazonaws.com/id/{k:032X}" for k in range(n)]
    statements = (
        _allow(
            {"Federated": f"arn:aws:iam::{OWN}:oidc-provider/{issuer}"},
            {
                "StringEquals": {
                    f"{issuer}:sub": "system:serviceaccount:shop:web",
                    f"{issuer}:aud": "sts.amazonaws.com",
                }
            },
            TOKEN,
        )
        for issuer in issuers
    )
    return _document(*statements)


def service_sources(n: int) -> Document:
    """A service with n source accounts and ARNs."""
    ids = [f"{100000000000 + k}" for k in range(n)]
    arns = [f"arn:aws:sns:eu-west-1:{number}:*" for number in ids]
    condition = {
        "StringEquals": {"aws:SourceAccount": ids},
        "ArnLike": {"aws:SourceArn": arns},
    }
    return _document(_allow({"Service": "sns.amazonaws.com"}, condition))


def numbers(n: int) -> Document:
    """n borders of MFA's age in Deny statements."""
    denies = (
        _deny({"NumericGreaterThan": {"aws:MultiFactorAuthAge": str(60 * k + 60)}})
        for k in range(n)
    )
    return _document(_allow({"AWS": f"arn:aws:iam::{OTHER}:root"}), *denies)


def patterns_but_patterns(n: int) -> Document:
    """n patterns of an external ID, of which n statements deny one each."""
    denies = (_deny({"StringLike": {"sts:ExternalId": f"team{k}-x*"}}) for k in range(n))
    ids = {"StringLike": {"sts:ExternalId": [f"team{k}-*" for k in range(n)]}}
    return _document(_allow({"AWS": f"arn:aws:iam::{OTHER}:root"}, ids), *denies)


def users(n: int) -> Document:
    """n users with MFA required as BoolIfExists."""
    names = [f"arn:aws:iam::{OTHER}:user/u{k}" for k in range(n)]
    condition = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}
    return _document(_allow({"AWS": names}, condition))


def accounts_loosely(n: int) -> Document:
    """n accounts, with a condition that is true without its key."""
    condition = {"StringEqualsIfExists": {"aws:PrincipalTag/team": "octo"}}
    return _document(_allow({"AWS": [f"{100000000000 + k}" for k in range(n)]}, condition))


def accounts_in_a_condition(n: int) -> Document:
    """Everyone of n accounts that a condition names."""
    ids = [f"{100000000000 + k}" for k in range(n)]
    return _document(_allow({"AWS": "*"}, {"StringEquals": {"aws:PrincipalAccount": ids}}))


def contradicting_conditions(n: int) -> Document:
    """n conditions on tags, of which two contradict each other."""
    tags = {f"aws:PrincipalTag/t{k}": f"v{k}" for k in range(n)}
    other = {"aws:PrincipalTag/t0": "w"}
    condition = {"StringEquals": tags, "StringLike": other}
    return _document(_allow({"AWS": f"arn:aws:iam::{OTHER}:root"}, condition))


REPORTED: dict[str, Callable[[int], Document]] = {
    each.__name__: each
    for each in (
        roles_with_arn_not_like,
        values_of_principal_arn,
        tags_of_the_next_tag,
        conditions_on_tags,
        github_subjects,
        wildcards_in_one_subject,
        statements_with_external_id,
        accounts,
        services,
        github_statements,
        denies_of_three_conditions,
        question_marks,
        actions,
        set_operators,
    )
}
"""The families of the report."""

OWN_FAMILIES: dict[str, Callable[[int], Document]] = {
    each.__name__: each
    for each in (
        networks,
        sessions_of_roles,
        denied_roles,
        saml_providers,
        token_providers,
        service_sources,
        numbers,
        patterns_but_patterns,
        users,
        accounts_loosely,
        accounts_in_a_condition,
        contradicting_conditions,
    )
}
"""Families beside them."""

FAMILIES = REPORTED | OWN_FAMILIES


def text_of(family: str, n: int) -> str:
    """The document as compact JSON."""
    return json.dumps(FAMILIES[family](n), separators=(",", ":"))


def number_for(family: str, chars: int) -> int:
    """The largest n whose text has at most so many characters."""
    low, high = 1, 2
    while len(text_of(family, high)) <= chars:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if len(text_of(family, middle)) <= chars else (low, middle)
    return low
