"""Issuers of tokens, one file each in `issuers/`: what their subjects look like, built and read
back in words.

A member defines `PROVIDER = Provider(...)`, and `FACTS = IssuerFacts(...)` of `facts.py`. How to
write one:

1. Say what its subjects are made of, with `Part`, `Form` and `Grammar` of `subjects/grammar.py`.
   The grammar then builds subjects, takes them apart, reads patterns in words with their faults,
   and makes up subjects that a pattern admits.
2. Write `subject`, a function whose parameters are `Annotated[str, Question(...)]`, so that a form
   can be made of it, and `answers`, its inverse: `answers(subject(**a)) == a`. Mostly they are
   `GRAMMAR.build` and `GRAMMAR.parts_of`.
3. Where each customer has an issuer of their own, write `issuer_from` in the same way.
4. Put facts with the vendor's page, and into `verified` which of them someone has seen in a token
or read there. 5. Say in `FACTS` what rules and explanations need to know: what the audience names,
how sure the subjects are, how bad each open part is, what its form has next to the grammar; in
`why_not`, why a field is left out.

tests/providers/test_contract.py and test_complete.py hold every member to this; its own test has
examples derived from the vendor's page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from trust_widgets.families import Registry, lazy_names
from trust_widgets.providers.provider import Provider as Provider
from trust_widgets.providers.provider import Reading as Reading

if TYPE_CHECKING:
    from trust_widgets.providers.audiences import (
        IN_CHINA,
        provider_with_client,
        why_no_audience,
    )
    from trust_widgets.providers.claim_values import ClaimValues, fits_some_value, realistic_value
    from trust_widgets.providers.facts import (
        ANY,
        EVERYTHING,
        FACTS,
        IssuerFacts,
        SubjectClaims,
        WidePart,
        claim_values_of,
        facts_of,
        facts_of_issuer,
        names_customer,
        subject_key,
    )
    from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
    from trust_widgets.providers.subjects.possible_subjects import cannot_be, whose
    from trust_widgets.providers.subjects.token_subjects import (
        as_issued,
        common_subject,
        forms_of,
        is_of_no_token,
        is_unissuable,
        likely,
        reading_of,
        subjects_of,
    )
    from trust_widgets.providers.trust_answers import (
        answers_from_policy,
        audience_from_answers,
        complaints_about_answers,
        complaints_about_parts,
        example_answers,
        issuer_from_answers,
        known_audiences,
        known_issuers,
        known_subjects,
        subjects_from,
    )
    from trust_widgets.providers.trust_questions import (
        AS_WRITTEN,
        GUESTS,
        SESSION_NAME,
        is_session_name_asked,
        issuers_with_form,
        trust_fields,
    )

__all__ = [
    "ANY",
    "AS_WRITTEN",
    "EVERYTHING",
    "FACTS",
    "GUESTS",
    "IN_CHINA",
    "PROVIDERS",
    "SESSION_NAME",
    "ClaimValues",
    "IssuerFacts",
    "IssuerForm",
    "Job",
    "JobFile",
    "Provider",
    "Reading",
    "SubjectClaims",
    "WidePart",
    "answers_from_policy",
    "as_issued",
    "audience_from_answers",
    "cannot_be",
    "claim_values_of",
    "common_subject",
    "complaints_about_answers",
    "complaints_about_parts",
    "example_answers",
    "facts_of",
    "facts_of_issuer",
    "fits_some_value",
    "forms_of",
    "is_of_no_token",
    "is_session_name_asked",
    "is_unissuable",
    "issuer_from_answers",
    "issuer_of",
    "issuers_with_form",
    "known_audiences",
    "known_issuers",
    "known_subjects",
    "likely",
    "names_customer",
    "only_issuer",
    "provider_of",
    "provider_with_client",
    "reading_of",
    "realistic_value",
    "subject_key",
    "subjects_from",
    "subjects_of",
    "trust_fields",
    "whose",
    "why_no_audience",
]

# Their modules import the record from here.
__getattr__ = lazy_names(
    __name__,
    {
        "AS_WRITTEN": "trust_questions",
        "GUESTS": "trust_questions",
        "SESSION_NAME": "trust_questions",
        "is_session_name_asked": "trust_questions",
        "issuers_with_form": "trust_questions",
        "trust_fields": "trust_questions",
        "audience_from_answers": "trust_answers",
        "complaints_about_answers": "trust_answers",
        "example_answers": "trust_answers",
        "complaints_about_parts": "trust_answers",
        "issuer_from_answers": "trust_answers",
        "known_audiences": "trust_answers",
        "known_issuers": "trust_answers",
        "known_subjects": "trust_answers",
        "subjects_from": "trust_answers",
        "answers_from_policy": "trust_answers",
        "IssuerForm": "issuer_form",
        "Job": "issuer_form",
        "JobFile": "issuer_form",
        "likely": "subjects.token_subjects",
        "forms_of": "subjects.token_subjects",
        "common_subject": "subjects.token_subjects",
        "IN_CHINA": "audiences",
        "provider_with_client": "audiences",
        "why_no_audience": "audiences",
        "ANY": "facts",
        "EVERYTHING": "facts",
        "FACTS": "facts",
        "IssuerFacts": "facts",
        "SubjectClaims": "facts",
        "WidePart": "facts",
        "ClaimValues": "claim_values",
        "fits_some_value": "claim_values",
        "realistic_value": "claim_values",
        "claim_values_of": "facts",
        "facts_of": "facts",
        "names_customer": "facts",
        "facts_of_issuer": "facts",
        "subject_key": "facts",
        "cannot_be": "subjects.possible_subjects",
        "whose": "subjects.possible_subjects",
        "as_issued": "subjects.token_subjects",
        "is_unissuable": "subjects.token_subjects",
        "is_of_no_token": "subjects.token_subjects",
        "reading_of": "subjects.token_subjects",
        "subjects_of": "subjects.token_subjects",
    },
)


PROVIDERS: Registry[Provider] = Registry("trust_widgets.providers.issuers", "PROVIDER")


def issuer_of(principal: str) -> str:
    """The issuer in an OIDC provider's ARN, or a built-in domain as it is; `""` for anything else.

    Example:
        >>> issuer_of("arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com")
        'token.actions.githubusercontent.com'
    """
    head, found, issuer = principal.partition(":oidc-provider/")
    if found and head.startswith("arn:"):
        return issuer
    if ":" not in principal and "/" not in principal and "." in principal:
        return principal
    return ""


def only_issuer(principals: Iterable[str]) -> str:
    """The issuer of the only OIDC provider among principals; `""` for none, and for several.

    Example:
        >>> only_issuer(("arn:aws:iam::111122223333:oidc-provider/gitlab.com",))
        'gitlab.com'
    """
    issuers = {issuer for text in principals if (issuer := issuer_of(text))}
    if len(issuers) != 1:
        return ""
    return issuers.pop()


@lru_cache(maxsize=512)
def provider_of(issuer: str) -> Provider | None:
    """The provider that an issuer belongs to, if we know it."""
    return next((provider for provider in PROVIDERS.values() if provider.owns(issuer)), None)
