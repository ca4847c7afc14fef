"""What refused a call, as AWS's message says it: a kind of policy, and whether by a Deny of it.

AWS names one kind, even where several refuse. The trust policy goes by two names there: "a
resource-based policy" and "the role trust policy".
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from trust_widgets.evaluation import (
    CALLER_PERMISSION,
    EVERYONE,
    PRINCIPAL,
    Outcome,
    Permission,
)
from trust_widgets.explain import Change, Decision, changes_of
from trust_widgets.text.english import listed

IDENTITY = "identity-based policy"
_TRUST = ("resource-based policy", "role trust policy")
_NOUNS = {
    "service control policy": "service control policy (SCP) of the caller's organization",
    "resource control policy": "resource control policy (RCP) of the role's organization",
    "permissions boundary": "permissions boundary of the caller",
    "session policy": "session policy of the caller",
    "VPC endpoint policy": "policy of the VPC endpoint that the call went through",
    IDENTITY: "policy of the caller",
}
_OF_CALLER = ("permissions boundary", "session policy", IDENTITY)
_KIND = "|".join(
    (*_NOUNS, *_TRUST, "sessions policy")
)  # the page itself writes "a sessions policy" once
_DENY = re.compile(
    rf"with an explicit deny in (?:an?|the) (?P<kind>{_KIND})(?: transitively through an?"
    rf" (?P<through>{_KIND}))?"
)
_POLICY = re.compile(r":? (arn:[\w-]*:(?:iam|organizations|ec2):[^\s\"']{1,500})")
_AUTHORIZATION_ID = re.compile(r"with the following authorization id: ([0-9A-Za-z]{1,100})", re.I)
_NO_ALLOW = re.compile(rf"because no (?P<kind>{_KIND}) allows")
_ONE_OF_SEVERAL = "AWS names one reason, even where there are more."
_NEEDS = {
    CALLER_PERMISSION: "the caller's own policies",
    PRINCIPAL: "which principal it was",
    EVERYONE: 'whether "*" matches this caller, which AWS does not document',
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """That AWS refused a call, and what it said of why.

    Args:
        kind: the kind of policy that refused, as AWS writes it: `"service control policy"`; `""`
            when it named none.
        deny: whether by a Deny; else because nothing of that kind allows the call.
        policy: the ARN of the policy that AWS names; `""` when it named none.
        authorization_id: the ID by which Access Troubleshooter shows the request.
    """

    kind: str = ""
    deny: bool = False
    policy: str = ""
    authorization_id: str = ""

    @property
    def elsewhere(self) -> bool:
        """Whether something else than the trust policy refused."""
        return self.kind in _NOUNS

    @property
    def words(self) -> str:
        """It as AWS's message says it; `""` where the message says nothing of why."""
        behind = f": {self.policy}" if self.policy else ""
        why = ""
        if self.kind:
            why = f"because no {self.kind} allows the action"
        if self.kind and self.deny:
            why = f"with an explicit deny in a {self.kind}{behind}"
        if not self.authorization_id:
            return why
        return f"{why} with the following authorization id: {self.authorization_id}".strip()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else AWS gives to find the cause by."""
        said = []
        if self.policy:
            said.append(f"AWS names the policy that denied the call: {self.policy}.")
        if self.authorization_id:
            said.append(
                f"The authorization ID is {self.authorization_id}. For one day, aws "
                "iam-toolbox get-request-authorization-details --authorization-id "
                f"{self.authorization_id} prints the context of the call. Paste its "
                "output here."
            )
        return tuple(said)


def permission_after(refusal: Refusal | None, permission: Permission) -> Permission:
    """Whether another policy than the trust policy stops the call: AWS's word, where the reader has
    none.

    What an identity-based policy fails to allow, a trust policy that names the caller allows in the
    same account. All else is a limit, which no trust policy overrides.
    """
    if permission != "unknown" or refusal is None or not refusal.elsewhere:
        return permission
    if refusal.kind == IDENTITY and not refusal.deny:
        return "no"
    return "denied"


def refusal_in(message: str) -> Refusal:
    """What AWS's message of a refused call says of why.

    Example:
        >>> refusal_in("... sts:AssumeRole with an explicit deny in a session policy")
        Refusal(kind='session policy', deny=True, policy='', authorization_id='')
        >>> refusal_in("Access denied").kind
        ''
    """
    line = " ".join(message.split())
    found = _DENY.search(line) or _NO_ALLOW.search(line)
    by_id = _AUTHORIZATION_ID.search(line)
    authorization_id = by_id[1] if by_id else ""
    if found is None:
        return Refusal(authorization_id=authorization_id)
    named = found.groupdict()
    kind = named.get("through") or named["kind"]
    policy = _POLICY.match(line, found.end())
    return Refusal(
        kind.replace("sessions ", "session "),
        found.re is _DENY,
        policy[1].rstrip(".") if policy else "",
        authorization_id,
    )


def told_of(refusal: Refusal, decision: Decision) -> str:
    """What to read first of a call that AWS refused, besides what the trust policy says of it; `""`
    where that is all.

    Args:
        refusal: what AWS said. decision: what the trust policy says of the same call.
    """
    if refusal.elsewhere:
        return _elsewhere(refusal)
    if refusal.kind:
        said = "no statement of the trust policy allows it"
        if refusal.deny:
            said = "a Deny in the trust policy"
        return f"AWS says what denied this call: {said}.{_beside(decision)}"
    if decision.outcome is Outcome.ALLOWED:
        return (
            "AWS denied this call, and the message does not say which policy denied it. "
            "This trust policy allows it. Check the other policies: a Deny in another "
            "policy, SCPs and RCPs, a permissions boundary, a session policy. The role "
            "may also have had another trust policy at that time."
        )
    if decision.outcome is Outcome.DEPENDS:
        look = listed([_NEEDS.get(need, need) for need in decision.needs])
        return (
            "AWS denied this call, and the message does not say which policy denied it. "
            f"First check {look}."
        )
    return ""


def _elsewhere(refusal: Refusal) -> str:
    noun = _NOUNS[refusal.kind]
    if refusal.deny:
        said, so = f"a Deny in a {noun}", "A Deny wins over any Allow in the trust policy."
    else:
        said, so = f"no {noun} allows it", "Fix it there, not in the trust policy."
    return f"AWS says what denied this call: {said}. {so} {_ONE_OF_SEVERAL}"


def _beside(decision: Decision) -> str:
    """What follows for a trust policy that does not plainly refuse the call."""
    asked = [_NEEDS.get(need, need) for need in decision.needs if need != CALLER_PERMISSION]
    if decision.outcome is Outcome.DEPENDS and asked:
        return f" Check {listed(asked)}."
    if decision.outcome in (Outcome.ALLOWED, Outcome.DEPENDS):
        return (
            " The call meets everything that this trust policy requires. The role may have "
            "had another trust policy at that time."
        )
    return ""


def changes_after(refusal: Refusal | None, decision: Decision) -> tuple[Change, ...]:
    """What would have to change for a call to be allowed: nothing in the trust policy, where
    something else refused it.

    Args:
        refusal: what AWS said of the call; `None` for one that nobody refused yet.
        decision: what the trust policy says of it.
    """
    if refusal and refusal.elsewhere:
        return (_remedy(refusal, decision),)
    return changes_of(decision)


@dataclass(frozen=True, slots=True)
class Reported:
    """What was read of a call besides the call itself: the `Evidence` of a request.

    Args:
        remarks: what is to be known of the text that it was read from.
        refusal: what AWS said when it refused the call; `None` when it did not.
    """

    remarks: tuple[str, ...] = ()
    refusal: Refusal | None = None

    def changes_for(self, decision: Decision) -> tuple[Change, ...]:
        """What would have to change, after what AWS said and what the trust policy says."""
        return changes_after(self.refusal, decision)

    def remarks_on(self, decision: Decision) -> tuple[str, ...]:
        """What AWS said comes first."""
        if self.refusal is not None:
            said = told_of(self.refusal, decision)
        else:
            said = ""
        return (*([said] if said else []), *self.remarks)


def _remedy(refusal: Refusal, decision: Decision) -> Change:
    noun, action = _NOUNS[refusal.kind], decision.request.action
    where: Literal["caller", "elsewhere"] = "caller" if refusal.kind in _OF_CALLER else "elsewhere"
    if refusal.deny:
        return Change(
            where,
            f"Find the Deny in the {noun}, and narrow it so that it does not apply to this call.",
        )
    if refusal.kind == IDENTITY:
        return Change(where, f"Give the caller a policy that allows {action} on this role.")
    return Change(where, f"Let the {noun} allow {action} on this role.")
