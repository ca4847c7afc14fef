"""What the subject of a GitHub token tells of its other claims, which can't contradict it.

https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from trust_widgets.access.atoms import Atom, clause_of
from trust_widgets.access.formula import Formula, all_of, any_of, opposite
from trust_widgets.evaluation import Clause
from trust_widgets.providers import provider_of
from trust_widgets.providers.issuers import github_actions
from trust_widgets.providers.issuers.github_actions import Subject
from trust_widgets.text.globs import text_from_pattern

_CLAIMS = ("repository", "ref", "environment")


class _Reads(NamedTuple):
    """How a value of a claim reads in subjects.

    Args:
        tells: subjects that tell the claim. but: those of them that may not.
        forms: those in which it has the value.
    """

    tells: str
    but: tuple[str, ...]
    forms: tuple[str, ...]


def _reads(claim: str, text: str) -> _Reads:
    """Of a value without wildcards, or with a `*` at its end; no name and no git ref holds a colon."""
    head, star = text.removesuffix("*"), text.endswith("*")
    if claim == "repository":
        return _repository(head, star)
    head = head.replace(":", "%3A")
    ends = (f"{head}*",) if star else (head, f"{head}:*")
    if claim == "ref":
        return _Reads("repo:*:ref:refs/*", (), tuple(f"repo:*:ref:{end}" for end in ends))
    # The value of another claim may be "environment", in a customised subject.
    but = ("repo:*:*:environment:*",)
    return _Reads("repo:*:environment:*", but, tuple(f"repo:*:environment:{end}" for end in ends))


def _repository(head: str, star: bool) -> _Reads:
    """Without ids, and with them."""
    owner, slash, name = head.partition("/")
    if not slash:
        return _Reads("repo:*", (), (f"repo:{head}*",))
    end, with_id = ("*", "*") if star else (":*", "@*:*")
    forms = (f"repo:{owner}/{name}{end}", f"repo:{owner}@*/{name}{with_id}")
    return _Reads("repo:*", (f"repo:{owner}@*:*/{name}{with_id}",), forms)


def is_told(issuer: str, claim: str) -> bool:
    """Whether subjects of an issuer tell a claim."""
    return claim in _CLAIMS and provider_of(issuer) is github_actions.PROVIDER


def agreement(issuer: str, atoms: Iterable[Atom], read: Callable[[Clause], Formula]) -> Iterator[Formula]:
    """That subject and claims say the same, as far as conditions ask for both.

    Args:
        issuer: of the token. atoms: the conditions. read: a condition as a formula.
    """

    def is_like(pattern: str) -> Formula:
        return read(clause_of("StringLike", f"{issuer}:sub", pattern))

    for claim, base, text in dict.fromkeys(_asked(issuer, atoms)):
        tells, but, forms = _reads(claim, text)
        has = read(clause_of(base, f"{issuer}:{claim}", text))
        says = any_of(map(is_like, forms))
        same = any_of((all_of((has, says)), all_of((opposite(has), opposite(says)))))
        yield any_of((opposite(is_like(tells)), *map(is_like, but), same))


def _asked(issuer: str, atoms: Iterable[Atom]) -> Iterator[tuple[str, str, str]]:
    """The values that conditions ask of claims, those that are plain: without wildcards, or with a `*` at the end."""
    for atom in list(atoms):
        base, claim = atom.clause.operator.base.replace("Not", ""), atom.group.removeprefix(f"{issuer}:")
        if is_told(issuer, claim) and base in ("StringEquals", "StringLike"):
            for text in map(text_from_pattern, atom.patterns):
                plain = not set(text.removesuffix("*" if base == "StringLike" else "")) & set("*?$%")
                if plain and (claim != "repository" or "/" in text or text.endswith("*")):
                    yield claim, base, text


@lru_cache(maxsize=1024)
def claims_of(issuer: str, subject: str) -> Mapping[str, str]:
    """What a subject tells of other claims, by condition key.

    Example:
        >>> claims_of("token.actions.githubusercontent.com", "repo:octo-org/app:ref:refs/heads/main")["token.actions.githubusercontent.com:ref"]
        'refs/heads/main'
    """
    read = Subject.read(subject) if provider_of(issuer) is github_actions.PROVIDER else None
    if read is None:
        return {}
    kind, _, value = read.run.partition(":")
    found = {
        "repository": f"{read.owner}/{read.repository}",
        "repository_owner": read.owner,
        "repository_id": read.repository_id,
        "repository_owner_id": read.owner_id,
        kind: value.replace("%3A", ":") if kind in ("ref", "environment") else "",
    }
    return {f"{issuer}:{claim}": text for claim, text in found.items() if text}


def subject_from(issuer: str, claims: Mapping[str, object]) -> str:
    """A subject that agrees with claims, by condition key; `""` when none of them tells anything of it."""
    told = {claim: found for claim in _CLAIMS if isinstance(found := claims.get(f"{issuer}:{claim}"), str)}
    if not told or provider_of(issuer) is not github_actions.PROVIDER:
        return ""
    owner, _, repository = told.get("repository", "octo-org/app").partition("/")
    environment = told.get("environment", "").replace(":", "%3A")
    run = f"environment:{environment}" if environment else f"ref:{told.get('ref', 'refs/heads/main')}"
    return str(Subject(owner, repository, run))
