"""A condition key that no request has: the provider's ARN, a placeholder or a word where the issuer
of the token belongs, or a key of requests to IAM.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.aws.keys.claims import last_part
from trust_widgets.aws.keys.impossible_keys import claim_meant, is_key_of_iam, why_impossible
from trust_widgets.aws.keys.spelling import lacks_tag, meant
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import EKS, GITHUB, issued_by
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, asked, outcome
from trust_widgets.policy import (
    Fix,
    Home,
    Rename,
    TrustPolicy,
    example,
    keys_of,
    principals_of_kind,
)
from trust_widgets.providers import only_issuer
from trust_widgets.text.placeholders import marked_placeholder


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    by_statement: dict[object, list[RequiredCondition]] = {}
    for each in asked(policy):
        if _is_of_no_request(each.condition.key) and not _is_principals(each):
            by_statement.setdefault(each.path, []).append(each)
    for together in by_statement.values():
        yield _hit(sorted(together, key=lambda each: (not each.key.endswith(":sub"), each.key)))


def _is_of_no_request(key: str) -> bool:
    """Whether no request has a key for a reason that no other rule reports."""
    has_form = ":" in key.strip(": ") and "://" not in key
    is_slip = (meant(key) is not None or lacks_tag(key)) and not marked_placeholder(key)
    return has_form and not is_slip and bool(why_impossible(key))


def _is_principals(each: RequiredCondition) -> bool:
    """Whether a key names the issuer of the principal, whose placeholder another rule reports."""
    issuer = only_issuer(principals_of_kind(each.statement, "Federated"))
    return bool(issuer) and each.key.startswith(f"{issuer.lower()}:")


def _hit(together: list[RequiredCondition]) -> Hit:
    """One mistake, however many keys have it: reported at the subject, or at the first key."""
    first = together[0]
    names = [_right(each) for each in together]
    return Hit(
        first.place,
        f'No request has the condition key "{first.condition.key}":'
        f" {why_impossible(first.condition.key)}. {outcome(first, first.place)}"
        f" {_what_to_do(first.condition.key, names[0])}",
        fix=_fix(together, names),
    )


def _what_to_do(key: str, right: str) -> str:
    if right:
        return f'Write "{right}".'
    if is_key_of_iam(key):
        return "Remove the condition: it belongs in a permissions policy, for actions of IAM."
    return "Write the issuer without https://, a colon and the claim."


def _right(each: RequiredCondition) -> str:
    """The key that was meant; `""` where the statement does not show it."""
    federated = principals_of_kind(each.statement, "Federated")
    issuer = only_issuer(federated)
    if issuer:
        return claim_meant(each.condition.key, issuer)
    if federated and all(":saml-provider/" in text for text in federated):
        return _saml_key(each.condition.key)
    return ""


def _saml_key(key: str) -> str:
    claim = last_part(key).strip("<>{}$ ").lower()
    if claim in ("aud", "sub", "iss", "sub_type", "namequalifier"):
        return f"SAML:{claim}"
    return ""


def _fix(together: list[RequiredCondition], names: list[str]) -> Fix | None:
    """All of the keys renamed; `None` where one is not known, or is used next to it."""
    beside = [keys_of(each.statement, each.condition.operator) for each in together]
    taken = any(name.lower() in keys for name, keys in zip(names, beside, strict=True))
    places = {(each.condition.operator, name) for each, name in zip(together, names, strict=True)}
    if not all(names) or taken or len(places) < len(together):
        return None
    title = f'Rename to "{names[0]}"' if len(names) == 1 else "Rename the keys to the issuer's"
    edits = (Rename(each.place, name) for each, name in zip(together, names, strict=True))
    return Fix(title, tuple(edits))


_PROVIDER = issued_by(EKS)["Federated"]
_SUB = "system:serviceaccount:shop:cart"


def _of_cluster(*keys: str) -> str:
    values = {key: "sts.amazonaws.com" if key.endswith(":aud") else _SUB for key in keys}
    return example({"Federated": _PROVIDER}, WITH_WEB_IDENTITY, {"StringEquals": values})


PITFALL = Pitfall(
    code="TP250",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A condition key that no request has",
    find=find,
    needs=CONDITIONS,
    fine=(
        "Never: the keys of a token start with its issuer, a host with or without a path. Keys "
        "of IAM belong in permissions policies."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    bad=(
        _of_cluster(f"{_PROVIDER}:sub", f"{_PROVIDER}:aud"),
        _of_cluster("OIDC_PROVIDER:sub"),
        example(
            {"Service": "lambda.amazonaws.com"},
            condition={"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}},
        ),
        _of_cluster("oidc:sub", f"{EKS}:aud"),
        _of_cluster("${module.eks.oidc_provider}:sub"),
        _of_cluster("EXAMPLED539D4633E53DE1B71EXAMPLE:sub"),
        example(
            {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
            "sts:AssumeRoleWithSAML",
            {"StringEquals": {"<SAML:aud>": "https://signin.aws.amazon.com/saml"}},
        ),
    ),
    good=(
        _of_cluster(f"{EKS}:sub", f"{EKS}:aud"),
        _of_cluster(f"{EKS.lower()}:SUB"),
        example(
            {"AWS": "arn:aws:iam::111122223333:role/ci"},
            condition={"StringEquals": {f"{GITHUB}:sub": "a"}},
        ),
        example(
            {"AWS": "111122223333"},
            condition={"StringEquals": {"ec2:SourceInstanceARN": "i-1"}},
        ),
    ),
)
