"""What is known of an issuer's tokens besides their subjects: one record in the issuer's own file.

A member of `issuers/` defines `FACTS = IssuerFacts(...)` next to `PROVIDER`. Rules, explanations
and the search ask this record, so that none of them names an issuer.
tests/providers/test_complete.py holds every member to it: for what a member leaves out, `why_not`
has the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from trust_widgets.aws import oidc_issuers
from trust_widgets.aws._data import table
from trust_widgets.families import Registry
from trust_widgets.providers import PROVIDERS, Provider, provider_of
from trust_widgets.providers.claim_values import ClaimValues
from trust_widgets.providers.issuer_form import USUAL_FORM, IssuerForm
from trust_widgets.providers.subjects.grammar import Grammar

Level = Literal["low", "medium"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WidePart:
    """How bad it is when a pattern for subjects leaves a part of them open.

    Args:
        noun: the part in a sentence, `"the organization"`; `""` for "the" and its name.
        level: how bad any value is. `"low"` for what one team decides: which tag, which phase.
        level_if_begun: how bad it is when only the beginning of the value is fixed, and not ended.
        closed_by: other claims that identify the same thing, so that a condition on one of them
            makes the part harmless; `ref_protected=true` for one that has to have that value.
            https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
        usual_unless: for a part that the vendor's own page leaves open, the parts that must not be
            open as well; `()` where that is always fine, `None` where the page leaves it closed.
    """

    noun: str = ""
    level: Level = "medium"
    level_if_begun: Level = "medium"
    closed_by: tuple[str, ...] = ()
    usual_unless: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestTokens:
    """Tokens that anyone gets without signing in.

    Args:
        claim: the claim that says so.
        value: what it holds for a guest.
        signed_in: what it holds for everybody else.
        subject: a guest's subject.
    """

    claim: str
    value: str
    signed_in: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimForms:
    """How one value of a claim appears in subjects, as patterns for StringLike.

    Args:
        says: subjects that state the claim.
        may_not: subjects among them that may state something else there.
        forms: subjects that state this value.
    """

    says: str
    forms: tuple[str, ...]
    may_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectClaims:
    """What a subject states about other claims of its token, which cannot contradict it.

    Args:
        names: the claims that a condition can require as well.
        of_subject: the claims that a subject implies, by name; empty for another text.
        subject_from: a subject that agrees with values of these claims, by name.
        forms_with: how a value of a claim appears in subjects; `None` where that is not known. The
            value has no wildcards but a `*` at its end.
    """

    names: tuple[str, ...]
    of_subject: Callable[[str], Mapping[str, str]]
    subject_from: Callable[[Mapping[str, str]], str]
    forms_with: Callable[[str, str], ClaimForms | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerFacts:
    """Facts about the tokens of one issuer.

    Args:
        audience_names: what the audience of a token says. `"purpose"`: what the token is for,
            chosen by the one who starts the job. `"application"`: which of several applications it
            is for. `"customer"`: whose it is. `"nothing"`: the same for everybody. `"unknown"`.
        subjects: how much of a subject's form is certain. `"exact"`: the vendor's page says which
            subjects there are, down to their characters, and `Provider.read` reads no other.
            `"form"`: the forms are certain, the characters of a name are not. `"free"`: a customer
            may shape subjects, or the vendor's page does not say.
        client: the client that requests tokens for `Provider.audience` unless it is configured
            otherwise, `"the cluster's webhook"`; `""` where there is no usual one.
        default_audiences: beginnings of the audience of a token that was requested without one.
        audience_of_customer: the usual audience of a customer's tokens, from the name or ID of the
            customer in the issuer, where `audience_names` is `"customer"`.
        audience_may_be_chosen: whether a customer may request the audience of another one.
        audience_in_every_partition: whether `Provider.audience` is the same in AWS China.
        audience_is_sign_in: whether everyone who signs in to an application gets a token whose
            audience is that application's ID.
        app_claims: claims that identify an application or a pool by themselves, as AWS's examples
            use them in place of a subject.
        required_at_call: whether STS denies calls, too, for a role that lacks the required claim.
        subject_claim: the claim that holds the subject.
        owner_in: of a pattern for subjects, the owner of an account at the vendor's that it names
            in full, as `Home` lists the reader's own; `""` where it names none.
        bracketed: texts in brackets that are no placeholders: the issuer writes them so.
        usual: the grammar of the subjects that a token has unless its customer chose another
            template; `None` where there is no choice.
        form_of_claim: for a claim that only some tokens have, the one form of `usual` that their
            subjects have.
        never_with_audience: a pattern for subjects that no token with an audience has; `""` for an
            audience of which nothing is known.
        possible: for `subjects="form"` alone, the grammar of every subject that may exist.
        is_of_other_issuers: whether no token of one of its issuers has a subject that tokens of its
            other issuers may have, from the issuer and a pattern for subjects.
        published_alone: whether AWS's or the vendor's own page publishes a pattern for subjects
            without an audience.
        customer_part: the part of the subjects that repeats the customer's name from the issuer
            itself, where an issuer belongs to one customer; it is also the name in the template
            `Provider.issuer`. `""` where no part does.
        grammar: the grammar of the subjects.
        anyones_subject: a subject that a token of another caller is most likely to have; `""` for
            the first of `Provider.subjects_for`.
        wide_parts: for each part of a subject, and for `"everything"` and `"run"` where a reading
            has these faults, how bad it is when it is open.
        advice: what to do where a fault is the only one, by its name in `Reading.faults`.
        width_rule: the code of the pitfall that judges wide subjects of this issuer alone.
        subject_claims: what a subject states about other claims, where AWS has keys for them.
        claim_values: the values of other claims, by the claim's name in lower case; of a key that
            is no claim and that the issuer vouches for, by the key.
        correct_subjects: subjects that may have been meant by a text that is none, the likeliest
            first.
        explain_difference: why a token has another subject than the policy requires, from both;
            `""` where the reason is not known. Without it, no reason is given.
        how_to_get: what to change where a token is made, from its subject and the required one;
            `""` where nothing is known, `None` where naming the required subject says it all.
        other_issuer: what it means that a token comes from another issuer of the same kind.
        guests: tokens for people who have not signed in.
        former_issuers: issuers that `Provider.issuer` has replaced.
        pattern: the pattern for roles of this issuer alone, by its name in `PATTERNS`.
        form: what the form for its roles has besides the questions from its grammar.
        why_not: a field that is left out, and the reason.
    """

    audience_names: Literal["purpose", "application", "customer", "nothing", "unknown"]
    subjects: Literal["exact", "form", "free"]
    client: str = ""
    default_audiences: tuple[str, ...] = ()
    audience_of_customer: Callable[[str], str] | None = None
    audience_may_be_chosen: bool = False
    audience_in_every_partition: bool = False
    audience_is_sign_in: bool = False
    app_claims: tuple[str, ...] = ()
    required_at_call: bool = False
    subject_claim: str = "sub"
    owner_in: Callable[[str], str] | None = None
    bracketed: tuple[str, ...] = ()
    usual: Grammar | None = None
    form_of_claim: Mapping[str, str] = field(default_factory=dict)
    never_with_audience: Callable[[str], str] | None = None
    possible: Grammar | None = None
    is_of_other_issuers: Callable[[str, str], bool] | None = None
    published_alone: Callable[[str], bool] | None = None
    customer_part: str = ""
    grammar: Grammar | None = None
    anyones_subject: str = ""
    wide_parts: Mapping[str, WidePart] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)
    width_rule: str = ""
    subject_claims: SubjectClaims | None = None
    claim_values: Mapping[str, ClaimValues] = field(default_factory=dict)
    correct_subjects: Callable[[str], Iterator[str]] | None = None
    explain_difference: Callable[[str, str], str] | None = None
    how_to_get: Callable[[str, str], str | None] | None = None
    other_issuer: str = ""
    guests: GuestTokens | None = None
    former_issuers: tuple[str, ...] = ()
    pattern: str = ""
    form: IssuerForm = USUAL_FORM
    why_not: Mapping[str, str] = field(default_factory=dict)


EVERYTHING = WidePart(noun="whose tokens")
RUN = WidePart(noun="the runs to allow")
ORGANIZATION = WidePart(noun="the organization")
MINOR = WidePart(level="low")
ANY = WidePart()

UNKNOWN = IssuerFacts(audience_names="unknown", subjects="free")
"""The facts about an issuer that has no member."""

FACTS: Registry[IssuerFacts] = Registry("trust_widgets.providers.issuers", "FACTS")


def facts_of(provider: Provider | None) -> IssuerFacts:
    """The facts about a provider's tokens; `UNKNOWN` where it is no member.

    Example:
        >>> facts_of(PROVIDERS["github_actions"]).subjects, facts_of(None).subjects
        ('exact', 'free')
    """
    if provider is None:
        return UNKNOWN
    return _facts_by_title().get(provider.title, UNKNOWN)


def facts_of_issuer(issuer: str) -> IssuerFacts:
    """The facts about an issuer's tokens; `UNKNOWN` for an issuer that no member owns.

    Example:
        >>> facts_of_issuer("gitlab.com").subjects, facts_of_issuer("idp.octo.example").subjects
        ('exact', 'free')
    """
    return facts_of(provider_of(issuer))


def subject_key(issuer: str) -> str:
    """The condition key that holds the subject of an issuer's tokens, in lower case.

    Example:
        >>> subject_key("gitlab.com"), subject_key("graph.facebook.com")
        ('gitlab.com:sub', 'graph.facebook.com:id')
    """
    return f"{issuer.lower()}:{facts_of_issuer(issuer).subject_claim}"


def claim_values_of(issuer: str, key: str) -> ClaimValues | None:
    """What is known of the values of a condition key in calls with tokens of an issuer.

    Args:
        issuer: of the tokens. key: the condition key, in any case.

    Example:
        >>> claim_values_of("gitlab.com", "gitlab.com:ref_protected").example
        'true'
    """
    name = key.lower().removeprefix(f"{issuer.lower()}:")
    return facts_of_issuer(issuer).claim_values.get(name)


def names_customer(issuer: str, key: str) -> bool:
    """Whether an audience, or an application's ID, says which customer's token it is.

    So does the audience that IAM requires of a shared issuer.

    Example:
        >>> names_customer("api.pulumi.com/oidc", "api.pulumi.com/oidc:aud")
        True
        >>> names_customer("gitlab.com", "gitlab.com:aud")
        False
    """
    claim, facts = key.lower().removeprefix(f"{issuer.lower()}:"), facts_of_issuer(issuer)
    if facts.audience_may_be_chosen:
        return False
    if claim in facts.app_claims:
        return True
    is_required = key.lower() in oidc_issuers.control_keys(issuer)
    return claim in ("aud", "oaud") and (is_required or facts.audience_names == "customer")


@table
def _facts_by_title() -> dict[str, IssuerFacts]:
    return {PROVIDERS[name].title: facts for name, facts in FACTS.items()}
