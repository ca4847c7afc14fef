"""Faults of subject patterns, of all issuers alike: which count, how bad they are, and what to name
instead.

What each part is called and how bad it is, the issuer's member says in `IssuerFacts.wide_parts`.
"""

from __future__ import annotations

from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.findings import Severity
from trust_widgets.pitfalls.subject_width import SubjectValue
from trust_widgets.providers import ANY, EVERYTHING, IssuerFacts, WidePart, facts_of
from trust_widgets.text.english import listed

_BEGUN = "_unterminated"


def counted(asked: SubjectValue, faults: tuple[str, ...], pinned: set[str]) -> tuple[str, ...]:
    """The faults of a pattern that are reported, the widest first.

    Not reported is what the vendor's own page writes: any step of one Bitbucket repository, any
    workspace of one project of HCP Terraform. For Google, Facebook and similar issuers
    the policy names an app's ID.

    Args:
        asked: the value in the policy. faults: by its provider's reading. pinned: other claims with
            exact values.
    """
    if asked.provider.issuer in BUILT_IN:
        return ()
    wide_parts = facts_of(asked.provider).wide_parts
    parts = {part_of(fault) for fault in faults}
    closed = {part for part in parts if _is_harmless(wide_parts.get(part, ANY), parts, pinned)}
    return tuple(fault for fault in faults if part_of(fault) not in closed)


def _is_harmless(wide: WidePart, parts: set[str], pinned: set[str]) -> bool:
    """Whether another claim closes a part, or the vendor's own page leaves it open."""
    is_usual = wide.usual_unless is not None and not parts & set(wide.usual_unless)
    return is_usual or bool(pinned & set(wide.closed_by))


def part_of(fault: str) -> str:
    """The part of the subject that a fault is about.

    Example:
        >>> part_of("namespace_unterminated"), part_of("run_any"), part_of("tag")
        ('namespace', 'run', 'tag')
    """
    return fault.removesuffix("_any").removesuffix(_BEGUN).removesuffix("_default")


def severity_of(facts: IssuerFacts, faults: tuple[str, ...]) -> Severity:
    """How bad faults are among the customer's own tokens."""
    if all(_is_low(facts, fault) for fault in faults):
        return Severity.LOW
    return Severity.MEDIUM


def _is_low(facts: IssuerFacts, fault: str) -> bool:
    wide = facts.wide_parts.get(part_of(fault), ANY)
    return wide.level == "low" or (fault.endswith(_BEGUN) and wide.level_if_begun == "low")


def what_to_name(facts: IssuerFacts, faults: tuple[str, ...]) -> str:
    """What a narrower pattern says, in a sentence.

    Example:
        >>> from trust_widgets.providers.facts import FACTS
        >>> what_to_name(FACTS["gitlab"], ("project_any", "run_any"))
        'Name the project and the runs to allow.'
    """
    if len(faults) == 1 and faults[0] in facts.advice:
        return facts.advice[faults[0]]
    parts = [part for part in map(part_of, faults) if part != "everything"]
    nouns = dict.fromkeys(_noun(facts, part) for part in parts)
    return f"Name {listed(nouns or [EVERYTHING.noun])}."


def _noun(facts: IssuerFacts, part: str) -> str:
    return facts.wide_parts.get(part, ANY).noun or f"the {part}"
