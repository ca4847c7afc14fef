"""Whom a trust policy may name among users and roles: a quick look before the search."""

from __future__ import annotations

from dataclasses import dataclass

from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.arns import is_account_id
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.inventory.principals import KnownPrincipal
from trust_widgets.policy import names_action


@dataclass(frozen=True, slots=True)
class Named:
    """Whom the Allow statements of a trust policy name.

    Args:
        account: of the role. everyone: whether it may be anybody.
        accounts: that are named. others: ARNs of users, roles and sessions.
        may_tag, may_identify: whether an Allow lets calls set tags, or a source identity.
    """

    account: str
    everyone: bool
    accounts: frozenset[str]
    others: frozenset[str]
    may_tag: bool
    may_identify: bool

    @classmethod
    def of(cls, role: KnownPrincipal) -> Named:
        """Those of a role's trust policy."""
        values: set[str] = set()
        everyone = False
        statements = role.trust.statements if role.trust is not None else ()
        allows = [statement for statement in statements if statement.effect == "Allow"]
        for statement in allows:
            if statement.principal is None or statement.principal.star:
                everyone = True
            else:
                values |= set(statement.principal.aws or ())
        accounts = {value for value in values if is_account_id(value)}
        accounts |= {account_of(value) for value in values if value.endswith(":root")}
        everyone = everyone or any("*" in value for value in values)
        return cls(
            role.account,
            everyone,
            frozenset(accounts),
            frozenset(values),
            any(names_action(statement, TAG_SESSION) for statement in allows),
            any(names_action(statement, SET_SOURCE_IDENTITY) for statement in allows),
        )

    def may_name(self, caller: KnownPrincipal, has_permission: bool) -> bool:
        """Whether a principal may be allowed, as far as this quick check can decide."""
        is_own = caller.account == self.account
        if not has_permission and not is_own:
            return False
        if self.everyone or caller.arn in self.others:
            return True
        if caller.account in self.accounts:
            return has_permission
        session = f":assumed-role/{caller.name}/"
        return any(session in value and caller.account in value for value in self.others)
