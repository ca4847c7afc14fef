"""A request environment: one principal class in one session mode, its keys, and conditions encoded
for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import NamedTuple

from trust_widgets.access.atoms import (  # fmt: skip
    Atom,
    alternative_reading_of,
    atom_of,
    content_of,
)
from trust_widgets.access.axioms import axioms_of
from trust_widgets.access.caller import (
    ALWAYS,
    MAYBE,
    NEVER,
    PrincipalClass,
    names,
    rules_naming,
)
from trust_widgets.access.domains import Domain, only
from trust_widgets.access.filled_variables import with_filled_variables
from trust_widgets.access.formula import FALSE, TRUE, Formula, all_of, lets_in
from trust_widgets.access.impossible_values import without_impossible_values
from trust_widgets.access.key_domains import domain_for, values_to_try
from trust_widgets.access.key_names import (
    ARN,
    IDENTITY,
    IDENTITY_BEFORE,
    RESOURCE_ACCOUNT,
    TAG,
    TAGS,
)
from trust_widgets.access.key_projections import part_of, projections_of
from trust_widgets.access.key_solver import Constraint, Key
from trust_widgets.access.session_modes import SessionMode
from trust_widgets.access.value_sets import ValueSet, value_set_of
from trust_widgets.aws.actions import SET_CONTEXT, SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.keys.records import key_record, organization_key_of
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.aws.service_calls import companion_of
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledPolicy,
    CompiledStatement,
    Keys,
    truth_of,
)
from trust_widgets.policy import Principal, is_allowed


class _Several(NamedTuple):
    """What conditions say of how many values their key has.

    Args:
        many: whether one of them knows it as one with several values.
        unknown: whether none knows how many it has, and each has a set operator.
    """

    many: bool
    unknown: bool

    def and_(self, clause: CompiledCondition) -> _Several:
        """The same, with one condition more."""
        is_unknown = clause.many is None and bool(clause.quantifier)
        return _Several(self.many or bool(clause.many), self.unknown and is_unknown)


class RequestEnvironment:
    """One principal class in one session mode.

    Args:
        caller, mode: of the request.
        role: the ARN of the role.
        alternative_reading: read conditions that AWS's pages leave open in the other way.
    """

    def __init__(
        self,
        caller: PrincipalClass,
        mode: SessionMode,
        role: str,
        alternative_reading: bool = False,
    ) -> None:
        self.caller = caller
        self.mode = mode
        self.role = role
        self.alternative_reading = alternative_reading
        self.star_matches_tokens = True
        self.atoms: list[Atom] = []  # that of number n at n - 1
        self._read: dict[int, tuple[CompiledCondition, Formula]] = {}
        self._by_content: dict[tuple[object, ...], int] = {}
        self._keys: dict[str, Key] = {}
        self._several: dict[str, _Several] = {}
        self._excluded: dict[str, dict[tuple[str, str], ValueSet]] = {}
        self._fixed: Keys = dict(caller.fixed)
        if caller.carried.always and caller.carried.tags:
            self._fixed |= dict.fromkeys(TAGS, tuple(tag for tag, _ in caller.carried.tags))
        # What variables represent: also what is the same for each call on this role.
        self._for_variables: Keys = {**caller.fixed, RESOURCE_ACCOUNT: account_of(role)}

        # Keys that are parts of another key's value.
        self.projections = tuple(projections_of(caller))

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that must be allowed."""
        actions = [self.caller.action]
        if self.mode.tags:
            actions.append(TAG_SESSION)
        if self.mode.identity:
            actions.append(SET_SOURCE_IDENTITY)
        if SET_CONTEXT in self.caller.carried.actions:
            actions.append(SET_CONTEXT)
        return tuple(actions)

    def admitted_by(
        self, ready: CompiledPolicy, by: tuple[CompiledStatement, ...] | None = None
    ) -> Formula:
        """When a policy lets these calls in; by one of some statements of it, if these are
        given.
        """
        if self._lacks_companion(ready):
            return FALSE
        first, *others = (self.rules_of(ready, action) for action in self.actions)
        if by is not None:
            denies = (rule for rule in first if not rule.allows)
            allows = (rule for rule in self.rules_for(by, self.caller.action) if rule.allows)
            first = (*allows, *denies)
        return lets_in((first, *others), self.read)

    def _lacks_companion(self, ready: CompiledPolicy) -> bool:
        """Whether the caller is a service that needs another one, which is not allowed."""
        if self.caller.kind != "service":
            return False
        companion = companion_of(self.caller.principal)
        if not companion:
            return False
        return not is_allowed(ready.policy, Principal(service=(companion,)), self.caller.action)

    def readings(self, policies: Iterable[CompiledPolicy]) -> tuple[RequestEnvironment, ...]:
        """This environment once for each reading of "*" by which the policies differ.

        Conditions have the same numbers in all readings.
        """
        if self.caller.kind not in ("oidc", "saml"):
            return (self,)
        other = copy(self)
        other.star_matches_tokens = not self.star_matches_tokens
        for ready in policies:
            for action in self.actions:
                if len(self.rules_of(ready, action)) != len(other.rules_of(ready, action)):
                    return self, other
        return (self,)

    def rules_of(self, ready: CompiledPolicy, action: str) -> tuple[CompiledStatement, ...]:
        """The statements of a policy that name an action and the caller."""
        if self.caller.permissions:
            caller = self.caller.asking_for(action)
        else:
            caller = self.caller
        return rules_naming(ready, caller, self.role, action, self.star_matches_tokens)

    def rules_for(
        self, rules: Iterable[CompiledStatement], action: str
    ) -> tuple[CompiledStatement, ...]:
        """The statements that name an action and the caller."""
        return tuple(
            rule
            for rule in rules
            if rule.actions.names(action)
            and names(rule, self.caller, self.role, self.star_matches_tokens)
        )

    def read(self, clause: CompiledCondition) -> Formula:
        """A condition as a formula: true or false when that is plain for this kind of caller, else
        a number.
        """
        found = self._read.get(id(clause))
        if found is None:
            found = self._read[id(clause)] = (clause, self._formula(clause))
        return found[1]

    def _formula(self, clause: CompiledCondition) -> Formula:
        presence = self.presence(clause.key)
        if self.alternative_reading:
            clause = alternative_reading_of(clause)
        clause = self._possible(with_filled_variables(clause, self._for_variables, self._is_plain))
        has_variables = any(value.variable for value in clause.values)
        if presence == NEVER or (clause.key in self._fixed and not has_variables):
            if truth_of(clause, self._fixed):
                return TRUE
            return FALSE
        atom = self._atom(clause)
        if presence == ALWAYS and atom.present is not None:
            if atom.present:
                return TRUE
            return FALSE
        return atom.number

    def _possible(self, clause: CompiledCondition) -> CompiledCondition:
        """A condition without the values that no request has; the key then holds none of them."""
        possible = without_impossible_values(clause, self.caller.principal, self.role)
        if possible is not clause:
            self._exclude(clause, possible)
        return possible

    def _exclude(self, clause: CompiledCondition, possible: CompiledCondition) -> None:
        """Take from a key what the values mean that were left out of a condition."""
        base = clause.operator.positive
        excluded = self._excluded.setdefault(clause.key, {})
        for value in clause.values:
            if value not in possible.values and not value.variable:
                excluded[base, value.text] = value_set_of(base, (value.template,))
        self._keys.pop(clause.key, None)

    def _atom(self, clause: CompiledCondition) -> Atom:
        """A condition with its number; conditions that mean the same have one number."""
        content = content_of(clause)
        if content not in self._by_content:
            group, projection = part_of(self.projections, clause)
            self.atoms.append(atom_of(len(self.atoms) + 1, clause, group, projection))
            several = self._several.get(group, _Several(False, True)).and_(clause)
            if several != self._several.get(group):
                self._several[group] = several
                self._keys.pop(group, None)  # it depends on all conditions on it
            self._by_content[content] = len(self.atoms)
        return self.atoms[self._by_content[content] - 1]

    def _is_plain(self, key: str) -> bool:
        """Whether it is plain what a variable holds that names a key."""
        return key in self._for_variables or self.presence(key) == NEVER

    def presence(self, key: str) -> str:
        """Whether the call has a key."""
        if key == TAGS[0]:
            if self.mode.tags:
                return ALWAYS
            return NEVER
        if self.caller.carried.always and key.startswith(TAG):
            if key.removeprefix(TAG) in dict(self.caller.carried.tags):
                return ALWAYS
            return NEVER
        if key == TAGS[1] or key.startswith(TAG):
            if self.mode.tags:
                return MAYBE
            return NEVER
        if key == IDENTITY:
            if self.mode.identity:
                return ALWAYS
            return NEVER
        if key == IDENTITY_BEFORE and not self.mode.identity:
            return NEVER
        may_be_undocumented = self.caller.kind != "aws" and not self.alternative_reading
        if may_be_undocumented and key_record(key).is_undocumented:
            return NEVER
        return self.caller.presence(key)

    def key(self, group: str) -> Key:
        """A key as these callers can have it."""
        found = self._keys.get(group)
        if found is None:
            known = self._several.get(group)
            several = known is not None and (known.many or known.unknown)
            but = tuple(self._excluded.get(group, {}).values())
            if group == ARN and self.caller.but:
                but += (self.caller.but.value_set,)
            presence, domain = self.presence(group), self.domain(group)
            filled = group in TAGS or organization_key_of(group) is not None
            found = Key(presence, domain, several, (), but, filled)
            self._keys[group] = found
        return found

    def domain(self, group: str) -> Domain:
        """What a key can hold for these callers."""
        if group == RESOURCE_ACCOUNT and group not in self.caller.fixed:
            if not self._names_account():
                return only(account_of(self.role))
        return domain_for(self.caller, group)

    def _names_account(self) -> bool:
        """Whether a condition says which account the role is in: then it may be in that one."""
        atoms = (atom for atom in self.atoms if atom.group == RESOURCE_ACCOUNT)
        return any(atom.patterns for atom in atoms)

    def key_for(self, group: str, constraints: Iterable[Constraint]) -> Key:
        """The same key, with the values to try first under these constraints."""
        key, likes = self.key(group), values_to_try(self.caller, group, constraints)
        if not likes:
            return key
        return key._replace(likes=likes)

    def axioms(self) -> Formula:
        """What holds between keys, as far as conditions require both."""
        return all_of(axioms_of(self.caller, self.atoms, self.read))
