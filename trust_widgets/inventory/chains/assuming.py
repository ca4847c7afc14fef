"""Whether a user or a role's session can assume a role, with the call that shows it.

What a call carries is kept apart: what the caller writes (an external ID, tags), what it has for
sure (its ARN, its role's tags, what its session brings along), and the rest, which remains as a
condition (an address, MFA, a day).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from trust_widgets.access import KnownCaller, call_of, keys_of_policy
from trust_widgets.aws.actions import ASSUME_ROLE, SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.evaluation import (
    CALLER_PERMISSION,
    Outcome,
    Permission,
    Request,
    compile_policy,
    outcome_of,
)
from trust_widgets.explain import evaluate
from trust_widgets.inventory.chains.calls import (
    PRINCIPAL_TAG,
    REQUEST_TAG,
    SOURCE_IDENTITY,
    allowing_statement,
    is_derived,
    is_of_session,
    is_written,
    merged,
    principal_of,
    with_passed,
)
from trust_widgets.inventory.chains.hops import NOTHING, SessionFacts
from trust_widgets.inventory.chains.own_permissions import (
    Own,
    keys_of_rules,
    own_answer,
    rules_naming,
)
from trust_widgets.inventory.principals import ROLE, KnownPrincipal
from trust_widgets.policy import TrustPolicy

_NEEDED = (ASSUME_ROLE, TAG_SESSION, SET_SOURCE_IDENTITY)
_MFA, _MFA_AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"


@dataclass(frozen=True, slots=True)
class Assuming:
    """How a role is assumed.

    Args:
        request: the call. certain: whether it is allowed for sure.
        needs: what it depends on. values: of the condition keys among these.
        statement: the statement that allows it; -1 where that is not known.
    """

    request: Request | None
    certain: bool
    needs: tuple[str, ...] = ()
    values: tuple[tuple[str, Any], ...] = ()
    statement: int = -1


@dataclass(frozen=True)
class AssumeQuestion:
    """Whether one principal can assume one role.

    Args:
        caller: the principal. facts: what its session brings along. role: the role.
        organization: of the caller's account; `""` where that is not known.
        day: the day on which it is assumed, at the earliest; `None` for any.
        free: condition keys, in lower case, that the session has with any value.
        passing: the tags and the source identity that the call gives the next session.
        may_wish_tags, may_wish_identity: of a question that allows wishes, what for.
    """

    caller: KnownPrincipal
    facts: SessionFacts
    role: KnownPrincipal
    organization: str = ""
    day: date | None = None
    free: frozenset[str] = frozenset()
    passing: SessionFacts = NOTHING
    may_wish_tags: bool = False
    may_wish_identity: bool = True

    @property
    def trust(self) -> TrustPolicy:
        """The role's trust policy."""
        assert self.role.trust is not None  # called for roles with a trust policy alone
        return self.role.trust

    def with_any_tags(self) -> AssumeQuestion:
        """The same for a session whose tags an earlier hop chooses: it can give a role's tag
        another value, but not take it away.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
        """
        tags = dict(self.caller.tags) | dict(self.facts.tags)
        return replace(
            self,
            caller=replace(self.caller, tags=()),
            facts=replace(self.facts, tags=(), is_transitive=False),
            may_wish_tags=True,
            free=frozenset(f"{PRINCIPAL_TAG}{key.lower()}" for key in tags),
        )

    def known_keys(self) -> dict[str, str]:
        """The condition keys, in lower case, that the caller has for sure."""
        tags = dict(self.caller.tags) | dict(self.facts.tags)
        keys = {f"{PRINCIPAL_TAG}{key.lower()}": value for key, value in tags.items()}
        if self.organization:
            keys["aws:principalorgid"] = self.organization
        if self.facts.identity:
            keys[SOURCE_IDENTITY] = self.facts.identity
        return keys

    def passed_keys(self) -> dict[str, str]:
        """The condition keys, in lower case, of what the call gives the next session."""
        keys = {f"{REQUEST_TAG}{key.lower()}": value for key, value in self.passing.tags}
        if self.passing.identity:
            keys["sts:sourceidentity"] = self.passing.identity
        return keys

    def asked_keys(self) -> frozenset[str]:
        """The condition keys of the trust policy and the caller's own policies."""
        rules = rules_naming(self.caller, _NEEDED)
        return keys_of_policy(self.trust) | keys_of_rules(rules)

    def asks_of_session(self) -> bool:
        """Whether they have conditions on what an earlier hop can give a session."""
        return any(map(is_of_session, self.asked_keys()))

    def with_tags(self, made: Assuming | None) -> Assuming | None:
        """An answer for the same session without tags, with the tags, which no condition uses."""
        if made is None or made.request is None:
            return made
        context = made.request.context
        tags = {f"{PRINCIPAL_TAG}{key.lower()}": value for key, value in self.facts.tags}
        whole = merged({"aws:PrincipalArn": self.caller.arn}, context, tags)
        return replace(made, request=replace(made.request, context=whole))

    def lacking(self, wishes: bool) -> frozenset[str]:
        """The required keys that no call of this session has.

        Args:
            wishes: whether to leave out what an earlier hop could have given it.
        """
        if self.caller.kind != ROLE:  # its tags are in the export
            tags = {key for key in self.asked_keys() if key.startswith(PRINCIPAL_TAG)}
            return frozenset(tags - set(self.known_keys()))
        lacks = {_MFA, _MFA_AGE}
        if self.facts.is_known:
            session = {key for key in self.asked_keys() if is_of_session(key)}
            wished = {key for key in session if wishes and self._may_wish(key)}
            lacks |= session - wished - self.free - set(self.known_keys())
        return frozenset(lacks)

    def _may_wish(self, key: str) -> bool:
        if key == SOURCE_IDENTITY:
            return self.may_wish_identity
        return self.may_wish_tags

    def answer(self, wishes: bool = False) -> Assuming | None:
        """How the role is assumed; `None` where that is impossible.

        Args:
            wishes: whether the session may have what an earlier hop could give it.
        """
        permission = self._permission(ASSUME_ROLE, wishes)
        if permission == "denied" or self._is_impossible(wishes):
            return None
        lacks, known = self.lacking(wishes), self.known_keys()
        others = {key for key in self.asked_keys() if not is_written(key)} - set(known)
        if self.caller.permissions is not None and not wishes:
            strict = self._search(permission, frozenset(others) | lacks, Outcome.ALLOWED)
            if strict is not None and strict.request is not None:
                return replace(strict, certain=True, needs=(), values=())
        return self._search(permission, lacks, Outcome.DEPENDS)

    def _is_impossible(self, wishes: bool) -> bool:
        """Whether the evaluator says so, whatever the keys are that are not known: a quick look."""
        unknown = self.asked_keys() - set(self.known_keys()) - self.lacking(wishes)
        request = self._request({}, unknown | {"sts:externalid"})
        return outcome_of(self.trust, request) in (Outcome.NOT_ALLOWED, Outcome.DENIED)

    def _permission(self, action: str, wishes: bool = False) -> Permission:
        """What is assumed of the caller's own permission while the search goes on."""
        if self.caller.permissions is None:
            return "yes"
        lacks = self.lacking(wishes)
        rules = rules_naming(self.caller, (action,))
        unknown = keys_of_rules(rules) - set(self.known_keys()) - lacks
        own = own_answer(self.caller, action, self._request({}, unknown))
        if own.is_denied or self._is_outside_boundary(own):
            return "denied"
        if own.truth is False:
            return "no"
        return "yes"

    def _is_outside_boundary(self, own: Own) -> bool:
        """Whether a boundary keeps a role from what a trust policy grants it by its ARN.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
        """
        if own.truth is not False or not own.is_bounded or self.caller.kind != ROLE:
            return False
        return ":assumed-role/" not in str(self.trust)

    def _search(
        self, permission: Permission, lacks: frozenset[str], accepted: Outcome
    ) -> Assuming | None:
        others = {action: self._permission(action) for action in self._session_actions()}
        keys = self.known_keys() | self.passed_keys()
        caller = KnownCaller(self.caller.arn, keys, lacks, permission, self.day, self.free, others)
        found: dict[int, Assuming] = {}

        def confirm(request: Request) -> bool:
            made = self.decided(self._whole(request, lacks), accepted)
            if made is not None:
                found[id(request)] = made
            return made is not None

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # keys of the policies, which others judge
            answer = call_of(self.trust, caller, self.role.arn, confirm)
        if answer.found is False:
            return None
        if answer.found is None or answer.witness is None:
            if accepted is Outcome.ALLOWED:
                return None
            return Assuming(None, False, ("a condition that was not decided is met",))
        return found[id(answer.witness)]

    def _session_actions(self) -> Iterator[str]:
        """The actions of calls that set tags or a source identity, where the trust policy allows
        some.
        """
        rules = compile_policy(self.trust).rules
        for action in (TAG_SESSION, SET_SOURCE_IDENTITY):
            if any(rule.allows and rule.actions.names(action) for rule in rules):
                yield action

    def _whole(self, request: Request, lacks: frozenset[str]) -> Request:
        """A call with all that is known of the session, and what is not known of its keys."""
        asked = keys_of_rules(rules_naming(self.caller, _NEEDED))
        unknown = {key for key in asked if not is_written(key)} - lacks
        return self._request(request.context, frozenset(unknown))

    def _request(self, context: Any, unknown: frozenset[str]) -> Request:
        known = self.known_keys()
        present = {key.lower() for key in context}
        own = {key: value for key, value in known.items() if key not in present}
        if not self.facts.is_transitive:
            carried = {}
        else:
            carried = self.carried()
        before = merged({"aws:PrincipalArn": self.caller.arn}, own, carried, context)
        whole = with_passed(before, self.passing)
        names = {key.lower() for key in whole}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Request(
                ASSUME_ROLE,
                principal_of(self.caller),
                self.role.arn,
                whole,
                frozenset(key for key in unknown - names if not is_derived(key)),
                "unknown",
            )

    def carried(self) -> dict[str, Any]:
        """The transitive tags of the session, which go into each of its calls."""
        tags = {f"aws:RequestTag/{key}": value for key, value in self.facts.tags}
        names = tuple(key for key, _ in self.facts.tags)
        return {**tags, "aws:TagKeys": names, "sts:TransitiveTagKeys": names}

    def decided(self, request: Request, accepted: Outcome) -> Assuming | None:
        """A call as the evaluator decides it; `None` for one that is not allowed."""
        decision = evaluate(
            self.trust,
            request,
            permissions=self.caller.permissions,
            boundary=self.caller.boundary,
        )
        outcome = decision.outcome
        if outcome is Outcome.ALLOWED or (outcome is Outcome.DEPENDS and outcome is accepted):
            needs, values = self._conditions(request, decision.needs)
            statement = allowing_statement(decision.tree)
            is_sure = outcome is Outcome.ALLOWED and not needs
            return Assuming(request, is_sure, needs, values, statement)
        return None

    def _conditions(
        self, request: Request, needs: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[tuple[str, Any], ...]]:
        """What remains as a condition of a call, with the values in it."""
        known = self.known_keys()
        open_ = {
            key: value
            for key, value in request.context.items()
            if not is_written(key) and key.lower() not in known and not is_derived(key)
        }
        names = [*open_, *needs]
        if self.caller.permissions is None:
            names.append(CALLER_PERMISSION)
        return tuple(dict.fromkeys(names)), tuple(open_.items())
