"""`{"AWS": "*"}` for callers with a token or a SAML assertion, of whom AWS does not say whether "*"
matches them.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import STAR_AND_TOKENS, StatementProbe, probe_of
from trust_widgets.aws.actions import WITH_SAML, WITH_WEB_IDENTITY
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.doubtful_denies import names_as_everyone, without_doubtful
from trust_widgets.pitfalls.examples import GITHUB, issued_by
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import (
    Home,
    Path,
    Statement,
    TrustPolicy,
    assumes_with_tokens_alone,
    example,
    names_action,
    narrowing_conditions,
    principals,
    principals_of_kind,
    statements,
)

# By the kind of the callers: their action, and what they have.
_TOKENS = {
    "oidc": (WITH_WEB_IDENTITY, "a web identity token"),
    "saml": (WITH_SAML, "a SAML assertion"),
}
_ASSUMPTION = 'Whether "*" matches callers with a token or a SAML assertion is not in AWS\'s pages.'


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "AWS", "Allow"):
        if value == "*" and any(names_action(statement, action) for action, _ in _TOKENS.values()):
            yield from _allowed(policy, path, statement, home)
    for place, deny, value in principals(policy, "AWS", "Deny"):
        if value == "*" and names_action(deny, WITH_WEB_IDENTITY):
            yield from _not_denied(policy, place, deny, home)


def _allowed(policy: TrustPolicy, path: Path, statement: Statement, home: Home) -> Iterator[Hit]:
    """An Allow that may be for callers with a token."""
    probe = probe_of(policy, path, home)
    if probe is None:
        return
    kinds = [kind for kind in _TOKENS if _may_allow(probe, kind)]
    if kinds:
        words = " or ".join(_TOKENS[kind][1] for kind in kinds)
        met, otherwise = "", ""
        if any(narrowing_conditions(statement)):
            met = " that meets the conditions"
        if assumes_with_tokens_alone(statement):
            otherwise = "; if it does not, nobody can"
        yield Hit(
            path,
            f'AWS does not document whether "*" matches callers with {words}. If it does, anyone'
            f" with {words}{met} may assume this role{otherwise}. Name the identity provider under"
            ' "Federated", with conditions on the audience and the subject.',
            callers=(f"anyone with {words} of an identity provider of this account",),
            assumptions=(_ASSUMPTION,),
        )


def _may_allow(probe: StatementProbe, kind: str) -> bool:
    """Whether callers of a kind whom only "*" names are allowed if it matches them."""
    named = principals_of_kind(probe.statement, "Federated")
    callers = (
        caller
        for caller in probe.callers("*")
        if caller.kind == kind and caller.principal not in named
    )
    return probe.through(callers).because == STAR_AND_TOKENS


def _not_denied(policy: TrustPolicy, place: Path, deny: Statement, home: Home) -> Iterator[Hit]:
    """A Deny without which any outsider with a token is allowed."""
    for path, statement in statements(policy, "Allow"):
        if names_as_everyone(deny, statement) and _hangs_on_it(policy, path, statement, home):
            yield Hit(
                place,
                'AWS does not document whether "*" matches callers with a web identity token, so'
                " this Deny may not stop them. If it does not, callers from outside may assume this"
                ' role. Name the identity provider under "Federated" in the Deny as well.',
                callers=("anyone with a web identity token that the Allow accepts",),
                assumptions=(_ASSUMPTION,),
            )
            return


def _hangs_on_it(policy: TrustPolicy, path: Path, statement: Statement, home: Home) -> bool:
    """Whether an outsider with a token is allowed by a statement if "*" in a Deny does not match
    callers with a token.
    """
    probe = probe_of(policy, path, home)
    if probe is None or probe.stranger("oidc").because != STAR_AND_TOKENS:
        return False
    without = without_doubtful(policy, statement)
    place: Path = ("Statement", without.statements.index(statement))
    other = probe_of(without, place, home)
    return other is not None and other.stranger("oidc").found is True


PRECEDENCE = Precedence(last=5)

_AUDIENCE = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}
_MAIN = {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}}
_EVERY_RUN = {**_AUDIENCE, "StringLike": {f"{GITHUB}:sub": "repo:*"}}
_DENY = (
    '"Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"},'
    ' "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringNotEquals":'
    f' {{"{GITHUB}:repository_owner": "octo-org"}}}}}}, '
)


def _with_deny(condition: dict[str, dict[str, str]]) -> str:
    allow = example(issued_by(GITHUB), WITH_WEB_IDENTITY, condition)
    return allow.replace('"Statement": [', _DENY)


PITFALL = Pitfall(
    code="TP335",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title='"*" for callers with a token',
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        'In very few cases: a provider under "Federated" is clearer. AWS may not match "*" with'
        " these callers at all. Then the statement does nothing for them."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"AWS": "*"}, WITH_WEB_IDENTITY),
        example({"AWS": "*"}, WITH_SAML),
        example({"AWS": "*"}, WITH_WEB_IDENTITY, _MAIN),
        _with_deny(_EVERY_RUN),
    ),
    good=(
        example(
            issued_by(GITHUB),
            WITH_WEB_IDENTITY,
            {"StringEquals": {**_AUDIENCE["StringEquals"], **_MAIN["StringEquals"]}},
        ),
        example({"AWS": "*"}, "sts:*", {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        _with_deny({"StringEquals": {**_AUDIENCE["StringEquals"], **_MAIN["StringEquals"]}}),
    ),
)
