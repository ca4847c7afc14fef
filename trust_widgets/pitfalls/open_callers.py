"""Who can assume the role through one statement without anything that a condition requires."""

from __future__ import annotations

from functools import partial

from trust_widgets.access import StatementProbe, without_distinguishing_values
from trust_widgets.aws import accounts, oidc_issuers
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.evaluation import Request, principal_arn
from trust_widgets.policy import Home, normalized_key
from trust_widgets.providers import facts_of_issuer, issuer_of, subject_key, subjects_of
from trust_widgets.text.budget import remembered_search

_STRANGER = "arn:{}:iam::999988887777:role/stranger"
_SESSION = "arn:{}:sts::999988887777:assumed-role/stranger/session"


@remembered_search(256)
def stranger_of(opening: StatementProbe) -> str:
    """The ARN of someone who can assume the role; `""` when no external caller does.

    Where the search cannot decide, as with variables that represent the caller, an external caller
    with nothing is tried."""
    answer = opening.stranger("aws")
    if answer.found is False:
        return ""
    partition = partition_of(opening.role)
    session = _SESSION.format(partition)
    plain = Request("sts:AssumeRole", session, opening.role, caller_permission="yes")
    request = answer.witness or plain
    if opening.likelier(request, session) is not None:
        return _STRANGER.format(partition)
    if answer.found:
        return principal_arn(request.identity)
    return ""


@remembered_search(512)
def anybody_of(opening: StatementProbe, value: str) -> str:
    """The ARN of someone of an account who can assume the role with nothing that a condition
    requires; `""` if nobody can."""
    answer = opening.through(opening.callers(value), without_distinguishing_values)
    if answer.witness is None:
        return ""
    account = account_of(value)
    partition = answer.witness.identity.partition
    session = f"arn:{partition}:sts::{account}:assumed-role/Admin/session"
    role = f"arn:{partition}:iam::{account}:role/Admin"
    named = any(normalized_key(key) == "aws:principalarn" for key in answer.witness.context)
    said = {"aws:PrincipalArn": role} if named else {}
    if opening.likelier(answer.witness, session, **said) is not None:
        return role
    return principal_arn(answer.witness.identity)


def vendor_of(account: str, home: Home) -> str:
    """What a vendor is called; `""` for an account that is none's, and for AWS's own."""
    known = accounts.vendor_of(account)
    if not account or account in home.accounts or known.startswith("AWS "):
        return ""
    return known or ("your vendor" if account in home.vendors else "")


@remembered_search(256)
def anyones_subject(
    opening: StatementProbe, principal: str, but_audience: bool = False
) -> str | None:
    """The subject of a token that is allowed with nothing that a condition requires; `None` if none
    is.

    Args:
        opening: the statement. principal: the provider.
        but_audience: whether the token may have the audience that the policy requires.
    """
    issuer = issuer_of(principal).lower()
    counts = partial(_counts, issuer, but_audience=but_audience)
    answer = opening.through(
        opening.callers(principal), partial(without_distinguishing_values, counts=counts)
    )
    if answer.witness is None:
        return None
    likely = (facts_of_issuer(issuer).anyones_subject, *subjects_of(issuer)[:2], "somebody-else")
    for subject in filter(None, likely):
        if opening.likelier(answer.witness, **{subject_key(issuer): subject}) is not None:
            return subject
    return str(answer.witness.keys.get(subject_key(issuer), ""))


def _counts(issuer: str, key: str, but_audience: bool = False) -> bool:
    """Whether a key says whose token it is: its own claim, the issuer's control, or what the
    issuer vouches for in another key.
    """
    if key_record(key).vouched:
        return True
    if not key.startswith(f"{issuer}:"):
        return key in map(normalized_key, oidc_issuers.distinguishing_keys(issuer))
    claim = key.removeprefix(f"{issuer}:")
    if claim not in ("aud", "oaud", "amr"):
        return True
    if but_audience:
        return False
    return key == oidc_issuers.required_key(issuer) or claim in facts_of_issuer(issuer).app_claims
