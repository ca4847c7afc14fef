"""A user or role by its name: IAM looks it up when the policy is saved, and keeps its ID
instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.principal_forms import PrincipalForm, account_of, form_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import Home, Path, TrustPolicy, example, principals

_OWN = " A role that trusts itself must be created first. Add its own ARN afterwards."
_MEANING = (
    "A named user or role must exist when you save the policy. IAM stores its unique ID: if it "
    "is deleted and created again with the same name, it cannot assume this role until you "
    "save the policy again."
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    named = list(_named(policy))
    if not named:
        return
    is_own = any(account_of(value) in home.accounts for _, value in named)
    path, _ = named[0]  # once for the policy, or a list of ten roles would say it ten times
    yield Hit(path, f"{_MEANING}{_OWN if is_own else ''}")


def _named(policy: TrustPolicy) -> Iterator[tuple[Path, str]]:
    """Users and roles.

    Of a session only the role could be looked up, and AWS does not say that it is.
    """
    for path, _, value in principals(policy, "AWS"):
        if form_of(value) is PrincipalForm.NAMED and ":iam:" in value:
            yield path, value


PITFALL = Pitfall(
    code="TP408",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A named user or role is stored as its ID",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "It is the strictest way to name a caller. A condition on aws:PrincipalArn compares "
        "the name instead, and still matches a role that was created again. A caller of "
        "another account also needs a permission for sts:AssumeRole."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"AWS": "arn:aws:iam::444455556666:role/deploy"}),
        example({"AWS": ["111122223333", "arn:aws:iam::111122223333:user/team/octo"]}),
    ),
    good=(
        example({"AWS": "arn:aws:iam::444455556666:root"}),
        example({"AWS": "arn:aws:sts::444455556666:assumed-role/deploy/session"}),
    ),
    home=Home(accounts=("111122223333",)),
)
