"""What the subject of a GitHub token states about its other claims, which cannot contradict it.

https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
"""

from __future__ import annotations

from collections.abc import Mapping

from trust_widgets.providers.claim_values import OWNER, WHOLE, ClaimValues
from trust_widgets.providers.facts import ClaimForms, SubjectClaims
from trust_widgets.providers.issuers._github_subject import Subject


def _forms_with(claim: str, text: str) -> ClaimForms | None:
    """How a value of a claim appears in subjects. No name and no git ref holds a colon.

    Example:
        >>> _forms_with("ref", "refs/heads/main").forms
        ('repo:*:ref:refs/heads/main', 'repo:*:ref:refs/heads/main:*')
    """
    head, has_star = text.removesuffix("*"), text.endswith("*")
    if claim == "repository":
        return _with_repository(head, has_star)
    head = head.replace(":", "%3A")
    ends = (f"{head}*",) if has_star else (head, f"{head}:*")
    if claim == "ref":
        return ClaimForms(
            says="repo:*:ref:refs/*", forms=tuple(f"repo:*:ref:{end}" for end in ends)
        )
    return ClaimForms(
        says="repo:*:environment:*",
        forms=tuple(f"repo:*:environment:{end}" for end in ends),
        # The value of another claim may be "environment", in a customized subject.
        may_not=("repo:*:*:environment:*",),
    )


def _with_repository(head: str, has_star: bool) -> ClaimForms | None:
    """Subjects of a repository, without IDs and with them; `None` for a name without an owner."""
    owner, slash, name = head.partition("/")
    if not slash:
        if has_star:
            return ClaimForms(says="repo:*", forms=(f"repo:{head}*",))
        return None
    end, end_with_id = ("*", "*") if has_star else (":*", "@*:*")
    return ClaimForms(
        says="repo:*",
        forms=(f"repo:{owner}/{name}{end}", f"repo:{owner}@*/{name}{end_with_id}"),
        may_not=(f"repo:{owner}@*:*/{name}{end_with_id}",),
    )


def _of_subject(subject: str) -> dict[str, str]:
    """The claims that a subject implies.

    Example:
        >>> _of_subject("repo:octo-org/app:ref:refs/heads/main")["ref"]
        'refs/heads/main'
    """
    read = Subject.read(subject)
    if read is None:
        return {}
    kind, _, value = read.run.partition(":")
    claims = {
        "repository": f"{read.owner}/{read.repository}",
        "repository_owner": read.owner,
        "repository_id": read.repository_id,
        "repository_owner_id": read.owner_id,
        # No ref holds a colon, and that of an environment's name is written "%3A": behind the first
        # one come the claims of a customized subject.
        kind: value.partition(":")[0].replace("%3A", ":") if kind in ("ref", "environment") else "",
    }
    return {claim: text for claim, text in claims.items() if text}


def _subject_from(claims: Mapping[str, str]) -> str:
    """A subject that agrees with claims.

    Example:
        >>> _subject_from({"repository": "octo-org/shop"})
        'repo:octo-org/shop:ref:refs/heads/main'
    """
    owner, _, repository = claims.get("repository", "octo-org/app").partition("/")
    environment = claims.get("environment", "").replace(":", "%3A")
    ref = claims.get("ref", "refs/heads/main")
    run = f"environment:{environment}" if environment else f"ref:{ref}"
    return str(Subject(owner, repository, run))


_NAME = "[A-Za-z0-9_.-]"
_OWNED = f"{_NAME}{_NAME}*/{_NAME}{_NAME}*"
_NUMBER = ClaimValues(
    example="123456", forms=("[0-9][0-9]*",), words="a number such as 123456", whose=WHOLE
)
# A text without wildcards, which no name has.
_TEXT = "[^*?][^*?]*"
CLAIM_VALUES = {
    "job_workflow_ref": ClaimValues(
        example="octo-org/app/.github/workflows/deploy.yml@refs/heads/main",
        forms=(f"{_OWNED}/{_TEXT}@{_TEXT}",),
        words="OWNER/REPOSITORY/PATH@REF",
        whose=OWNER,
    ),
    "repository": ClaimValues(
        example="octo-org/app", forms=(_OWNED,), words="OWNER/REPOSITORY", whose=OWNER
    ),
    "ref": ClaimValues(
        example="refs/heads/main",
        forms=("refs/[^/*? ][^/*? ]*/[^*? ][^*? ]*",),
        words="a whole git ref such as refs/heads/main",
    ),
    "environment": ClaimValues(example="production"),
    "workflow": ClaimValues(example="Deploy"),
    "actor": ClaimValues(example="octo-user", whose=WHOLE),
    "actor_id": _NUMBER,
    "enterprise_id": _NUMBER,
    "repository_id": _NUMBER,
    "repository_owner_id": _NUMBER,
}
"""https://docs.github.com/en/actions/reference/security/oidc#standard-audience-issuer-and-subject-claims"""

CLAIMS = SubjectClaims(
    names=("repository", "ref", "environment"),
    of_subject=_of_subject,
    subject_from=_subject_from,
    forms_with=_forms_with,
)
