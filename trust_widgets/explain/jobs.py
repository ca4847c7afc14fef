"""What to change where a token is made, when it does not say what the policy asks for: nobody sets a subject.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

from trust_widgets.providers import provider_of
from trust_widgets.providers.issuers import github_actions
from trust_widgets.providers.issuers.github_actions import Subject
from trust_widgets.text.globs import matches


def in_the_job(key: str, given: str, wanted: str, *, pattern: bool = False) -> str:
    """What to do so that a token says what the policy asks for.

    Args:
        key: the condition key, `ISSUER:CLAIM`.
        given: what the token says. wanted: what the policy asks for.
        pattern: whether `*` and `?` in it are wildcards.

    Example:
        >>> in_the_job("token.actions.githubusercontent.com:sub", "repo:octo-org/app:environment:production",
        ...            "repo:octo-org/app:ref:refs/heads/main")
        'Take “environment: production” out of the job, and let it run on the branch main.'
    """
    issuer, _, claim = key.rpartition(":")
    loose = pattern and bool(set(wanted) & set("*?"))
    asked = f"a value of {key} that fits “{wanted}”" if loose else f"{key} “{wanted}”"
    if claim.lower() == "aud":
        return f"Ask for a token with {asked}."
    whole = f"Make the call with a token that has {asked}."
    provider = provider_of(issuer) if claim.lower() == "sub" else None
    if provider is None or given.lower() == wanted.lower() or (set(wanted) & set("*?") and not pattern):
        return whole
    if provider is github_actions.PROVIDER:
        return _of_github(given, wanted) or whole
    reading = provider.read(wanted)
    return f"Make the call with a token of {reading.words}." if reading else whole


def _of_github(given: str, wanted: str) -> str:
    """Of jobs whose subject has the usual form: what makes the run another, or else which repository it has to be."""
    token, policy = Subject.read(given), Subject.read(wanted)
    if token is None or policy is None or bool(token.owner_id) != bool(policy.owner_id):
        return ""
    if _is_of(token, policy):
        return _run(_parts(token.run), _parts(policy.run))
    reading = github_actions.read(wanted)
    return f"Make the call with a token of {reading.words}." if reading else ""


def _is_of(token: Subject, policy: Subject) -> bool:
    """Whether the job is in the repository that the policy names."""
    names = ("owner", "repository", "owner_id", "repository_id")
    return all(matches(getattr(policy, name), getattr(token, name)) for name in names)


def _parts(run: str) -> tuple[str, str]:
    """`"environment"` and the name, `"branch"`, `"tag"`, `"pull_request"`; `""` for another end of a subject."""
    for start, kind in (("environment:", "environment"), ("ref:refs/heads/", "branch"), ("ref:refs/tags/", "tag")):
        if run.startswith(start):
            return kind, run.removeprefix(start).replace("%3A", ":")  # so GitHub writes a colon in a name
    return ("pull_request", "") if run == "pull_request" else ("", run)


def _run(job: tuple[str, str], asked: tuple[str, str]) -> str:
    """A job that names an environment has it in its subject, whatever made it run; any other has branch, tag or that."""
    (kind, name), (wanted, value) = job, asked
    runs = {
        "branch": f"let it run on {_named('branch', value)}",
        "tag": f"let it run for {_named('tag', value)}",
        "pull_request": "let a pull request make it run",
    }
    if wanted == "environment":
        instead = f" in place of “environment: {name}”" if kind == wanted else ""
        return f"Give the job {_environment(value)}{instead}."
    if wanted not in runs:
        return ""
    if kind == "environment":
        return f"Take “environment: {name}” out of the job, and {runs[wanted]}."
    return f"For this job, {runs[wanted]}." if kind in runs else ""


def _named(what: str, value: str) -> str:
    if value == "*":
        return f"a {what}"
    return f"a {what} like {value}" if set(value) & set("*?") else f"the {what} {value}"


def _environment(value: str) -> str:
    if value == "*":
        return "an environment"
    return f"an environment like “{value}”" if set(value) & set("*?") else f"“environment: {value}”"
