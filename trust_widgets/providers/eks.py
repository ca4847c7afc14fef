"""Amazon EKS: a token for each pod, whose subject says its namespace and service account.

https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from trust_widgets.aws.partitions import PARTITIONS
from trust_widgets.providers import Provider, Reading
from trust_widgets.providers._globs import is_anything, is_exact, words

PREFIX = "system:serviceaccount:"
REGION = r"[a-z]+(?:-[a-z]+)+-[0-9]+"
_SUFFIXES = "|".join(sorted({re.escape(partition.dns_suffix) for partition in PARTITIONS}))
HOST = (
    rf"(?:oidc\.eks\.{REGION}\.(?:{_SUFFIXES})"
    # Of clusters with IPv6: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
    rf"|oidc-eks\.{REGION}\.api\.(?:aws|amazonwebservices\.(?:com\.cn|eu)))"
)
# Kubernetes takes no other names, nor a colon in one.
# https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
_NAMES = re.compile(r"[a-z0-9*?-]+:[a-z0-9.*?-]+")


def subject(namespace: str, service_account: str) -> str:
    """The subject of a pod's token.

    Example:
        >>> subject("shop", "cart")
        'system:serviceaccount:shop:cart'
    """
    return f"{PREFIX}{namespace}:{service_account}"


def names_in(pattern: str) -> tuple[str, str] | None:
    """The namespace and service account in a subject or a pattern; `None` when it does not tell them apart.

    Example:
        >>> names_in("system:serviceaccount:shop:cart"), names_in("system:serviceaccount:shop*")
        (('shop', 'cart'), ('shop*', '*'))
    """
    head, *names = pattern.rsplit(":", 2)
    rest = pattern.removeprefix(PREFIX)
    if rest != pattern and ":" not in rest and "*" in rest:  # a * runs across the colon
        names = [rest.partition("*")[0] + "*", "*" + rest.rpartition("*")[2]]
    elif len(names) != 2 or not _is_prefix(head):
        return None
    elif "*" in head and (not is_exact(names[0]) or names[0] == "serviceaccount"):
        return None  # the * may end before the prefix does
    return (names[0], names[1]) if _NAMES.fullmatch(":".join(names)) else None


def _is_prefix(pattern: str) -> bool:
    """Whether a pattern admits what all subjects begin with."""
    return fnmatchcase(PREFIX, pattern.replace("[", "[[]") + ":")  # to fnmatch, [ is a wildcard too


def read(pattern: str) -> Reading | None:
    """A subject, or a pattern for subjects, in words; `None` when no pod's token has such a subject.

    Faults, widest first: `namespace_any`, `namespace_unterminated`, `service_account_any`,
    `service_account_unterminated`, and `service_account_default`, the one of every pod that names none.

    Example:
        >>> read("system:serviceaccount:shop:*").words, read("system:serviceaccount:shop:*").faults
        ('pods of any service account in namespace shop', ('service_account_any',))
    """
    stem, star, rest = pattern.partition("*")
    found = names_in(pattern)
    if found == ("*", "*") or (star and PREFIX.startswith(stem) and not rest.strip("*?:")):
        return _EVERYTHING
    return _together(*found) if found else _read_other(pattern)


_ALL = "any pod of the EKS cluster"
_EVERYTHING = Reading(_ALL, (_ALL,), ("namespace_any", "service_account_any"))


def _together(namespace: str, account: str) -> Reading:
    where = words("namespace", "any namespace", namespace)
    who = words("service account", "any service account", account)
    wide = tuple(text for text in (who, where) if text.startswith("any "))
    faults = [_fault("namespace", namespace), _fault("service_account", account)]
    if account == "default":
        # https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
        wide, faults = (who, *wide), [*faults, "service_account_default"]
    return Reading(f"pods of {who} in {where}", wide, tuple(filter(None, faults)))


def _fault(of: str, name: str) -> str:
    """How a name is wide: open from its first character on, or somewhere after it."""
    if is_exact(name):
        return ""
    return f"{of}_any" if is_anything(name) or name[0] in "*?" else f"{of}_unterminated"


def _read_other(pattern: str) -> Reading | None:
    """A pattern with a wildcard in the part that all subjects share."""
    stem = re.split(r"[*?]", pattern)[0]
    if "*" not in pattern or stem == PREFIX or not PREFIX.startswith(stem):
        return None
    text = f"pods whose subject is like {pattern}"
    account_is_exact = ":" in re.split(r"[*?]", pattern)[-1]
    return Reading(text, (text,), ("namespace_any",) if account_is_exact else ("namespace_any", "service_account_any"))


PROVIDER = Provider(
    title="Amazon EKS",
    owns=lambda issuer: re.fullmatch(rf"{HOST}/id/[^/]+", issuer, re.IGNORECASE) is not None,
    audience="sts.amazonaws.com",
    read=read,
    source="https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html",
)
