"""An audience that is a slip of the one which the issuer's usual client asks for, or that of another cloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.required_conditions import Asked, callers, outcome, values
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy
from trust_widgets.policy.statements import example
from trust_widgets.providers import Provider, provider_of
from trust_widgets.providers.issuers import buildkite, eks, github_actions, hcp_terraform

# The usual client of each, which asks for `Provider.audience` unless somebody tells it otherwise.
CLIENTS = {
    github_actions.PROVIDER.title: "AWS's action configure-aws-credentials",
    eks.PROVIDER.title: "the cluster's webhook",
    hcp_terraform.PROVIDER.title: "HCP Terraform",
    buildkite.PROVIDER.title: "Buildkite's plugin for AWS",
}
IN_CHINA = "sts.amazonaws.com.cn"
# What the same clients ask for when they sign in elsewhere.
_OF_OTHER_CLOUDS = ("api://AzureADTokenExchange", "https://iam.googleapis.com/", "//iam.googleapis.com/", "sigstore")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        provider = audience_of(each)
        why = _why(text, provider.audience) if provider is not None else ""
        if provider is not None and why:
            yield Hit(
                place,
                f'"{text}" {why}: {CLIENTS[provider.title]} asks for "{provider.audience}" unless it is told '
                f"otherwise, and a token for that does not fit. {outcome(each, place).replace('So ', 'Then ', 1)}",
                fix=Fix(f'Write "{provider.audience}"', (Replace(place, provider.audience),)),
            )


def audience_of(each: Asked) -> Provider | None:
    """The provider whose audience a condition asks for, if we know its usual client."""
    issuer, _, claim = each.key.rpartition(":")
    if claim != "aud" or issuer not in {caller.issuer for caller in callers(each.path, each.statement)}:
        return None
    provider = provider_of(issuer)
    return provider if provider is not None and provider.title in CLIENTS else None


def _why(text: str, usual: str) -> str:
    """In which way an audience is wrong; `""` when it is right, or somebody's own."""
    if text in (usual, IN_CHINA) or set(text) & set("*?$"):
        return ""
    if text.startswith(_OF_OTHER_CLOUDS):
        return "is the audience for another cloud"
    plain = re.sub("^(?:https?:)?//", "", text.strip().lower()).rstrip("/")
    near = SequenceMatcher(None, plain, usual).ratio() >= 0.9 and plain != IN_CHINA
    return "is not quite the usual audience" if near else ""


_GITHUB = "token.actions.githubusercontent.com"
_SUB = "repo:octo-org/app:ref:refs/heads/main"


def _aud(*audiences: str, operator: str = "StringEquals") -> str:
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{_GITHUB}"}
    block = {"StringEquals": {f"{_GITHUB}:sub": _SUB}}
    block.setdefault(operator, {})[f"{_GITHUB}:aud"] = list(audiences)  # type: ignore[assignment]
    return example(principal, "sts:AssumeRoleWithWebIdentity", block)


PITFALL = Pitfall(
    code="TP223",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="Not quite the usual audience",
    find=find,
    fine="When your jobs ask for exactly this audience, and the provider in IAM lists it.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(
        _aud("https://sts.amazonaws.com"),
        _aud("sts.amazonaws.com", "sts.amazon.com"),
        _aud("api://AzureADTokenExchange"),
    ),
    good=(
        _aud("sts.amazonaws.com"),
        _aud("sts.amazonaws.com.cn"),
        _aud("https://github.com/octo-org"),
        _aud("https://sts.amazonaws.com", operator="StringNotEquals"),
    ),
)
