"""What every member of `issuers/` owes in `FACTS`: each fact that concerns it, or why it has
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from trust_widgets import PATTERNS, PITFALLS
from trust_widgets.forms import fields_of
from trust_widgets.providers import PROVIDERS, Provider, provider_of
from trust_widgets.providers.facts import FACTS, UNKNOWN, IssuerFacts, facts_of, facts_of_issuer
from trust_widgets.providers.subjects.grammar import Grammar

NAMES = sorted(PROVIDERS)
# Of SAML's members one has the grammar for all.
WITH_GRAMMAR = [name for name in NAMES if PROVIDERS[name].protocol == "oidc"]
GENERAL_CLAIMS = ("sub", "aud", "amr", "oaud")


def grammars(name: str) -> list[Grammar]:
    """The grammars by which a member reads subjects: its own, without the one of impossible
    ones.
    """
    held = vars(PROVIDERS.module_of(name)).values()
    found = [value for value in held if isinstance(value, Grammar)]
    return [grammar for grammar in found if grammar is not FACTS[name].possible]


def open_parts(name: str) -> set[str]:
    """The parts of subjects that a pattern may leave open, with what a reading calls all of
    them.
    """
    found: set[str] = set()
    for grammar in grammars(name):
        faults = {form.fault for form in grammar.forms} | {grammar.several_fault}
        faults |= {p.fault or f"{p.name}_any" for p in grammar.parts if not (p.closes or p.free)}
        if any(part.stranger and not part.closes for part in grammar.parts):
            faults.add("everything")
        found |= {re.sub("_any$", "", fault) for fault in faults if fault}
    return found


def example_issuers(provider: Provider) -> list[str]:
    """Issuers of a provider."""
    fixed = [provider.issuer] if "{" not in provider.issuer else []
    if provider.issuer_from is None:
        return fixed
    asked = fields_of(provider.issuer_from)
    usual = {field.name: field.question.example or field.default for field in asked}
    return [*fixed, provider.issuer_from(**usual)]


def own_claims(provider: Provider) -> set[str]:
    """The claims for which AWS has keys of this provider's tokens, but those of every issuer."""
    keys = [key for issuer in example_issuers(provider) for key in provider.claims(issuer)]
    keys += provider.claims(provider.issuer)
    claims = {re.sub(r"^[^:]*:", "", key) for key in keys}
    return claims - set(GENERAL_CLAIMS)


def concerns(name: str) -> Iterator[str]:
    """The fields that a member has to give."""
    provider, facts = PROVIDERS[name], FACTS[name]
    if provider.audience:
        yield "client"
    if facts.audience_names == "customer" and not provider.audience:
        yield "audience_of_customer"
    if open_parts(name) and not facts.width_rule:
        yield "wide_parts"
    if facts.subjects == "form":
        yield "possible"
    if facts.subjects != "free":
        yield "correct_subjects"
    named = set(re.findall(r"\{(\w+)\}", provider.issuer))
    if any(part.name in named for grammar in grammars(name) for part in grammar.parts):
        yield "customer_part"
    if provider.protocol == "oidc":
        yield "grammar"
    if provider.protocol == "oidc" and facts.subjects != "free" and own_claims(provider):
        yield "subject_claims"


def omissions(name: str, facts: IssuerFacts) -> list[str]:
    """The fields that a member leaves out without a reason, and the parts that it says nothing
    of.
    """
    missing = [
        field
        for field in concerns(name)
        if not getattr(facts, field) and not facts.why_not.get(field)
    ]
    if facts.wide_parts:
        missing += sorted(open_parts(name) - set(facts.wide_parts))
    return missing


@pytest.mark.parametrize("name", NAMES)
def test_a_member_says_everything_or_why_not(name: str) -> None:
    """No field that concerns it is forgotten."""
    assert omissions(name, FACTS[name]) == [], "say it in FACTS, or in its why_not the reason"


@pytest.mark.parametrize(
    ("name", "field", "nothing"),
    [
        ("eks", "client", ""),
        ("vercel", "audience_of_customer", None),
        ("gitlab", "wide_parts", {}),
        ("circleci", "possible", None),
        ("github_actions", "correct_subjects", None),
        ("vercel", "customer_part", ""),
        ("vercel", "grammar", None),
        ("github_actions", "subject_claims", None),
    ],
)
def test_a_forgotten_field_is_caught(name: str, field: str, nothing: object) -> None:
    """Each kind of omission; a reason for it is enough."""
    forgotten = replace(FACTS[name], **{field: nothing})
    assert omissions(name, forgotten) == [field]
    reasons = {**FACTS[name].why_not, field: "For a test."}
    assert omissions(name, replace(forgotten, why_not=reasons)) == []


def test_a_forgotten_part_is_caught() -> None:
    """A new part of a grammar, of which nobody says how bad it is when it is open."""
    parts = {part: wide for part, wide in FACTS["gitlab"].wide_parts.items() if part != "branch"}
    assert omissions("gitlab", replace(FACTS["gitlab"], wide_parts=parts)) == ["branch"]


