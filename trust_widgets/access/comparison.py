"""Compare two policies: search for a request that one of them allows and the other does not."""

from __future__ import annotations

from trust_widgets.access.principal_classes import principal_classes_of
from trust_widgets.access.queries import difference_in, find_witness, role_for
from trust_widgets.access.results import NO_MEANING, Answer, Comparison
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.evaluation import Reason, Request, compile_policy
from trust_widgets.explain import Decision, evaluate
from trust_widgets.policy import Home, Path, TrustPolicy, expect_policy, with_own_account
from trust_widgets.text.budget import DEFAULT, Budget


def compare(
    old: TrustPolicy, new: TrustPolicy, home: Home | None = None, *, states: int = DEFAULT
) -> Comparison:
    """Whether a change lets anyone new in, or shuts anyone out, each with a call that shows it.

    The caller's own permission is taken to be there. "No" is a proof within the rules of
    `evaluate`, over all calls: users and roles of every account, services, tokens of every issuer,
    with any values for the keys they can have. A call of EKS Pod Identity has the tags that it
    sends unless somebody disables them.

    Args:
        old, new: the policies.
        home: what is yours; the role is thought to be in the first of your accounts.
        states: how much to search at most, for each direction. The answer to what takes more is
            "not decided".

    Raises:
        TypeError: for a policy's text, which `parse` reads.

    Example:
        >>> import trust_widgets as tw
        >>> def policy(subject):
        ...     condition = tw.Condition(
        ...         "StringLike", "token.actions.githubusercontent.com:sub", (subject,)
        ...     )
        ...     github = (
        ...         "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
        ...     )
        ...     action = "sts:AssumeRoleWithWebIdentity"
        ...     return tw.TrustPolicy(
        ...         (tw.Statement("Allow", tw.Principal(federated=github), action, (condition,)),)
        ...     )
        >>> found = compare(policy("repo:octo-org/*"), policy("repo:octo-*"))
        >>> found.gained.found, found.lost.found
        (True, False)
    """
    for each in (old, new):
        expect_policy(each)
    if old == new:
        return Comparison(Answer(False), Answer(False))
    ready = compile_policy(old), compile_policy(new)
    if any(policy.faults for policy in ready):
        unknown = Answer(None, None, NO_MEANING)
        return Comparison(unknown, unknown)
    role = role_for(ready, with_own_account(home or Home(), old, new))
    return Comparison(difference(new, old, role, states), difference(old, new, role, states))


def difference(more: TrustPolicy, less: TrustPolicy, role: str, states: int = DEFAULT) -> Answer:
    """Whether one policy lets in a call that another does not."""

    def confirm(request: Request) -> bool:
        admitted = evaluate(more, request).outcome == "allowed"
        return admitted and evaluate(less, request).outcome in ("not allowed", "denied")

    policies = compile_policy(more), compile_policy(less)
    callers = principal_classes_of(policies, partition_of(role))
    found = find_witness(policies, callers, role, difference_in(*policies), confirm, Budget(states))
    if found.witness is None:
        return found
    decision = evaluate(less, found.witness)
    return Answer(True, found.witness, decision.because, _place_of(decision))


def _place_of(decision: Decision) -> Path:
    """Where the first reason stands: the Deny that applies, or what the nearest Allow misses."""
    denies = (
        node
        for node in decision.tree.walk()
        if node.code is Reason.STATEMENT and node.data == ("Deny",)
    )
    places = [node.path for node in denies if node.truth] or [
        miss.path for miss in decision.misses if miss.path
    ]
    return places[0] if places else ()
