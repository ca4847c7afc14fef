"""Service principals: the names that AWS services call by.

AWS publishes no complete list, so a name that is missing here may well exist:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from trust_widgets.aws._data import load, table
from trust_widgets.aws.partitions import PARTITIONS, region_title
from trust_widgets.aws.spelling import one_letter_off

# Two names of the other form, from https://docs.aws.amazon.com/lambda/latest/dg/services-alexa.html
_ALEXA = {
    "alexa-appkit.amazon.com": "Alexa Skills",
    "alexa-connectedhome.amazon.com": "Alexa Smart Home",
}
_INTERNAL = ("aws.internal", "api.aws")  # in use by some services, in no list that we have
_PUBLIC = sorted({partition.dns_suffix for partition in PARTITIONS}, key=len, reverse=True)
_SUFFIX = "|".join(re.escape(suffix) for suffix in (*_PUBLIC, *_INTERNAL))
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_NAME = re.compile(rf"(?P<head>{_LABEL}(?:\.{_LABEL})*)\.(?P<suffix>{_SUFFIX})")
_WRONG_SUFFIX = re.compile(
    r"(?P<head>[a-z0-9.-]+?)\.(?:am|aws)[a-z]*(?:\.[a-z]+)*?(?P<china>\.cn)?\.?"
)
_REGION = re.compile(
    "|".join(f"(?:{partition.region_pattern})" for partition in PARTITIONS), re.ASCII
)
_PLAIN = re.compile(
    r"[a-z0-9.-]{1,80}"
)  # anything else is no near miss, and long texts would cost time
_CLOSE = 0.85  # of 1: how much two names must have in common
_SHORTEST_TYPO = 5  # shorter names lie too close to one another: sns, sqs, ses


class _Book(NamedTuple):
    known: frozenset[str]  # without the domain, as all here
    for_roles: frozenset[str]
    common: tuple[str, ...]
    titles: dict[str, str]


@table
def _book() -> _Book:
    listed, by_hand = load("services"), load("common_services")
    known = frozenset(listed["role"]) | frozenset(listed["other"])
    titles = listed["titles"] | by_hand["titles"] | by_hand["common"]
    return _Book(known, frozenset(listed["role"]), tuple(by_hand["common"]), titles)


def _split(name: str) -> tuple[str, str, str] | None:
    """`logs`, `eu-central-1` or `""`, and `amazonaws.com`; `None` for a name that is not well
    formed.
    """
    found = _NAME.fullmatch(name)
    if found:
        return (*_without_region(found["head"]), found["suffix"])
    return None


def _without_region(head: str) -> tuple[str, str]:
    before, _, last = head.rpartition(".")
    if before and _REGION.fullmatch(last):
        return before, last
    return (head, "")


def head_of(name: str) -> str:
    """What comes before the region and AWS's domain; `""` for a name that is not well formed, or
    of AWS's own inside.

    Example:
        >>> head_of("logs.eu-central-1.amazonaws.com"), head_of("ec2")
        ('logs', '')
    """
    parts = _split(name)
    if parts and parts[2] not in _INTERNAL:
        return parts[0]
    return ""


def is_known(name: str) -> bool:
    """Whether a name is in our list, in a region's form or another partition's too.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

    Example:
        >>> (
        ...     is_known("lambda.amazonaws.com"),
        ...     is_known("logs.eu-central-1.amazonaws.com"),
        ...     is_known("ec2"),
        ... )
        (True, True, False)
    """
    parts = _split(name)
    return name in _ALEXA or (
        parts is not None and parts[2] not in _INTERNAL and parts[0] in _book().known
    )


def unknown_region(name: str) -> str:
    """The region in a name that has the form of one and is none that we know; `""` where there is
    none.

    https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html

    Example:
        >>> (
        ...     unknown_region("logs.us-east-7.amazonaws.com"),
        ...     unknown_region("logs.eu-central-1.amazonaws.com"),
        ... )
        ('us-east-7', '')
    """
    parts = _split(name)
    if parts is None or any(parts[1] in partition.regions for partition in PARTITIONS):
        return ""
    return parts[1]


def well_formed(name: str) -> bool:
    """Whether a name has the form of a service principal, known or not: lower case, and AWS's
    own domain.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html

    Example:
        >>> well_formed("quantum-teapots.amazonaws.com"), well_formed("EC2.amazonaws.com")
        (True, False)
    """
    return name in _ALEXA or _NAME.fullmatch(name) is not None


def suggestions() -> tuple[str, ...]:
    """The names that an ordinary role may trust, not only a service-linked one; the commonest
    first.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html

    Example:
        >>> suggestions()[:3]
        ('ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com')
    """
    book = _book()
    others = sorted(book.for_roles - set(book.common))
    return tuple(f"{head}.amazonaws.com" for head in (*book.common, *others))


def near_miss(name: str) -> str | None:
    """The known name that a wrong one was meant to be; `None` for a known one and for one that may
    exist.

    Wrong case, a missing or wrong domain, or one wrong letter. "Do not try to guess the service
    principal": https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html

    Example:
        >>> near_miss("lamda.amazonaws.com"), near_miss("ec2"), near_miss("Lambda.amazon.com")
        ('lambda.amazonaws.com', 'ec2.amazonaws.com', 'lambda.amazonaws.com')
        >>> near_miss("quantum-teapots.amazonaws.com") is None
        True
    """
    if is_known(name):
        return None
    meant = _meant(name.strip().lower())
    if meant != name:
        return meant
    return None


def similar(name: str) -> str | None:
    """The known name that is written most like one that is in no list; `None` if none is close.

    It is a question, not a correction: both may exist.

    Example:
        >>> similar("ecs.task.amazonaws.com"), similar("quantum-teapots.amazonaws.com")
        ('ecs-tasks.amazonaws.com', None)
    """
    parts = _split(name)
    if parts is None:
        return None
    head, region, suffix = parts
    by_letters = {re.sub("[.-]", "", known): known for known in sorted(_book().for_roles)}
    near = get_close_matches(re.sub("[.-]", "", head), by_letters, n=1, cutoff=_CLOSE)
    if not near or by_letters[near[0]] == head:
        return None
    return ".".join(filter(None, (by_letters[near[0]], region, suffix)))


def _meant(text: str) -> str | None:
    if text in _ALEXA or not _PLAIN.fullmatch(text):
        if text in _ALEXA:
            return text
        return None
    head, region, suffix = _split(text) or _split_loosely(text)
    if suffix in _INTERNAL:
        return None
    near = {head} & _book().known or _typos_of(head)
    if len(near) != 1:  # nothing near, or no telling which of several
        return None
    return ".".join(filter(None, (*near, region, suffix)))


def _split_loosely(text: str) -> tuple[str, str, str]:
    """The parts of a name that lacks its domain or has a wrong one."""
    wrong = _WRONG_SUFFIX.fullmatch(text)
    if wrong is None:
        return (*_without_region(text), "amazonaws.com")
    suffix = "amazonaws.com.cn" if wrong["china"] else "amazonaws.com"
    return (*_without_region(wrong["head"]), suffix)


def _typos_of(head: str) -> set[str]:
    if len(head) >= _SHORTEST_TYPO:
        return set(one_letter_off(head)) & _book().for_roles
    return set()


def title_of(name: str) -> str:
    """What people call a service; what comes before the domain where we do not know.

    Example:
        >>> title_of("ecs-tasks.amazonaws.com"), title_of("quantum-teapots.amazonaws.com")
        ('ECS tasks', 'quantum-teapots')
    """
    if name in _ALEXA:
        return _ALEXA[name]
    parts = _split(name)
    if parts:
        return _book().titles.get(parts[0], parts[0])
    return name


def title_in(name: str) -> str:
    """What people call a service, with its Region where the principal is that of one Region.

    The principal with a Region and the one without are different principals.

    Example:
        >>> title_in("states.us-east-1.amazonaws.com"), title_in("states.amazonaws.com")
        ('Step Functions in US East (N. Virginia) us-east-1', 'Step Functions')
    """
    parts = _split(name)
    if parts and parts[1]:
        return f"{title_of(name)} in {region_title(parts[1])}"
    return title_of(name)


def full_name(text: str) -> str:
    """A service by its first word alone as its principal, where there is one; any other text as it
    is.

    Example:
        >>> full_name("Lambda"), full_name("lamda"), full_name("ec2.amazonaws.com")
        ('lambda.amazonaws.com', 'lamda', 'ec2.amazonaws.com')
    """
    name = f"{text.lower()}.amazonaws.com"
    if "." not in text and is_known(name):
        return name
    return text
