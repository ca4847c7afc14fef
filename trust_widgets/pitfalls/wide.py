"""Faults of subject patterns, of all issuers alike: which count, how bad they are, and what to name instead."""

from __future__ import annotations

from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.findings import Severity
from trust_widgets.pitfalls.subject_width import Asked
from trust_widgets.providers.issuers import bitbucket
from trust_widgets.text.english import listed

# Within what one team runs: which kind of run, which phase, which environment, one of its service accounts.
_LOW = ("tag", "environment", "run_type", "scope", "caller_type", "service_account", "run_phase", "operation")
# Names that insiders give, of which the beginning is asked for.
_BEGUN = ("branch_unterminated", "space_path_unterminated", "attributes_unterminated", "claims_unterminated")
# What makes a subject's own words unneeded when another claim spells it out.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
_CLOSED_BY = {
    "project_id": ("everything", "group", "project"),
    "namespace_id": ("everything", "group"),
    "organization_id": ("everything", "organization"),
    "organization_slug": ("everything", "organization"),
    "pipeline_id": ("everything", "organization", "pipeline"),
    "pipeline_slug": ("pipeline",),
    "build_branch": ("run", "branch"),
    "oidc.circleci.com/project-id": ("project",),
}
_NOUNS = {
    "organization": "the organisation", "service_account": "the service account", "run": "what may run",
    "caller": "the stack or module", "caller_type": "whether a stack or a module", "control_plane": "the control plane",
    "run_phase": "the phase", "run_type": "the type of run", "everything": "whose tokens",
}  # fmt: skip
_DEFAULT = "service_account_default"


def counted(asked: Asked, faults: tuple[str, ...], pinned: set[str]) -> tuple[str, ...]:
    """The faults of a pattern that are told, the widest first.

    Not told is what the vendor's own page writes: any step of one Bitbucket repository, any workspace of one project
    of HCP Terraform. Of Google, Facebook and the like an app's id is asked.

    Args:
        asked: the value. faults: by its provider's reading. pinned: other claims that are spelled out.
    """
    if asked.provider.issuer in BUILT_IN:
        return ()
    closed = {part for claim in pinned for part in _CLOSED_BY.get(claim, ())}
    if asked.provider is bitbucket.PROVIDER:
        closed.add("run")
    parts = {part_of(fault) for fault in faults}
    if "workspace" in parts and not parts & {"project", "organization", "environment"}:
        closed.add("workspace")
    return tuple(fault for fault in faults if part_of(fault) not in closed)


def part_of(fault: str) -> str:
    """The part of the subject that a fault is about.

    Example:
        >>> part_of("namespace_unterminated"), part_of("run_any"), part_of("tag")
        ('namespace', 'run', 'tag')
    """
    return fault.removesuffix("_any").removesuffix("_unterminated").removesuffix("_default")


def severity_of(faults: tuple[str, ...]) -> Severity:
    """How bad faults are among tokens of one's own."""
    return Severity.LOW if all(part_of(fault) in _LOW or fault in _BEGUN for fault in faults) else Severity.MEDIUM


def what_to_name(faults: tuple[str, ...]) -> str:
    """What a narrower pattern says, in a sentence.

    Example:
        >>> what_to_name(("project_any", "run_any"))
        'Spell out the project and what may run.'
    """
    if faults == (_DEFAULT,):
        return "Whatever names no service account runs as default: make one for these pods alone."
    if faults == ("run_phase_any",):
        return "A plan may run before anybody has approved it. Give plan a role of its own, and name apply here."
    words = dict.fromkeys(_NOUNS.get(part, f"the {part}") for part in map(part_of, faults) if part != "everything")
    return f"Spell out {listed(words or [_NOUNS['everything']])}."
