"""What a key can hold in requests of a principal class, and which values to try first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.access.caller import PrincipalClass
from trust_widgets.access.domains import ANYTHING, Domain, domain_of, domain_since, only
from trust_widgets.access.key_names import ARN, FEDERATED_PROVIDER, MFA, NOW
from trust_widgets.access.key_solver import Constraint
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.providers import ClaimValues, claim_values_of, realistic_value
from trust_widgets.text.globs import text_from_pattern
from trust_widgets.text.tokens import tokens_of_form

_NAME = r"[A-Za-z0-9_+=,.@-]"


def domain_for(caller: PrincipalClass, key: str) -> Domain:
    """What a key can hold in requests of a principal class, whatever conditions require."""
    fixed = caller.fixed.get(key)
    if fixed is not None:
        return only(fixed)
    if key == ARN and caller.arn is not None:
        return caller.arn
    if key == FEDERATED_PROVIDER and caller.kind in ("saml", "oidc"):
        return only(caller.principal)
    if key == "aws:userid":
        return _user_id(caller)
    if key == MFA and caller.sort == "session":
        return only("false")
    if key in NOW and caller.day is not None:
        return domain_since(caller.day)
    known = _of_claim(caller, key)
    if known is None:
        return domain_of(key)
    usual = domain_of(key)
    return usual._replace(forms=known.globs or usual.forms, examples=(known.example,))


def _of_claim(caller: PrincipalClass, key: str) -> ClaimValues | None:
    """The values that the issuer of the token gives to a key; `None` where nothing is known."""
    if not caller.issuer:
        return None
    return claim_values_of(caller.issuer, key)


def values_to_try(
    caller: PrincipalClass, key: str, constraints: Iterable[Constraint]
) -> tuple[str, ...]:
    """Values to try first: ARNs of the accounts that are required, claims like real ones."""
    if key == ARN:
        return tuple(_likely_arns(caller, constraints))
    known = _of_claim(caller, key)
    if known is None:
        return ()
    positive = [atom for atom, true in constraints if true != atom.clause.operator.negated]
    texts = [text_from_pattern(pattern) for atom in positive for pattern in atom.patterns[:4]]
    return (*(realistic_value(known, text) for text in texts), known.example)


def _likely_arns(caller: PrincipalClass, constraints: Iterable[Constraint]) -> Iterator[str]:
    """ARNs of the accounts that conditions require."""
    if caller.kind == "aws":
        partition = partition_of(caller.principal)
    else:
        partition = "aws"
    kind = "user" if caller.sort == "user" else "role"
    for atom, _ in constraints:
        if atom.clause.key == "aws:principalaccount":
            for pattern in atom.patterns:
                yield f"arn:{partition}:iam::{text_from_pattern(pattern)}:{kind}/other"


def _user_id(caller: PrincipalClass) -> Domain:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable"""
    if caller.sort == "user":
        return Domain(
            forms=(tokens_of_form("AIDA[A-Z0-9][A-Z0-9]*"),), examples=("AIDAZYXWVUTSRQPONMLK",)
        )
    if caller.sort != "session":
        return ANYTHING
    session = caller.principal.rpartition("/")[2]
    name = session if session != "session" else _NAME * 2 + _NAME + "*"
    return Domain(
        forms=(tokens_of_form(f"AROA[A-Z0-9][A-Z0-9]*:{name}"),),
        examples=(f"AROAZYXWVUTSRQPONMLK:{session}",),
    )
