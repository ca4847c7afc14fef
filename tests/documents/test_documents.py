"""A role as a page and as a notebook: eight kinds of policies, and texts made to break out of
them.
"""

from __future__ import annotations

import ast
import base64
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from nbconvert.filters.markdown_mistune import (  # type: ignore[import-untyped]
    markdown2html_mistune,
)

import trust_widgets as tw
from trust_widgets.policy import Accepted
from trust_widgets.readers import read_text

OWN = "111122223333"
GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::{OWN}:oidc-provider/{GITHUB}"
SAML = f"arn:aws:iam::{OWN}:saml-provider/corp"


def statement(principal: Any, conditions: Any = None, **more: Any) -> dict[str, Any]:
    """A statement that allows `sts:AssumeRole`, unless `more` says otherwise."""
    given = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}
    return {**given, **({"Condition": conditions} if conditions else {})}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    """A policy's document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


class Kind(NamedTuple):
    """A policy with what its page has to say; by hand, from the policy."""

    policy: dict[str, Any]
    said: tuple[str, ...]
    outcomes: tuple[str, ...]


KINDS = {
    "service": Kind(
        document(statement({"Service": "ec2.amazonaws.com"})),
        ("> **The AWS service EC2 can assume this role.**", "✓ No external access"),
        ("allowed",),
    ),
    "whole account": Kind(
        document(statement({"AWS": "arn:aws:iam::444455556666:root"})),
        (
            "? External unless yours",
            "Account 444455556666 decides which of its principals",
        ),
        ("allowed", "not allowed"),  # and from another account
    ),
    "vendor with an external ID": Kind(
        document(
            statement(
                {"AWS": "arn:aws:iam::444455556666:role/scanner"},
                {"StringEquals": {"sts:ExternalId": "b2f6c3de-1111-4222-8333-444455556666"}},
            )
        ),
        ("| 1 | `StringEquals` | `sts:ExternalId` |",),
        ("allowed", "not allowed", "not allowed"),  # without it, from another account
    ),
    "GitHub Actions": Kind(
        document(
            statement(
                {"Federated": PROVIDER},
                {
                    "StringEquals": {
                        f"{GITHUB}:aud": "sts.amazonaws.com",
                        f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main",
                    }
                },
                Action="sts:AssumeRoleWithWebIdentity",
                Sid="Deploy",
            )
        ),
        ("### Statement 1: `Deploy`", "sub is repo:octo-org/app:ref:refs/heads/main |"),
        ("allowed", "not allowed", "not allowed"),  # another subject, another audience
    ),
    "SAML": Kind(
        document(
            statement(
                {"Federated": SAML},
                {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
                Action="sts:AssumeRoleWithSAML",
            )
        ),
        ("SAML provider corp", "aud is https&#58;//signin.aws.amazon.com/saml"),
        ("allowed", "not allowed"),
    ),
    "everyone, with a Deny": Kind(
        document(
            statement({"AWS": "*"}),
            statement(
                {"AWS": "*"},
                {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
                Effect="Deny",
            ),
        ),
        ("- Statement 2 denies everyone if aws:PrincipalOrgID is not o-a1b2c3d4e5",),
        ("allowed", "denied"),  # without aws:PrincipalOrgID the Deny applies
    ),
    "never matches": Kind(
        document(
            statement(
                {"Service": "ec2.amazonaws.com"}, {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
            )
        ),
        (
            "> **No one can assume this role: no statement matches any caller.**",
            "- Statement 1 allows no one",
            "**Never matches** at",
        ),
        (),
    ),
    "rejected": Kind(
        document(statement("*")),
        ("IAM would reject this policy. The findings below say why.", "**Rejected by IAM** at"),
        ("allowed",),
    ),
}


@pytest.mark.parametrize("kind", [pytest.param(kind, id=name) for name, kind in KINDS.items()])
def test_a_page_says_who_and_why(kind: Kind) -> None:
    page = tw.document(json.dumps(kind.policy), tw.Home(accounts=(OWN,)))

    for words in kind.said:
        assert words in page.markdown()
    assert tuple(str(each.outcome) for each in page.assertions) == kind.outcomes
    assert tw.parse(kind.policy) == page.role.trust


@pytest.mark.parametrize("kind", [pytest.param(kind, id=name) for name, kind in KINDS.items()])
def test_a_notebook_gives_the_outputs_that_it_holds(kind: Kind) -> None:
    """Each cell is run, as nbval does it: asserts hold, and what a cell shows is its output."""
    notebook = nbformat.reads(  # type: ignore[no-untyped-call]
        tw.document(kind.policy, tw.Home(accounts=(OWN,))).notebook(), as_version=4
    )
    nbformat.validate(notebook)
    names: dict[str, Any] = {}

    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown = run(cell.source, names)
            data = [shown._repr_mimebundle_()] if cell.outputs else []
            assert [dict(output.data) for output in cell.outputs] == data


def run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


def test_a_wrong_assertion_fails() -> None:
    """The code tests something: with another outcome it raises."""
    page = tw.document(KINDS["service"].policy)
    wrong = page.notebook().replace('== \\"allowed\\"', '== \\"denied\\"')

    with pytest.raises(AssertionError, match="allows the AWS service"):
        names: dict[str, Any] = {}
        for cell in json.loads(wrong)["cells"]:
            if cell["cell_type"] == "code":
                run(cell["source"], names)


# -- what belongs with a role ----------------------------------------------------------------------


def test_a_role_has_its_facts_and_its_name_in_the_requests() -> None:
    role = tw.Role(
        "app", tw.parse(KINDS["service"].policy), OWN, "/ci/", "Deploys.", 7200, (("team", "a"),)
    )
    page = tw.document(role)

    assert page.facts == (
        ("Role ARN", f"arn:aws:iam::{OWN}:role/ci/app"),
        ("Path", "/ci/"),
        ("Description", "Deploys."),
        ("Maximum session duration", "7200 seconds"),
        ("Tag team", "a"),
    )
    assert page.assertions[0].request.role == f"arn:aws:iam::{OWN}:role/ci/app"
    for tool, text in (("markdown", page.markdown()), ("notebook", page.notebook())):
        assert tw.export(role, tool) == text


def test_a_record_of_a_file_says_where_it_is_from() -> None:
    text = json.dumps({"Role": {"RoleName": "app", "AssumeRolePolicyDocument": document()}})
    [record] = read_text("role.json", text).records
    page = tw.document(record)

    assert page.title == "Trust policy of role app"
    assert ("Source", f"role.json, line 1 ({record.source})") in page.facts


def test_a_record_with_unknown_parts_is_refused() -> None:
    text = 'resource "aws_iam_role" "app" {\n  assume_role_policy = var.trust\n}\n'
    [record] = read_text("roles.tf", text).records

    with pytest.raises(ValueError, match=r"roles.tf:2:24: unresolved var.trust"):
        tw.document(record)


def test_accepted_findings_have_their_reason() -> None:
    accepted = Accepted("TP302", "The account is ours | since 2020.")
    page = tw.document(KINDS["whole account"].policy, tw.Home(accepted=(accepted,)))
    _, found, below = page.markdown().partition("### Accepted findings")

    role = tw.Role("app", page.role.trust)
    model = tw.TrustModel(text=str(page.role.trust), home=page.home)
    view = tw.ExportView(model)
    view.do_open()
    view.do_choose("markdown")
    shown = {each["name"]: each["text"] for each in view.state["exports"]}

    assert "**Accepted:**" in tw.export(role, "markdown", page.home)
    assert "**Accepted:**" in shown["markdown"]
    assert found and "**Accepted:** The account is ours &#124; since 2020." in below
    assert "from trust_widgets.policy import Accepted" in page.markdown()


def test_the_caller_s_half_is_decided_too() -> None:
    """A permissions policy that names another role allows nothing, and the test says so."""
    other = {
        "Statement": {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Resource": f"arn:aws:iam::{OWN}:role/other",
        }
    }
    page = tw.document(
        tw.Role("app", tw.parse(KINDS["whole account"].policy), OWN), permissions=other
    )

    assert "## Permissions of the caller" in page.markdown()
    assert [finding.code for finding in page.permission_findings] == ["TP269"]
    assert str(page.assertions[0].outcome) == "not allowed"
    assert "permissions=permissions" in page.notebook()


def test_requests_of_the_reader_are_described() -> None:
    request = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
    page = tw.document(KINDS["service"].policy, requests={"a function": request})

    assert "| a function | not allowed |" in page.markdown()


# -- files -----------------------------------------------------------------------------------------


def test_a_page_is_saved_with_its_picture(tmp_path: Path) -> None:
    page = tw.document(KINDS["service"].policy)

    assert page.save(tmp_path / "my app.md") == tmp_path / "my app.md"
    assert "](my%20app.svg)" in (tmp_path / "my app.md").read_text()
    assert (tmp_path / "my app.svg").read_text() == page.svg
    page.save(tmp_path / "app.ipynb")
    assert (tmp_path / "app.ipynb").read_text() == page.notebook()
    with pytest.raises(ValueError, match=r"\.md, \.ipynb or \.svg\. Write save\('app\.md'\)"):
        page.save(tmp_path / "app.txt")


# -- what a stranger wrote -------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "![x](https://example.com/x.png)",
    "</code></pre><h1>x",
    "`` ` <b>x</b> ` ``",
    "```\n<b>x</b>\n```",
    "a | b | <i>c</i>",
    "\n\n# Heading\n\n<b>x</b>",
    "$\\href{javascript:alert(1)}{x}$",
    "\\\\(x\\\\)",
    "https://example.com/x www.example.com",
    "&lt;b&gt; &amp;",
    "_a_ *b* ~~c~~ {{ site }}",
    "\u202ea\x00\x1b[31m",
)


class Page(HTMLParser):
    """The elements of a rendered page, its addresses, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.addresses: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.pieces: list[str] = []  # outside code; Jupyter finds no formula across two of them
        self.in_code = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.in_code += tag in ("code", "pre")
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        self.text += data
        if not self.in_code:
            self.pieces.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_stranger_wrote_is_markup(text: str) -> None:
    """Neither on the page nor in a notebook's cells; the name is shown as it is, escapes aside."""
    condition = {"StringLike": {"aws:PrincipalTag/team": [text, "a"]}}
    policy = document(
        statement({"AWS": "arn:aws:iam::444455556666:root"}, condition, Sid=text),
        statement({"AWS": text, "Federated": text, "Service": text}),
    )
    role = tw.Role(text, tw.parse(policy), OWN, text, text, 7200, ((text, text),))
    page = tw.document(role, tw.Home(accepted=(Accepted("TP302", text),)))
    plain = Page(markdown2html_mistune(tw.document(KINDS["whole account"].policy).markdown("x")))
    sources = [page.markdown("x")]
    sources += [
        cell["source"]
        for cell in json.loads(page.notebook())["cells"]
        if cell["cell_type"] == "markdown" and "attachments" not in cell
    ]

    for source in sources:
        shown = Page(markdown2html_mistune(source))
        assert shown.elements <= plain.elements | {"h3", "h4", "span"}
        assert shown.attributes <= plain.attributes
        assert {piece for piece in shown.pieces if "$" in piece or "\\" in piece} <= {"$", "\\"}
        for address in shown.addresses:
            assert (
                address.startswith(
                    (
                        "#",
                        "https://docs.aws.amazon.com/",
                        "https://github.com/octo-org/trust_widgets/",
                    )
                )
                or address == "x"
            )
        assert "\x1b" not in source and "\u202e" not in source
    if text.isprintable():
        assert f"Trust policy of role {text}" in Page(markdown2html_mistune(sources[0])).text


def test_the_picture_in_a_page_is_the_picture_of_its_file() -> None:
    page = tw.document(KINDS["service"].policy)
    _, _, data = page.markdown().partition("data:image/svg+xml;base64,")

    assert base64.b64decode(data.partition(")")[0]).decode() == page.svg
