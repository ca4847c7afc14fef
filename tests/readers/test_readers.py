"""Trust policies in what IAM's commands print, with the places of their characters in the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.readers import read_text


class Found(NamedTuple):
    """A policy as a reader found it."""

    role: str
    text: str
    places: Sequence[int]
    account: str


def policies_in(text: str) -> tuple[Found, ...] | None:
    """The policies in a text; `None` for a text that is taken for a policy itself."""
    records = read_text("roles.json", text).records
    if [record.document.text for record in records if not record.is_role] == [text]:
        return None
    return tuple(
        Found(each.name, each.document.text, each.document.places, each.account) for each in records
    )


POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "Café",
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}


def role(name: str, document: Any) -> dict[str, Any]:
    """A role as https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html has it."""
    return {
        "Path": "/",
        "RoleName": name,
        "RoleId": "AROAEXAMPLE",
        "Arn": f"arn:aws:iam::111122223333:role/{name}",
        "CreateDate": "2026-01-02T03:04:05+00:00",
        "AssumeRolePolicyDocument": document,
    }


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ({"Role": role("a", POLICY)}, ["a"]),
        (role("a", POLICY), ["a"]),
        ({"Roles": [role("a", POLICY), role("b", POLICY)], "IsTruncated": False}, ["a", "b"]),
        ([role("b", POLICY), role("a", POLICY)], ["b", "a"]),
        ({"UserDetailList": [], "RoleDetailList": [role("a", POLICY)], "Policies": []}, ["a"]),
        ({"Roles": []}, []),
        ({"Role": {"AssumeRolePolicyDocument": POLICY}}, [""]),
        ({"Role": {"RoleName": 5, "AssumeRolePolicyDocument": POLICY}}, [""]),
    ],
)
@pytest.mark.parametrize("indent", [None, 4])
def test_what_commands_print(printed: Any, names: list[str], indent: int | None) -> None:
    """`get-role`, its role alone, `list-roles`, its list alone,
    `get-account-authorization-details`; without names.
    """
    found = policies_in(json.dumps(printed, indent=indent))
    assert found is not None
    assert [inner.role for inner in found] == names
    assert all(json.loads(inner.text) == POLICY for inner in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "null",
        "[]",
        "[[]]",
        '"hello"',
        json.dumps(POLICY),
        json.dumps({**POLICY, "Roles": [role("a", POLICY)]}),
        json.dumps({"Role": role("a", POLICY)}) + "}",
        json.dumps({"Role": role("a", POLICY)})[:-1],
        json.dumps({"Role": "a"}),
        json.dumps({"Role": {"RoleName": "a"}}),
        json.dumps({"Role": role("a", None)}),
        json.dumps({"Roles": [role("a", POLICY), {"RoleName": "b"}]}),
        json.dumps({"Resources": {"R": {"Properties": role("a", POLICY)}}}),
        '{"Role": ' * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"Role": 1' + "0" * 10_000 + "}",
    ],
)
def test_any_other_text_is_none_of_that(text: str) -> None:
    """A policy, half a file, a role without its policy, a template, hostile nesting and numbers."""
    assert policies_in(text) is None


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text,
        json.dumps,
        lambda text: json.dumps(text, ensure_ascii=False),
        quote,
        lambda text: quote(text, safe=""),
        lambda text: quote(text).lower(),
        lambda text: json.dumps(quote(text)),
        lambda text: "\n " + quote(text) + "\n",
    ],
)
@pytest.mark.parametrize("in_role", [False, True])
def test_a_character_keeps_its_place(written: Any, in_role: bool) -> None:
    """Each stands where its place says: as it is, as %XX, or as an escape of JSON."""
    text = written(json.dumps(POLICY, ensure_ascii=False))
    if in_role:
        value = text if text[0] in '{"' else json.dumps(text.strip())
        text = f'{{"Role": {{"AssumeRolePolicyDocument": {value}}}}}'
    found = policies_in(text)
    if found is None:  # the policy itself
        assert json.loads(text) == POLICY
        return
    (inner,) = found
    assert inner.text.lower() == json.dumps(POLICY, ensure_ascii=False).lower()
    assert len(inner.places) == len(inner.text) + 1
    for index, letter in enumerate(inner.text):
        at = inner.places[index]
        shown = text[at : at + 6].lower()
        assert shown.startswith(
            (letter.lower(), quote(letter, safe="").lower()[:6], json.dumps(letter)[1:-1].lower())
        )
        assert inner.places[index + 1] > at


@given(st.text(), st.booleans(), st.booleans())
def test_whatever_a_document_holds(sid: str, ascii_only: bool, encoded: bool) -> None:
    """Its text comes out as it went in, and its characters' places only grow."""
    document = json.dumps({"Id": sid}, ensure_ascii=ascii_only)
    try:
        written = quote(document) if encoded else document
    except UnicodeEncodeError:  # half a character, which UTF-8 has not
        return
    text = json.dumps({"Role": role("a", written)}, ensure_ascii=ascii_only)
    found = policies_in(text)
    assert found is not None and found[0].text == document
    places = list(found[0].places)
    assert places == sorted(set(places)) and text[places[-1]] == '"'


@given(st.text(max_size=60))
def test_never_an_exception(text: str) -> None:
    """Whatever stands there, alone, encoded or in a role."""
    for each in (
        text,
        f"%7B{text}",
        f'{{"Role": {text}}}',
        json.dumps({"AssumeRolePolicyDocument": text}),
    ):
        found = policies_in(each)
        assert found is None or all(len(inner.places) == len(inner.text) + 1 for inner in found)


