"""GitHub's jobs and the subjects of their tokens: slips, why two differ, what to change in a job.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.providers.issuers._github_subject import Subject
from trust_widgets.text.globs import has_wildcard, matches

_RUNS = {
    "environment": (
        "A job that names an environment gets the environment form, whatever branch it runs on."
    ),
    "pull_request": "A run for a pull request gets the pull_request form, whatever its branch.",
}
_KINDS = {"refs/heads/": "a branch", "refs/tags/": "a tag"}
_EVENTS = (
    "push",
    "schedule",
    "release",
    "workflow_dispatch",
    "workflow_call",
    "merge_group",
    "deployment",
    # Words of other forms, behind which the name is missing: no branch was meant.
    *("environment", "environments", "env", "ref", "refs", "heads", "branch", "tag", "tags"),
)
_ENDS = (
    (
        r"(?:ref:|branch[:/])?(?:refs/)?(?:heads?/|branch(?:es)?/)?(?P<name>[^:*?]*[^:*?/])",
        "ref:refs/heads/{}",
    ),
    (r"(?:ref:)?(?:refs/)?tags?[:/](?P<name>[^:*?]*[^:*?/])", "ref:refs/tags/{}"),
    (r"env(?:ironments?)?[:/=](?P<name>[^:*?]+)", "environment:{}"),
)


def correct_subjects(text: str) -> Iterator[str]:
    """Subjects that a text may have been meant for.

    Example:
        >>> list(correct_subjects("octo-org/app:main"))
        ['repo:octo-org/app:main', 'repo:octo-org/app:ref:refs/heads/main', \
'repo:octo-org/app:environment:main', 'repo:octo-org/app:ref:refs/tags/main']
    """
    found = re.fullmatch(
        r"(?:repo:)?(?:https?://)?(?:github\.com/)?([^:/\s]+/[^:/\s]+)[:/](.+)",
        text.strip(),
        re.IGNORECASE,
    )
    if found is None:
        return
    repository, end = found[1].removesuffix(".git"), found[2]
    yield f"repo:{repository}:{end}"
    for form, written in reversed(_ENDS):
        match = re.fullmatch(form, end, re.IGNORECASE)
        if match and match["name"] not in _EVENTS and "request" not in match["name"]:
            yield f"repo:{repository}:{written.format(match['name'])}"
            if match["name"] == end:  # nothing says that it is a branch
                yield f"repo:{repository}:environment:{end}"
                yield f"repo:{repository}:ref:refs/tags/{end}"
            return


def explain_difference(given: str, wanted: str) -> str:
    """Why a run of one repository has another subject than the policy requires; `""` if unknown."""
    token, policy = Subject.read(given), Subject.read(wanted)
    if token is None or policy is None or not _same_repository(token, policy):
        return ""
    if token.owner_id and not policy.owner_id and "*" not in policy.owner:
        return (
            "The token has the subject format with IDs, which repositories created, "
            "renamed or moved since 15 July 2026 send. The policy has the format "
            "without IDs."
        )
    if policy.owner_id and not token.owner_id:
        return "The token has the subject format without IDs. The policy has the format with IDs."
    kind, other = token.run.partition(":")[0], policy.run.partition(":")[0]
    if kind != other and other:
        return _RUNS.get(kind) or _RUNS.get(other, "")
    return _about_refs(token.run, policy.run)


def _same_repository(token: Subject, policy: Subject) -> bool:
    """Whether the names are as the policy requires, so that the difference is elsewhere."""
    pairs = ((policy.owner, token.owner), (policy.repository, token.repository))
    return all(matches(pattern, name) for pattern, name in pairs)


def _kind_of_ref(subject: str) -> str:
    """What a subject's ref is, in words; `""` for a subject without one."""
    return next((word for start, word in _KINDS.items() if f"ref:{start}" in subject), "")


def _about_refs(token: str, policy: str) -> str:
    kinds = [_kind_of_ref(token), _kind_of_ref(policy)]
    if all(kinds) and kinds[0] != kinds[1]:
        return f"The run is for {kinds[0]}, and the policy is for {kinds[1]}."
    return ""


def how_to_get(given: str, wanted: str) -> str | None:
    """What makes a job's run another one; `None` where it has to be a job of another repository."""
    token, policy = Subject.read(given), Subject.read(wanted)
    if token is None or policy is None or bool(token.owner_id) != bool(policy.owner_id):
        return ""
    if _is_of(token, policy):
        return _run(_parts(token.run), _parts(policy.run))
    return None


def _is_of(token: Subject, policy: Subject) -> bool:
    """Whether the job is in the repository that the policy names."""
    names = ("owner", "repository", "owner_id", "repository_id")
    return all(matches(getattr(policy, name), getattr(token, name)) for name in names)


def _parts(run: str) -> tuple[str, str]:
    """`"environment"` and the name, `"branch"`, `"tag"`, `"pull_request"`; `""` for another end of
    a subject.
    """
    for start, kind in (
        ("environment:", "environment"),
        ("ref:refs/heads/", "branch"),
        ("ref:refs/tags/", "tag"),
    ):
        if run.startswith(start):
            return kind, run.removeprefix(start).replace(
                "%3A", ":"
            )  # so GitHub writes a colon in a name
    if run == "pull_request":
        return ("pull_request", "")
    return ("", run)


def _run(job: tuple[str, str], asked: tuple[str, str]) -> str:
    """A job that names an environment has it in its subject, whatever made it run; any other has
    branch, tag or that.
    """
    (kind, name), (wanted, value) = job, asked
    runs = {
        "branch": f"let it run on {_named('branch', value)}",
        "tag": f"let it run for {_named('tag', value)}",
        "pull_request": "let a pull request make it run",
    }
    if wanted == "environment":
        instead = f' in place of "environment: {name}"' if kind == wanted else ""
        return f"Give the job {_environment(value)}{instead}."
    if wanted not in runs:
        return ""
    if kind == "environment":
        return f'Remove "environment: {name}" from the job, and {runs[wanted]}.'
    if kind in runs:
        return f"For this job, {runs[wanted]}."
    return ""


def _named(what: str, value: str) -> str:
    if value == "*":
        return f"a {what}"
    if has_wildcard(value):
        return f"a {what} like {value}"
    return f"the {what} {value}"


def _environment(value: str) -> str:
    if value == "*":
        return "an environment"
    if has_wildcard(value):
        return f'an environment like "{value}"'
    return f'"environment: {value}"'
