"""A document as a Markdown page, and the sections of it that a notebook has too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.access import CallerClass
from trust_widgets.documents.assertions import Assertion
from trust_widgets.documents.code import code_of_test, setup_code
from trust_widgets.documents.contents import DocumentContents
from trust_widgets.evaluation import Request
from trust_widgets.explain import (
    Fold,
    access_label,
    example_of,
    number_of,
    plain_words,
    short_key,
    why_access_is_undecided,
)
from trust_widgets.findings import Finding, label_of, path_text
from trust_widgets.policy import Condition, Statement, with_own_account
from trust_widgets.text.html import image_address
from trust_widgets.text.quoting.markdown import block, code, link, plain, prose, table
from trust_widgets.text.quoting.markdown import picture as picture_at

PICTURE_WORDS = "The callers, their conditions and the role, as described below."
WHO = "## Who can assume this role"
CONDITION_HEAD = ("Statement", "Operator", "Condition key", "In words")
NO_EXAMPLE_OF_REJECTED = "IAM would reject this policy, so there is no example."
NO_EXAMPLE = "The search found no example."
REASONS = "The findings below say why."
REJECTED = f"IAM would reject this policy. {REASONS}"
NO_FINDINGS = "No findings."
HALF = "The caller needs this permissions policy as well."
HALVES = "The caller needs these permissions policies as well."
TESTS = (
    "The policy gives each request this outcome. The code below tests it, without an AWS account."
)


def page_of(contents: DocumentContents, picture: str = "") -> str:
    """Return the page.

    Args:
        contents: what it holds.
        picture: the address of the picture; else it is part of the page.
    """
    sections = [
        f"# {plain(contents.title)}",
        lead_of(contents),
        picture_at(PICTURE_WORDS, picture or image_address(contents.picture)),
        f"## Policy\n\n{block(str(contents.role.trust), 'json')}",
        who_section(contents),
        conditions_section(contents),
        f"## Findings\n\n{findings_of(contents.findings)}",
        permissions_section(contents),
        _tests(contents),
        footer_of(contents),
    ]
    return "\n\n".join(filter(None, sections)) + "\n"


def lead_of(contents: DocumentContents) -> str:
    """Return the sentence, and what is known of the role."""
    parts = [f"> **{plain(contents.summary)}**"]
    if contents.is_rejected:
        parts.append(REJECTED if contents.callers else REASONS)
    if contents.facts:
        rows = [[plain(label), code(value)] for label, value in contents.facts]
        parts.append(table(["Property", "Value"], rows))
    return "\n\n".join(parts)


# -- who can assume the role -----------------------------------------------------------------------


def who_section(contents: DocumentContents) -> str:
    """Return who can assume the role, with an example of each."""
    parts = [
        WHO,
        *(_caller(contents, caller) for caller in contents.callers),
        *(() if contents.callers else [plain(contents.summary)]),
        _listed((*contents.denies, *contents.unmatched)),
    ]
    return "\n\n".join(filter(None, parts))


def notes_section(contents: DocumentContents) -> str:
    """Return what `who_gets_in` does not say: why something is undecided, Deny statements."""
    undecided = [
        f"{number_of(caller.path)}: {why}"
        for caller in contents.callers
        if (why := _why_undecided(contents, caller))
    ]
    return _listed((*undecided, *contents.denies, *contents.unmatched))


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"- {plain(text)}" for text in texts)


def _why_undecided(contents: DocumentContents, caller: CallerClass) -> str:
    policy = contents.role.trust
    statement = policy.statements[int(caller.path[1])]
    home = with_own_account(contents.home, policy)
    return why_access_is_undecided(statement, home, caller.external)


def _caller(contents: DocumentContents, caller: CallerClass) -> str:
    statement = contents.role.trust.statements[int(caller.path[1])]
    parts = [
        f"### {_statement_name(statement, int(caller.path[1]))}",
        f"{plain(caller.said)} {access_label(caller.external)}.",
    ]
    why = _why_undecided(contents, caller)
    if why:
        parts.append(plain(why))
    if caller.witness is not None:
        parts.append(_example(caller.witness))
    else:
        parts.append(NO_EXAMPLE_OF_REJECTED if contents.is_rejected else NO_EXAMPLE)
    return "\n\n".join(parts)


def _statement_name(statement: Statement, index: int) -> str:
    name = number_of(("Statement", index))
    if statement.sid:
        return f"{name}: {code(statement.sid)}"
    return name


def _example(request: Request) -> str:
    rows = [
        ["Principal", code(request.principal)],
        ["Action", code(request.action)],
        *([code(key), code(_value(value))] for key, value in request.context.items()),
    ]
    head = f"Example: {plain(example_of(request.identity))}."
    return f"{head}\n\n{table(['Request', 'Value'], rows)}"


def _value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(value)


# -- conditions and findings -----------------------------------------------------------------------


def conditions_section(contents: DocumentContents) -> str:
    """Return each condition in words; nothing if there is none."""
    rows = [
        [str(index), code(condition.operator), code(condition.key), _in_words(condition)]
        for index, statement in enumerate(contents.role.trust.statements, 1)
        for condition in statement.conditions
    ]
    if not rows:
        return ""
    return f"## Conditions\n\n{table(CONDITION_HEAD, rows)}"


def _in_words(condition: Condition) -> str:
    return plain(plain_words(condition, short_key(condition.key), fold=Fold.LONG))


def findings_of(findings: Iterable[Finding]) -> str:
    """Return the findings as a list, and those that were accepted as another one."""
    every = tuple(findings)
    counting = [_finding(finding) for finding in every if not finding.accepted]
    accepted = [_finding(finding) for finding in every if finding.accepted]
    parts = ["\n".join(counting) or NO_FINDINGS]
    if accepted:
        parts += ["### Accepted findings", "\n".join(accepted)]
    return "\n\n".join(parts)


def _finding(finding: Finding) -> str:
    lines = [
        f"- **{label_of(finding)}** at {code(path_text(finding.path))}: {prose(finding.message)}"
    ]
    if finding.accepted:
        lines.append(f"  - **Accepted:** {plain(finding.accepted)}")
    if finding.callers:
        lines.append(f"  - Example callers: {', '.join(map(code, finding.callers))}")
    if finding.fine and not finding.accepted:
        lines.append(f"  - When is this OK? {prose(finding.fine)}")
    links = list(_links(finding))
    if links:
        lines.append(f"  - {' · '.join(links)}")
    return "\n".join(lines)


def _links(finding: Finding) -> Iterator[str]:
    if finding.page:
        yield link(f"Learn more about {finding.code}", finding.page)
    if finding.source:
        yield link("Source", finding.source)


# -- the caller's permissions, and the tests -------------------------------------------------------


def permissions_section(contents: DocumentContents) -> str:
    """Return the caller's own policies with their findings; nothing if none are known."""
    if not contents.permissions:
        return ""
    parts = ["## Permissions of the caller", HALF if len(contents.permissions) == 1 else HALVES]
    parts += [block(str(policy), "json") for policy in contents.permissions]
    parts.append(findings_of(contents.permission_findings))
    return "\n\n".join(parts)


def _tests(contents: DocumentContents) -> str:
    if not contents.assertions:
        return ""
    source = [setup_code(contents), *(code_of_test(each) for each in contents.assertions)]
    return "\n\n".join(
        [section_of_tests(contents.assertions), block("\n\n".join(source), "python")]
    )


def section_of_tests(assertions: Iterable[Assertion]) -> str:
    """Return the requests with their outcomes as a table."""
    rows = [[plain(each.name), str(each.outcome), plain(each.because)] for each in assertions]
    return f"## Tests\n\n{TESTS}\n\n{table(['Request', 'Outcome', 'Reason'], rows)}"


def footer_of(contents: DocumentContents) -> str:
    """Return what made the document, and for which day."""
    return (
        f"Made with trust_widgets for {contents.home.day.isoformat()}, from the AWS documentation."
        " Nothing was sent to AWS."
    )
