"""A thing of IAM that cannot call: a group, an instance profile, a policy."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.arns import resource_of
from trust_widgets.aws.principal_forms import PrincipalForm, form_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import Home, TrustPolicy, example, principals

_INSTEAD = {
    "group": (
        "Trust the account and tag its users, with a condition on aws:PrincipalTag/team, or "
        "name the users."
    ),
    "instance-profile": "Name the role in the instance profile.",
    "policy": "Name the role or user that the policy is attached to.",
    "mfa": (
        'Name the user, and require MFA in a condition: "Bool": {"aws:MultiFactorAuthPresent": '
        '"true"}.'
    ),
}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "AWS"):
        if form_of(value) is PrincipalForm.NO_PRINCIPAL:
            kind = resource_of(value).partition("/")[0]
            name = {"instance-profile": "an instance profile", "mfa": "an MFA device"}.get(
                kind, f"a {kind}"
            )
            yield Hit(path, f'"{value}" is {name}, which cannot be a principal. {_INSTEAD[kind]}')


PITFALL = Pitfall(
    code="TP111",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A group, instance profile or policy as principal",
    find=find,
    needs=AWS_PRINCIPAL,
    fine="Never: principals are accounts, users, roles and their sessions.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"AWS": "arn:aws:iam::111122223333:group/admins"}),
        example({"AWS": "arn:aws:iam::111122223333:instance-profile/web"}),
        example({"AWS": "arn:aws:iam::111122223333:policy/readers"}),
    ),
    good=(
        example({"AWS": "arn:aws:iam::111122223333:user/group/admin"}),
        example({"AWS": "arn:aws:iam::111122223333:role/web"}),
    ),
)
