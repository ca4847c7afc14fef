"""Our data against AWS's own pages, put down by hand: its files, forms, limits, accounts,
issuers.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from trust_widgets.aws import accounts, actions, arns, limits, oidc_issuers, partitions

AWS = Path(partitions.__file__).parent
DATA = sorted((AWS / "data").glob("*.json"))
GITHUB = "token.actions.githubusercontent.com"


def test_the_data_is_small_dated_and_says_where_it_comes_from() -> None:
    assert sum(file.stat().st_size for file in DATA) < 100_000
    for file in DATA:
        assert {"notice", "date"} <= json.loads(file.read_text(encoding="utf-8")).keys()
        assert f"`{file.name}`" in (AWS / "NOTICE.md").read_text(encoding="utf-8")


def test_the_data_is_found_inside_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.writestr("trust_widgets/__init__.py", "")
        for file in (*AWS.glob("*.py"), *DATA):
            packed.write(file, Path("trust_widgets", "aws", file.relative_to(AWS)))
    code = f"""import sys; sys.path.insert(0, {str(tmp_path / "all.zip")!r})
from trust_widgets.aws import services
print(services.__file__, services.is_known("ec2.amazonaws.com"))"""
    told = subprocess.check_output([sys.executable, "-I", "-c", code], text=True)
    assert "all.zip" in told and told.strip().endswith("True")


@pytest.mark.parametrize(
    ("name", "region", "saml"),
    [
        ("aws", "eu-central-1", "https://signin.aws.amazon.com/saml"),
        ("aws-cn", "cn-north-1", "https://signin.amazonaws.cn/saml"),
        ("aws-us-gov", "us-gov-west-1", "https://signin.amazonaws-us-gov.com/saml"),
        ("aws-eusc", "eusc-de-east-1", None),
    ],
)
def test_partitions(name: str, region: str, saml: str | None) -> None:
    partition = next(p for p in partitions.PARTITIONS if p.name == name)
    assert partition.saml_endpoints[:1] == ((saml,) if saml else ())
    assert [p.name for p in partitions.PARTITIONS if re.fullmatch(p.region_pattern, region)] == [
        name
    ]


def test_arns_have_six_parts() -> None:
    arn = arns.arn_of("arn:aws:sns:eu-west-1:111122223333:topic:a:b")
    assert arn == ("aws", "sns", "eu-west-1", "111122223333", "topic:a:b")
    assert arns.arn_of("arn:aws:iam::111122223333") is None
    assert arns.arn_of("urn:aws:iam::111122223333:root") is None
    assert not arns.is_account_id("\u0661" * 12) and not arns.is_account_id("111122223333\n")


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (limits.ROLE_NAME, "a" * 64, "a" * 65),
        (limits.ROLE_NAME, "web+=,.@-_", "web/app"),
        (limits.ROLE_PATH, "/", "teams/web/"),
        (limits.ROLE_PATH, "/teams/web/", "/teams/web"),
        (limits.ROLE_PATH, "/" + "a" * 510 + "/", "/" + "a" * 511 + "/"),
        (limits.SID, "", "Let-In"),
        (limits.EXTERNAL_ID, "ab", "a"),
        (limits.EXTERNAL_ID, "a" * 1224, "a" * 1225),
        (limits.SESSION_NAME, "me@octo.example", "caf\u00e9"),
        (limits.SAML_PROVIDER_NAME, "a" * 128, "octo@org"),
    ],
)
def test_limits(rule: str, good: str, bad: str) -> None:
    assert re.fullmatch(rule, good) and not re.fullmatch(rule, bad)


def test_actions_are_those_that_act_on_a_role() -> None:
    assert len(actions.names()) == 6 and "sts:AssumeRoot" not in actions.names()


def test_every_account_has_12_digits_and_one_name() -> None:
    vendors = json.loads((AWS / "data" / "accounts.json").read_text(encoding="utf-8"))["vendors"]
    listed = [account for found in vendors.values() for account in found]
    assert len(listed) == len(set(listed)) and all(map(arns.is_account_id, listed))
    for vendor, found in vendors.items():
        assert accounts.accounts_of(vendor) == tuple(found)
    assert not {"111122223333", "444455556666", "999988887777"} & set(listed)


def test_the_claims_that_aws_demands_of_shared_issuers() -> None:
    assert oidc_issuers.required_key(GITHUB) == f"{GITHUB}:sub"
    assert (
        oidc_issuers.required_key("cognito-identity.amazonaws.com")
        == "cognito-identity.amazonaws.com:aud"
    )
    sentinel = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d"
    assert oidc_issuers.required_key(sentinel) == "sts:RoleSessionName"
    for own in (
        f"{GITHUB}/octo",
        "oidc.vercel.com/octo",
        "gitlab.octo.example",
        "accounts.google.com",
        "",
    ):
        assert oidc_issuers.required_key(own) is None


def test_claims_by_issuer() -> None:
    assert f"{GITHUB}/octo:job_workflow_ref" in oidc_issuers.claims_of(f"{GITHUB}/octo")
    assert f"{GITHUB}:event_name" not in oidc_issuers.claims_of(GITHUB)
    assert oidc_issuers.claims_of("www.amazon.com") == (
        "www.amazon.com:app_id",
        "www.amazon.com:user_id",
    )
    assert oidc_issuers.claims_of("oidc.circleci.com/org/1a2b")[-1].endswith(
        ":oidc.circleci.com/project-id"
    )
