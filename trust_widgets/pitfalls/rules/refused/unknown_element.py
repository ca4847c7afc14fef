"""An element that policies do not have: misspelt, in the wrong case, or out of place."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    DOCUMENT_ELEMENTS,
    KIND_NAMES,
    STATEMENT_ELEMENTS,
    Fix,
    Home,
    Path,
    Principal,
    Rename,
    TrustPolicy,
    example,
    nearest_name,
    quoted,
    statement_to_dict,
    statements,
)

# What policies of other kinds have, and a trust policy has not.
_NOT_HERE = ("NotPrincipal", "NotAction", "Resource", "NotResource", "CanonicalUser")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for name, _ in policy.other:
        yield _hit((), name, DOCUMENT_ELEMENTS, _written(policy))
    for path, statement in statements(policy):
        for name, _ in statement.other:
            yield _hit(path, name, STATEMENT_ELEMENTS, set(statement_to_dict(statement)))
        yield from _in_principal((*path, "Principal"), statement.principal)
        yield from _in_principal((*path, "NotPrincipal"), statement.not_principal)


def _in_principal(place: Path, principal: Principal | None) -> Iterator[Hit]:
    if principal is None:
        return
    written = {kind for kind, _ in principal.kinds}
    for kind, _ in principal.other:
        yield _hit(place, kind, KIND_NAMES, written)


def _written(policy: TrustPolicy) -> set[str]:
    """The elements of a document; `to_dict` writes "Statement" even where there is none."""
    written = set(policy.to_dict())
    if not policy.statements:
        written.discard("Statement")
    return written


def _hit(path: Path, name: str, known: tuple[str, ...], written: set[str]) -> Hit:
    meant = nearest_name(name, known)
    where = {
        DOCUMENT_ELEMENTS: "a policy",
        STATEMENT_ELEMENTS: "a statement",
        KIND_NAMES: "a principal",
    }[known]
    if meant is None:
        usual = [each for each in known if each not in _NOT_HERE]
        return Hit(
            (*path, name),
            f'"{name}" cannot be in {where}. In a trust policy, {where} can contain'
            f" {quoted(usual)}.",
        )
    message = f'"{name}" cannot be in {where}. Did you mean "{meant}"? Names are case-sensitive.'
    rename = Fix(f'Rename to "{meant}"', (Rename((*path, name), meant),))
    return Hit((*path, name), message, fix=None if meant in written else rename)


PITFALL = Pitfall(
    code="TP105",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An unknown element",
    find=find,
    fine=(
        "Never: IAM accepts only the elements it knows. Put notes about a policy into the "
        "role's description."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    bad=(
        example(None, principal={"Service": "ec2.amazonaws.com"}),
        example({"Service": "ec2.amazonaws.com"}, Comment="for the web servers"),
        example({"service": "ec2.amazonaws.com"}),
    ),
    good=(example({"Service": "ec2.amazonaws.com"}, Sid="Web"),),
)
