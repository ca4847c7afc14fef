"""The records of condition keys: each key has one, each record is complete, and it says what AWS's
pages say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from trust_widgets import aws
from trust_widgets.aws import operators
from trust_widgets.aws._data import load
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.keys.record_fields import KINDS, WHO, KeyRecord
from trust_widgets.aws.keys.records import key_record, record_from_json, records
from trust_widgets.text.tokens import admits, tokens_of_form

FOLDER = Path(str(aws.__file__)).parent / "data" / "keys"
FILES = {
    path.name: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.json"))
}
GENERATED = tuple(name for name, *_ in load("condition_keys")["keys"])
NEWER = tuple(held["name"] for held in FILES.values() if held.get("newer"))
ALL_CLAIMS, ALL_ATTRIBUTES = "${Issuer}:${Claim}", "saml:${Attribute}"
# Records that are for keys outside the generated list, and why.
WITHOUT_A_GENERATED_NAME = {
    ALL_CLAIMS: "the claims of issuers, which their providers know",
    ALL_ATTRIBUTES: "attributes of SAML about the person, all alike",
    "${IdentityPools}:aud": "the pool, under the host of any partition's identity pools",
    "${IdentityPools}:amr": "how somebody signed in, under the same hosts",
    "lambda:SourceFunctionArn": (
        "a key of Lambda alone, which people ask for in trust policies by mistake"
    ),
}
TYPES = {operators.type_of(base) for base in operators.BASES} - {"Null"}
PROPERTY_OF = ("principal", "session", "network", "resource", "request", "token")
PRESENCES = ("always", "maybe", "never", "unknown")
OWNED = ("whole", "organization", "unique id", "no")
LEFT_OPEN = ("always", "without an address", "no")


def needs_no_record(name: str) -> bool:
    """Whether nothing has to be written by hand about a key: the record of all of its sort holds
    for it.
    """
    prefix = name.partition(":")[0]
    return "." in prefix or prefix == "saml"


def names_that_disagree(
    generated: tuple[str, ...], written: tuple[str, ...], newer: tuple[str, ...] = NEWER
) -> Iterator[str]:
    """Keys without a record, and records without a key."""
    for name in sorted(set(generated) - set(written)):
        if not needs_no_record(name):
            yield f"{name} has no record"
    for name in sorted(set(written) - set(generated) - set(newer) - set(WITHOUT_A_GENERATED_NAME)):
        yield f"{name} is no key of the generated list; give its type in newer if AWS's page has it"
    for name in sorted(set(newer) & set(generated)):
        yield f"{name} is in the generated list by now: write null in newer"


def faults(held: Mapping[str, Any]) -> Iterator[str]:
    """What is missing or wrong in a file."""
    names = {field.name for field in fields(KeyRecord)}
    yield from (f"no {name}" for name in sorted(names - set(held)))
    yield from (f"{name} is no field" for name in sorted(set(held) - names))
    if set(held) == names:
        yield from _faults_of(record_from_json(held))


def _faults_of(record: KeyRecord) -> Iterator[str]:
    never = {who for who, has in record.presence.items() if has == "never"}
    if set(record.presence) != set(WHO) or not set(record.presence.values()) <= set(PRESENCES):
        yield "presence: one of always, maybe, never and unknown for each caller"
    if never != set(record.because) or not all(record.because.values()):
        yield "because: a reason for each who never has it, and for no other"
    if not record.source.startswith("https://docs.aws.amazon.com/"):
        yield "source: a page of AWS"
    if record.owned not in OWNED or record.left_open not in LEFT_OPEN:
        yield "owned or left_open: another word"
    if record.newer and record.newer.type not in TYPES:
        yield "newer: a type that an operator is for"
    if record.property_of not in PROPERTY_OF:
        yield "property_of: another word"
    if not set(record.instead) | set(record.narrows_who_calls) <= set(KINDS):
        yield "instead or narrows_who_calls: another kind of caller"
    texts = (
        record.about,
        record.phrase,
        record.missing,
        record.remedy,
        record.form,
        record.example,
    )
    if "" in texts:
        yield "a text that is empty: null where there is none"
    yield from _faults_of_the_form(record)


def _faults_of_the_form(record: KeyRecord) -> Iterator[str]:
    """Keys of texts have a form, an example of it and a filler; others have the form of their
    type.
    """
    known = key_named(record.name)
    type_ = known.type if known else "String"
    has_form = (record.form is not None, record.example is not None, record.filler is not None)
    if has_form != (type_ in ("String", "ARN"),) * 3:
        yield "form, example and filler: those of a text, and no others"
    if (record.public_address is not None) != (type_ == "IPAddress"):
        yield "public_address: for addresses, and for no others"
    form, example = record.form, record.example
    known_form = bool(form and example and form != "anything")
    if known_form and not any(admits(tokens_of_form(f), str(example)) for f in record.forms):
        yield "example: not of the form"


def test_each_generated_key_has_its_record_and_each_record_its_key() -> None:
    written = tuple(held["name"] for held in FILES.values())
    assert len(written) == len(set(map(str.lower, written)))
    assert list(names_that_disagree(GENERATED, written)) == []
    assert set(WITHOUT_A_GENERATED_NAME) <= set(written)


def test_a_key_without_a_record_and_a_record_without_a_key_are_found() -> None:
    written = tuple(held["name"] for held in FILES.values())
    assert list(names_that_disagree((*GENERATED, "aws:New"), written)) == ["aws:New has no record"]
    assert list(names_that_disagree(GENERATED, (*written, "aws:Old"))) == [
        "aws:Old is no key of the generated list; give its type in newer if AWS's page has it"
    ]


def test_a_key_of_the_page_that_the_list_lacks_has_its_type_in_its_record() -> None:
    """Until the list has it."""
    written = (*GENERATED, "aws:New")
    assert list(names_that_disagree(GENERATED, written, newer=("aws:New",))) == []
    assert list(names_that_disagree(written, written, newer=("aws:New",))) == [
        "aws:New is in the generated list by now: write null in newer"
    ]
    key = key_named("aws:calledviaawsmcp")
    assert key is not None and (key.name, key.type, key.many) == (
        *("aws:CalledViaAWSMCP", "String"),
        True,
    )


@pytest.mark.parametrize("file", FILES)
def test_a_record_is_complete_and_in_the_file_of_its_name(file: str) -> None:
    held = FILES[file]
    assert list(faults(held)) == []
    stems = {ALL_CLAIMS: "issuer.claim", ALL_ATTRIBUTES: "saml.attribute"}
    name = held["name"].partition("/${")[0].replace(":", ".").replace("/", "-")
    name = name.replace("${IdentityPools}", "identity_pools")
    assert file == f"{stems.get(held['name'], name)}.json"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"remedy": ...}, "no remedy"),
        ({"colour": "red"}, "colour is no field"),
        ({"because": {}}, "because: a reason for each who never has it, and for no other"),
        (
            {"presence": {"user": "always"}},
            "presence: one of always, maybe, never and unknown for each caller",
        ),
        ({"source": "a book"}, "source: a page of AWS"),
        ({"newer": {"type": "Text", "many": False}}, "newer: a type that an operator is for"),
        ({"property_of": "unknown"}, "property_of: another word"),
        ({"owned": "perhaps"}, "owned or left_open: another word"),
        (
            {"instead": {"user": "See there."}},
            "instead or narrows_who_calls: another kind of caller",
        ),
        (
            {"narrows_who_calls": ["session"]},
            "instead or narrows_who_calls: another kind of caller",
        ),
        ({"public_address": True}, "public_address: for addresses, and for no others"),
        ({"phrase": ""}, "a text that is empty: null where there is none"),
        ({"example": "7"}, "example: not of the form"),
        ({"form": None}, "form, example and filler: those of a text, and no others"),
    ],
)
def test_an_incomplete_record_is_found(change: dict[str, Any], fault: str) -> None:
    held = {**FILES["aws.SourceArn.json"], **change}
    assert fault in list(faults({name: value for name, value in held.items() if value is not ...}))


def test_who_has_a_key() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    assert key_record("aws:SecureTransport").is_in_every_call
    assert not key_record("aws:SourceIp").is_in_every_call
    assert key_record("aws:username").presence["user"] == "always"
    assert key_record("aws:USERNAME").presence["session"] == "never"
    assert key_record("aws:SourceAccount").is_of_services_alone
    assert not key_record("aws:ViaAWSService").is_of_services_alone
    assert key_record("aws:userid").is_undocumented


@pytest.mark.parametrize(
    "name",
    [
        "aws:RequestedRegion",
        "aws:ResourceAccount",
        "aws:ResourceOrgID",
        "aws:ResourceOrgPaths",
        "aws:ResourceTag/team",
        "iam:ResourceTag/team",
        "aws:SecureTransport",
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:UserAgent",
        "aws:referer",
        "aws:TagKeys",
        "sts:TransitiveTagKeys",
    ],
)
def test_what_narrows_nobody(name: str) -> None:
    """Properties of the role, of the moment and of the connection, and what callers write."""
    assert key_record(name).narrows_who_calls == ()


@pytest.mark.parametrize(
    "name",
    [
        "aws:PrincipalAccount",
        "aws:PrincipalArn",
        "aws:PrincipalOrgID",
        "aws:PrincipalTag/team",
        "aws:MultiFactorAuthPresent",
        "aws:SourceIp",
        "aws:SourceVpce",
        "aws:SourceAccount",
        "aws:SourceArn",
        "sts:ExternalId",
        "gitlab.com:sub",
        "saml:aud",
    ],
)
def test_what_narrows_who_calls(name: str) -> None:
    """Properties of the caller and of the network, what a service works for, and the vendor's own
    check.
    """
    assert key_record(name).narrows_who_calls == KINDS


def test_what_narrows_where_somebody_vouches_for_it() -> None:
    """Tags and the source identity are the caller's to choose, unless a token, an assertion or a
    service brings them; a session's name, unless an assertion does.
    """
    for name in ("aws:RequestTag/team", "sts:SourceIdentity"):
        assert key_record(name).narrows_who_calls == ("service", "saml", "oidc")
    assert key_record("sts:RoleSessionName").narrows_who_calls == ("saml",)


def test_a_key_of_a_sort_has_the_record_of_its_sort() -> None:
    assert key_record("aws:RequestTag/team").name == "aws:RequestTag/${TagKey}"
    assert key_record("saml:mail").name == ALL_ATTRIBUTES
    assert key_record("gitlab.com:project_id").name == ALL_CLAIMS
    assert key_record("gitlab.com:project_id").presence["session"] == "never"
    assert key_record("gitlab.com:sub").presence["session"] == "maybe"
    assert key_record("some:UnknownKey") == KeyRecord("some:UnknownKey")


def test_a_file_without_some_fields_reads_as_the_defaults_of_a_record() -> None:
    """So that a record may be read before it is complete, and this file's tests tell what is
    missing.
    """
    assert record_from_json({"name": "aws:New"}) == KeyRecord("aws:New")
    with pytest.raises(TypeError):
        record_from_json({"name": "aws:New", "colour": "red"})
    assert replace(key_record("aws:SourceArn"), name="x") != key_record("aws:SourceArn")
    assert len(records()) == len(FILES)


def test_each_record_says_when_its_page_was_read() -> None:
    """A day that docs/facts.md shows, with the page."""
    for record in records():
        assert record.read_on.startswith("2026-") and len(record.read_on) == 10, record.name
        assert record.source.startswith("https://"), record.name
