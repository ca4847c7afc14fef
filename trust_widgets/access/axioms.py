"""Axioms: what the values of some keys imply about other keys of the same request.

The subject of a token implies other claims: an issuer's member says which in
`IssuerFacts.subject_claims`. A request through a VPC endpoint has the keys of the endpoint and no
`aws:SourceIp`. The paths of an account begin with the ID of its organization. Here all of these
become formulas for the search.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_condition_keys_federated.html
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from trust_widgets.access.atoms import Atom, clause_of
from trust_widgets.access.caller import PrincipalClass
from trust_widgets.access.formula import Formula, all_of, any_of, negate
from trust_widgets.access.key_names import MFA, MFA_AGE, TAG, TAGS
from trust_widgets.aws.arns import is_account_id
from trust_widgets.aws.keys.records import key_record, organization_key_of
from trust_widgets.evaluation import CompiledCondition
from trust_widgets.providers import SubjectClaims, facts_of_issuer, subject_key
from trust_widgets.text.globs import is_exact, text_from_pattern

SOURCE_IP = "aws:sourceip"


def axioms_of(
    caller: PrincipalClass, atoms: list[Atom], read: Callable[[CompiledCondition], Formula]
) -> Iterator[Formula]:
    """What holds between keys of a principal class, as far as conditions require both.

    Args:
        caller: of the request. atoms: the conditions; reading adds to them.
        read: a condition as a formula.
    """
    groups = {atom.group for atom in atoms}
    yield from network_axioms(groups, read)
    if {SOURCE_ACCOUNT, SOURCE_ARN} <= groups:
        yield from source_axioms(tuple(atoms), read)
    yield from organization_axioms(tuple(atoms), read)
    if {MFA, MFA_AGE} <= groups:
        no_age = read(clause_of("Null", MFA_AGE, "true"))
        yield any_of((no_age, read(clause_of("Bool", MFA, "true"))))
    if TAGS[0] in groups:
        yield from _tag_axioms(groups, read)
    sub = subject_key(caller.issuer)
    if sub in groups or sub in caller.fixed:
        yield from claim_axioms(caller.issuer, atoms, read)
        yield from audience_axioms(caller.issuer, atoms, read)


def _tag_axioms(
    groups: Iterable[str], read: Callable[[CompiledCondition], Formula]
) -> Iterator[Formula]:
    """That the list of tags has the tags that a request sets, and no others."""
    for tag in sorted(group for group in groups if group.startswith(TAG)):
        name = tag.removeprefix(TAG)
        absent = read(clause_of("Null", tag, "true"))
        is_listed = read(clause_of("ForAnyValue:StringEqualsIgnoreCase", TAGS[0], name))
        yield any_of((absent, is_listed))
        yield any_of((negate(absent), negate(is_listed)))


def is_of_an_endpoint(key: str) -> bool:
    """Whether only a request through a VPC endpoint has a key, in lower case.

    Example:
        >>> is_of_an_endpoint("aws:sourcevpce"), is_of_an_endpoint("aws:sourceip")
        (True, False)
    """
    return key != SOURCE_IP and key_record(key).property_of == "network"


def is_of_every_endpoint(key: str) -> bool:
    """Whether every request through a VPC endpoint has a key, in lower case, and no other has.

    Example:
        >>> is_of_every_endpoint("aws:vpcsourceip"), is_of_every_endpoint("aws:vpceaccount")
        (True, False)
    """
    return is_of_an_endpoint(key) and key_record(key).doubt is None


def network_axioms(
    groups: Collection[str], read: Callable[[CompiledCondition], Formula]
) -> Iterator[Formula]:
    """That a request comes either over the internet or through a VPC endpoint.

    Args:
        groups: the keys that conditions require. read: a condition as a formula.
    """

    def is_absent(key: str) -> Formula:
        return read(clause_of("Null", key, "true"))

    found = sorted(filter(is_of_an_endpoint, groups))
    of_every = list(filter(is_of_every_endpoint, found))
    for key in found:
        if SOURCE_IP in groups:
            yield any_of((is_absent(SOURCE_IP), is_absent(key)))
        for other in of_every:
            yield any_of((is_absent(key), negate(is_absent(other))))


SOURCE_ACCOUNT = "aws:sourceaccount"
SOURCE_ARN = "aws:sourcearn"


def source_axioms(
    atoms: Iterable[Atom], read: Callable[[CompiledCondition], Formula]
) -> Iterator[Formula]:
    """That the account for which a service works is that of the resource, where its ARN has one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

    Args:
        atoms: the conditions. read: a condition as a formula.
    """
    required = [atom for atom in atoms if atom.group == SOURCE_ACCOUNT]
    values = [value.text for atom in required for value in atom.clause.values]
    for account in dict.fromkeys(filter(is_account_id, values)):
        other = negate(read(clause_of("StringEquals", SOURCE_ACCOUNT, account)))
        absent = read(clause_of("Null", SOURCE_ARN, "true"))
        of_account = read(clause_of("ArnLike", SOURCE_ARN, f"arn:*:*:*:{account}:*"))
        of_no_account = read(clause_of("ArnLike", SOURCE_ARN, "arn:*:*:*::*"))
        yield any_of((other, absent, of_account, of_no_account))


def organization_axioms(
    atoms: Collection[Atom], read: Callable[[CompiledCondition], Formula]
) -> Iterator[Formula]:
    """That the paths of an account are in the organization whose ID the request has.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

    Args:
        atoms: the conditions. read: a condition as a formula.
    """
    groups = {atom.group for atom in atoms}
    for paths in sorted(groups):
        key = organization_key_of(paths)
        if key is None or key not in groups:
            continue
        no_id = read(clause_of("Null", key, "true"))
        no_path = read(clause_of("Null", paths, "true"))
        yield any_of((negate(no_id), no_path))
        yield any_of((no_id, negate(no_path)))
        for organization in _organizations(atoms, key, paths):
            pattern = f"{organization}/*"
            is_in = read(clause_of("StringLike", key, organization))
            every = read(clause_of("ForAllValues:StringLike", paths, pattern))
            some = read(clause_of("ForAnyValue:StringLike", paths, pattern))
            yield any_of((negate(is_in), every))
            yield any_of((is_in, negate(some)))


def _organizations(atoms: Iterable[Atom], key: str, paths: str) -> dict[str, None]:
    """The IDs of organizations that conditions name, whole or by how they begin."""
    found: dict[str, None] = {}
    for atom in atoms:
        if atom.group in (key, paths):
            for text in map(text_from_pattern, atom.patterns):
                organization = text.partition("/")[0].lower()
                if is_exact(organization.removesuffix("*")):
                    found[organization] = None
    return found


def is_told(issuer: str, claim: str) -> bool:
    """Whether subjects of an issuer contain a claim."""
    claims = facts_of_issuer(issuer).subject_claims
    return claims is not None and claim in claims.names


def claim_axioms(
    issuer: str, atoms: Iterable[Atom], read: Callable[[CompiledCondition], Formula]
) -> Iterator[Formula]:
    """That subject and claims say the same, as far as conditions require both.

    Args:
        issuer: of the token. atoms: the conditions. read: a condition as a formula.
    """
    claims = facts_of_issuer(issuer).subject_claims
    if claims is None:
        return

    def is_like(pattern: str) -> Formula:
        return read(clause_of("StringLike", f"{issuer}:sub", pattern))

    for claim, base, text in dict.fromkeys(_asked(issuer, claims, atoms)):
        forms = claims.forms_with(claim, text)
        if forms is None:
            continue
        has = read(clause_of(base, f"{issuer}:{claim}", text))
        says = any_of(map(is_like, forms.forms))
        both = all_of((has, says))
        neither = all_of((negate(has), negate(says)))
        says_nothing = negate(is_like(forms.says))
        may_differ = map(is_like, forms.may_not)
        yield any_of((says_nothing, *may_differ, any_of((both, neither))))


def audience_axioms(
    issuer: str, atoms: Iterable[Atom], read: Callable[[CompiledCondition], Formula]
) -> Iterator[Formula]:
    """That no token with one of some audiences has a subject of another kind.

    Args:
        issuer: of the token. atoms: the conditions. read: a condition as a formula.
    """
    impossible_subject = facts_of_issuer(issuer).never_with_audience
    if impossible_subject is None:
        return
    of_audience = [atom for atom in atoms if atom.group == f"{issuer}:aud"]
    for text in [text_from_pattern(each) for atom in of_audience for each in atom.patterns]:
        pattern = impossible_subject(text)
        if pattern:
            has = read(clause_of("StringEquals", f"{issuer}:aud", text))
            says = read(clause_of("StringLike", f"{issuer}:sub", pattern))
            yield any_of((negate(has), negate(says)))


def _asked(
    issuer: str, claims: SubjectClaims, atoms: Iterable[Atom]
) -> Iterator[tuple[str, str, str]]:
    """The values that conditions require of claims, those that are plain: without wildcards, or
    with a `*` at the end.
    """
    for atom in list(atoms):
        base, claim = atom.clause.operator.positive, atom.group.removeprefix(f"{issuer}:")
        if claim not in claims.names or base not in ("StringEquals", "StringLike"):
            continue
        for text in map(text_from_pattern, atom.patterns):
            start = text.removesuffix("*") if base == "StringLike" else text
            if not set(start) & set("*?$%"):
                yield claim, base, text


def claims_of(issuer: str, subject: str) -> Mapping[str, str]:
    """What a subject says about other claims, by condition key.

    Example:
        >>> claims_of(
        ...     "token.actions.githubusercontent.com", "repo:octo-org/app:ref:refs/heads/main"
        ... )["token.actions.githubusercontent.com:ref"]
        'refs/heads/main'
    """
    claims = facts_of_issuer(issuer).subject_claims
    if claims is None:
        return {}
    return {f"{issuer}:{claim}": text for claim, text in claims.of_subject(subject).items()}


def subject_from(issuer: str, claims: Mapping[str, object]) -> str:
    """A subject that agrees with claims, by condition key; `""` when none of them says anything
    about it.
    """
    known = facts_of_issuer(issuer).subject_claims
    if known is None:
        return ""
    texts = {claim: claims.get(f"{issuer}:{claim}") for claim in known.names}
    values = {claim: text for claim, text in texts.items() if isinstance(text, str)}
    if not values:
        return ""
    return known.subject_from(values)