@pytest.mark.parametrize("name", NAMES)
def test_a_reason_is_for_a_field_that_is_left_out(name: str) -> None:
    """It is a sentence, and no field has both a value and a reason."""
    known = {field.name for field in fields(IssuerFacts)}
    for field, reason in FACTS[name].why_not.items():
        assert field in known - {"why_not"} and not getattr(FACTS[name], field), field
        assert reason.endswith(".") and reason[0].isupper()


@pytest.mark.parametrize("name", WITH_GRAMMAR)
def test_nothing_is_said_of_a_part_that_does_not_exist(name: str) -> None:
    """Parts, other parts that are named with them, and faults with an advice of their own."""
    facts, known = FACTS[name], open_parts(name)
    assert set(facts.wide_parts) <= known
    for wide in facts.wide_parts.values():
        assert set(wide.usual_unless or ()) <= known
    # The fault that EKS makes itself, beside those of the grammar.
    assert {re.sub("_(any|default)$", "", fault) for fault in facts.advice} <= known


@pytest.mark.parametrize("name", NAMES)
def test_claims_are_ones_that_aws_has_keys_for(name: str) -> None:
    """Of others no condition is ever met."""
    provider, facts = PROVIDERS[name], FACTS[name]
    known = own_claims(provider) | set(GENERAL_CLAIMS)
    closing = {
        claim.partition("=")[0] for wide in facts.wide_parts.values() for claim in wide.closed_by
    }
    guest = {facts.guests.claim} if facts.guests else set()
    of_subject = set(facts.subject_claims.names) if facts.subject_claims else set()
    assert closing | guest | of_subject | set(facts.app_claims) <= known


@pytest.mark.parametrize("name", NAMES)
def test_what_a_member_names_exists(name: str) -> None:
    """A rule, a pattern, a part of the grammar, an issuer that is shared."""
    provider, facts = PROVIDERS[name], FACTS[name]
    assert not facts.width_rule or facts.width_rule in {p.code for p in PITFALLS.values()}
    assert not facts.pattern or facts.pattern in PATTERNS
    assert not facts.required_at_call or provider.required_key(provider.issuer)
    assert all(provider_of(issuer) is None for issuer in facts.former_issuers)
    if facts.customer_part and facts.grammar is not None:
        assert facts.customer_part in {part.name for part in facts.grammar.parts}
        assert f"{{{facts.customer_part}}}" in provider.issuer


@pytest.mark.parametrize("name", NAMES)
def test_a_subject_that_a_member_gives_is_one_of_its_own(name: str) -> None:
    """Of somebody else, of a guest; and one of its usual subjects is among the possible ones."""
    provider, facts = PROVIDERS[name], FACTS[name]
    given = [facts.anyones_subject, facts.guests.subject if facts.guests else ""]
    assert all(provider.read(subject) is not None for subject in given if subject)
    if facts.possible is not None and provider.subjects_for is not None:
        assert any(facts.possible.fits(subject) for subject in provider.subjects_for("*"))


@pytest.mark.parametrize("name", [name for name in NAMES if FACTS[name].subject_claims])
def test_claims_and_subjects_agree(name: str) -> None:
    """A subject that is made from the claims of another implies the same claims."""
    provider, claims = PROVIDERS[name], FACTS[name].subject_claims
    assert claims is not None and provider.subjects_for is not None
    for subject in provider.subjects_for("*"):
        implied = claims.of_subject(subject)
        values = {claim: text for claim, text in implied.items() if claim in claims.names}
        again = claims.of_subject(claims.subject_from(values))
        assert values and values.items() <= again.items()
        for claim, text in values.items():
            forms = claims.forms_with(claim, text)
            assert forms is not None and any(like(form, subject) for form in forms.forms)


def like(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern, by a regular expression."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text) is not None


def test_a_title_belongs_to_one_member() -> None:
    """Facts are found by it."""
    titles = [provider.title for provider in PROVIDERS.values()]
    assert len(set(titles)) == len(titles) == len(FACTS)
    assert all(facts_of(PROVIDERS[name]) is FACTS[name] for name in NAMES)


@pytest.mark.parametrize("name", WITH_GRAMMAR)
def test_facts_are_found_by_an_issuer(name: str) -> None:
    """But for members that no issuer shows."""
    for issuer in example_issuers(PROVIDERS[name]):
        owned = PROVIDERS[name].owns(issuer)
        assert facts_of_issuer(issuer) is (FACTS[name] if owned else UNKNOWN)


@pytest.mark.parametrize("name", NAMES)
def test_a_member_says_when_its_page_was_read(name: str) -> None:
    """A day that docs/facts.md shows: facts of vendors change."""
    assert re.fullmatch(r"2026-\d\d-\d\d", PROVIDERS[name].read_on)
    assert PROVIDERS[name].source.startswith("https://") and PROVIDERS[name].verified
