"""`tw.document`: a role's trust policy as a page for people and as a notebook that tests it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from trust_widgets.access import unmatched_statements, who_gets_in
from trust_widgets.documents.assertions import assertions_for
from trust_widgets.documents.contents import DocumentContents
from trust_widgets.documents.facts import facts_of, role_of
from trust_widgets.documents.notebook import notebook_of
from trust_widgets.documents.page import page_of
from trust_widgets.evaluation import Request
from trust_widgets.findings import Finding
from trust_widgets.names import helps_with_arguments, helps_with_names
from trust_widgets.permissions import GivenPolicies, PermissionsPolicy, policies_from_given
from trust_widgets.pitfalls import check, check_permissions
from trust_widgets.policy import (
    Given,
    Home,
    Role,
    home_from_given,
    parse,
    source_of,
    with_own_account,
)
from trust_widgets.text.html import xml_of


@helps_with_names(md="markdown()", ipynb="notebook()", text="markdown()", policy="role.trust")
@dataclass(frozen=True, slots=True)
class RoleDocument(DocumentContents):
    """A role's trust policy, described for people. Show it at the end of a cell, or save it.

    It has the fields of the contents: `role`, `home`, `facts`, `callers`, `findings`,
    `permissions`, `assertions`.

    Example:
        >>> document({"Version": "2012-10-17", "Statement": []}).summary
        'No one can assume this role yet.'
    """

    @property
    def svg(self) -> str:
        """The picture of who can assume the role, as an SVG document.

        Example:
            >>> document({"Version": "2012-10-17", "Statement": []}).svg[:5]
            '<svg '
        """
        return xml_of(self.picture)

    def markdown(self, picture: str = "") -> str:
        """Return the document as a Markdown page.

        Args:
            picture: the address of the picture, if it is a file; else it is part of the page.
        """
        return page_of(self, picture)

    def notebook(self) -> str:
        """Return the document as a Jupyter notebook (nbformat 4.5, JSON text).

        Its cells hold their outputs, so that nbval compares them with a new run.
        """
        return notebook_of(self)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the document to a file. A file that is there is replaced.

        Args:
            path: a name that ends with `.md` for a Markdown page, with its picture as an `.svg` of
                the same name next to it; with `.ipynb` for a notebook; with `.svg` for the picture.

        Returns:
            The path of the file.

        Raises:
            ValueError: for a path with another end.
            OSError: for a file that cannot be written.
        """
        file = Path(path)
        if file.suffix == ".md":
            drawing = file.with_suffix(".svg")
            _write(drawing, self.svg)
            _write(file, self.markdown(quote(drawing.name)))
        elif file.suffix == ".ipynb":
            _write(file, self.notebook())
        elif file.suffix == ".svg":
            _write(file, self.svg)
        else:
            raise ValueError(
                f"path: {str(path)!r} does not end with .md, .ipynb or .svg. Write"
                f" save({(file.stem or 'role') + '.md'!r})."
            )
        return file

    def __str__(self) -> str:
        return self.markdown()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": self.markdown(), "text/plain": f"{self.title}. {self.summary}"}


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", errors="replace", newline="\n")


@helps_with_arguments(accounts="home", mine="home", policy="role", calls="requests")
def document(
    role: Given,
    home: Home | None = None,
    *,
    permissions: GivenPolicies | None = None,
    requests: Mapping[str, Request] | None = None,
) -> RoleDocument:
    """Describe a role's trust policy as a page for people and as a notebook that tests it.

    The document has the policy, one plain sentence, a picture, who can assume the role with
    examples, the conditions in words, the findings, and requests with their expected outcome.

    Args:
        role: a `Role`, a record of `read_roles`, or a policy as `parse` reads it.
        home: your settings, as `check` takes them: your accounts, and the findings that you
            accepted. Its `today` is the day for which the document is made.
        permissions: the caller's own policies, one or a list. If none are given, the permissions
            policies among the role's `companions`.
        requests: more requests to describe, by name.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for a value that is not a policy.
        ValueError: for a role of which the file does not have the whole trust policy.

    Example:
        >>> import trust_widgets as tw
        >>> ec2 = tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), "sts:AssumeRole")
        >>> page = tw.document(tw.Role("app", tw.TrustPolicy((ec2,)), account="111122223333"))
        >>> page.summary
        'The AWS service EC2 can assume this role.'
        >>> page.markdown().splitlines()[0]
        '# Trust policy of role app'
        >>> [str(assertion.outcome) for assertion in page.assertions]
        ['allowed']

    To write it as a page with its picture: `page.save("app.md")`; as a notebook:
    `page.save("app.ipynb")`.
    """
    source = source_of(role)
    settings = source.home_with(home_from_given(home))
    known = role_of(role, parse(source), source)
    halves = _permissions(known, permissions)
    contents = _gathered(known, replace(settings, today=settings.day), halves, requests or {})
    return replace(contents, facts=facts_of(role, known))


def _gathered(
    role: Role,
    home: Home,
    permissions: tuple[PermissionsPolicy, ...],
    requests: Mapping[str, Request],
) -> RoleDocument:
    policy = role.trust
    callers = who_gets_in(policy, home)
    own = with_own_account(home, policy)
    unmatched = tuple(sentence for _, sentence in unmatched_statements(policy, callers, own))
    return RoleDocument(
        role,
        home,
        callers=callers,
        unmatched=unmatched,
        findings=check(policy, home),
        permissions=permissions,
        permission_findings=tuple(_about_permissions(permissions, role, home)),
        assertions=assertions_for(role, callers, permissions, requests),
    )


def _permissions(role: Role, given: GivenPolicies | None) -> tuple[PermissionsPolicy, ...]:
    if given is not None:
        return policies_from_given(given)
    texts = [each.text for each in role.companions if each.kind == "permission_policy"]
    return tuple(map(PermissionsPolicy.parse, texts))


def _about_permissions(
    policies: tuple[PermissionsPolicy, ...], role: Role, home: Home
) -> Iterator[Finding]:
    arn = role.arn if role.account and role.name else ""
    for policy in policies:
        yield from check_permissions(policy, arn, role.trust, home)
