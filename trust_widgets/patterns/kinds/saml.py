"""People who sign in with SAML at an identity provider of one's own.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.limits import SAML_PROVIDER_NAME
from trust_widgets.aws.partitions import PARTITIONS
from trust_widgets.forms import Answer, Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns.oidc_statements import any_of, asked
from trust_widgets.policy import Companion, Principal, Role, Statement
from trust_widgets.text.quoting.shell import command

_ARN = re.compile(rf"arn:(aws(?:-[a-z]+)*):iam::({ACCOUNT_ID}):saml-provider/([\w.-]+)", re.ASCII)
_ATTRIBUTE = "https://aws.amazon.com/SAML/Attributes"


_GLOBAL = {p.name: p.saml_endpoints[0] for p in PARTITIONS if p.saml_endpoints}


def _rule(endpoint: str) -> str:
    """An endpoint and those of the regions. A provider that encrypts its assertions has its own
    below each.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_relying-party.html
    """
    host = re.escape(endpoint.removeprefix("https://"))
    return rf"https://(([a-z0-9-]+|\*)\.)?{host}(/acs/[A-Z0-9]+)?"


_RULES = {name: _rule(endpoint) for name, endpoint in _GLOBAL.items()}


def _spread(text: str) -> Mapping[str, Answer]:
    """A provider's ARN is the role's account and the provider's name."""
    found = _ARN.fullmatch(text)
    if found:
        return {"account": found[2], "provider": found[3]}
    return {}


_PROVIDER = Question(
    "Provider",
    "Name of the identity provider in IAM.",
    "corp",
    SAML_PROVIDER_NAME,
    "A provider name is up to 128 letters, digits and . _ -, like corp.",
    spread=_spread,
)
_ENDPOINTS = Question(
    "Sign-in endpoints",
    "Sign-in (ACS) URLs of AWS. Add Regional ones for resilience.",
    _GLOBAL["aws"],
    "|".join(_RULES.values()),
    f"Write an endpoint like {_GLOBAL['aws']} or https://eu-central-1.signin.aws.amazon.com/saml.",
    suggestions=lambda: tuple(_GLOBAL.values()),
)

# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
_TAGS = Question(
    "The IdP sends session tags",
    "Without this, AWS denies an assertion with PrincipalTag attributes.",
)


def statements(
    account: str,
    provider: Annotated[str, _PROVIDER],
    endpoints: Annotated[tuple[str, ...], _ENDPOINTS] = (_GLOBAL["aws"],),
    tags: Annotated[bool, _TAGS] = False,
) -> tuple[Statement, ...]:
    principal = Principal(federated=(_provider_arn(account, provider, endpoints),))
    conditions = (any_of("SAML:aud", endpoints),)
    actions = ("sts:AssumeRoleWithSAML", *((TAG_SESSION,) if tags else ()))
    return (Statement(principal=principal, action=actions, conditions=conditions),)


def _provider_arn(account: str, provider: str, endpoints: tuple[str, ...]) -> str:
    return f"arn:{_partition(endpoints)}:iam::{account}:saml-provider/{provider}"


def _partition(endpoints: tuple[str, ...]) -> str:
    """The partition that people sign in to: that of the first endpoint."""
    return next(name for name, rule in _RULES.items() if re.fullmatch(rule, endpoints[0]))


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    principal = statements[0].principal
    if len(statements) != 1 or principal is None or len(principal.federated or ()) != 1:
        return None
    arn = _ARN.fullmatch((principal.federated or ("",))[0])
    endpoints = asked(statements[0], "SAML:aud", "StringEquals", "StringLike")
    if arn is None or not endpoints:
        return None
    tags = TAG_SESSION in (statements[0].action or ())
    return {"account": arn[2], "provider": arn[3], "endpoints": endpoints, "tags": tags}


def label(answers: Mapping[str, Any]) -> str:
    provider = answers["provider"].strip()
    if provider:
        return f"SAML · {provider}"
    return "SAML"


def companions(
    role: Role, provider: str, endpoints: tuple[str, ...], tags: bool
) -> tuple[Companion, ...]:
    arn = _provider_arn(role.account or "ACCOUNT_ID", provider, endpoints)
    options = {"--name": provider, "--saml-metadata-document": "file://metadata.xml"}
    made = command(("aws", "iam", "create-saml-provider"), options)
    return (
        Companion(
            "assertion",
            "What the identity provider sends",
            "Configure this in the identity provider. Only its Role attribute decides who gets "
            "this role: SAML:aud is the same for everyone.",
            "assertion.txt",
            _assertion(_accounts.arn_of(role, _partition(endpoints)), arn, endpoints),
        ),
        Companion(
            "saml_provider",
            "The identity provider",
            "Create it once in your account, with the metadata file of your identity provider.",
            "create-provider.sh",
            f"{made}\n",
        ),
    )


def _assertion(role_arn: str, provider_arn: str, endpoints: tuple[str, ...]) -> str:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html"""
    lines = {
        f"{_ATTRIBUTE}/Role": f"{role_arn},{provider_arn}",
        f"{_ATTRIBUTE}/RoleSessionName": (
            "the person's user name or email address, 2 to 64 characters"
        ),
        "Recipient (its assertion consumer URL)": " or ".join(endpoints),
    }
    return "\n".join(f"{name}\n    {value}" for name, value in lines.items()) + "\n"


PATTERN = Pattern(
    title="SAML sign-in",
    group="Outside AWS",
    about="People of your company who sign in to AWS through your identity provider.",
    callers=frozenset({"saml"}),
    example={"provider": "corp"},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
)
