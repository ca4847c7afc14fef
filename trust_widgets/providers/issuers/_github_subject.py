"""The usual subject of a GitHub token, taken apart.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """The parts of a subject, `repo:octo-org@123456/app@456789:ref:refs/heads/main`.

    Repositories that were made, renamed or moved after 15 July 2026 send the form with the two IDs;
    others send it without. GitHub writes a colon inside a name as `%3A`.

    Args:
        owner, repository: names, or patterns for them.
        run: `"ref:refs/heads/main"`, `"environment:production"`, `"pull_request"`.
        owner_id, repository_id: digits; both or none.

    Example:
        >>> str(Subject("octo-org", "app", "pull_request"))
        'repo:octo-org/app:pull_request'
        >>> Subject.read("repo:octo-org@1/app@2:pull_request").repository_id
        '2'
    """

    owner: str
    repository: str
    run: str
    owner_id: str = ""
    repository_id: str = ""

    def __str__(self) -> str:
        owner, repository = (
            f"{name}@{number}" if number else name
            for name, number in ((self.owner, self.owner_id), (self.repository, self.repository_id))
        )
        return f"repo:{owner}/{repository}:{self.run}"

    @classmethod
    def read(cls, text: str) -> Subject | None:
        """The parts of a subject or a pattern; `None` when it is not of this form."""
        head, colon, rest = text.partition(":")
        owner, slash, rest = rest.partition("/")
        repository, second, run = rest.partition(":")
        if head != "repo" or not (colon and slash and second and run):
            return None
        (owner, _, owner_id), (repository, _, repository_id) = (
            owner.partition("@"),
            repository.partition("@"),
        )
        return cls(owner, repository, run, owner_id, repository_id)
