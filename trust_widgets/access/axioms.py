"""Axioms about tokens: the claims that the subject of a token implies.

An issuer's member says it in `IssuerFacts.subject_claims`; here it becomes a formula for the
search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from trust_widgets.access.atoms import Atom, clause_of
from trust_widgets.access.formula import Formula, all_of, any_of, negate
from trust_widgets.evaluation import CompiledCondition
from trust_widgets.providers import SubjectClaims, facts_of_issuer
from trust_widgets.text.globs import text_from_pattern


def is_told(issuer: str, claim: str) -> bool:
    """Whether subjects of an issuer tell a claim."""
    claims = facts_of_issuer(issuer).subject_claims
    return claims is not None and claim in claims.names


def claim_axioms(
    issuer: str, atoms: Iterable[Atom], read: Callable[[CompiledCondition], Formula]
) -> Iterator[Formula]:
    """That subject and claims say the same, as far as conditions ask for both.

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
        if forms is not None:
            has = read(clause_of(base, f"{issuer}:{claim}", text))
            says = any_of(map(is_like, forms.forms))
            same = any_of((all_of((has, says)), all_of((negate(has), negate(says)))))
            yield any_of((negate(is_like(forms.says)), *map(is_like, forms.may_not), same))


def _asked(
    issuer: str, claims: SubjectClaims, atoms: Iterable[Atom]
) -> Iterator[tuple[str, str, str]]:
    """The values that conditions ask of claims, those that are plain: without wildcards, or with a
    `*` at the end.
    """
    for atom in list(atoms):
        base, claim = atom.clause.operator.positive, atom.group.removeprefix(f"{issuer}:")
        if claim in claims.names and base in ("StringEquals", "StringLike"):
            for text in map(text_from_pattern, atom.patterns):
                plain = not set(text.removesuffix("*" if base == "StringLike" else "")) & set(
                    "*?$%"
                )
                if plain:
                    yield claim, base, text


@lru_cache(maxsize=1024)
def claims_of(issuer: str, subject: str) -> Mapping[str, str]:
    """What a subject tells of other claims, by condition key.

    Example:
        >>> claims_of(
        ...     "token.actions.githubusercontent.com", "repo:octo-org/app:ref:refs/heads/main"
        ... )["token.actions.githubusercontent.com:ref"]
        'refs/heads/main'
    """
    claims = facts_of_issuer(issuer).subject_claims
    found = claims.of_subject(subject) if claims is not None else {}
    return {f"{issuer}:{claim}": text for claim, text in found.items()}


def subject_from(issuer: str, claims: Mapping[str, object]) -> str:
    """A subject that agrees with claims, by condition key; `""` when none of them tells anything of
    it.
    """
    known = facts_of_issuer(issuer).subject_claims
    if known is None:
        return ""
    texts = {claim: claims.get(f"{issuer}:{claim}") for claim in known.names}
    values = {claim: text for claim, text in texts.items() if isinstance(text, str)}
    return known.subject_from(values) if values else ""
