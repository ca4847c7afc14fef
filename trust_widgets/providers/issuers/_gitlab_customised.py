"""GitLab's customized subjects: claims and their values behind the path of the project.

https://docs.gitlab.com/api/projects/#edit-a-project
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.text.globs import example_text, has_wildcard, matches

# GitLab takes no branch and no tag whose name begins so.
# https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/git_ref_validator.rb
WHOLE_REFS = ("refs/heads/", "refs/tags/", "refs/remotes/")
# What these claims hold, in any template.
# https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload
_HOLDS = {
    "ref_type": ("branch", "tag"),
    "environment_protected": ("true", "false"),
    "deployment_tier": ("production", "staging", "testing", "development", "other"),
}


def can_be(pattern: str) -> bool:
    """Whether the claims behind the project's path can have such values.

    Example:
        >>> can_be("project_path:octo-org/app:ref_type:mr:*")
        False
        >>> can_be("project_path:octo-org/app:ref_type:branch")
        True
    """
    return all(_can_hold(claim, value) for claim, value in _claims_in(pattern))


def subject_for(pattern: str) -> str:
    """A subject with realistic values in place of wildcards; a `*` in place of claims is one claim.

    Example:
        >>> subject_for("project_path:octo-org/*:ref_type:*:ref:main")
        'project_path:octo-org/app:ref_type:branch:ref:main'
    """
    head = pattern.split(":", len(_HEAD))[: len(_HEAD)]
    made = [example_text(text, run="app") for text in head]
    for claim, value in _claims_in(pattern):
        if has_wildcard(claim):
            made += ["environment_protected", "true"]
        else:
            fitting = (choice for choice in _HOLDS.get(claim, ()) if matches(value, choice))
            made += [claim, next(fitting, example_text(value, run="main"))]
    return ":".join(made)


_HEAD = ("project_path", "its value")


def _claims_in(pattern: str) -> Iterator[tuple[str, str]]:
    """Claims with patterns for their values; a wildcard in place of claims has no value."""
    pieces = pattern.split(":")
    del pieces[: len(_HEAD)]
    while pieces:
        claim = pieces.pop(0)
        yield claim, "" if has_wildcard(claim) or not pieces else pieces.pop(0)


def _can_hold(claim: str, value: str) -> bool:
    """Whether a claim can have a value that fits a pattern; of an unknown claim anything is
    possible.
    """
    if has_wildcard(claim):
        return True
    choices = _HOLDS.get(claim)
    if not value or (choices is not None and not any(matches(value, each) for each in choices)):
        return False
    return claim != "ref" or not value.startswith(WHOLE_REFS)
