"""An AWS account's own outbound token issuer as principal: AWS takes none of its tokens back."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.oidc_issuers import is_outbound
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import token_example
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import Home, TrustPolicy, each_principal, principals
from trust_widgets.providers import issuer_of


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Federated", "Allow"):
        if is_outbound(issuer_of(value)):
            rest = "This statement allows no one."
            if len(list(each_principal(statement))) > 1:
                rest = "The other principals still work."
            yield Hit(
                path,
                f'"{value}" is the outbound token issuer of an AWS account. Tokens of'
                " sts:GetWebIdentityToken are for services outside AWS, and"
                f" AssumeRoleWithWebIdentity does not accept them. {rest} Name the IAM role that"
                ' requests the token as an "AWS" principal, and let it call sts:AssumeRole.',
            )


_ISSUER = "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0.tokens.sts.global.api.aws"


def _trusting(issuer: str) -> str:
    return token_example(issuer, {"StringEquals": {"sub": "octo"}})


PITFALL = Pitfall(
    code="TP260",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="AWS's own outbound tokens",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine="Never: tokens of sts:GetWebIdentityToken cannot be used for OIDC federation into AWS.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_getting_started.html",
    bad=(_trusting(_ISSUER),),
    good=(_trusting("tokens.octo.example"),),
)
