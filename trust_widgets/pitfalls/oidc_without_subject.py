"""An OIDC issuer whose tokens are all taken, whoever they are for."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import oidc_issuers
from trust_widgets.findings import Severity, Verdict
from trust_widgets.home import Home
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls._actions import assumes
from trust_widgets.pitfalls._guarding import admits_all, guards, is_claim
from trust_widgets.pitfalls._keys import intended
from trust_widgets.pitfalls._statements import example, principals
from trust_widgets.pitfalls.shared_issuer_without_claim import lacks
from trust_widgets.policy import Path, Statement, TrustPolicy
from trust_widgets.providers import github_actions, issuer_of

# Public issuers with which a reader registers an app: its id, in `aud`, is as much as AWS's own examples ask.
_APP_IDS = {
    "accounts.google.com": ("aud", "oaud"),
    "graph.facebook.com": ("app_id",),
    "www.amazon.com": ("app_id",),
}
_SUBJECTS = {
    "oidc.eks.": "system:serviceaccount:default:default",
    "token.actions.githubusercontent.com": "repo:octo-evil/app:ref:refs/heads/main",
}
_ANYONE = ", and anyone in the world can get one"
# Claims of the token itself, as are the tags of the request, so that the issuer vouches for them.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
_OF_THE_TOKEN = ("sts:roleauthorizedbyidp", "sts:sourceidentity")
_NEVER_IN_AN_OIDC_CALL = ("aws:principal", "aws:sourcea", "aws:multifactorauth", "sts:externalid")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Federated", "Allow"):
        issuer = issuer_of(value)
        required = oidc_issuers.required_key(issuer)
        judged = not assumes(statement) or (required is not None and lacks(statement, required))
        if issuer and not judged and not _is_guarded(statement, issuer.lower(), (required or "").lower()):
            yield _hit(path, issuer, required)


def _is_guarded(statement: Statement, issuer: str, required: str) -> bool:
    """Whether a condition asks whose token it is, or asks for what no token of this issuer has."""
    for guard in guards(statement):
        key = intended(guard.key)
        own_rule = key == f"{issuer}:sub" and github_actions.PROVIDER.owns(issuer)
        refused_too = key == "sts:roleauthorizedbyidp" and any(str(v).lower() != "true" for v in guard.values)
        wide = refused_too or any(admits_all(guard.operator, value) for value in guard.values)
        if _keeps_out(key, issuer, required) and (own_rule or not wide):
            return True
    return False


def _keeps_out(key: str, issuer: str, required: str) -> bool:
    of, _, claim = key.partition(":") if is_claim(key) else ("", "", "")
    if key == required or key in _OF_THE_TOKEN or key.startswith((*_NEVER_IN_AN_OIDC_CALL, "aws:requesttag/")):
        return True
    weak = {"aud", "oaud", "amr"} - set(_APP_IDS.get(issuer, ()))
    return bool(of) and (of != issuer or claim not in weak)


def _hit(path: Path, issuer: str, required: str | None) -> Hit:
    public = required is not None or issuer in _APP_IDS
    subject = next((of for start, of in _SUBJECTS.items() if issuer.startswith(start)), "somebody-else")
    return Hit(
        path,
        f"Every token of {issuer} is taken{_ANYONE if public else ''}. Say whose, for example "
        f'"StringEquals": {{"{required or f"{issuer}:sub"}": ...}}. A condition with IfExists, ForAllValues or a '
        "negated operator keeps nobody out.",
        callers=(f'a token of {issuer} with the subject "{subject}"',),
        severity=Severity.CRITICAL if public else None,
    )


_EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
_CLUSTER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{_EKS}"}
_WEB = "sts:AssumeRoleWithWebIdentity"

PITFALL = Pitfall(
    code="TP303",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="Every token of an issuer",
    find=find,
    fine="When the issuer gives tokens only to those who should assume this role, as an issuer of your own may. "
    "The provider's list of audiences in IAM still holds.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(
        example(_CLUSTER, _WEB),
        example(_CLUSTER, _WEB, {"StringEquals": {f"{_EKS}:aud": "sts.amazonaws.com"}}),
        example(_CLUSTER, _WEB, {"StringLike": {f"{_EKS}:sub": "*"}}),
        example({"Federated": "accounts.google.com"}, _WEB),
    ),
    good=(
        example(_CLUSTER, _WEB, {"StringEquals": {f"{_EKS}:sub": "system:serviceaccount:shop:cart"}}),
        example({"Federated": "accounts.google.com"}, _WEB, {"StringEquals": {"accounts.google.com:aud": "1234"}}),
        example(_CLUSTER, _WEB, {"StringEquals": {"idp.octo.example:sub": "system:serviceaccount:shop:cart"}}),
    ),
)
