"""Condition keys of trust policies, and which of them a kind of caller can never have.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from trust_widgets.aws._data import load, table
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.records import key_record, records
from trust_widgets.aws.oidc_issuers import claims_of, has_own_names

# Every token has these, as far as AWS reads them from tokens of its issuer.
# reference_policies_iam-condition-keys.html#condition-keys-wif
CLAIMS_OF_EVERY_TOKEN = ("sub", "aud", "app_id", "id", "user_id")
CLAIMS_OF_ANY_ISSUER = {
    "sub": "The subject of the token",
    "aud": "Audience of the token: its azp claim if it has one, otherwise aud",
    "amr": "How the subject signed in",
    "email": "The e-mail address in the token",
    "oaud": "The aud claim of the token",
}
_FAMILIES = ("aws", "sts", "iam", "ec2", "saml")
_KINDS = {
    "aws": "from a user or a role",
    "user": "from a user",
    "session": "from a role session",
    "service": "from an AWS service",
    "saml": "with a SAML assertion",
    "oidc": "with an OIDC token",
}


@dataclass(frozen=True, slots=True)
class ConditionKey:
    """One condition key.

    Args:
        name: in AWS's spelling; IAM reads keys without regard to case.
        type: `String`, `ARN`, `Bool`, `Numeric`, `Date` or `IPAddress`, as in `operators.type_of`.
        many: whether a call may carry several values, so that it needs `ForAnyValue` or
            `ForAllValues`.
        about: what it holds, in a few words.
    """

    name: str
    type: str
    many: bool
    about: str


@table
def _keys() -> dict[str, ConditionKey]:
    """The keys of the generated list and those that it does not have yet: the global ones, then
    those of STS, of IAM, of SAML and of the issuers.
    """
    keys = [ConditionKey(name, *rest) for name, *rest in load("condition_keys")["keys"]]
    for record in records():
        if record.newer:
            key = ConditionKey(record.name, record.newer.type, record.newer.many, "")
            keys.append(key)
    return {
        key.name.lower(): replace(key, about=key_record(key.name).about or key.about)
        for key in sorted(keys, key=_in_order)
    }


def _in_order(key: ConditionKey) -> tuple[int, str]:
    family = key.name.partition(":")[0]
    if family in _FAMILIES:
        return (_FAMILIES.index(family), key.name.lower())
    return (len(_FAMILIES), key.name.lower())


def key_named(name: str) -> ConditionKey | None:
    """What is known of a key, whatever its case; a tag's key and an issuer's own claims are found
    too.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

    Example:
        >>> key = key_named("AWS:username")
        >>> key.name, key.type, key.many
        ('aws:username', 'String', False)
        >>> key_named("aws:PrincipalTag/team").name, key_named("some:Key")
        ('aws:PrincipalTag/team', None)
        >>> key_named("sts:RequestContext/identityStore:UserId").type
        'String'
    """
    found = _keys().get(name.lower())
    if found:
        return found
    head, slash, tag = name.partition("/")
    tagged = None
    if slash and tag:
        holes = (f"{head.lower()}/${{{hole}}}" for hole in ("tagkey", "contextkey"))
        tagged = next(filter(None, map(_keys().get, holes)), None)
    if tagged:
        return replace(tagged, name=f"{tagged.name.partition('/')[0]}/{tag}")
    return _claim_named(name)


def is_read_from_tokens(issuer: str, claim: str) -> bool:
    """Whether AWS reads a claim from the tokens of an issuer.

    Those of Facebook and of Login with Amazon are no OIDC tokens: they have an ID of an app and one
    of a user, and nothing else.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif

    Example:
        >>> is_read_from_tokens("idp.octo.example", "email")
        True
        >>> is_read_from_tokens("graph.facebook.com", "aud")
        False
    """
    claim = claim.lower()
    if claim in CLAIMS_OF_ANY_ISSUER and not has_own_names(issuer):
        return True
    return f"{issuer}:{claim}".lower() in map(str.lower, claims_of(issuer))


def _claim_named(name: str) -> ConditionKey | None:
    issuer, claim = intended_claim(name)
    if not issuer:
        return None
    lower = claim.lower()
    if not is_read_from_tokens(issuer, lower):
        return None
    about = CLAIMS_OF_ANY_ISSUER.get(lower, f"The {lower} claim of the token")
    return ConditionKey(f"{issuer}:{lower}", "String", lower == "amr", about)


def names() -> tuple[str, ...]:
    """The keys to offer, in AWS's spelling: the global ones, those of STS and SAML, and the known
    issuers'.

    Keys of issuers that differ for each customer, `agent.${Domain}.buildkite.dev:pipeline_id`, are
    left out. https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html

    Example:
        >>> "aws:PrincipalOrgID" in names(), "token.actions.githubusercontent.com:sub" in names()
        (True, True)
    """
    listed = (key.name for key in _keys().values())
    return tuple(name for name in listed if "${" not in name.partition(":")[0])


def why_never(key: str, caller: str, sort: str = "") -> str:
    """Why a kind of caller can never have a key when it assumes a role; `""` when it can or AWS
    does not say.

    Args:
        key: a condition key, in any case.
        caller: `"aws"` for users and roles, `"service"`, `"saml"` or `"oidc"`.
        sort: of `"aws"`: `"user"` or `"session"`; `""` for both.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

    Example:
        >>> why_never("saml:iss", "service")[:63]
        'saml:iss is never present in a request from an AWS service: it '
        >>> why_never("aws:PrincipalOrgID", "aws")
        ''
    """
    because = key_record(key).why_never(caller, sort)
    if not because:
        return ""
    known, kind = key_named(key), _KINDS[sort or caller]
    name = known.name if known else key
    return f"{name} is never present in a request {kind}: {because}."
