"""A reusable GitHub workflow required without the branch, tag or commit that it must come from."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws import operators
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import Home, TrustPolicy, is_meant_to_assume, principals
from trust_widgets.providers import claim_values_of, issuer_of, realistic_value
from trust_widgets.providers.issuers import github_actions
from trust_widgets.text.globs import is_only_wildcards

_SHA = "@9f3182061f1e2cca4702c368cbc039b7dc9d4485"
_ENDS = ("@refs/heads/anything", "@refs/tags/v1", _SHA)


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Federated", "Allow"):
        issuer = issuer_of(value)
        if not github_actions.PROVIDER.owns(issuer) or not is_meant_to_assume(statement):
            continue
        for below, operator, text in statement.values_of(f"{issuer}:job_workflow_ref"):
            if not _is_pattern(operator) or _is_pinned(str(text)):
                continue
            opening = probe_of(policy, path, home)
            if opening is None:
                continue
            workflow = _anybodys(opening, value, str(text))
            if workflow:
                yield Hit(
                    (*path[:2], *below),
                    f'"{text}" accepts the workflow from any branch or tag of its repository, '
                    "and so any code that someone pushes there. Pin the version, as in "
                    f'"{workflow.partition("@")[0]}@refs/heads/main", or with a commit.',
                    callers=(f"a run of {workflow}",),
                    severity=None if "@" in str(text) else Severity.MEDIUM,
                )


def _is_pattern(operator: str) -> bool:
    """Whether an operator compares with patterns, and is true of what fits them."""
    parsed = operators.parse_operator(operator)
    return parsed is not None and parsed.takes_wildcards and not parsed.is_negated


def _is_pinned(text: str) -> bool:
    """Whether a pattern names what the workflow comes from: a whole ref, or the beginning of one's
    name.
    """
    _, at, name = text.partition("@")
    if name.startswith("refs/"):
        name = name.removeprefix("refs/").partition("/")[2]
    return bool(at) and not is_only_wildcards(name)


def _anybodys(opening: StatementProbe, principal: str, pattern: str) -> str:
    """A workflow of a branch that nobody named, with which a run is allowed; `""` if there is
    none."""
    key = f"{issuer_of(principal)}:job_workflow_ref"
    witness = opening.through(opening.callers(principal)).witness
    if witness is None:
        return ""
    known = claim_values_of(issuer_of(principal), key)
    file = realistic_value(known, pattern).partition("@")[0] if known is not None else ""
    for end in _ENDS:
        workflow = f"{file}{end}"
        if opening.likelier(witness, **{key: workflow}) is not None:
            return workflow
    return ""


def _with(workflow: str) -> str:
    exact = {
        "aud": "sts.amazonaws.com",
        "sub": "repo:octo-org/app:ref:refs/heads/main",
    }
    block = {"StringEquals": exact, "StringLike": {"job_workflow_ref": workflow}}
    return token_example(GITHUB, block)


PRECEDENCE = Precedence(last=10)

PITFALL = Pitfall(
    code="TP316",
    verdict=Verdict.OPEN,
    severity=Severity.LOW,
    title="A reusable workflow without a fixed version",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine="When only its maintainers can push to the workflow's repository.",
    source="https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows",
    bad=(
        _with("octo-org/shared/.github/workflows/deploy.yml@*"),
        _with("octo-org/shared/.github/workflows/deploy.yml@refs/heads/*"),
        _with("octo-org/shared/*"),
    ),
    good=(
        _with("octo-org/shared/.github/workflows/deploy.yml@refs/heads/main"),
        _with("octo-org/shared/.github/workflows/deploy.yml@refs/tags/v2.*"),
    ),
)
