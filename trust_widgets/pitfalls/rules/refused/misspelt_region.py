"""A service principal with the name of a region that does not exist: misspelt, or an availability zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from trust_widgets.aws import services
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy
from trust_widgets.policy.statements import example, principals

# Every region reads us-east-1: where in the world, where in there, and a number.
_PLACES = ("central", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
_NAME = re.compile(
    r"(?P<service>[a-z0-9.-]+)\.(?P<area>[a-z]{2,4}(?:-(?:gov|iso[a-z]?|de))?)-(?P<place>[a-z]+)-?(?P<number>\d)[a-z]?"
    r"\.(?P<suffix>amazonaws\.com(?:\.cn)?)"
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "Service"):
        right = meant(value)
        if right is not None:
            message = f'"{value}" holds no region of AWS. Did you mean "{right}"?'
            yield Hit(path, message, fix=Fix(f'Write "{right}"', (Replace(path, right),)))


def meant(value: str) -> str | None:
    """The name with a region that has the form of one; `None` where it has, and where we cannot tell.

    Example:
        >>> meant("logs.eu-cental-1.amazonaws.com"), meant("lambda.us-east-1a.amazonaws.com")
        ('logs.eu-central-1.amazonaws.com', 'lambda.us-east-1.amazonaws.com')
        >>> meant("lambda.eu-central-7.amazonaws.com") is None
        True
    """
    found = _NAME.fullmatch(value)
    place = _place(found["place"]) if found else None
    if found is None or place is None:
        return None
    right = f"{found['service']}.{found['area']}-{place}-{found['number']}.{found['suffix']}"
    return right if right != value and services.is_known(right) else None


def _place(word: str) -> str | None:
    """The point of the compass that a word is, or is near to; `None` where two are as near."""
    swapped = [place for place in _PLACES if sorted(place) == sorted(word)]
    near = swapped or get_close_matches(word, _PLACES, n=2, cutoff=0.85)
    return word if word in _PLACES else near[0] if len(near) == 1 else None


PITFALL = Pitfall(
    code="TP126",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A misspelt region in a service principal",
    find=find,
    fine="Never; most services need no region in their name at all: opt-in regions have it there, and a few services.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"Service": "logs.eu-cental-1.amazonaws.com"}),
        example({"Service": "lambda.af-south-1a.amazonaws.com"}),
        example({"Service": "lambda.us-east1.amazonaws.com"}),
    ),
    good=(
        example({"Service": "logs.eu-central-1.amazonaws.com"}),
        example({"Service": "lambda.mx-central-2.amazonaws.com"}),
    ),
)