def resource(address: str, **values: Any) -> dict[str, Any]:
    """A resource as https://developer.hashicorp.com/terraform/internals/json-format has it."""
    kind = address.split(".")[-2]
    return {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": address.split(".")[-1],
        "values": values,
    }


def shown(*resources: Any, modules: Any = (), part: str = "values") -> str:
    """What `terraform show -json` prints, indented as `jq` does."""
    module = {"resources": list(resources), "child_modules": list(modules)}
    return json.dumps(
        {"format_version": "1.0", "terraform_version": "1.9.0", part: {"root_module": module}},
        indent=2,
    )


ARN = "arn:aws:iam::111122223333:role/app"


@pytest.mark.parametrize("part", ["values", "planned_values"])
def test_what_terraform_shows(part: str) -> None:
    """The roles of a state or a plan by their addresses, those in modules of modules too; nothing
    else of it.
    """
    policy = json.dumps(POLICY)
    inner = {
        "address": "module.a.module.b",
        "resources": [resource("module.a.module.b.aws_iam_role.in", assume_role_policy=policy)],
    }
    text = shown(
        resource("aws_iam_role.app", arn=ARN, assume_role_policy=policy),
        resource("aws_iam_policy.app", policy="{}"),
        modules=[
            {"address": "module.a", "child_modules": [inner]},
            {"resources": [resource("aws_iam_role.last", assume_role_policy=policy)]},
        ],
        part=part,
    )
    found = policies_in(text)
    assert found is not None
    assert [(each.role, each.account) for each in found] == [
        ("aws_iam_role.app", "111122223333"),
        ("module.a.module.b.aws_iam_role.in", ""),
        ("aws_iam_role.last", ""),
    ]
    assert all(json.loads(each.text) == POLICY for each in found)
    assert [text[each.places[0] :][:12] for each in found] == ['{\\"Version\\"'] * 3


def test_a_role_that_is_not_known_yet_hides_no_other() -> None:
    """One whose policy only the apply will tell is unresolved; a state without roles has none."""
    known = resource("aws_iam_role.app", assume_role_policy=json.dumps(POLICY))
    late = resource("aws_iam_role.late", name="late")
    records = read_text("plan.json", shown(known, late, part="planned_values")).records
    assert [(record.name, record.trust is None) for record in records] == [
        ("aws_iam_role.app", False),
        ("aws_iam_role.late", True),
    ]
    assert [each.expression for each in records[1].unresolved] == [
        "aws_iam_role.late.assume_role_policy"
    ]
    assert policies_in(shown(resource("aws_s3_bucket.logs"))) == ()


@pytest.mark.parametrize(
    "odd", [None, 1, [], [1], {"type": "aws_iam_role"}, {"type": "aws_iam_role", "values": []}]
)
def test_odd_states_of_terraforms_are_no_exception(odd: Any) -> None:
    """Whatever stands where resources and modules stand."""
    for text in (
        shown(odd),
        shown(modules=[odd]),
        json.dumps({"format_version": "1.0", "values": {"root_module": odd}}),
    ):
        policies_in(text)
    whole = json.dumps(
        {
            "format_version": "1.0",
            "values": {"root_module": {"resources": odd, "child_modules": odd}},
        }
    )
    assert policies_in(whole) in ((), None)


@pytest.mark.parametrize(
    ("arn", "account"),
    [
        ("arn:aws:iam::111122223333:role/app", "111122223333"),
        ("arn:aws:iam::1111:role/app", ""),
        ("role/app", ""),
        (None, ""),
        (["arn:aws:iam::111122223333:role/app"], ""),
    ],
)
def test_the_account_is_that_of_the_arn(arn: Any, account: str) -> None:
    """12 digits or nothing."""
    found = policies_in(json.dumps({"Role": {"Arn": arn, "AssumeRolePolicyDocument": POLICY}}))
    assert found is not None and found[0].account == account


def test_a_mark_before_the_text_is_passed_over() -> None:
    """As some editors and shells put it; the places count it."""
    text = "\ufeff" + json.dumps({"Role": role("a", POLICY)})
    found = policies_in(text)
    assert found is not None and text[found[0].places[0]] == "{"


def test_broken_encoding_still_has_places_inside_the_text() -> None:
    """%FF is no UTF-8: a replacement character, whose place is that of the group."""
    text = "%7B%FF%FF%7D"
    found = policies_in(text)
    assert found is not None and found[0].text == "{\ufffd\ufffd}"
    assert max(found[0].places) <= len(text)


@pytest.mark.parametrize("document", ["*a9", "{<<: *m, Statement: *a9}", "&r [*r]"])
def test_aliases_of_aliases_are_refused_before_they_are_written_out(document: str) -> None:
    """Ten lines stand for ten to the ninth values; a list that holds itself has no end."""
    lines = ["m: &m {k: v}", "a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    role = f"{{Type: AWS::IAM::Role, Properties: {{AssumeRolePolicyDocument: {document}}}}}"
    text = "\n".join([*lines, f"Resources: {{App: {role}}}"])
    [note] = read_text("template.yaml", text).notes
    assert note.is_fault and "too large to read" in note.message
    assert "more than 100,000 values" in note.message
