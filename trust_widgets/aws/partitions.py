"""The partitions of AWS: groups of regions that share no accounts and no roles.

https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from trust_widgets.aws._data import load

COMMERCIAL = "aws"
_TITLES = {
    COMMERCIAL: "AWS (commercial)",
    "aws-cn": "AWS China",
    "aws-us-gov": "AWS GovCloud (US)",
    "aws-eusc": "AWS European Sovereign Cloud",
}


class Partition(NamedTuple):
    """One partition.

    Args:
        name: as in an ARN, `aws-cn`.
        dns_suffix: what its host names end in, `amazonaws.com.cn`.
        region_pattern: a regular expression for its regions' names.
        regions: those that we know; AWS adds some every year.
        saml_endpoints: where SAML signs in, as `StringLike` reads them: the global one, then the
            regions'. Empty where we know none.
        region_titles: the regions as the console names them, by their names.
    """

    name: str
    dns_suffix: str
    region_pattern: str
    regions: tuple[str, ...]
    saml_endpoints: tuple[str, ...]
    region_titles: Mapping[str, str]


PARTITIONS: tuple[Partition, ...] = tuple(
    Partition(
        p["name"],
        p["dns_suffix"],
        p["region_pattern"],
        tuple(p["regions"]),
        tuple(p["saml_endpoints"]),
        p["region_titles"],
    )
    for p in load("partitions")["partitions"]
)


def names() -> tuple[str, ...]:
    """The names of the partitions, `aws` first.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

    Example:
        >>> names()[:2]
        ('aws', 'aws-cn')
    """
    return tuple(partition.name for partition in PARTITIONS)


def is_partition(name: str) -> bool:
    """Whether AWS has such a partition.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

    Example:
        >>> is_partition("aws-us-gov"), is_partition("azure")
        (True, False)
    """
    return name in names()


def partition_of_region(region: str) -> Partition | None:
    """A Region's partition, by the form of its name; `None` for a name of no form that we know.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

    Example:
        >>> partition_of_region("us-gov-west-1").name, partition_of_region("eu-west-1").name
        ('aws-us-gov', 'aws')
        >>> partition_of_region("*") is None
        True
    """
    return next((p for p in PARTITIONS if re.fullmatch(p.region_pattern, region)), None)


def partition_title(name: str) -> str:
    """A partition as AWS's pages name it.

    https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html

    Example:
        >>> partition_title("aws-us-gov"), partition_title("aws-iso-b")
        ('AWS GovCloud (US)', 'aws-iso-b')
    """
    return _TITLES.get(name, name)


def region_title(region: str) -> str:
    """A Region as the console names it, with its code; a Region that is not known as it is.

    https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html

    Example:
        >>> region_title("eu-west-1"), region_title("eu-*")
        ('Europe (Ireland) eu-west-1', 'eu-*')
    """
    for partition in PARTITIONS:
        if region in partition.region_titles:
            return f"{partition.region_titles[region]} {region}"
    return region
