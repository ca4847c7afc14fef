"""Values that a policy spells out and that belong to someone: no external caller has them."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access.atoms import Atom, clause_of
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import FALSE, Formula, all_of, any_of, negate
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.records import key_record
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledValue,
)
from trust_widgets.providers import (
    ClaimValues,
    as_issued,
    claim_values_of,
    facts_of_issuer,
    names_customer,
    reading_of,
    subject_key,
)
from trust_widgets.text.globs import WILDCARDS, has_wildcard, is_exact

# The account and the organization of the role itself, in which no external caller is.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resource-properties
_THE_ROLES_OWN = ("${aws:resourceaccount}", "${aws:resourceorgid}")


# Claims that the person who starts a job or signs in chooses, or that say nothing of whose it is.
_CHOSEN = (
    "aud",
    "oaud",
    "amr",
    "environment",
    "ref",
    "workflow",
    "job_workflow_ref",
    "pipeline_source",
    "ref_protected",
    "runner_environment",
    "build_branch",
)


def no_owned_values(environment: RequestEnvironment) -> Formula:
    """That a call has no value which a policy spells out and which belongs to someone."""
    taken = [part for atom in list(environment.atoms) for part in _taken(environment, atom)]
    return all_of(taken)


def _taken(environment: RequestEnvironment, atom: Atom) -> Iterator[Formula]:
    key, name = atom.clause.key, atom.clause.name
    issuer, claim = environment.caller.issuer, intended_claim(key).claim
    owned = key_record(key).owned
    if owned == "organization":
        for text in _literal_heads(atom):
            yield negate(environment.read(clause_of("ForAnyValue:StringLike", name, f"{text}/*")))
    elif owned == "unique id":
        for head in _user_ids(atom):
            yield negate(environment.read(clause_of("StringLike", name, f"{head}*")))
    elif key == subject_key(issuer):
        base = _in_its_case(atom, "StringLike")
        for pattern in owned_subjects(issuer, atom.clause):
            yield negate(environment.read(clause_of(base, name, pattern)))
    elif values := claim_values_of(issuer, key):
        base = _in_its_case(atom, "StringLike")
        for text in _of_one_customer(values, atom.clause):
            yield negate(environment.read(clause_of(base, name, text)))
    elif names_customer(issuer, key):
        yield from _but_guests(environment, atom)
    elif owned == "whole" or (claim and claim not in _CHOSEN):
        base = _in_its_case(atom, "StringEquals")
        for value in atom.clause.values:
            if value.text.lower() in _THE_ROLES_OWN or _is_whole(value):
                yield negate(environment.read(clause_of(base, name, value.text)))


def _is_whole(value: CompiledValue) -> bool:
    """Whether a value is written out, without a variable or a wildcard."""
    return not value.variable and not has_wildcard(value.text)


def _but_guests(environment: RequestEnvironment, atom: Atom) -> Iterator[Formula]:
    """That a call has no audience that is one customer's, unless as a guest, whom anyone can be.

    To sign in takes an account with that customer.
    """
    issuer = environment.caller.issuer
    guests = facts_of_issuer(issuer).guests
    guest: Formula = FALSE
    if guests is not None:
        key = f"{issuer}:{guests.claim}"
        guest = environment.read(clause_of("ForAllValues:StringEquals", key, guests.value))
    for value in atom.clause.values:
        if _is_whole(value):
            clause = clause_of(_in_its_case(atom, "StringEquals"), atom.clause.name, value.text)
            yield any_of((negate(environment.read(clause)), guest))


def _in_its_case(atom: Atom, operator: str) -> str:
    """The operator for what a condition spells out: it ignores case where the condition does."""
    if "IgnoreCase" in atom.clause.operator.base:
        return "StringEqualsIgnoreCase"
    return operator


def _of_one_customer(values: ClaimValues, clause: CompiledCondition) -> Iterator[str]:
    """The values of a condition that only one customer's calls can have, as patterns."""
    if clause.operator.is_null:
        return
    for value in clause.values:
        if not value.variable and values.is_one_customers(value.text):
            yield value.text


def owned_subjects(issuer: str, clause: CompiledCondition) -> Iterator[str]:
    """The values of a condition on the subject that no external caller's token can match, as
    patterns."""
    if clause.operator.is_null:
        return
    for value in clause.values:
        if value.variable or not value.text.strip(f"{WILDCARDS}:/"):
            continue
        reading = reading_of(issuer, as_issued(issuer, clause.operator.base, value.text))
        if reading is None or not reading.stranger:
            yield as_issued(issuer, clause.operator.base, value.text)


def _user_ids(atom: Atom) -> Iterator[str]:
    """The unique ID of a user, or of a role before its session's name: `AROADBQP57FF2AEXAMPLE` in
    `AROADBQP57FF2AEXAMPLE:*`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
    """
    for value in atom.clause.values:
        head = value.text.partition(":")[0]
        if head and not value.variable and is_exact(head):
            yield head


def _literal_heads(atom: Atom) -> Iterator[str]:
    """The organizations in paths like `o-a1b2c3d4e5/r-ab12/*`."""
    for value in atom.clause.values:
        head = value.text.partition("/")[0]
        if head and is_exact(head) and "$" not in head:
            yield head
