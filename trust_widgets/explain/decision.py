"""What was decided of one call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from trust_widgets.evaluation import Node, Outcome, Request, decide, needs_of, request_from_given
from trust_widgets.evaluation import nearest as nearest_in
from trust_widgets.explain.assumptions import assumptions_of
from trust_widgets.explain.change import Changes
from trust_widgets.explain.halves import changes_of_half, sentence_of_half
from trust_widgets.explain.no_truth_value import NoTruthValue
from trust_widgets.explain.notebook import summarise
from trust_widgets.explain.remedies import changes_of
from trust_widgets.explain.sentences import headline_of
from trust_widgets.names import helps_with_arguments, helps_with_names
from trust_widgets.permissions import (
    TRUST_POLICY,
    BothHalves,
    GivenPolicies,
    GivenPolicy,
    LayerAnswer,
    Layers,
    decide_both,
    layers_from_given,
)
from trust_widgets.policy import Given, TrustPolicy, parse, source_of


@helps_with_names(
    allowed='outcome == "allowed"',
    is_allowed='outcome == "allowed"',
    is_denied='outcome == "denied"',
    denied='outcome == "denied"',
    result="outcome",
    verdict="outcome",
    decision="outcome",
    reason="because",
    reasons="because",
    why="because",
    message="because",
    remedies="changes",
    fixes="changes",
    hints="changes",
    notes="remarks",
)
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Decision(NoTruthValue):
    """What was decided of one call, with the reasons.

    Args:
        outcome: `"allowed"`, `"denied"`, `"not allowed"`, `"depends"` or `"invalid"`.
        tree: every reason as a tree of codes: the call, each action it needs, each statement, its
            parts.
        policy, request: what was decided.
        half: what the policies besides the trust policy say, where any was given.

    Example:
        >>> import trust_widgets as tw
        >>> ec2 = tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), "sts:AssumeRole")
        >>> request = tw.Request("sts:AssumeRole", "ec2.amazonaws.com")
        >>> print(tw.evaluate(tw.TrustPolicy((ec2,)), request))
        allowed: Statement 1 allows the AWS service ec2.amazonaws.com.
    """

    outcome: Outcome
    tree: Node
    policy: TrustPolicy
    request: Request
    half: BothHalves | None = None

    ASK: ClassVar[str] = 'decision.outcome == "allowed"'

    @property
    def because(self) -> str:
        """The reason in one or two plain sentences."""
        if self.half is not None:
            sentence = sentence_of_half(self.half, self.request)
            if sentence:
                return sentence
        return headline_of(self.outcome, self.tree, self.request)

    @property
    def decided_by(self) -> str:
        """The kind of policy that decided: `"trust policy"`, `"permissions policy"`, `"RCP"`,
        `"SCP of level 2"`, ...; `""` where it depends on one that is not known.
        """
        if self.half is None:
            return TRUST_POLICY
        return self.half.decided_by

    @property
    def layers(self) -> tuple[LayerAnswer, ...]:
        """What each policy besides the trust policy says of each action that the call needs."""
        if self.half is None:
            return ()
        return self.half.answers

    @property
    def needs(self) -> tuple[str, ...]:
        """What the answer depends on: condition keys, `"caller permission"`, `"principal"`, and
        `"principal *"`, whether "*" matches callers with a token or a SAML assertion.
        """
        if self.half is not None:
            return self.half.needs
        if self.outcome is Outcome.DEPENDS:
            return needs_of(self.tree)
        return ()

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Names of what this rests on that AWS has not documented, as in `ASSUMPTIONS`."""
        return assumptions_of(self.tree, self.policy, self.request)

    @property
    def changes(self) -> Changes:
        """What would have to change for the call to be allowed, the nearest first.

        Where AWS says that another policy refused the call, it is a change there.
        """
        evidence = self.request.evidence
        if evidence is not None:
            return Changes(evidence.changes_for(self))
        if self.half is not None and self.half.deciding is not None:
            return Changes(changes_of_half(self.half.deciding, self.request))
        return Changes(changes_of(self))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What AWS itself said of this call, and what else is to be known of what was pasted."""
        evidence = self.request.evidence
        if evidence is None:
            return ()
        return evidence.remarks_on(self)

    @property
    def nearest(self) -> Node | None:
        """The Allow that came nearest to the request; None if one allowed it, or there is none."""
        if self.outcome is Outcome.NOT_ALLOWED:
            return nearest_in(self.tree)
        return None

    @property
    def misses(self) -> tuple[Node, ...]:
        """What of the nearest Allow did not match."""
        if self.nearest is None:
            return ()
        return tuple(part for part in self.nearest.parts if part.truth is False)

    def __str__(self) -> str:
        return f"{self.outcome}: {self.because}"

    def __repr__(self) -> str:
        return f"<Decision {self}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        summary = summarise(
            self.outcome, self.tree, self.policy, self.request, self.because, self.assumptions
        )
        return {"text/plain": summary.plain(), "text/html": summary.html()}


@helps_with_arguments(call="request", caller="request")
def evaluate(
    policy: Given,
    request: Request | Mapping[str, Any],
    *,
    permissions: GivenPolicies | None = None,
    boundary: GivenPolicy | None = None,
    session_policy: GivenPolicies | None = None,
    scps: Iterable[GivenPolicies] | None = None,
    rcps: GivenPolicies | None = None,
    endpoint_policy: GivenPolicy | None = None,
    management_account: str = "",
) -> Decision:
    """Whether a trust policy lets a call in, and why.

    A policy that IAM would refuse but that has a meaning is decided as if IAM had saved it; the
    decision says so.

    Args:
        policy: the role's trust policy, as `parse` reads it.
        request: one call, or a dict of what makes one; what its `unknown` names, and the caller's
            own permission unless it is said, leave the outcome depending on them.
        permissions: the caller's own policies, one or a list; `[]` for none.
        boundary, session_policy: the caller's.
        scps: of the caller's account, by level: `[[root's], [unit's], [account's]]`.
        rcps: of the role's account and the levels above. endpoint_policy: of the endpoint used.
        management_account: which SCPs and RCPs do not bind.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for what is no policy or no call, with what to write.

    Example:
        >>> import trust_widgets as tw
        >>> account = tw.Principal(aws="444455556666")
        >>> policy = tw.TrustPolicy((tw.Statement("Allow", account, "sts:AssumeRole"),))
        >>> user, role = "arn:aws:iam::444455556666:user/ops", "arn:aws:iam::111122223333:role/app"
        >>> decision = tw.evaluate(policy, tw.Request("sts:AssumeRole", user, role))
        >>> str(decision.outcome), decision.needs
        ('depends', ('caller permission',))
        >>> mine = {"Statement": {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}}
        >>> str(tw.evaluate(policy, decision.request, permissions=mine).outcome)
        'allowed'

    Source:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    if not isinstance(policy, TrustPolicy) or not isinstance(request, Request):
        policy, request = _read(policy, request)
    beside = (permissions, boundary, session_policy, scps, rcps, endpoint_policy)
    return _decided(policy, request, layers_from_given(*beside, management_account))


def _decided(policy: TrustPolicy, request: Request, layers: Layers) -> Decision:
    if layers.layers:
        both = decide_both(policy, request, layers)
        return Decision(both.outcome, both.tree, policy, request, both)
    outcome, tree = decide(policy, request)
    return Decision(outcome, tree, policy, request)


def _read(policy: object, request: object) -> tuple[TrustPolicy, Request]:
    """A policy and a call as a person gave them."""
    if isinstance(policy, Request):
        raise TypeError("the policy comes first: tw.evaluate(policy, request)")
    source = source_of(policy)
    return parse(source), request_from_given(request, source.arn)
