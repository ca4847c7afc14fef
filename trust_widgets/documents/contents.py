"""What a document about a role holds, before it is written as a page or a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from trust_widgets.access import CallerClass, summary_of
from trust_widgets.documents.assertions import Assertion
from trust_widgets.evaluation import compile_policy
from trust_widgets.explain import deny_words
from trust_widgets.findings import Finding, Verdict
from trust_widgets.permissions import PermissionsPolicy
from trust_widgets.pictures import picture_of
from trust_widgets.policy import Home, Role, with_own_account
from trust_widgets.text.html import Html

NO_ONE = "No one can assume this role: no statement matches any caller."
REJECTED = "No one can assume this role: IAM would reject this policy."
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentContents:
    """A role's trust policy with all that is said of it.

    Args:
        role: the role with its trust policy; its name is `""` if it is not known.
        home: the reader's settings, with the day for which the document was made.
        facts: what is known of the role, as pairs of a label and a value.
        callers: who can assume the role, as `who_gets_in` has it.
        unmatched: sentences about statements that allow no one.
        findings: as `check` has them; those that were accepted have their reason.
        permissions: the caller's own policies.
        permission_findings: as `check_permissions` has them.
        assertions: requests with their outcome.
    """

    role: Role
    home: Home
    facts: Facts = ()
    callers: tuple[CallerClass, ...] = ()
    unmatched: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    permissions: tuple[PermissionsPolicy, ...] = ()
    permission_findings: tuple[Finding, ...] = ()
    assertions: tuple[Assertion, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        """The title of the page."""
        if self.role.name:
            return f"Trust policy of role {self.role.name}"
        return "Trust policy"

    @property
    def summary(self) -> str:
        """Who can assume the role, in one sentence."""
        if not self.callers and self.role.trust.statements:
            if self.is_rejected:
                return REJECTED
            return NO_ONE
        return summary_of(self.callers, len(self.denies))

    @property
    def denies(self) -> tuple[str, ...]:
        """Each Deny statement as a sentence."""
        return tuple(
            deny_words(index, statement)
            for index, statement in enumerate(self.role.trust.statements)
            if statement.effect == "Deny"
        )

    @property
    def is_rejected(self) -> bool:
        """Whether IAM would not save the policy."""
        verdicts = {finding.verdict for finding in self.findings}
        return Verdict.REFUSED in verdicts or bool(compile_policy(self.role.trust).faults)

    @property
    def picture(self) -> Html:
        """Who can assume the role, as an SVG element."""
        policy = self.role.trust
        if self.role.name:
            role = self.role
        else:
            role = replace(self.role, name="this role")
        own = with_own_account(self.home, policy)
        shape = picture_of(policy, self.callers, self.denies, role, own, refused=self.is_rejected)
        return shape.as_image().html()
