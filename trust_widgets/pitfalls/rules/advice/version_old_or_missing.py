"""`Version` missing or 2008-10-17: it works, but policy variables stay plain text."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Insert, Path, Replace, TrustPolicy


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    if policy.version is None:
        yield _hit((), "has no Version", policy)
    elif policy.version == "2008-10-17":
        yield _hit(("Version",), "has the Version of 2008", policy)


def _hit(path: Path, what: str, policy: TrustPolicy) -> Hit:
    return Hit(
        path,
        f"This policy {what}, so variables such as ${{aws:username}} are plain text. Write "
        '"Version": "2012-10-17", the current version.',
        fix=_fix(policy),
    )


def _fix(policy: TrustPolicy) -> Fix | None:
    """None where a text would become a variable, and mean something else."""
    if "${" in str(policy):
        return None
    edit = Insert if policy.version is None else Replace
    return Fix('Write "Version": "2012-10-17"', (edit(("Version",), "2012-10-17"),))


_STATEMENT = (
    '[{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action":'
    ' "sts:AssumeRole"}]'
)

PITFALL = Pitfall(
    code="TP404",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An old version, or none",
    find=find,
    fine="When the policy contains no variables: then it means the same.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"
    ),
    bad=(
        f'{{"Statement": {_STATEMENT}}}',
        f'{{"Version": "2008-10-17", "Statement": {_STATEMENT}}}',
    ),
    good=(f'{{"Version": "2012-10-17", "Statement": {_STATEMENT}}}',),
)
